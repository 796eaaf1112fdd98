"""The check page and the page of one item: where do we stand, why, what next."""

from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans import rules
from plans.models import Assessment
from plans.selectors.check import check_of
from plans.selectors.choices import earlier_plans
from plans.selectors.contained import contained_of
from plans.selectors.disclosure import Reader, reader_of
from plans.selectors.examples import examples_of
from plans.selectors.good_examples import examples_for, offer_of
from plans.selectors.remarks import remarks_of
from plans.selectors.review import settled_items
from plans.selectors.review_summary import review_summary
from plans.selectors.shown import Check, ItemRow
from plans.selectors.teamwork import teamwork_of
from plans.views.carrying import carrying_context
from plans.views.conversation import conversation_of, team_context
from plans.views.fetching import asked_version, plan_context, read_assessment_or_404
from plans.views.submissions import new_mark
from plans.workflow import Act


@require_safe
def check_page(request, plan_id: int):
    assessment = read_assessment_or_404(request, plan_id)
    reader = reader_of(request.user, assessment.version.plan)
    check = check_of(assessment, reader, has_aspects=False)
    team = teamwork_of(assessment, request.user) if reader.is_inside else None
    context = plan_context(request, assessment, "check") | {"check": check, "groups": check.groups}
    context |= team_context(request, assessment, team) | carrying_context(request, assessment)
    if context["is_mine"]:
        context["groups"] = [group for group in map(team.only_mine, check.groups) if group.rows]
    if reader.is_inside:
        context |= _for_the_zone(request, assessment, check, has_review=context["has_review"])
        if context["is_to_begin"] and context["may_edit"]:
            context["earlier"] = earlier_plans(assessment.version.plan, request.user)
    return render(request, "plans/check.html", context)


def _for_the_zone(request, assessment: Assessment, check: Check, *, has_review: bool) -> dict[str, Any]:
    """What its documents still hold while it is in preparation, and what came of the last review."""
    context: dict[str, Any] = {"contained": None, "is_to_begin": False, "review": None, "may_start": False}
    version = assessment.version
    if version.is_in_preparation:
        contained = contained_of(assessment, {row.item.pk: row for row in check.rows})
        context |= {
            "contained": contained,
            "items_total": len(check.rows),
            "is_to_begin": check.is_empty and not contained.documents,
        }
    if has_review and asked_version(request) is None:
        context["review"] = review = review_summary(version.plan, request.user)
        if review is not None and review.number == version.number:
            # It is reviewed, and the latest of all that somebody of the zone reads: no newer one forbids it.
            context["may_start"] = rules.may(request.user, version.plan, Act.START_VERSION)
    return context


@require_safe
def item_page(request, plan_id: int, code: str):
    """To a reader outside the zone a wholly confidential item has no page."""
    return show_item(request, read_assessment_or_404(request, plan_id), code)


def show_item(request, assessment: Assessment, code: str, *, comment_form=None, status: int = 200):
    """The page of one item; `comment_form` is one that was refused."""
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
        "conversation": None,
        "offer": None,
    }
    if assessment.version.shared_at is not None:
        context |= _review_of_item(request, assessment, reader, row)
    # What the items were fetched with: their edition, and the plan of this page.
    row.item.edition, plan = assessment.edition, assessment.version.plan
    context["others"], context["others_total"] = examples_for(request.user, row.item, plan)
    if not assessment.is_left and rules.may(request.user, plan, Act.OFFER_EXAMPLE):
        context["offer"] = offer_of(plan, row.item)
    if reader.is_inside:
        context["examples"] = examples_of(assessment, row.item, request.user)
        context["conversation"] = conversation_of(request, assessment, row.item, comment_form)
    team = teamwork_of(assessment, request.user) if reader.is_inside else None
    context |= team_context(request, assessment, team)
    return render(request, "plans/item.html", context, status=status)


def _review_of_item(request, assessment: Assessment, reader: Reader, row: ItemRow) -> dict[str, Any]:
    """The remarks on the item and, after a finished review, what was judged and why."""
    acts = rules.acts_now(request.user, assessment.version, Act.REVIEW, Act.CLOSE_REMARK)
    carrying = getattr(assessment, "carrying", None)
    if carrying is not None and carrying.is_after_sharing:
        # Reviewers read what was shared: the plan under the edition before.
        acts -= {Act.REVIEW}
    settled = settled_items(assessment, request.user, reader) if row.reviewed else {}
    return {
        "reader": reader,
        "remarks": remarks_of(assessment, request.user, reader).about(row.item),
        "may_remark": Act.REVIEW in acts and not reader.is_blind,
        "may_review": Act.REVIEW in acts,
        "may_close": Act.CLOSE_REMARK in acts,
        "submission": new_mark(),
        "read": settled.get(row.item.code),
    }
