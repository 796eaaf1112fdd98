"""The Documents tab; changing, removing and downloading a document; removing a quote. Not here: uploads."""

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiv.http import not_repeated, safe_next
from plans import rules
from plans.forms.documents import DocumentChangeForm
from plans.forms.marks import with_marks
from plans.forms.refusal_words import warning_sentences
from plans.models import Assessment, Document
from plans.selectors import documents as selector
from plans.selectors.disclosure import reader_of
from plans.services.decisions import remove_evidence
from plans.services.documents import change_document, remove_document
from plans.services.editing import StaleEdit
from plans.services.originals import original_path
from plans.views.entry_pages import closed_message, read_revision
from plans.views.fetching import (
    assessment_or_404,
    document_or_404,
    editor_or_404,
    plan_context,
    read_assessment_or_404,
)
from plans.views.submissions import is_first_time, new_mark, was_sent_before


@require_safe
def document_list(request, plan_id: int):
    """Everybody who may read the plan; suggestions and quotes only inside the zone."""
    assessment = read_assessment_or_404(request, plan_id)
    reader = reader_of(request.user, assessment.version.plan)
    listed = selector.document_list(assessment, reader, request.user)
    context = plan_context(request, assessment, "documents") | {
        "reader": reader,
        "listed": listed,
        "documents": [
            (document, warning_sentences(document.warnings, document.blank_pages))
            for document in listed.documents
        ],
    }
    return render(request, "plans/document_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document_change(request, plan_id: int, number: int):
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    document = document_or_404(request, assessment, number)
    if request.method != "POST":
        form = DocumentChangeForm(document=document)
        return _closed(request, assessment) or _show_change(request, assessment, document, form)
    form = DocumentChangeForm(request.POST, document=document)
    if not form.is_valid():
        return _show_change(request, assessment, document, form)
    try:
        change_document(
            document=document, revision=read_revision(request), by=request.user, **form.cleaned_data
        )
    except rules.WrongMoment as wrong:
        return _show_change(request, assessment, document, form, notice=str(wrong), status=409)
    except rules.NotAllowed:
        raise Http404 from None
    except StaleEdit as stale:
        return _conflict(request, assessment, form, stale.stored)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _show_change(request, assessment, document, form)
    messages.success(request, _("The document was saved."))
    return redirect("plans:documents", plan_id)


def _conflict(request, assessment: Assessment, form: DocumentChangeForm, stored: Document):
    """Somebody saved meanwhile. When it is what was chosen here too, as after a second click, all is well."""
    if not Document.objects.filter(pk=stored.pk).exists():
        messages.warning(request, _("Somebody removed this document meanwhile. Nothing was stored."))
        return redirect("plans:documents", assessment.version.plan_id)
    differences = form.differences(stored)
    if not differences:
        messages.success(request, _("The document was saved."))
        return redirect("plans:documents", assessment.version.plan_id)
    keeps_mark = stored.is_confidential and not form.cleaned_data["is_confidential"]
    if keeps_mark:
        form = DocumentChangeForm(with_marks(request.POST, ["is_confidential"]), document=stored)
    more = {"conflict": differences, "keeps_mark": keeps_mark}
    return _show_change(request, assessment, stored, form, status=409, **more)


def _show_change(request, assessment, document, form, *, status: int = 200, **more):
    """`more`: notice (why nothing was saved), conflict (differences), keeps_mark."""
    context = plan_context(request, assessment, "documents") | {
        "document": document,
        "form": form,
        "revision": _revision(request, document, is_fresh="conflict" in more),
        "notice": "",
        "conflict": (),
        **more,
    }
    return render(request, "plans/document_change.html", context, status=status)


def _revision(request, document: Document, *, is_fresh: bool) -> int | str:
    """What was read when the form was first shown; after a conflict, what is shown beside it now."""
    return document.revision if is_fresh else request.POST.get("revision", document.revision)


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def document_remove(request, plan_id: int, number: int):
    """Ask first; a removal of what was changed meanwhile is asked again."""
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    if request.method != "POST":
        document = document_or_404(request, assessment, number)
        return _closed(request, assessment) or _show_remove(request, assessment, document)
    # A second click finds nothing left and means no harm.
    if was_sent_before(request):
        return redirect("plans:documents", plan_id)
    document = document_or_404(request, assessment, number)
    try:
        with transaction.atomic():
            is_first_time(request)
            remove_document(document=document, revision=read_revision(request), by=request.user)
    except rules.WrongMoment:
        return _show_remove(request, assessment, document, notice=closed_message(), status=409)
    except rules.NotAllowed:
        raise Http404 from None
    except StaleEdit as stale:
        stored = Document.objects.filter(pk=document.pk).first()
        if stored is not None:
            return _show_remove(request, assessment, stale.stored, is_stale=True, status=409)
    messages.success(request, _("The document was removed."))
    return redirect("plans:documents", plan_id)


def _show_remove(request, assessment, document, *, status: int = 200, **more):
    """`more`: notice (why nothing was removed), is_stale."""
    context = plan_context(request, assessment, "documents") | {
        "document": document,
        "quotes": selector.quotes_taken_from(document),
        "submission": new_mark(),
        "notice": "",
        "is_stale": False,
        **more,
    }
    return render(request, "plans/document_remove.html", context, status=status)


@require_safe
def document_download(request, plan_id: int, number: int):
    """The file as it was uploaded, never shown in the browser, for whom it may be read as a whole."""
    assessment = assessment_or_404(request, plan_id)
    document = (
        Document.objects.downloadable_by(request.user)
        .filter(version=assessment.version_id, number=number)
        .first()
    )
    if document is None:
        raise Http404
    try:
        file = original_path(document.sha256).open("rb")
    except FileNotFoundError:
        context = plan_context(request, assessment, "documents") | {"document": document}
        return render(request, "plans/document_missing.html", context, status=404)
    return _send(request, file, document.filename)


@csp_update({"sandbox": True})
def _send(request, file, filename: str) -> FileResponse:
    """Whatever the file is, it does nothing in our name: an attachment without a type, in a sandbox."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@not_repeated("plans:documents", "plan_id")
@require_POST
def evidence_remove(request, plan_id: int, evidence_id: int):
    """Remove an accepted quote. What is gone already, by a second click or a colleague, is as wished."""
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    evidence = assessment.passages.filter(pk=evidence_id).first()
    try:
        if evidence is not None:
            remove_evidence(assessment=assessment, evidence=evidence, by=request.user)
    except rules.WrongMoment:
        messages.info(request, closed_message())
    except rules.NotAllowed:
        raise Http404 from None
    else:
        messages.success(request, _("The quote was removed."))
    return redirect(safe_next(request, reverse("plans:documents", args=[plan_id])))


def _closed(request, assessment: Assessment):
    """Nobody begins what cannot be saved any more."""
    if assessment.version.is_in_preparation:
        return None
    messages.info(request, closed_message())
    return redirect("plans:documents", assessment.version.plan_id)
