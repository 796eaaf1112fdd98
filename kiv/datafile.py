"""Reading YAML and JSON data files: bounded, without surprises, every error with its place.

What lives here: bytes → plain values → a pydantic model, or `FileRefused` with every problem at once.
Not here: what an edition or a plan file means (framework.parsing, plans.planformat). Knows no Django.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml
from pydantic import BaseModel, ValidationError

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_PROBLEMS = 200
Path = tuple[str | int, ...]
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Half a surrogate pair is no sign; PostgreSQL cannot store NUL. Both can hide behind an escape.
_UNSTORABLE = re.compile("\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


class PlainLoader(yaml.SafeLoader):
    """Few plain scalars: dates stay text, `no` is a word, 012 is no octal number.

    Decimals stay text too: objective 1.10 is not objective 1.1. A number is asked for by the model.
    """

    yaml_implicit_resolvers: ClassVar = {}

    def construct_scalar(self, node: yaml.Node) -> Any:
        """JSON writes a sign such as 😀 as two escapes (a surrogate pair): make it one sign again."""
        value = super().construct_scalar(node)
        if isinstance(value, str) and _SURROGATE.search(value):
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        return value


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^-?(?:0|[1-9][0-9]{0,17})$", list("-0123456789")),
):
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


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
    """

    value: Any
    lines: Mapping[Path, int]
    problems: tuple[FileProblem, ...] = ()

    def line_of(self, path: Path) -> int | None:
        """The line of the path, or of its nearest parent that stands in the file."""
        for length in range(len(path), -1, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return None


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
        _refuse_dangers(text)
        node = yaml.compose(text, Loader=PlainLoader)
        lines: dict[Path, int] = {}
        refused: list[FileProblem] = []
        doubles: list[FileProblem] = []
        if node is not None:
            _collect_lines(node, (), lines, refused, doubles)
        value = yaml.load(text, Loader=PlainLoader) if not refused else None  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        # The parser says "found X" or "expected Y, but found X"; our sentence says "found" itself.
        found = str(error.problem or "").removeprefix("found ").removeprefix("but found ")
        raise FileRefused(
            [FileProblem("", "syntax", "valid YAML or JSON", found, mark.line + 1 if mark else None)]
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise FileRefused([FileProblem("", "syntax", "valid YAML or JSON", first_line)]) from None
    if refused:
        raise FileRefused(sorted(refused + doubles, key=lambda problem: problem.line or 0))
    return Loaded(value, lines, tuple(doubles))


def validate(
    model: type[BaseModel], loaded: Loaded, context: Any = None, *, more: Iterable[FileProblem] = ()
) -> Any:
    """An instance of `model`, or FileRefused with every problem of the file, in its own order.

    `more` are problems the caller found in the same file; they are told together with the others.
    """
    problems = [*loaded.problems, *more]
    if not isinstance(loaded.value, dict):
        raise FileRefused(
            [FileProblem("", "not_mapping", "a mapping of names to values", _quote(loaded.value))]
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
    return FileProblem(
        format_place(path),
        code,
        expected,
        "" if found is None else _quote(found),
        loaded.line_of(path),
    )


def _refuse_dangers(text: str) -> None:
    """Aliases can expand to gigabytes, depth can exhaust the stack, tags can build any object: look first."""
    depth = 0
    for event in yaml.parse(text, Loader=PlainLoader):
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
    found = "" if kind == "missing" else _quote(detail.get("input"))
    return FileProblem(format_place(path), code, expected, found, loaded.line_of(path))


def _quote(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = re.sub(r"\s+", " ", json.dumps(value, ensure_ascii=False, default=str))
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
