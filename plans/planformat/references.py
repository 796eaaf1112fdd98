"""What in a plan file refers to something: the edition, its items and aspects, objectives by their number.

Works on the plain values of the file and passes over what has not the right shape (`types` tells that), so
that wrong references are told together with wrong shapes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kiv.datafile import FileProblem, Loaded, Path, problem_at
from plans.planformat.identity import passage_identity
from plans.planformat.types import as_list, as_ref, as_text
from plans.scoring import Item

Aspects = Mapping[str, Sequence[str]]
#: Items are named by these lists of an objective, too.
PARTS = ("actions", "indicators")


def reference_problems(loaded: Loaded, editions: Mapping[str, Sequence[Item]]) -> Iterator[FileProblem]:
    """Every reference of the file that leads nowhere, and what stands twice, each with its place."""
    if not isinstance(loaded.value, dict):
        return
    numbers, problems = _numbers(loaded)
    yield from problems
    yield from _passage_problems(loaded, numbers)
    code = _text(loaded.value.get("edition"))
    if not code:
        return
    if code not in editions:
        known = ", ".join(sorted(editions)) or "none is loaded"
        yield problem_at(loaded, ("edition",), "unknown_edition", f"a known edition ({known})", code)
        return
    aspects = {item.code: item.aspects for item in editions[code]}
    for path, refs in _namings(loaded.value):
        yield from _naming_problems(loaded, path, refs, aspects)
    choices = loaded.value.get("choices")
    for name in choices if isinstance(choices, dict) else ():
        if (item := _text(name)) and item not in aspects:
            yield _unknown_item(loaded, ("choices", str(name)), item, aspects)


def _text(value: Any) -> str | None:
    """The text as it will be read; None for what is no text at all."""
    try:
        text = as_text(value)
    except ValueError:
        return None
    return text if isinstance(text, str) else None


def _entries(value: Any, name: str) -> Iterator[tuple[int, dict]]:
    """The mappings of a list, with their positions."""
    listed = value.get(name)
    for at, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield at, entry


def _refs(value: Any) -> Iterator[tuple[int, str, list[str]]]:
    """(position, item, aspects) of what an entry names."""
    listed = as_list(value)
    for at, ref in enumerate(map(as_ref, listed if isinstance(listed, list) else ())):
        if isinstance(ref, dict) and (item := _text(ref.get("item"))):
            yield at, item, _aspects(ref)


def _aspects(ref: dict) -> list[str]:
    listed = as_list(ref.get("aspects"))
    texts = map(_text, listed if isinstance(listed, list) else ())
    return [text for text in texts if text]


def _namings(value: dict) -> Iterator[tuple[Path, list[tuple[Path, str, list[str]]]]]:
    """Per entry: (place of the item, item, aspects) of everything it names."""
    for at, objective in _entries(value, "objectives"):
        yield _listed(("objectives", at), objective)
        for part in PARTS:
            for below, entry in _entries(objective, part):
                yield _listed(("objectives", at, part, below), entry)
    for at, diagnosis in _entries(value, "diagnosis"):
        yield _listed(("diagnosis", at), diagnosis)
    for at, passage in _entries(value, "passages"):
        if item := _text(passage.get("item")):
            path = ("passages", at)
            yield path, [((*path, "item"), item, _aspects(passage))]


def _listed(path: Path, entry: dict) -> tuple[Path, list[tuple[Path, str, list[str]]]]:
    return path, [((*path, "items", at), item, aspects) for at, item, aspects in _refs(entry.get("items"))]


def _naming_problems(loaded: Loaded, path: Path, refs, aspects: Aspects) -> Iterator[FileProblem]:
    seen: set[str] = set()
    for here, item, ticked in refs:
        if item not in aspects:
            yield _unknown_item(loaded, here, item, aspects)
            continue
        if item in seen:
            yield problem_at(loaded, here, "duplicate", "each item once", item)
        seen.add(item)
        for aspect in ticked:
            if aspect not in aspects[item]:
                known = ", ".join(aspects[item]) or f"none: {item} has no aspects"
                expected = f"an aspect of {item} ({known})"
                yield problem_at(loaded, here, "unknown_aspect", expected, aspect)


def _unknown_item(loaded: Loaded, path: Path, item: str, known: Aspects) -> FileProblem:
    return problem_at(loaded, path, "unknown_item", f"an item of the edition ({', '.join(known)})", item)


def _numbers(loaded: Loaded) -> tuple[set[str], list[FileProblem]]:
    """The numbers of the objectives, given ones and places, and those that stand twice."""
    numbers: set[str] = set()
    problems = []
    for at, objective in _entries(loaded.value, "objectives"):
        number = _text(objective.get("number")) or str(at + 1)
        if number in numbers:
            place = ("objectives", at, "number")
            problems.append(problem_at(loaded, place, "duplicate", "each objective number once", number))
        numbers.add(number)
    return numbers, problems


def _passage_problems(loaded: Loaded, numbers: set[str]) -> Iterator[FileProblem]:
    seen: set[tuple[str, str]] = set()
    for at, passage in _entries(loaded.value, "passages"):
        number = _text(passage.get("objective"))
        if number and number not in numbers:
            place = ("passages", at, "objective")
            expected = "the number of an objective of this file"
            yield problem_at(loaded, place, "unknown_objective", expected, number)
        item, quote = _text(passage.get("item")), _text(passage.get("quote"))
        page = passage.get("page")
        if not item or not quote or not isinstance(page, (int, str, type(None))):
            continue
        document = _text(passage.get("document")) or ""
        # A page may be written as text ("12"): what counts is how it reads.
        identity = passage_identity(document=document, page=page if page != "" else None, quote=quote)
        if (item, identity) in seen:
            yield problem_at(loaded, ("passages", at), "duplicate", "each passage once per item", item)
        seen.add((item, identity))
