"""What an edition would do to the shared plans, as sentences in the reader's language. Plain numbers in."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from plans.planformat.succession import Fate

FATES = {
    Fate.CARRIED: pgettext_lazy("what becomes of an item", "carried over as is"),
    Fate.LOOK: pgettext_lazy("what becomes of an item", "to be looked at"),
    Fate.NEW: pgettext_lazy("what becomes of an item", "newly open"),
}


def headline(plans: int, fates: Mapping[Fate, int]) -> str:
    """ "176 shared plans would be carried over. Of their 2816 items 1900 hold as they are, 500 are …" """
    if not plans:
        return _("No shared plan would be carried over.")
    said = ngettext(
        "%(plans)s shared plan would be carried over. Of its %(items)s items %(carried)s hold as they are, "
        "%(look)s are to be looked at by the zone and %(new)s are newly open.",
        "%(plans)s shared plans would be carried over. Of their %(items)s items %(carried)s hold as they "
        "are, %(look)s are to be looked at by the zones and %(new)s are newly open.",
        plans,
    )
    figures = {"carried": fates[Fate.CARRIED], "look": fates[Fate.LOOK], "new": fates[Fate.NEW]}
    return said % {"plans": plans, "items": sum(fates.values()), **figures}


def undecided_sentence(number: int) -> str:
    """Empty when everything is decided."""
    if not number:
        return ""
    said = ngettext(
        "What became of %(n)s old item is not decided yet. It is counted as to be looked at.",
        "What became of %(n)s old items is not decided yet. They are counted as to be looked at.",
        number,
    )
    return said % {"n": number}


def already_sentence(number: int) -> str:
    """About plans that went along before; empty when there are none."""
    if not number:
        return ""
    said = ngettext(
        "%(n)s plan is checked under this edition already and is not counted here.",
        "%(n)s plans are checked under this edition already and are not counted here.",
        number,
    )
    return said % {"n": number}


def apart_sentence(number: int) -> str:
    """About plans that cannot go along; empty when there are none."""
    if not number:
        return ""
    said = ngettext(
        "%(n)s plan is checked under no edition that comes before this one and is not counted here.",
        "%(n)s plans are checked under no edition that comes before this one and are not counted here.",
        number,
    )
    return said % {"n": number}


def over_sentence(number: int) -> str:
    """About plans that are carried over without being counted; empty when there are none."""
    if not number:
        return ""
    said = ngettext(
        "%(n)s plan of a cycle that is over is carried over too, but is not counted here. Nobody is asked to "
        "look at it.",
        "%(n)s plans of cycles that are over are carried over too, but are not counted here. Nobody is asked "
        "to look at them.",
        number,
    )
    return said % {"n": number}


def hidden_sentence() -> str:
    return _("What a zone keeps wholly confidential, and what follows from it, is in no figure.")


def progress_sentence(done: int, total: int) -> str:
    """Told while the plans are gone through."""
    said = ngettext("%(done)s of %(n)s plan looked at", "%(done)s of %(n)s plans looked at", total)
    return said % {"done": done, "n": total}


def notes(*, undecided: int, already: int, apart: int, has_hidden: bool) -> list[str]:
    """What has to be known to read the figures; only what is so."""
    said = [undecided_sentence(undecided), already_sentence(already), apart_sentence(apart)]
    return [*filter(None, said), *([hidden_sentence()] if has_hidden else [])]
