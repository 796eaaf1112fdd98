"""The Review tab, and what a reviewer does there with many items or the whole review.

Not here: one item (review_items), remarks, second readings.
"""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kiv.http import not_repeated
from plans.enums import VersionStatus
from plans.models import Assessment
from plans.review_sentences import confirmed_sentence
from plans.selectors.disclosure import Reader
from plans.selectors.remarks import remarks_of
from plans.selectors.review import desk_of, settled_items
from plans.selectors.reviewed import left_out_of
from plans.selectors.second_readings import candidates, unsettled_of
from plans.services.concluding import finish_review, reopen_review
from plans.services.reviewing import confirm_items, take_back
from plans.views.review_places import (
    attempt,
    review_context,
    reviewer_or_404,
)
from plans.views.submissions import new_mark


@require_safe
def review_page(request, plan_id: int):
    """Where the review of the latest shared version stands; for the zone, what it is asked."""
    context = review_context(request, plan_id)
    assessment, reader = context["assessment"], context["reader"]
    context |= {"remarks": remarks_of(assessment, request.user, reader), "submission": new_mark()}
    if reader.is_inside:
        context |= _outcome(assessment, request.user, reader)
        if context["version"].status == VersionStatus.REVIEWED:
            context["left_out"] = left_out_of(assessment)
        return render(request, "plans/review_zone.html", context)
    desk = desk_of(assessment, request.user, reader)
    may_ask = context["may_review"] and desk.second is None
    context |= {
        "desk": desk,
        "candidates": candidates(assessment, request.user) if may_ask else [],
        "unsettled": unsettled_of(assessment, request.user, reader) if desk.are_both_complete else (),
    }
    return render(request, "plans/review.html", context)


def _outcome(assessment: Assessment, user, reader: Reader) -> dict[str, object]:
    """For the zone: the items of which a finished review changed a digit."""
    settled = settled_items(assessment, user, reader)
    changed = {code: item for code, item in settled.items() if item.judged}
    if not changed:
        return {"changed": (), "was_read": bool(settled)}
    scores = {score.item.code: score for score in assessment.scores.select_related("item")}
    return {
        "changed": [(scores[code].item, scores[code].level, item) for code, item in changed.items()],
        "was_read": True,
    }


@not_repeated("plans:review", "plan_id")
@require_POST
def review_confirm(request, plan_id: int):
    """Confirm the ticked items that nobody looked at yet, in one step; motivations are read one by one."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    assessment, codes = context["assessment"], request.POST.getlist("items")

    def confirm() -> str:
        desk = desk_of(assessment, request.user, context["reader"])
        done = confirm_items(assessment=assessment, items=codes, kind=desk.kind, by=request.user)
        return confirmed_sentence(done, codes, [line.row.item.code for line in desk.motivations])

    attempt(request, context, confirm)
    return redirect("plans:review", plan_id)


@not_repeated("plans:review", "plan_id")
@require_POST
def review_take_back(request, plan_id: int, code: str):
    """Forget what was said of an item in one's own reading; then it is open again."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    assessment = context["assessment"]
    desk = desk_of(assessment, request.user, context["reader"])
    if desk.line(code) is None:
        raise Http404

    def forget() -> str:
        take_back(assessment=assessment, item=code, kind=desk.kind, by=request.user)
        return _("%(code)s is taken back: not read yet.") % {"code": code}

    attempt(request, context, forget)
    return redirect("plans:review_item", plan_id, code)


@not_repeated("plans:review", "plan_id")
@require_POST
def review_finish(request, plan_id: int):
    """Finish the review; when something lacks, say what."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)

    def finish() -> str:
        if context["version"].status != VersionStatus.REVIEWED:  # else it is a second click
            finish_review(version=context["version"], by=request.user)
        return _("The review is finished. The zone now sees what it changed.")

    attempt(request, context, finish)
    return redirect("plans:review", plan_id)


@not_repeated("plans:review", "plan_id")
@require_POST
def review_reopen(request, plan_id: int):
    """Take a finished review up again."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)

    def reopen() -> str:
        reopen_review(version=context["version"], by=request.user)
        return _("The review is taken up again. Until it is finished there are no reviewed levels.")

    attempt(request, context, reopen)
    return redirect("plans:review", plan_id)
