"""Taking a document in: a new one, or a new file in a document's place. Refused files change nothing.

With HTMX the form is answered by itself and success by another page; without it, by whole pages.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from kiv.http import not_repeated
from plans import extraction, rules
from plans.forms.documents import DocumentAddForm, DocumentFileForm
from plans.forms.refusal_words import LIMITS
from plans.models import Assessment, Document
from plans.selectors.documents import reading_outcome
from plans.services.documents import AlreadyThere, add_document, replace_document
from plans.services.editing import StaleEdit, TooMany
from plans.services.laying import Laid
from plans.views.entry_pages import closed_message, read_revision
from plans.views.fetching import assessment_or_404, document_or_404, editor_or_404, plan_context
from plans.views.submissions import is_first_time, new_mark, was_sent_before


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was stored; `same` is the document that holds this very file."""

    sentence: str = ""
    same: Document | None = None
    status: int = 200


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request, plan_id: int):
    arrived = timezone.now()
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    if request.method != "POST":
        return _closed(request, assessment) or _show(request, assessment, DocumentAddForm())
    form = DocumentAddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, assessment, form)
    try:
        document = add_document(
            version=assessment.version,
            kind=form.cleaned_data["kind"],
            filename=form.filename,
            data=form.read(),
            is_confidential=form.cleaned_data["is_confidential"],
            by=request.user,
        )
    except AlreadyThere as already:
        if not _is_second_click(request, already.document, arrived):
            return _show(request, assessment, form, refusal=_same_file(already.document))
        document = already.document
    except (extraction.Refused, ValidationError, TooMany, rules.WrongMoment) as error:
        return _show(request, assessment, form, refusal=_refusal(form, error))
    except rules.NotAllowed:
        raise Http404 from None
    # Remembered once it is stored: reading takes seconds, and nobody waits for a lock meanwhile.
    is_first_time(request)
    return _read(request, assessment, document)


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def document_replace(request, plan_id: int, number: int):
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    document = document_or_404(request, assessment, number)
    if request.method != "POST":
        form = DocumentFileForm()
        return _closed(request, assessment) or _show(request, assessment, form, document=document)
    form = DocumentFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, assessment, form, document=document)
    data = form.read()
    try:
        laid = replace_document(
            document=document,
            filename=form.filename,
            data=data,
            revision=read_revision(request),
            by=request.user,
        )
    except StaleEdit as stale:
        return _stale(request, assessment, form, stale.stored, data)
    except AlreadyThere as already:
        refusal = _same_file(already.document)
    except (extraction.Refused, ValidationError, TooMany, rules.WrongMoment) as error:
        refusal = _refusal(form, error)
    except rules.NotAllowed:
        raise Http404 from None
    else:
        return _replaced(request, assessment, document, laid)
    return _show(request, assessment, form, document=document, refusal=refusal)


def _refusal(form: DocumentFileForm, error: Exception) -> Refusal:
    """What can be said at the form's fields is put there."""
    match error:
        case rules.WrongMoment():
            return Refusal(closed_message(), status=409)
        case extraction.Refused():
            form.refuse(error.code)
        case TooMany():
            words = _("A plan holds at most %(limit)s documents. Remove one that is no longer needed first.")
            form.add_error(None, words % {"limit": error.limit})
        case _:
            form.add_error(None, error)
    return Refusal()


def _same_file(document: Document) -> Refusal:
    return Refusal(_("This file was uploaded already:"), same=document)


def _is_second_click(request, document: Document, arrived: datetime) -> bool:
    """Stored by this form already, or while this request was reading the same file: nothing is amiss."""
    return was_sent_before(request) or document.uploaded_at >= arrived


def _stale(request, assessment: Assessment, form: DocumentFileForm, stored: Document, data: bytes):
    """Somebody changed or removed it meanwhile; by a second click it holds this very file already."""
    current = Document.objects.filter(pk=stored.pk).first()
    if current is None:
        messages.warning(request, _("Somebody removed this document meanwhile. Nothing was stored."))
        return _go_to(request, reverse("plans:documents", args=[assessment.version.plan_id]))
    if current.sha256 == hashlib.sha256(data).hexdigest():
        return _read(request, assessment, current)
    sentence = _("Somebody changed this document meanwhile. Look at it first; then choose the file again.")
    return _show(request, assessment, form, document=current, refusal=Refusal(sentence, status=409))


def _read(request, assessment: Assessment, document: Document):
    """Say what came of it, and go where the next step is."""
    outcome = reading_outcome(assessment, document)
    plan_id = assessment.version.plan_id
    if document.pages is not None:
        read = ngettext("%(n)s page read.", "%(n)s pages read.", document.pages) % {"n": document.pages}
    else:
        read = ngettext("%(n)s word read.", "%(n)s words read.", document.words) % {"n": document.words}
    if not outcome.has_lexicon:
        found = _("Nothing can be suggested: this edition has no word lists yet.")
    elif not outcome.addressed:
        found = _("Nothing in it seems to address a priority or theme.")
    else:
        found = _(
            "%(n)s of %(total)s priorities and themes seem to be addressed; "
            "nothing counts before you accept it."
        ) % {"n": outcome.addressed, "total": outcome.items}
    messages.success(request, f"{read} {found}")
    if not outcome.addressed:
        return _go_to(request, reverse("plans:documents", args=[plan_id]))
    return _go_to(request, reverse("plans:reading", args=[plan_id, document.number]))


def _replaced(request, assessment: Assessment, document: Document, laid: Laid):
    """Say what stayed; when accepted quotes are gone, go where they are listed."""
    plan_id = assessment.version.plan_id
    counts = {"kept": laid.kept, "added": laid.added, "gone": laid.gone}
    words = _("The new file is in place: %(kept)s passages stayed, %(added)s are new, %(gone)s are gone.")
    messages.success(request, words % counts)
    if laid.secrets:
        messages.warning(
            request,
            _(
                "A confidential passage no longer stands there in the same words. The document is "
                "confidential now; look at it, and change that if it need not be."
            ),
        )
    if laid.lost:
        messages.warning(request, _lost_sentences(laid))
        return _go_to(request, reverse("plans:documents", args=[plan_id]) + "#gone")
    return _go_to(request, reverse("plans:reading", args=[plan_id, document.number]))


def _lost_sentences(laid: Laid) -> str:
    """What became of the accepted quotes that do not stand where they stood."""
    lost = ngettext(
        "%(n)s accepted quote no longer stands at the same place (the same words under the same headings) "
        "and counts no longer.",
        "%(n)s accepted quotes no longer stand at the same place (the same words under the same headings) "
        "and count no longer.",
        laid.lost,
    ) % {"n": laid.lost}
    if not laid.elsewhere:
        return lost
    if laid.lost == 1:
        return f"{lost} {_('It still stands there under another heading: accept it again.')}"
    elsewhere = ngettext(
        "%(n)s of them still stands there under another heading: accept it again.",
        "%(n)s of them still stand there under another heading: accept them again.",
        laid.elsewhere,
    ) % {"n": laid.elsewhere}
    return f"{lost} {elsewhere}"


def _go_to(request, address: str):
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _closed(request, assessment: Assessment):
    """Nobody begins to upload what cannot be stored any more."""
    if assessment.version.is_in_preparation:
        return None
    messages.info(request, closed_message())
    return redirect("plans:documents", assessment.version.plan_id)


def _show(
    request,
    assessment: Assessment,
    form: DocumentFileForm,
    *,
    document: Document | None = None,
    refusal: Refusal | None = None,
):
    refusal = refusal or Refusal()
    context = plan_context(request, assessment, "documents") | {
        "form": form,
        "document": document,
        "refusal": refusal,
        "seconds": LIMITS.seconds,
        "submission": new_mark(),
    }
    page = "plans/document_upload.html" + ("#upload_form" if request.htmx else "")
    return render(request, page, context, status=refusal.status)
