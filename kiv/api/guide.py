"""The OpenAPI description as a page shows it: operations with their parameters, answers with their fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

REFERENCE = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Parameter:
    """`kind`: what may stand there, in words, and the closed list (`answer`) that it is of; `where`: path or
    query."""

    name: str
    where: str
    kind: str
    answer: str
    is_required: bool
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A status and what it means; `answer` names what is in the body, if anything."""

    status: str
    description: str
    answer: str


@dataclass(frozen=True, slots=True)
class OperationText:
    """`answer` names what it answers with; `example`: an address of this operation, for curl."""

    anchor: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    answer: str
    example: str


@dataclass(frozen=True, slots=True)
class Field:
    """`answer` names the answer that the field holds, if it does."""

    name: str
    kind: str
    answer: str
    description: str


@dataclass(frozen=True, slots=True)
class AnswerText:
    name: str
    description: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A field with one of these values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """`groups`: subject → its operations; `refusals`: every status but 200 that one of them may give."""

    introduction: str
    groups: Mapping[str, tuple[OperationText, ...]]
    refusals: tuple[Outcome, ...]
    answers: tuple[AnswerText, ...]
    lists: tuple[ClosedList, ...]


def guide_of(description: Mapping[str, Any]) -> Guide:
    groups: dict[str, tuple[OperationText, ...]] = {}
    for subject, text in _operations(description["paths"]):
        groups[subject] = (*groups.get(subject, ()), text)
    schemas = description["components"]["schemas"]
    answers = tuple(_answer(name, schema) for name, schema in schemas.items() if "properties" in schema)
    lists = tuple(
        ClosedList(name, tuple(schema["enum"])) for name, schema in schemas.items() if "enum" in schema
    )
    return Guide(
        introduction=description["info"]["description"],
        groups=groups,
        refusals=tuple(_refusals(description["paths"])),
        answers=answers,
        lists=lists,
    )


def _refusals(paths: Mapping[str, Any]) -> Iterator[Outcome]:
    responses: dict[str, Any] = {}
    for methods in paths.values():
        for operation in methods.values():
            responses |= operation["responses"]
    for status in sorted(responses.keys() - {"200"}):
        yield _outcome(status, responses[status])


def _operations(paths: Mapping[str, Any]) -> Iterator[tuple[str, OperationText]]:
    for path, methods in paths.items():
        for method, operation in methods.items():
            text = OperationText(
                anchor=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                paragraphs=_paragraphs(operation["description"]),
                parameters=tuple(_parameter(parameter) for parameter in operation["parameters"]),
                answer=_outcome("200", operation["responses"]["200"]).answer,
                example=operation.get("x-example", path),
            )
            yield operation["tags"][0], text


def _parameter(parameter: Mapping[str, Any]) -> Parameter:
    schema = parameter["schema"]
    default = schema.get("default", "")
    return Parameter(
        name=parameter["name"],
        where=parameter["in"],
        kind=_kind(schema).removesuffix(" or null"),
        answer=_referred(schema),
        is_required=parameter["required"],
        default=str(default).lower() if isinstance(default, bool) else str(default),
        description=parameter["description"],
    )


def _outcome(status: str, response: Mapping[str, Any]) -> Outcome:
    schemas = [content["schema"] for content in response.get("content", {}).values()]
    return Outcome(status, response["description"], _referred(schemas[0]) if schemas else "")


def _answer(name: str, schema: Mapping[str, Any]) -> AnswerText:
    fields = tuple(
        Field(name, _kind(field), _referred(field), field["description"])
        for name, field in schema["properties"].items()
    )
    return AnswerText(name, " ".join(schema["description"].split()), fields)


def _kind(schema: Mapping[str, Any]) -> str:
    """ "string or null", "list of ItemAnswer": what a value may be."""
    if "enum" in schema:
        return " or ".join(schema["enum"])
    if "allOf" in schema:
        return _kind(schema["allOf"][0])
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return schema["$ref"].removeprefix(REFERENCE)
    if schema["type"] == "array":
        return f"list of {_kind(schema['items'])}"
    if schema["type"] == "object":
        return "object"
    bounds = [f"{schema[name]}" for name in ("minimum", "maximum") if name in schema]
    kind = schema.get("format", schema["type"])
    return f"{kind}, {' to '.join(bounds)}" if len(bounds) == 2 else kind


def _referred(schema: Mapping[str, Any]) -> str:
    """The name of the answer that a schema holds, alone, in a list or instead of null."""
    inner = [schema, schema.get("items", {}), *schema.get("anyOf", ())]
    return next((each["$ref"].removeprefix(REFERENCE) for each in inner if "$ref" in each), "")


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
