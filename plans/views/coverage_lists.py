"""Lists that start work: all of them with their counts, and each with its entries."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kiv.http import only_for
from plans.coverage_list_sentences import LISTS, cycle_words, over_sentence, reason_label
from plans.forms.coverage_lists import NO_REASON, OVER_A_MONTH, OWN_FIELDS
from plans.reports.coverage_lists import ListName, entries_of, list_counts, long_waiting, stale_elsewhere
from plans.selectors.coverage_lists import motivations_by_reason, open_points, uncovered_by_district
from plans.views.coverage_areas import NothingYet, area_context, asked_area, page_of


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list on the overview; `more` of it wait for over a month, `over` says that nobody is asked."""

    name: str
    title: Any
    lead: Any
    number: int
    over: str
    more: int = 0


@only_for("is_coordinator")
@require_safe
def coverage_lists(request):
    try:
        form, area = asked_area(request)
    except NothingYet:
        return render(request, "plans/coverage_empty.html", {"tab": "lists"})
    waiting = long_waiting(area)
    context = area_context("lists", form, area) | {
        "lists": [
            ListLine(
                name.value,
                *LISTS[name.value],
                number,
                over_sentence(name.value, area.scope.cycle, number),
                waiting if name == ListName.REMARKS else 0,
            )
            for name, number in list_counts(area).items()
        ],
        "over_a_month": OVER_A_MONTH,
    }
    return render(request, "plans/coverage_lists.html", context)


@only_for("is_coordinator")
@require_safe
def coverage_list(request, name: str):
    """One list, a page at a time; what else can be asked of it depends on the list."""
    if name not in list(ListName):
        raise Http404
    listed = ListName(name)
    try:
        form, area = asked_area(request, *OWN_FIELDS.get(listed, ()))
    except NothingYet:
        return render(request, "plans/coverage_empty.html", {"tab": "lists"})
    entries = entries_of(listed, area, form.narrowed())
    page = page_of(request, entries)
    title, lead = LISTS[name]
    context = area_context("lists", form, area) | {
        "name": name,
        "title": title,
        "lead": lead,
        "over": over_sentence(name, area.scope.cycle, len(entries)),
        "page": page,
        "rows_template": f"plans/part_list_{name}.html",
        "points": open_points(page.object_list) if listed == ListName.OPEN else (),
        "reasons": _reasons(form, entries) if listed == ListName.MOTIVATIONS else (),
        "districts": uncovered_by_district(area) if listed == ListName.UNCOVERED else (),
        "elsewhere": _elsewhere(form, area) if listed == ListName.STALE else (),
    }
    return render(request, "plans/coverage_list.html", context)


def _reasons(form, entries) -> list[tuple[str, int, str | None]]:
    """Per reason its word, how many there are, and the query that asks for them; none for the hidden ones."""
    counts = motivations_by_reason(entries)
    return [
        (
            reason_label(reason),
            counts[reason],
            None if reason is None else form.query(reason=reason or NO_REASON),
        )
        for reason in sorted(counts, key=lambda reason: (reason is None, -counts[reason], reason or ""))
    ]


def _elsewhere(form, area) -> list[tuple[str, int, str]]:
    """Other cycles with stale plans: in words, how many, and the query that asks for them."""
    found = stale_elsewhere(area, form.menu.cycles, form.narrow)
    return [(cycle_words(cycle), number, form.query(cycle=cycle.name)) for cycle, number in found]
