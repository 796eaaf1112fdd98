"""The words of the lists and of the pages of one item and one zone: titles, leads, headlines with counts."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from plans.enums import Reason
from plans.models import Cycle
from plans.scoring import AdviceKind, State
from plans.selectors.coverage_lists import OpenPoint
from plans.sentences import look_sentence

#: Name of a list → its title, and in one line what stands in it.
LISTS = {
    "open": (
        pgettext_lazy("list", "Open items"),
        gettext_lazy("Items of shared plans that still ask for a choice or a motivation."),
    ),
    "look": (
        pgettext_lazy("list", "Worth a look"),
        gettext_lazy("Choices that do not go with what the plan shows, each with its reason."),
    ),
    "remarks": (
        pgettext_lazy("list", "Remarks without an answer"),
        gettext_lazy("Remarks and requests for clarification that wait for the zone, the longest first."),
    ),
    "stale": (
        pgettext_lazy("list", "Checked under an earlier edition"),
        gettext_lazy("Plans whose latest shared version was checked under an edition that has a successor."),
    ),
    "carrying": (
        pgettext_lazy("list", "Going on to a new edition"),
        gettext_lazy(
            "Plans whose edition was followed by another: whose zone still has to look, and how far it is."
        ),
    ),
    "missing": (
        pgettext_lazy("list", "Not shared yet"),
        gettext_lazy("Zones without a plan in this cycle, and plans that are still in preparation."),
    ),
    "uncovered": (
        pgettext_lazy("list", "Items that nobody elaborates"),
        gettext_lazy("Items that no shared plan of the area elaborates."),
    ),
    "motivations": (
        pgettext_lazy("list", "Motivations"),
        gettext_lazy("Why items were not retained, by item and reason."),
    ),
    "examples": (
        pgettext_lazy("list", "Good examples"),
        gettext_lazy("Items at level 3 or 4 that the zone shows to others."),
    ),
}


#: Lists about editions: of these plans nobody is asked anything once their cycle is over.
ABOUT_EDITIONS = ("stale", "carrying")


def over_sentence(name: str, cycle: Cycle, number: int) -> str:
    """That a list with this many entries asks nobody for anything; empty where it does, or has none."""
    if name not in ABOUT_EDITIONS or not cycle.is_over or not number:
        return ""
    text = _(
        "The cycle %(cycle)s is over: these plans stay as they are, and nobody is asked to look at them."
    )
    return text % {"cycle": cycle}


def cycle_words(cycle: Cycle) -> str:
    """The name of a cycle, and that it is over."""
    return _("%(cycle)s (over)") % {"cycle": cycle} if cycle.is_over else str(cycle)


def reason_label(reason: str | None) -> str:
    """The word for a reason code; "" is without one, None one that is hidden."""
    if reason is None:
        return _("confidential element")
    return str(Reason(reason).label) if reason else _("no reason given")


#: What would close an open item → why it is open; the choice itself is told beside it.
WHY_OPEN = {
    AdviceKind.CHOOSE: gettext_lazy("nothing is chosen, and the plan says nothing of it"),
    AdviceKind.CONFIRM_PROPOSAL: gettext_lazy("nothing is chosen, though the plan says something of it"),
    AdviceKind.COMPLETE_MOTIVATION: gettext_lazy("without a full motivation: a reason and one line"),
    AdviceKind.ANSWER_CLARIFICATION: gettext_lazy("a clarification is asked, and not answered yet"),
    AdviceKind.ADD_LINE: gettext_lazy("without a line or a quote on what is done"),
}


def why_open(point: OpenPoint) -> list[str]:
    """All reasons for which an item is open, and for which it is besides worth a look."""
    kind = point.entry.item.kind
    return [
        *(str(WHY_OPEN[AdviceKind(step)]) for step in point.why),
        *(look_sentence(reason, kind) for reason in point.looks),
    ]


def waiting_words(days: int) -> str:
    """ "12 days": since the zone was asked."""
    if days == 0:
        return _("less than a day")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def step_words(step: int | None) -> str:
    """What became of a level since the plan before; empty where it cannot be compared."""
    if step is None:
        return ""
    if step == 0:
        return _("the same")
    if step > 0:
        return ngettext("%(n)s level higher", "%(n)s levels higher", step) % {"n": step}
    return ngettext("%(n)s level lower", "%(n)s levels lower", -step) % {"n": -step}


def item_headline(code: str, states: Mapping[str, int]) -> str:
    """ "14 of the 31 plans shown elaborate P2; still open: 5." `states`: state → number of plans."""
    shown, done, is_open = sum(states.values()), states[State.ELABORATED], states[State.OPEN]
    words = {"item": code, "n": done, "shown": shown, "open": is_open}
    if not shown:
        return _("No plan is shown here, so nothing can be said of %(item)s.") % words
    if shown == 1:
        if done:
            return _("The one plan shown elaborates %(item)s.") % words
        if is_open:
            return _("The one plan shown leaves %(item)s open.") % words
        return _("The one plan shown does not elaborate %(item)s, and does not leave it open.") % words
    if not done:
        return _("None of the %(shown)s plans shown elaborates %(item)s; still open: %(open)s.") % words
    if done == shown:
        return _("All %(shown)s plans shown elaborate %(item)s.") % words
    return (
        ngettext(
            "%(n)s of the %(shown)s plans shown elaborates %(item)s; still open: %(open)s.",
            "%(n)s of the %(shown)s plans shown elaborate %(item)s; still open: %(open)s.",
            done,
        )
        % words
    )


def zone_headline(number: int, shared_at, states: Mapping[str, int]) -> str:
    """ "Version 2, shared on 12/03/2026, elaborates 9 of 15 items; still open: 1." """
    total, done, is_open = sum(states.values()), states[State.ELABORATED], states[State.OPEN]
    words = {
        "number": number,
        "day": date_format(localtime(shared_at), "SHORT_DATE_FORMAT"),
        "n": done,
        "total": total,
        "open": is_open,
    }
    return (
        ngettext(
            "Version %(number)s, shared on %(day)s, elaborates %(n)s of %(total)s item; "
            "still open: %(open)s.",
            "Version %(number)s, shared on %(day)s, elaborates %(n)s of %(total)s items; "
            "still open: %(open)s.",
            total,
        )
        % words
    )


def steps_sentence(cycle: str, steps: Sequence[int]) -> str:
    """What became of the items since the plan of another cycle. Empty where none can be compared."""
    if not steps:
        return ""
    words = {
        "cycle": cycle,
        "n": len(steps),
        "up": sum(step > 0 for step in steps),
        "down": sum(step < 0 for step in steps),
    }
    return (
        ngettext(
            "Of %(n)s item compared with the plan of %(cycle)s: at a higher level %(up)s, "
            "at a lower level %(down)s.",
            "Of %(n)s items compared with the plan of %(cycle)s: at a higher level %(up)s, "
            "at a lower level %(down)s.",
            len(steps),
        )
        % words
    )


def agenda_sentence(n_open: int, n_looks: int, n_remarks: int) -> str:
    """ "4 points: open items 2, worth a look 1, remarks without an answer 1." """
    total = n_open + n_looks + n_remarks
    words = {"n": total, "open": n_open, "looks": n_looks, "remarks": n_remarks}
    return (
        ngettext(
            "%(n)s point: open items %(open)s, worth a look %(looks)s, "
            "remarks without an answer %(remarks)s.",
            "%(n)s points: open items %(open)s, worth a look %(looks)s, "
            "remarks without an answer %(remarks)s.",
            total,
        )
        % words
    )
