"""Reading YAML and JSON data files: bounded, without surprises, every error with its place.

What lives here: bytes → plain values → a pydantic model, or `FileRefused` with every problem at once.
Not here: what an edition or a plan file means (framework.parsing, plans.planformat). Knows no Django.
"""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from kiv.plainyaml import loaders_for

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
#: Names and values together. The fullest plan has some 80,000; without a bound 1 MiB of "1,1,1" has 500,000.
MAX_NODES = 100_000
MAX_PROBLEMS = 200
Path = tuple[str | int, ...]
#: Bidi controls, which would turn the words around a quotation about.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Half a surrogate pair is no sign; PostgreSQL cannot store NUL. Both can hide behind an escape.
_UNSTORABLE = re.compile("\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One error of a file. `place` is a path such as ``items[2].title.fr``; `line` counts from 1.

    `code` is a stable word ("missing", "unknown_field", …); `expected` says in English what belongs
    there; `found` quotes what stood there, shortened.
    """

    place: str
    code: str
    expected: str
    found: str = ""
    line: int | None = None

    def __str__(self) -> str:
        line = f"line {self.line}, " if self.line else ""
        found = f", found {self.found}" if self.found else ""
        return f"{line}{self.place or 'file'}: expected {self.expected}{found}"


class FileRefused(Exception):
    """A file with at least one problem; nothing of it was used."""

    def __init__(self, problems: list[FileProblem] | tuple[FileProblem, ...]) -> None:
        self.problems = tuple(problems[:MAX_PROBLEMS])
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Loaded:
    """The plain values of a file and the line on which each path begins.

    `problems` are names that stand twice in one place: `validate` reports them with all the others.
    `places`, of a file that has no lines: how each path is called there, such as a sheet and a cell.
    """

    value: Any
    lines: Mapping[Path, int]
    problems: tuple[FileProblem, ...] = ()
    places: Mapping[Path, str] | None = None

    def line_of(self, path: Path) -> int | None:
        """The line of the path, or of its nearest parent that stands in the file."""
        return self._nearest(self.lines, path)

    def place_of(self, path: Path) -> str:
        """How the path is called, or its nearest parent that has a place of its own."""
        return format_place(path) if self.places is None else self._nearest(self.places, path) or ""

    def _nearest(self, known: Mapping[Path, Any], path: Path) -> Any:
        lengths = range(len(path), -1, -1)
        return next((known[path[:length]] for length in lengths if path[:length] in known), None)


def format_place(path: Path) -> str:
    """("items", 2, "title") → ``items[2].title``; positions count from 1, as people do."""
    place = ""
    for part in path:
        place += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place


def load(data: bytes) -> Loaded:
    """Read YAML (of which JSON is a part). Raises FileRefused; never runs anything from the file."""
    if len(data) > MAX_BYTES:
        raise FileRefused([FileProblem("", "too_large", f"at most {MAX_BYTES // 1024} KiB")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused([FileProblem("", "encoding", "UTF-8 text", f"byte {error.start}")]) from None
    if "\0" in text:
        raise FileRefused([FileProblem("", "nul", "text without NUL characters")])
    try:
        return _parse(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        # The parser says "found X" or "expected Y, but found X"; our sentence says "found" itself.
        found = str(error.problem or "").removeprefix("found ").removeprefix("but found ")
        if mark:
            found = f"{found}, column {mark.column + 1}"
        raise FileRefused(
            [FileProblem("", "syntax", "valid YAML or JSON", found, mark.line + 1 if mark else None)]
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise FileRefused([FileProblem("", "syntax", "valid YAML or JSON", first_line)]) from None


def _parse(text: str) -> Loaded:
    *fast, last = loaders_for(text)
    for loader_class in fast:
        with suppress(yaml.YAMLError, ValueError, OverflowError):
            return _parse_with(loader_class, text)
    return _parse_with(last, text)


def _parse_with(loader_class: type, text: str) -> Loaded:
    _refuse_dangers(text, loader_class)
    loader = loader_class(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Loaded(None, {})
        lines: dict[Path, int] = {}
        refused: list[FileProblem] = []
        doubles: list[FileProblem] = []
        _collect_lines(node, (), lines, refused, doubles)
        if refused:
            raise FileRefused(sorted(refused + doubles, key=lambda problem: problem.line or 0))
        return Loaded(loader.construct_document(node), lines, tuple(doubles))
    finally:
        loader.dispose()


def validate(
    model: type[BaseModel], loaded: Loaded, context: Any = None, *, more: Iterable[FileProblem] = ()
) -> Any:
    """An instance of `model`, or FileRefused with every problem of the file, in its own order.

    `more` are problems the caller found in the same file; they are told together with the others.
    """
    problems = [*loaded.problems, *more]
    if not isinstance(loaded.value, dict):
        raise FileRefused(
            [FileProblem("", "not_mapping", "a mapping of names to values", quote(loaded.value))]
        )
    result = None
    try:
        result = model.model_validate(loaded.value, context=context)
    except ValidationError as error:
        problems += [
            _as_problem(detail, loaded) for detail in error.errors(include_url=False) if not _is_echo(detail)
        ]
    if problems:
        raise FileRefused(sorted(problems, key=lambda problem: problem.line or 0))
    return result


def problem_at(loaded: Loaded, path: Path, code: str, expected: str, found: Any = None) -> FileProblem:
    """A problem found by a check of the caller's own, with the place and line filled in."""
    quoted = "" if found is None else quote(found)
    return FileProblem(loaded.place_of(path), code, expected, quoted, loaded.line_of(path))


def _refuse_dangers(text: str, loader_class: type) -> None:
    """Aliases can expand to gigabytes, depth can exhaust the stack, tags can build any object: look first.

    So that what is too long is not read to its end either.
    """
    depth = nodes = 0
    for event in yaml.parse(text, Loader=loader_class):
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
            if nodes > MAX_NODES:
                line = event.start_mark.line + 1
                raise FileRefused([FileProblem("", "too_many", f"at most {MAX_NODES} entries", line=line)])
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1
            raise FileRefused(
                [FileProblem("", "alias", "a file without YAML anchors (&) and aliases (*)", line=line)]
            )
        if getattr(event, "tag", None):
            line = event.start_mark.line + 1
            raise FileRefused([FileProblem("", "tag", "a file without YAML tags (!)", line=line)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1
                raise FileRefused([FileProblem("", "depth", f"at most {MAX_DEPTH} levels", line=line)])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _collect_lines(
    node: yaml.Node,
    path: Path,
    lines: dict[Path, int],
    refused: list[FileProblem],
    doubles: list[FileProblem],
) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        if _UNSTORABLE.search(node.value):
            line = node.start_mark.line + 1
            refused.append(
                FileProblem(format_place(path), "sign", "text without hidden control signs", line=line)
            )
    elif isinstance(node, yaml.SequenceNode):
        for position, child in enumerate(node.value):
            _collect_lines(child, (*path, position), lines, refused, doubles)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or _UNSTORABLE.search(key.value):
                refused.append(
                    FileProblem(format_place(path), "name", "names that are plain text", line=line)
                )
                continue
            name = key.value
            here = (*path, name)
            if name in seen:
                doubles.append(FileProblem(format_place(here), "duplicate", "each name once", line=line))
            seen.add(name)
            lines[here] = line
            _collect_lines(child, here, lines, refused, doubles)


def _is_echo(detail: Mapping[str, Any]) -> bool:
    """pydantic counts only the sound entries of a tuple: one bad entry is no reason to ask for more."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _as_problem(detail: Mapping[str, Any], loaded: Loaded) -> FileProblem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    context = detail.get("ctx", {})
    code, expected = _EXPECTED.get(kind, (kind, ""))
    if kind in {"value_error", "assertion_error"}:
        expected = str(context.get("error", detail["msg"]))
    else:
        expected = expected.format(**context) if expected else detail["msg"]
    found = "" if kind == "missing" else quote(detail.get("input"))
    return FileProblem(loaded.place_of(path), code, expected, found, loaded.line_of(path))


def quote(value: Any) -> str:
    """What stood there, in one short line for a message."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = re.sub(r"\s+", " ", json.dumps(value, ensure_ascii=False, default=str))
    text = _REORDERING.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)
    return text if len(text) <= 60 else text[:57] + "…"


#: pydantic's error types → our stable code and what was expected, in words.
_EXPECTED = {
    "missing": ("missing", "a value here"),
    "extra_forbidden": ("unknown_field", "only the fields of the format"),
    "string_type": ("not_text", "text"),
    "string_too_short": ("too_short", "at least {min_length} character(s)"),
    "string_too_long": ("too_long", "at most {max_length} characters"),
    "string_pattern_mismatch": ("pattern", "text of the form {pattern}"),
    "int_type": ("not_number", "a whole number"),
    "int_parsing": ("not_number", "a whole number"),
    "int_parsing_size": ("not_number", "a whole number"),
    "int_from_float": ("not_number", "a whole number"),
    "bool_type": ("not_yes_no", "true or false"),
    "bool_parsing": ("not_yes_no", "true or false"),
    "list_type": ("not_list", "a list"),
    "tuple_type": ("not_list", "a list"),
    "too_long": ("too_many", "at most {max_length} entries"),
    "too_short": ("too_few", "{min_length} or more entries"),
    "dict_type": ("not_mapping", "a mapping of names to values"),
    "model_type": ("not_mapping", "a mapping of names to values"),
    "model_attributes_type": ("not_mapping", "a mapping of names to values"),
    "enum": ("not_one_of", "one of {expected}"),
    "literal_error": ("not_one_of", "{expected}"),
    "date_type": ("not_date", "a date, year-month-day"),
    "date_from_datetime_parsing": ("not_date", "a date, year-month-day"),
    "date_parsing": ("not_date", "a date, year-month-day"),
    "greater_than_equal": ("too_small", "at least {ge}"),
    "less_than_equal": ("too_big", "at most {le}"),
}
