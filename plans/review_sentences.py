"""What was read, as sentences in the reader's language. The figures come from selectors and scoring."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.scoring.agreement import Alpha, Band, NoAlpha
from plans.selectors.review import ReadItem


def read_sentence(code: str, derived: int, read: ReadItem) -> str:
    """What a reading makes of an item: "P1: level 4 → 2 by your reading." """
    words = {"code": code, "old": derived, "new": read.standing.level}
    if read.standing.level != derived:
        return _("%(code)s: level %(old)s → %(new)s by your reading.") % words
    if read.judged:
        return _("%(code)s: your digits are saved; the level stays %(old)s.") % words
    if read.asks_clarification:
        return _("%(code)s: the clarification is asked.") % words
    return _("%(code)s is confirmed.") % words


def confirmed_sentence(done: Sequence[str], ticked: Sequence[str], motivations: Sequence[str]) -> str:
    """What confirming together did: `motivations` are the items still to read by themselves.

    Ticked and nothing done: a second click, or a colleague was first.
    """
    if not ticked:
        return _("Nothing was ticked: nothing is confirmed.")
    if not done:
        return _("The ticked items are read already.")
    words = {"n": len(done), "items": ", ".join(motivations)}
    if not motivations:
        return ngettext("%(n)s item confirmed.", "%(n)s items confirmed.", len(done)) % words
    return (
        ngettext(
            "%(n)s item confirmed. Motivations are read one by one: %(items)s.",
            "%(n)s items confirmed. Motivations are read one by one: %(items)s.",
            len(done),
        )
        % words
    )


BANDS = {
    Band.GOOD: lambda: _("good: conclusions can rest on it"),
    Band.TENTATIVE: lambda: _("tentative: conclude with care"),
    Band.LOW: lambda: _("low: the two readers see different things; do not conclude"),
}


def alpha_words(alpha: Alpha, minimum: int) -> str:
    """What an agreement allows, or why there is none (docs/scoring.md §5)."""
    if alpha.reason == NoAlpha.TOO_FEW_ITEMS:
        return _("too few: %(n)s of %(minimum)s items read twice") % {"n": alpha.items, "minimum": minimum}
    if alpha.reason == NoAlpha.NO_VARIATION:
        return _("no figure: both readers gave every item the same digit")
    return BANDS[alpha.band]()
