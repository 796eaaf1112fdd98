"""Checks of an edition file that compare two of its places: codes given twice, statuses without a text.

They look at the raw values, so that they speak together with the checks of single fields (parsing), and
pass over anything whose shape is wrong: parsing tells that. Knows no Django.
"""

from collections.abc import Iterator
from typing import Any

from framework.succession import Contradiction, contradictions
from kiv.datafile import FileProblem, Loaded, Path, problem_at
from kiv.localized import LANGUAGES

#: What should stand there instead.
EXPECTED = {
    Contradiction.DOUBLE: "each old and new item together once",
    Contradiction.NO_TARGET: "a new item, or the relation none",
    Contradiction.TARGET_OF_NONE: "no new item where the relation is none",
    Contradiction.ENDED: "nothing else about an old item that has the relation none",
    Contradiction.SECOND_NEW: "one new item that an old item is equal or equivalent to",
    Contradiction.SECOND_OLD: "one old item that is equal or equivalent to a new item",
}
CRITERIA = ("D", "G", "A", "I", "M", "C")


def find_problems(loaded: Loaded) -> Iterator[FileProblem]:
    """Every contradiction between two places of the file."""
    value = loaded.value
    if not isinstance(value, dict):
        return
    yield from _period_problems(loaded, value.get("period"))
    if isinstance(value.get("code"), str) and value.get("predecessor") == value["code"]:
        yield problem_at(loaded, ("predecessor",), "itself", "the code of another edition", value["code"])
    yield from _status_problems(loaded, (), value, is_required=True)
    yield from _doubles(loaded, ("attachments",), "name")
    yield from _criteria_problems(loaded)
    yield from _doubles(loaded, ("items",), "code")
    for at, item in _entries(value.get("items")):
        yield from _status_problems(loaded, ("items", at), item, is_required=True)
        yield from _doubles(loaded, ("items", at, "aspects"), "code")
        for below, aspect in _entries(item.get("aspects")):
            yield from _status_problems(loaded, ("items", at, "aspects", below), aspect, is_required=False)
    yield from _correspondence_problems(loaded)


def _correspondence_problems(loaded: Loaded) -> Iterator[FileProblem]:
    """What became of the predecessor's items: nothing without a predecessor, no items that are not there."""
    entries = [(at, entry) for at, entry in _entries(loaded.value.get("correspondences")) if _is_said(entry)]
    if entries and not loaded.value.get("predecessor"):
        yield problem_at(loaded, ("correspondences",), "no_predecessor", "an edition with a predecessor")
    codes = {item["code"] for _, item in _entries(loaded.value.get("items")) if _is_text(item.get("code"))}
    for at, entry in entries:
        if (new := entry.get("new")) is not None and new not in codes:
            here = ("correspondences", at, "new")
            yield problem_at(loaded, here, "unknown_item", "the code of an item of this edition", new)
    said = [(entry["old"], entry.get("new"), entry["relation"]) for _, entry in entries]
    for place, contradiction in contradictions(said):
        at, entry = entries[place]
        found = f"{entry['old']} {entry['relation']} {entry.get('new') or ''}".strip()
        yield problem_at(loaded, ("correspondences", at), contradiction.value, EXPECTED[contradiction], found)


def _is_said(entry: dict) -> bool:
    new = entry.get("new")
    return _is_text(entry.get("old")) and _is_text(entry.get("relation")) and (new is None or _is_text(new))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _entries(value: Any) -> Iterator[tuple[int, dict]]:
    for at, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield at, entry


def _period_problems(loaded: Loaded, period: Any) -> Iterator[FileProblem]:
    is_pair = isinstance(period, list) and len(period) == 2 and all(type(year) is int for year in period)
    if is_pair and period[0] > period[1]:
        yield problem_at(loaded, ("period",), "order", "the first year, then the last", str(period))


def _status_problems(loaded: Loaded, path: Path, entry: dict, *, is_required: bool) -> Iterator[FileProblem]:
    """Each language of a title says where it comes from, and no status stands without its text."""
    title, status = entry.get("title"), entry.get("title_status")
    if not isinstance(title, dict):
        return
    if isinstance(status, dict):
        for language in LANGUAGES:
            if language in status and language not in title:
                here = (*path, "title_status", language)
                yield problem_at(
                    loaded, here, "no_text", "only languages in which the title has a text", language
                )
        if is_required or status:
            for language in LANGUAGES:
                if language in title and language not in status:
                    here = (*path, "title_status", language)
                    yield problem_at(loaded, here, "missing", f"where the title in {language} comes from")


def _criteria_problems(loaded: Loaded) -> Iterator[FileProblem]:
    criteria = loaded.value.get("criteria")
    if not isinstance(criteria, list):
        return
    yield from _doubles(loaded, ("criteria",), "code")
    codes = {entry.get("code") for _, entry in _entries(criteria) if isinstance(entry.get("code"), str)}
    missing = [code for code in CRITERIA if code not in codes]
    if missing:
        expected = "all criteria: " + ", ".join(CRITERIA)
        yield problem_at(loaded, ("criteria",), "missing", expected, "without " + ", ".join(missing))


def _doubles(loaded: Loaded, path: Path, name: str) -> Iterator[FileProblem]:
    """Two entries with one code, capitals or not: people would mistake one for the other."""
    value: Any = loaded.value
    for part in path:
        value = value[part] if isinstance(value, list) else value.get(part)
    seen: dict[str, str] = {}
    for at, entry in _entries(value):
        code = entry.get(name)
        if not isinstance(code, str):
            continue
        key = code.strip().casefold()
        if key in seen:
            expected = f"each {name} once (also at {seen[key]})"
            yield problem_at(loaded, (*path, at, name), "duplicate", expected, code)
        else:
            seen[key] = f"{path[-1]}[{at + 1}]"
