"""The text of a document, and one passage in its place. Decisions on a passage: decisions."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from framework.models import Item
from plans import rules
from plans.forms.entry_form import Difference
from plans.forms.passages import FindForm, PassageForm
from plans.models import Assessment, Document, Passage
from plans.selectors.disclosure import Reader, reader_of
from plans.selectors.document_text import PAGE_LENGTH, text_groups, text_page, text_passages
from plans.selectors.entries import edition_items
from plans.selectors.passages import PassageInPlace, accept_boxes, copies_of, passage_in_place
from plans.selectors.why_not import why_not
from plans.services.editing import StaleEdit
from plans.services.passages import change_passage
from plans.views.fetching import (
    assessment_or_404,
    document_or_404,
    editor_or_404,
    plan_context,
    read_assessment_or_404,
)


@require_safe
def document_text(request, plan_id: int, number: int):
    """Everybody who may read the document; `?q=` finds only what this person may read."""
    assessment = read_assessment_or_404(request, plan_id)
    document = document_or_404(request, assessment, number)
    reader = reader_of(request.user, assessment.version.plan)
    form = FindForm(request.GET)
    words = form.words()
    passages = text_passages(document, request.user, words)
    page = Paginator(passages, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = plan_context(request, assessment, "documents") | {
        "document": document,
        "form": form,
        "words": words,
        "page": page,
        "groups": text_groups(assessment, document, list(page), reader, words),
        "is_inside": reader.is_inside,
    }
    return render(request, "plans/document_text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def passage_page(request, plan_id: int, number: int, passage_id: int):
    """The passage in its place; a POST corrects its language and whether it is confidential."""
    assessment = assessment_or_404(request, plan_id)
    if request.method == "POST":
        editor_or_404(request, assessment.version)
    document = document_or_404(request, assessment, number)
    passage = Passage.objects.visible_to(request.user).filter(document=document, pk=passage_id).first()
    if passage is None:
        if request.method == "POST":
            return _gone(request, document)
        raise Http404
    passage.document = document
    reader = reader_of(request.user, assessment.version.plan)
    if request.method == "POST":
        form = PassageForm(request.POST, passage=passage, document=document)
        return _change(request, assessment, passage, reader, form)
    return _show(request, assessment, passage, reader, PassageForm(passage=passage, document=document))


def _change(request, assessment: Assessment, passage: Passage, reader: Reader, form: PassageForm):
    if not form.is_valid():
        return _show(request, assessment, passage, reader, form)
    try:
        change_passage(
            assessment=assessment, passage=passage, by=request.user, **form.values(), **form.seen()
        )
    except rules.WrongMoment as wrong:
        return _show(request, assessment, passage, reader, form, notice=str(wrong), status=409)
    except rules.NotAllowed:
        raise Http404 from None
    except StaleEdit:
        return _conflict(request, assessment, passage.document, passage.pk, reader, form)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _show(request, assessment, passage, reader, form)
    messages.success(request, _("The passage was saved."))
    if form.cleaned_data["is_confidential"] and not passage.is_confidential:
        _warn_of_copies(request, assessment, passage)
    return redirect(request.path)


def _warn_of_copies(request, assessment: Assessment, passage: Passage) -> None:
    """What was made of the passage does not become confidential with it: somebody has to look."""
    copies = copies_of(assessment, passage)
    if copies:
        context = {"plan": assessment.version.plan, "copies": copies}
        messages.warning(request, render_to_string("plans/passage_copies.html", context))


def _conflict(
    request, assessment: Assessment, document: Document, passage_id: int, reader: Reader, form: PassageForm
):
    """Somebody saved meanwhile. When it is what was chosen here too, as after a second click, all is well."""
    stored = Passage.objects.visible_to(request.user).filter(document=document, pk=passage_id).first()
    if stored is None:
        return _gone(request, document)
    differences = form.differences(stored)
    if not differences:
        messages.success(request, _("The passage was saved."))
        return redirect(request.path)
    stored.document = document
    chosen = form.values()
    keeps_mark = stored.is_confidential and not chosen["is_confidential"]
    again = PassageForm(
        passage=stored, document=document, chosen=chosen | ({"is_confidential": True} if keeps_mark else {})
    )
    return _show(
        request,
        assessment,
        stored,
        reader,
        again,
        conflict=differences,
        keeps_mark=keeps_mark,
        status=409,
    )


def _gone(request, document: Document):
    """A new file took the place of the one that held the passage, while somebody looked at it."""
    messages.warning(request, _("This passage is no longer in the document. Nothing was changed."))
    return redirect("plans:document_text", document.version.plan_id, document.number)


def _show(
    request,
    assessment: Assessment,
    passage: Passage,
    reader: Reader,
    form: PassageForm,
    *,
    notice: str = "",
    conflict: Sequence[Difference] = (),
    keeps_mark: bool = False,
    status: int = 200,
):
    document = passage.document
    place = passage_in_place(assessment, document, passage, reader)
    context = plan_context(request, assessment, "documents") | {
        "document": document,
        "place": place,
        "text_page": text_page(place.number),
        "form": form,
        "notice": notice,
        "conflict": conflict,
        "keeps_mark": keeps_mark,
        "is_inside": reader.is_inside,
    }
    if reader.is_inside:
        context |= _questions(request, assessment, place, may_edit=context["may_edit"])
    return render(request, "plans/passage.html", context, status=status)


def _questions(request, assessment: Assessment, place: PassageInPlace, *, may_edit: bool) -> dict:
    """What the address asks: `?why=` explains an item, `?for=` opens the boxes to accept it for one.

    Without `for` the boxes are those of the most likely item, if any.
    """
    items = {item.code: item for item in edition_items(assessment.edition)}
    free = [item for item in items.values() if item.code not in place.accepted_codes]
    asked = items.get(request.GET.get("why", ""))
    why = why_not(assessment.edition, place.passage.document, place, asked) if asked else None
    boxes = None
    if may_edit and (item := _accept_for(request.GET.get("for"), items, place)):
        boxes = accept_boxes(assessment, place, item, get_language())
    return {"items": list(items.values()), "free_items": free, "why": why, "boxes": boxes}


def _accept_for(code: str | None, items: dict[str, Item], place: PassageInPlace) -> Item | None:
    if code in items:
        return None if code in place.accepted_codes else items[code]
    first = place.first_open
    return items[first.suggestion.item.code] if first else None
