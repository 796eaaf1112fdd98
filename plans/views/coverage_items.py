"""An item across zones: all items with their counts, and one with the plans behind them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kiv.http import only_for
from plans.coverage_list_sentences import item_headline
from plans.reports.coverage import LEVELS
from plans.reports.coverage_lists import coverage_in
from plans.selectors.coverage_item import item_lines, rows_with
from plans.selectors.good_examples import examples_of_plans
from plans.views.coverage_areas import NothingYet, area_context, asked_area, item_or_404, page_of


@only_for("is_coordinator")
@require_safe
def coverage_items(request):
    try:
        form, area = asked_area(request)
    except NothingYet:
        return render(request, "plans/coverage_empty.html", {"tab": "items"})
    context = area_context("items", form, area) | {"columns": coverage_in(area).columns}
    return render(request, "plans/coverage_items.html", context)


@only_for("is_coordinator")
@require_safe
def coverage_item(request, code: str):
    """`?state=` leaves of the table the plans where the item is in that state; the counts are of all."""
    try:
        form, area = asked_area(request, "state")
    except NothingYet:
        return render(request, "plans/coverage_empty.html", {"tab": "items"})
    item = item_or_404(area, code)
    column = coverage_in(area).columns[area.position[item.pk]]
    page = page_of(request, rows_with(area, item, form.state_asked))
    context = area_context("items", form, area) | {
        "item": item,
        "column": column,
        "headline": item_headline(item.code, column.states),
        "levels": [(level, column.levels[level]) for level in LEVELS],
        "page": page,
        "lines": item_lines(area, item, page.object_list),
        "others": (examples := examples_of_plans(request.user, list(area.by_plan), [item])),
        "others_total": len(examples),
    }
    return render(request, "plans/coverage_item.html", context)
