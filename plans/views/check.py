"""The check page and the page of one item: where do we stand, why, what next."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.selectors.check import check_of
from plans.selectors.choices import earlier_plans
from plans.selectors.contained import contained_of
from plans.selectors.disclosure import reader_of
from plans.selectors.examples import examples_of
from plans.views.fetching import assessment_or_404, plan_context


@require_safe
def check_page(request, plan_id: int):
    assessment = assessment_or_404(request, plan_id)
    reader = reader_of(request.user, assessment.version.plan)
    context = plan_context(request, assessment, "check") | {"check": check_of(assessment, reader)}
    if reader.is_inside:
        contained = contained_of(assessment, {row.item.pk: row for row in context["check"].rows})
        context |= {
            "contained": contained,
            "items_total": len(context["check"].rows),
            "is_to_begin": context["check"].is_empty and not contained.documents,
        }
        if context["is_to_begin"] and context["may_edit"]:
            context["earlier"] = earlier_plans(assessment.version.plan, request.user)
    return render(request, "plans/check.html", context)


@require_safe
def item_page(request, plan_id: int, code: str):
    """To a reader outside the zone a wholly confidential item has no page."""
    assessment = assessment_or_404(request, plan_id)
    reader = reader_of(request.user, assessment.version.plan)
    check = check_of(assessment, reader)
    row = check.row(code)
    if row is None or row.is_hidden:
        raise Http404
    rows = [other for other in check.rows if not other.is_hidden]
    at = rows.index(row)
    context = plan_context(request, assessment, "check") | {
        "row": row,
        "group": next(group for group in check.groups if group.kind == row.item.kind),
        "previous": rows[at - 1] if at else None,
        "next": rows[at + 1] if at + 1 < len(rows) else None,
    }
    if reader.is_inside:
        context["examples"] = examples_of(assessment, row.item, request.user)
    return render(request, "plans/item.html", context)
