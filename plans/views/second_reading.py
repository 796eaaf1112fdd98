"""A second, blind reading: asking, withdrawing, completing, and settling where two readings differ."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiv.http import not_repeated
from plans.enums import ReadingKind
from plans.selectors.review import desk_of
from plans.selectors.second_readings import candidates, differences_of
from plans.services.readings import (
    NotEligible,
    ask_second_reading,
    complete_reading,
    settle_difference,
    withdraw_second_reading,
)
from plans.views.entry_pages import read_revision
from plans.views.review_items import item_page
from plans.views.review_places import attempt, review_context, reviewer_or_404


@not_repeated("plans:review", "plan_id")
@require_POST
def reading_ask(request, plan_id: int):
    """Ask a colleague to read the version blind."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    assessment = context["assessment"]

    def ask() -> str:
        chosen = request.POST.get("reader", "")
        offered = {str(one.pk): one for one in candidates(assessment, request.user)}
        if chosen not in offered and context["may_review"]:
            raise NotEligible
        ask_second_reading(assessment=assessment, reader=offered.get(chosen), by=request.user)
        return _("%(name)s is asked to read this version blind.") % {"name": offered[chosen]}

    attempt(request, context, ask)
    return redirect(_second(plan_id))


@not_repeated("plans:review", "plan_id")
@require_POST
def reading_withdraw(request, plan_id: int):
    """Do without the second reading, as long as it is not complete."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)

    def withdraw() -> str:
        withdraw_second_reading(assessment=context["assessment"], by=request.user)
        return _("The second reading is withdrawn.")

    attempt(request, context, withdraw)
    return redirect(_second(plan_id))


@not_repeated("plans:review", "plan_id")
@require_POST
def reading_complete(request, plan_id: int):
    """Nothing in one's own reading changes any more."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)

    def complete() -> str:
        desk = desk_of(context["assessment"], request.user, context["reader"])
        if not desk.is_complete:  # else it is a second click
            complete_reading(assessment=context["assessment"], kind=desk.kind, by=request.user)
        return _("The reading is complete.")

    attempt(request, context, complete)
    return redirect(_second(plan_id))


@require_safe
def difference_list(request, plan_id: int):
    """Two complete readings side by side, where they differ."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    desk = desk_of(context["assessment"], request.user, context["reader"])
    if not desk.are_both_complete:
        raise Http404
    found = differences_of(context["assessment"], request.user, context["reader"])
    context |= {
        "desk": desk,
        "differences": found,
        "unreadable": [line.row.item.code for line in desk.unreadable],
        "unsettled": [difference for difference in found if difference.settled is None],
    }
    return render(request, "plans/review_differences.html", context)


@not_repeated("plans:review_differences", "plan_id")
@require_POST
def difference_settle(request, plan_id: int, code: str):
    """The consensus about an item is what one of the two readings says."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    like = request.POST.get("like")
    if like not in (ReadingKind.FIRST, ReadingKind.SECOND):
        raise Http404

    def settle() -> str:
        settle_difference(
            assessment=context["assessment"],
            item=code,
            like=like,
            revision=read_revision(request) or 0,
            by=request.user,
        )
        return _("%(code)s is settled.") % {"code": code}

    attempt(request, context, settle)
    return redirect(reverse("plans:review_differences", args=[plan_id]) + f"#item-{code}")


@require_http_methods(["GET", "HEAD", "POST"])
def difference_own(request, plan_id: int, code: str):
    """A consensus that neither reading says, on the page of the item."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    found = differences_of(context["assessment"], request.user, context["reader"])
    difference = next((one for one in found if one.item.code == code), None)
    if difference is None:
        raise Http404
    return item_page(request, context, code, difference=difference)


def _second(plan_id: int) -> str:
    return reverse("plans:review", args=[plan_id]) + "#second"
