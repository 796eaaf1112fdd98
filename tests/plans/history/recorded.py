"""The names of all events that the sources record, read from the sources themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

from plans.services.decisions import PLAIN
from plans.services.entries import KINDS

ROOT = Path(__file__).resolve().parents[3]
#: What stands in a name that is put together: its source → the names.
COMPOSED = {
    "f'{kind}.added'": [f"{kind}.added" for kind in KINDS],
    "f'{entry_kind.name}.changed'": [f"{kind}.changed" for kind in KINDS],
    "f'{name}.removed'": [f"{kind}.removed" for kind in KINDS],
    "f'passage.{verdict}'": [f"passage.{verdict.value}" for verdict in PLAIN],
}
WRITERS = {"record", "_record", "record_reading", "event_of"}


def recorded_names() -> set[str]:
    """Every name; AssertionError for one that cannot be read from the source."""
    names = set()
    for path in sorted(path for app in ("kiv", "framework", "plans") for path in (ROOT / app).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = _constants(tree)
        for call, parameters in _calls(tree):
            names |= _names(call.args[0], constants, parameters, f"{path.name}:{call.lineno}")
    return names


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, set[str]]]:
    """Calls that write the trail, each with the parameters of the function around it."""

    def walk(node, parameters):
        if isinstance(node, ast.FunctionDef):
            every = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
            parameters = {argument.arg for argument in every}
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in WRITERS:
            yield node, parameters
        for child in ast.iter_child_nodes(node):
            yield from walk(child, parameters)

    yield from walk(tree, set())


def _names(node: ast.expr, constants: dict[str, str], parameters: set[str], where: str) -> set[str]:
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.Name) and node.id in constants:
        return {constants[node.id]}
    if isinstance(node, ast.Name) and node.id in parameters:
        return set()  # a function that passes a name on: its own callers are read
    source = ast.unparse(node)
    assert source in COMPOSED, f"{where}: say in COMPOSED which events {source} means"
    return set(COMPOSED[source])
