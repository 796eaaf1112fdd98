"""The Review tab, one item of it, and the acts of a reviewer on items.

Not here: remarks, second readings.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiv.http import not_repeated
from plans import rules
from plans.forms.reviewing import ItemReviewForm
from plans.models import Assessment, ItemReview
from plans.review_sentences import read_sentence
from plans.selectors.disclosure import Reader
from plans.selectors.remarks import remarks_of
from plans.selectors.review import Desk, ReviewLine, desk_of, read_item, settled_items
from plans.services.concluding import finish_review, reopen_review
from plans.services.editing import StaleEdit, TooMany
from plans.services.reviewing import ReadingClosed, confirm_items, review_item, take_back
from plans.views.entry_pages import read_revision
from plans.views.review_places import (
    attempt,
    closed_sentence,
    review_context,
    reviewer_or_404,
    version_as_read,
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
        return render(request, "plans/review_zone.html", context)
    context["desk"] = desk_of(assessment, request.user, reader)
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


@require_http_methods(["GET", "HEAD", "POST"])
def review_item_page(request, plan_id: int, code: str):
    """One item: read it on the left, confirm it or change criteria on the right."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    assessment, reader = context["assessment"], context["reader"]
    desk = desk_of(assessment, request.user, reader)
    line = desk.line(code)
    if line is None:
        raise Http404
    if request.method == "POST":
        return _save(request, context, desk, line)
    return show_item(request, context, desk, line, _form(request, line, reader))


def _form(request, line: ReviewLine, reader: Reader) -> ItemReviewForm:
    asked = line.read is not None and line.read.asks_clarification
    return ItemReviewForm(
        request.POST if request.method == "POST" else None,
        line=line,
        read=line.read,
        has_clearance=reader.has_clearance,
        asks_motivation=line.asks_motivation and not reader.is_blind,
        asked_already=asked,
    )


def show_item(
    request,
    context: dict,
    desk: Desk,
    line: ReviewLine,
    form: ItemReviewForm,
    *,
    notice: str = "",
    conflict=None,
    revision: int | None = None,
    status: int = 200,
):
    at = desk.lines.index(line)
    remarks = remarks_of(context["assessment"], request.user, context["reader"])
    context |= {
        "desk": desk,
        "line": line,
        "row": line.row,
        "form": form,
        "place": at + 1,
        "previous": desk.lines[at - 1] if at else None,
        "next": desk.lines[at + 1] if at + 1 < len(desk.lines) else None,
        "remarks": remarks.about(line.row.item),
        "submission": new_mark(),
        "notice": notice,
        "conflict": conflict,
        "revision": (line.read.revision if line.read else 0) if revision is None else revision,
        # What somebody with clearance wrote is not overwritten by who cannot read it.
        "may_write": context["may_review"]
        and not desk.is_complete
        and not (line.read is not None and line.read.is_hidden),
    }
    return render(request, "plans/review_item.html", context, status=status)


def _save(request, context: dict, desk: Desk, line: ReviewLine):
    """Save one item and go on with the next that was not read; else show again everything that was typed."""
    assessment, reader = context["assessment"], context["reader"]
    form = _form(request, line, reader)
    item = line.row.item
    if wrong := version_as_read(request, context):
        return show_item(request, context, desk, line, form, notice=wrong, status=409)
    if line.read is not None and line.read.is_hidden:
        notice = _("Only a reviewer with clearance can change this reading.")
        return show_item(request, context, desk, line, form, notice=notice, status=409)
    if not form.is_valid():
        return show_item(request, context, desk, line, form)
    revision = read_revision(request)
    try:
        review = review_item(
            assessment=assessment,
            item=item.code,
            revision=-1 if revision is None else revision,
            kind=desk.kind,
            by=request.user,
            **form.values,
        )
    except rules.NotAllowed:
        raise Http404 from None
    except rules.WrongMoment as wrong:
        context["may_review"] = False
        return show_item(request, context, desk, line, form, notice=str(wrong), status=409)
    except ReadingClosed:
        return show_item(request, context, desk, line, form, notice=closed_sentence(), status=409)
    except TooMany as refusal:
        notice = _("There are %(limit)s remarks already: close some, or talk to the zone.")
        return show_item(request, context, desk, line, form, notice=notice % {"limit": refusal.limit})
    except StaleEdit as stale:
        return _conflict(request, context, desk, line, form, stale.stored)
    except ValidationError as refusal:
        for name, errors in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, errors)
        return show_item(request, context, desk, line, form)
    messages.success(request, read_sentence(item.code, line.row.level, read_item(line.score, review, reader)))
    return redirect(after(context, desk, item.code))


def after(context: dict, desk: Desk, code: str) -> str:
    """The address of the next item that was not read yet; when all were, the tab."""
    plan_id = context["plan"].pk
    following = desk.next_unread(code)
    if following is None:
        return reverse("plans:review", args=[plan_id]) + "#finish"
    return reverse("plans:review_item", args=[plan_id, following.row.item.code])


def _conflict(request, context, desk: Desk, line: ReviewLine, form: ItemReviewForm, stored: ItemReview):
    """Somebody else read the item meanwhile, or took it back; a next save replaces what is stored."""
    known = read_item(line.score, stored, context["reader"]) if stored.pk else None
    if known is not None and known.is_hidden:
        notice = _("A reviewer with clearance read this item meanwhile. What you typed is still here.")
        return show_item(request, context, desk, line, form, notice=notice, status=409)
    conflict = form.differences(known)
    revision = known.revision if known else 0
    return show_item(request, context, desk, line, form, conflict=conflict, revision=revision, status=409)


@not_repeated("plans:review", "plan_id")
@require_POST
def review_confirm(request, plan_id: int):
    """Confirm the ticked items that nobody looked at yet, in one step."""
    context = review_context(request, plan_id)
    reviewer_or_404(context)
    assessment, codes = context["assessment"], request.POST.getlist("items")

    def confirm() -> str:
        kind = desk_of(assessment, request.user, context["reader"]).kind
        done = confirm_items(assessment=assessment, items=codes, kind=kind, by=request.user)
        if not done:
            return _("Nothing was ticked that was not read already.")
        return ngettext("%(n)s item confirmed.", "%(n)s items confirmed.", len(done)) % {"n": len(done)}

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
