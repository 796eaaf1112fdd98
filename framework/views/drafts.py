"""The workbench of one edition, and beginning or removing a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from framework import rules
from framework.enums import CriterionCode
from framework.forms.problem_words import expected_words, found_words
from framework.forms.starting import EditionFileForm, StartForm
from framework.models import Edition
from framework.parsing import parse_edition
from framework.selectors import languages_left, missing_texts
from framework.services import LoadResult, Outcome, delete_draft, load_edition
from framework.services.starting import start_edition
from framework.views.fetching import administrators_only, edition_or_404
from framework.withdrawals import told_when_withdrawn
from kiv.datafile import FileRefused


@require_safe
@administrators_only
def edition_edit(request: HttpRequest, edition_code: str) -> HttpResponse:
    """Everything an edition holds, and the way to change each part of it."""
    edition = edition_or_404(request, edition_code)
    criteria = list(edition.criteria.all())
    context = {
        "edition": edition,
        "items": edition.items.prefetch_related("aspects"),
        "criteria": criteria,
        "lacks_criteria": len(criteria) < len(CriterionCode.values),
        "attachments": edition.attachments.all(),
    }
    return render(request, "framework/edition_edit.html", context)


@require_safe
@administrators_only
def missing(request: HttpRequest, edition_code: str) -> HttpResponse:
    """Every text that is not there in all languages, each with the way to it."""
    edition = edition_or_404(request, edition_code)
    texts = missing_texts(edition)
    pages = {
        ("criterion", criterion.code): ("criteria", criterion.pk) for criterion in edition.criteria.all()
    }
    pages |= {
        ("attachment", attachment.name): ("attachments", attachment.pk)
        for attachment in edition.attachments.all()
    }
    for item in edition.items.prefetch_related("aspects"):
        pages[("item", item.code)] = ("items", item.pk)
        pages |= {("aspect", item.code, aspect.code): ("aspects", aspect.pk) for aspect in item.aspects.all()}
    rows = [
        (text, pages.get((text.part, text.code, text.aspect) if text.aspect else (text.part, text.code)))
        for text in texts
    ]
    context = {"edition": edition, "rows": rows, "left": languages_left(texts)}
    return render(request, "framework/edition_missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def edition_start(request: HttpRequest) -> HttpResponse:
    """A draft from nothing, or as a copy of its predecessor."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            edition = start_edition(by=request.user, **form.wanted())
        except ValidationError as refusal:
            form.add_error("code", refusal.message_dict["code"])
        else:
            messages.success(request, _("The draft is there. Only framework administrators see it."))
            return redirect("framework:edition_edit", edition.code)
    return render(request, "framework/edition_start.html", {"form": form})


class _NotReplaced(Exception):
    """The draft is there already, and nobody said that it may make way."""


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def edition_upload(request: HttpRequest) -> HttpResponse:
    """A draft becomes what a file says, or nothing changes and every problem is told with its place."""
    form = EditionFileForm(request.POST, request.FILES) if request.method == "POST" else EditionFileForm()
    problems = ()
    if request.method == "POST" and form.is_valid():
        data = form.read()
        try:
            result = _load(request, data, may_replace=form.cleaned_data["replace"])
        except FileRefused as refused:
            problems = refused.problems
        except _NotReplaced:
            form.add_error(
                "replace", _("There is a draft with this code. Tick this to put the file in its place.")
            )
        else:
            _tell(request, result)
            return redirect("framework:edition_edit", result.edition.code)
        # A browser forgets which file was chosen: its text comes back to be corrected and sent again.
        form.data = form.data.copy()
        form.data["text"] = form.cleaned_data["text"] or data.decode("utf-8", "replace").replace(
            "\0", "\ufffd"
        )
    words = [(problem, expected_words(problem), found_words(problem)) for problem in problems]
    return render(request, "framework/edition_upload.html", {"form": form, "problems": words})


@transaction.atomic
def _load(request: HttpRequest, data: bytes, *, may_replace: bool) -> LoadResult:
    code = parse_edition(data).code
    if not may_replace and Edition.objects.filter(code=code, status="draft").exists():
        raise _NotReplaced
    with told_when_withdrawn(request, code):
        return load_edition(data=data, by=request.user)


def _tell(request: HttpRequest, result: LoadResult) -> None:
    if result.kept:
        text = _("The edition is published. Texts that differ were kept as they are: %(places)s.")
        messages.warning(request, text % {"places": ", ".join(change.place for change in result.kept[:20])})
    elif not result.edition.is_draft:
        messages.info(request, _("The edition is published and says what the file says."))
    elif result.outcome == Outcome.UNCHANGED:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    else:
        messages.success(request, _("The draft now holds what the file says."))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def edition_delete(request: HttpRequest, edition_code: str) -> HttpResponse:
    """Asks first. Only a draft can go."""
    edition = edition_or_404(request, edition_code)
    if not edition.is_draft:
        messages.info(request, _("A published edition is never removed. It can be archived."))
        return redirect("framework:edition_publish", edition.code)
    if request.method == "POST":
        try:
            delete_draft(edition=edition, by=request.user)
        except rules.WrongMoment as wrong:
            messages.error(request, str(wrong))
            return redirect("framework:edition_edit", edition.code)
        messages.success(request, _("The draft is removed."))
        return redirect("framework:edition_list")
    return render(request, "framework/edition_delete.html", {"edition": edition})
