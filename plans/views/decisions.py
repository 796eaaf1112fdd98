"""Deciding on one passage, and taking that back. The page around it: reading."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiv.http import not_repeated, safe_next
from plans import rules
from plans.enums import Verdict
from plans.forms.decisions import TAKE_BACK, DecisionForm
from plans.models import Assessment, Document, Passage
from plans.selectors.entries import edition_items
from plans.selectors.reading import Attempt, Overview
from plans.services.decisions import accept_passage, decide, take_back, undo_last
from plans.services.editing import StaleEdit, TooMany
from plans.views.fetching import assessment_or_404, document_or_404, editor_or_404
from plans.views.reading import show_reading


@not_repeated("plans:reading", "plan_id", "number")
@require_POST
def passage_decide(request, plan_id: int, number: int, passage_id: int):
    """One decision; then the next passage of the item, or the next item that asks something."""
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    document = document_or_404(request, assessment, number)
    passage = document.passages.filter(pk=passage_id).first()
    if passage is None:
        return _answer(request, assessment, document, "", said=_gone_sentence(), status=409)
    items = edition_items(assessment.edition)
    form = DecisionForm(request.POST, items=items, version=assessment.version)
    if "item" not in form.data or form.data["item"] not in form.by_code or "verdict" in form.errors:
        raise Http404
    if not form.is_valid():
        return _again(request, assessment, document, passage, form.sentence)
    try:
        said = _act(request, assessment, passage, form)
    except rules.WrongMoment as wrong:
        assessment.version.refresh_from_db(fields=["status", "shared_at"])
        return show_reading(
            request, assessment, document, code=form.suggested_for.code, said=str(wrong), status=409
        )
    except rules.NotAllowed:
        raise Http404 from None
    except StaleEdit:
        text = _("Somebody decided on this passage meanwhile. Look at what is there now.")
        return _answer(request, assessment, document, form.suggested_for.code, said=text, status=409)
    except TooMany as refusal:
        text = _("A plan holds at most %(limit)s accepted passages.") % {"limit": refusal.limit}
        return _again(request, assessment, document, passage, text)
    except ValidationError as refusal:
        return _again(request, assessment, document, passage, " ".join(refusal.messages))
    return _answer(request, assessment, document, form.suggested_for.code, said=said)


@not_repeated("plans:reading", "plan_id", "number")
@require_POST
def decision_undo(request, plan_id: int, number: int):
    """Take back this person's last decision in the document, and show the passage again."""
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    document = document_or_404(request, assessment, number)
    try:
        undone = undo_last(assessment=assessment, document=document, by=request.user)
    except rules.WrongMoment as wrong:
        return show_reading(request, assessment, document, said=str(wrong), status=409)
    if undone is None:
        code = request.POST.get("item", "")
        return _answer(request, assessment, document, code, said=_("There is nothing of yours to undo here."))
    said = _("Undone for %(code)s.") % {"code": undone.item.code}
    return _answer(
        request, assessment, document, undone.item.code, said=said, opened=undone.passage_id, stays=True
    )


def _act(request, assessment: Assessment, passage: Passage, form: DecisionForm) -> str:
    """Do it; what happened, in one sentence."""
    verdict, code = form.cleaned_data["verdict"], form.suggested_for.code
    if verdict == TAKE_BACK:
        suggestion = assessment.suggestions.filter(passage=passage, item=form.suggested_for).first()
        if suggestion is not None and suggestion.verdict != Verdict.OPEN:
            take_back(assessment=assessment, suggestion=suggestion, by=request.user)
        return _("Taken back for %(code)s: open again.") % {"code": code}
    if verdict in (Verdict.REJECTED, Verdict.SET_ASIDE):
        decide(
            assessment=assessment, passage=passage, item=form.suggested_for, verdict=verdict, by=request.user
        )
        if verdict == Verdict.REJECTED:
            return _("Not about %(code)s.") % {"code": code}
        return _("Set aside for %(code)s.") % {"code": code}
    accept_passage(
        assessment=assessment,
        passage=passage,
        item=form.accepted_for,
        ticks=form.ticks,
        objective=form.cleaned_data["objective"],
        instead_of=form.suggested_for if form.is_move else None,
        by=request.user,
    )
    return _("Accepted for %(code)s.") % {"code": form.accepted_for.code}


def _gone_sentence() -> str:
    return _("This passage is no longer in the document: a new file took its place.")


def _again(request, assessment: Assessment, document: Document, passage: Passage, sentence: str):
    """The passage again, with what was ticked and why nothing was saved.

    Where the decision came from another page, that page says why: nothing was ticked there, nothing is lost.
    """
    if not request.htmx and (elsewhere := safe_next(request)):
        messages.warning(request, sentence)
        return redirect(elsewhere)
    attempt = Attempt(
        passage_id=passage.pk,
        sentence=sentence,
        elements=tuple(request.POST.getlist("elements")),
        links=tuple(request.POST.getlist("links")),
        aspects=tuple(request.POST.getlist("aspects")),
        other=request.POST.get("other", ""),
        objective=request.POST.get("objective", ""),
    )
    code = request.POST["item"]
    return show_reading(request, assessment, document, code=code, opened=passage.pk, attempt=attempt)


def _answer(
    request,
    assessment: Assessment,
    document: Document,
    code: str,
    *,
    said: str,
    opened: int | None = None,
    stays: bool = False,
    status: int = 200,
):
    """The next thing to decide: of this item, else of the next one; a safe `next` of the form goes first."""
    if not request.htmx and (elsewhere := safe_next(request)):
        messages.info(request, said)
        return redirect(elsewhere)
    if not stays:
        overview = Overview(assessment, document)
        own = overview.find(code)
        if own is None or own.is_done:
            after = overview.next_to_do(code)
            code = after.item.code if after else code
    if request.htmx:
        return show_reading(request, assessment, document, code=code, opened=opened, said=said, status=status)
    (messages.info if status == 200 else messages.warning)(request, said)
    address = reverse("plans:reading", args=[document.version.plan_id, document.number])
    query = f"?item={code}" + (f"&open={opened}" if opened else "")
    return redirect(f"{address}{query}#first")
