"""What changed between two versions, in one sentence. Only what is not zero is said."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.reports.comparison_types import Change, Comparison, ItemMove, count_of

#: More items than these at another level are counted, not named.
NAMED_LEVELS = 5

Counts = dict[Change, Callable[[int], str]]

OBJECTIVES: Counts = {
    Change.ADDED: lambda n: ngettext("%(n)s objective added", "%(n)s objectives added", n),
    Change.REMOVED: lambda n: ngettext("%(n)s objective removed", "%(n)s objectives removed", n),
    Change.CHANGED: lambda n: ngettext("%(n)s objective changed", "%(n)s objectives changed", n),
}
DIAGNOSES: Counts = {
    Change.ADDED: lambda n: ngettext("%(n)s diagnosis entry added", "%(n)s diagnosis entries added", n),
    Change.REMOVED: lambda n: ngettext("%(n)s diagnosis entry removed", "%(n)s diagnosis entries removed", n),
    Change.CHANGED: lambda n: ngettext("%(n)s diagnosis entry changed", "%(n)s diagnosis entries changed", n),
}
MOTIVATIONS: Counts = {
    Change.ADDED: lambda n: ngettext("%(n)s motivation added", "%(n)s motivations added", n),
    Change.REMOVED: lambda n: ngettext("%(n)s motivation removed", "%(n)s motivations removed", n),
    Change.CHANGED: lambda n: ngettext("%(n)s motivation changed", "%(n)s motivations changed", n),
}
PASSAGES: Counts = {
    Change.ADDED: lambda n: ngettext("%(n)s accepted passage added", "%(n)s accepted passages added", n),
    Change.REMOVED: lambda n: ngettext(
        "%(n)s accepted passage removed", "%(n)s accepted passages removed", n
    ),
    Change.CHANGED: lambda n: ngettext(
        "%(n)s accepted passage changed", "%(n)s accepted passages changed", n
    ),
}
DOCUMENTS: Counts = {
    Change.ADDED: lambda n: ngettext("%(n)s document added", "%(n)s documents added", n),
    Change.REMOVED: lambda n: ngettext("%(n)s document removed", "%(n)s documents removed", n),
    Change.NEW_FILE: lambda n: ngettext(
        "%(n)s document with a new file", "%(n)s documents with a new file", n
    ),
}


def comparison_sentence(comparison: Comparison) -> str:
    """ "2 items moved: P3 from level 2 to 3, 1 with another choice; 1 objective changed." """
    groups = (
        _moved(comparison.moved),
        _counted(comparison.objectives, OBJECTIVES),
        _counted(comparison.diagnoses, DIAGNOSES),
        _counted(comparison.motivations, MOTIVATIONS),
        _counted(comparison.passages, PASSAGES),
        _counted(comparison.documents, DOCUMENTS),
    )
    said = [", ".join(group) for group in map(list, groups) if group]
    if not said:
        return _("Nothing differs between these two versions.")
    # Translators: a whole sentence made of counts, such as "2 objectives added; 1 document removed".
    return _("%(changes)s.") % {"changes": "; ".join(said)}


def _counted(changes: Iterable, words: Counts) -> Iterator[str]:
    for change, say in words.items():
        if n := count_of(changes, change):
            yield say(n) % {"n": n}


def _moved(moved: Sequence[ItemMove]) -> Iterator[str]:
    """Every item of the table of movement once, so that what is counted adds up to its rows."""
    if not moved:
        return
    parts = [*_levels(moved), *_choices(moved), *_within_levels(moved)]
    words = ngettext("%(n)s item moved: %(how)s", "%(n)s items moved: %(how)s", len(moved))
    yield words % {"n": len(moved), "how": ", ".join(parts)}


def _levels(moved: Sequence[ItemMove]) -> Iterator[str]:
    moved = [move for move in moved if move.level.is_taken]
    if len(moved) > NAMED_LEVELS:
        up = sum(move.level.new > move.level.old for move in moved)
        if up:
            yield ngettext("%(n)s to a higher level", "%(n)s to a higher level", up) % {"n": up}
        if down := len(moved) - up:
            yield ngettext("%(n)s to a lower level", "%(n)s to a lower level", down) % {"n": down}
        return
    for move in moved:
        words = {"item": move.item.code, "old": move.level.old, "new": move.level.new}
        if move.choice.is_taken:
            yield _("%(item)s from level %(old)s to %(new)s with another choice") % words
        else:
            yield _("%(item)s from level %(old)s to %(new)s") % words


def _choices(moved: Sequence[ItemMove]) -> Iterator[str]:
    """Those whose level stayed: the others are counted by their level."""
    if n := sum(move.choice.is_taken and not move.level.is_taken for move in moved):
        yield ngettext("%(n)s with another choice", "%(n)s with another choice", n) % {"n": n}


def _within_levels(moved: Sequence[ItemMove]) -> Iterator[str]:
    if n := sum(move.is_within_level for move in moved):
        yield ngettext(
            "%(n)s with other digits or another state", "%(n)s with other digits or another state", n
        ) % {"n": n}


def reviewed_sentences(comparison: Comparison) -> list[str]:
    """For each of the two versions whose review saw other levels than were derived: on which items."""
    moves = comparison.movement
    before = [move.item.code for move in moves if move.otherwise_reviewed.old is not None]
    after = [move.item.code for move in moves if move.otherwise_reviewed.new is not None]
    said = []
    for number, codes in {comparison.older.number: before, comparison.newer.number: after}.items():
        if codes:
            words = ngettext(
                "The review of version %(number)s saw another level on %(n)s item: %(items)s.",
                "The review of version %(number)s saw another level on %(n)s items: %(items)s.",
                len(codes),
            )
            said.append(words % {"number": number, "n": len(codes), "items": ", ".join(codes)})
    return said
