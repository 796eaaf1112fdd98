"""What an edition file says differently from what is stored: pure, plain values in, changes out.

Both sides have the shape of the file (EditionFile.as_data, export.edition_as_data). Entries of a list
are recognised by their code or name, so that an added item is one change and not one per place after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiv.datafile import format_place

Path = tuple[str | int, ...]
OFFICIAL = "official"
#: What an edition may still learn after it is published, at its top.
_EDITORIAL = frozenset({"period", "approved", "subtitle", "introduction"})
_EDITORIAL_ITEM = frozenset({"short", "summary", "example"})
_EDITORIAL_CRITERION = frozenset({"name", "question", "earns_one", "earns_two"})


@dataclass(frozen=True, slots=True)
class Change:
    """`path` leads to the place in the file; `is_fixed`: a published edition never changes here.

    `is_missing`: nothing was decided here yet, and a published edition may still learn it, once.
    """

    path: Path
    stored: Any
    wanted: Any
    is_fixed: bool
    is_missing: bool = False

    @property
    def place(self) -> str:
        return format_place(self.path)


def compare_editions(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Change]:
    """Every difference, in the order of the file. An empty list: the file says what is stored."""
    return [
        *_compare_framework(stored["framework"], wanted["framework"]),
        *_compare_fields((), stored, wanted, ("code", "predecessor"), is_fixed=True),
        *_compare_fields((), stored, wanted, sorted(_EDITORIAL), is_fixed=False),
        *_compare_title((), stored, wanted),
        *_compare_list(("attachments",), "name", stored, wanted, _compare_attachment),
        *_compare_list(("criteria",), "code", stored, wanted, _compare_criterion),
        *_compare_list(("items",), "code", stored, wanted, _compare_item),
        *_compare_correspondences(stored, wanted),
    ]


def _compare_framework(stored: Mapping, wanted: Mapping) -> Iterator[Change]:
    yield from _compare_fields(("framework",), stored, wanted, ("code",), is_fixed=True)
    yield from _compare_fields(("framework",), stored, wanted, ("title",), is_fixed=False)


def _compare_attachment(path: Path, stored: Mapping, wanted: Mapping) -> Iterator[Change]:
    yield from _compare_fields(path, stored, wanted, ("label", "language", "dated"), is_fixed=True)


def _compare_criterion(path: Path, stored: Mapping, wanted: Mapping) -> Iterator[Change]:
    yield from _compare_fields(path, stored, wanted, sorted(_EDITORIAL_CRITERION), is_fixed=False)


def _compare_item(path: Path, stored: Mapping, wanted: Mapping) -> Iterator[Change]:
    yield from _compare_fields(path, stored, wanted, ("kind",), is_fixed=True)
    yield from _compare_title(path, stored, wanted)
    yield from _compare_fields(path, stored, wanted, sorted(_EDITORIAL_ITEM), is_fixed=False)
    yield from _compare_list((*path, "aspects"), "code", stored, wanted, _compare_title)


def _compare_correspondences(stored: Mapping, wanted: Mapping) -> Iterator[Change]:
    """Their order means nothing. A file that does not speak of them leaves all as it is."""
    if wanted["correspondences"] is None:
        return
    before = {(entry["old"], entry["new"]): entry for entry in stored["correspondences"] or ()}
    open_olds = {old for (old, _), entry in before.items() if not entry["decided"]}
    decided = {old for old, _ in before} - open_olds
    named = set()
    for at, entry in enumerate(wanted["correspondences"]):
        path = ("correspondences", at)
        pair = entry["old"], entry["new"]
        named.add(pair)
        if entry["old"] not in decided:
            if before.get(pair) != entry:
                yield Change(path, None, _said(entry), is_fixed=False, is_missing=True)
        elif pair not in before:
            yield Change(path, None, _said(entry), is_fixed=True)
        else:
            names = ("relation", "confidence", "decided")
            yield from _compare_fields(path, before[pair], entry, names, is_fixed=True)
            yield from _compare_fields(path, before[pair], entry, ("rationale",), is_fixed=False)
    for pair, entry in before.items():
        if pair not in named:
            yield Change(
                ("correspondences",),
                _said(entry),
                None,
                is_fixed=entry["old"] in decided,
                is_missing=entry["old"] not in decided,
            )


def _said(entry: Mapping) -> str:
    return " ".join(part for part in (entry["old"], entry["relation"], entry["new"]) if part)


def _compare_fields(
    path: Path, stored: Mapping, wanted: Mapping, names, *, is_fixed: bool
) -> Iterator[Change]:
    for name in names:
        if stored[name] != wanted[name]:
            yield Change((*path, name), stored[name], wanted[name], is_fixed)


def _compare_title(path: Path, stored: Mapping, wanted: Mapping) -> Iterator[Change]:
    """A title is fixed in the languages in which the stored one is official, and so is that status."""
    for name in ("title", "title_status"):
        for language in {**stored[name], **wanted[name]}:
            before, after = stored[name].get(language), wanted[name].get(language)
            if before != after:
                is_fixed = stored["title_status"].get(language) == OFFICIAL
                yield Change((*path, name, language), before, after, is_fixed)


def _compare_list(path: Path, key: str, stored: Mapping, wanted: Mapping, compare) -> Iterator[Change]:
    """Which entries there are, and in which order, is fixed; the rest `compare` tells."""
    name = path[-1]
    before = {entry[key]: entry for entry in stored[name]}
    for at, entry in enumerate(wanted[name]):
        here = (*path, at)
        if entry[key] in before:
            yield from compare(here, before[entry[key]], entry)
        else:
            yield Change(here, None, entry[key], is_fixed=True)
    after = [entry[key] for entry in wanted[name]]
    for code in before:
        if code not in after:
            yield Change(path, code, None, is_fixed=True)
    common_before = [code for code in before if code in after]
    common_after = [code for code in after if code in before]
    if common_before != common_after:
        yield Change(path, ", ".join(common_before), ", ".join(common_after), is_fixed=True)
