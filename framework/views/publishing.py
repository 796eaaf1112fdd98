"""Publishing by two, archiving, corrections and errata."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from framework import rules
from framework.checklist import Weight, find_all
from framework.export import edition_digest
from framework.forms.starting import ErratumForm
from framework.models import Attachment, CriterionText, Edition, Publication
from framework.services import (
    CannotPublish,
    archive_edition,
    ask_publication,
    confirm_publication,
    restore_edition,
    withdraw_publication,
)
from framework.services.errata import add_erratum
from framework.views.fetching import administrators_only, edition_or_404, part_or_404
from kiv.http import not_repeated


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def edition_publish(request: HttpRequest, edition_code: str) -> HttpResponse:
    """The check list, who asked, and the next step of this person."""
    edition = edition_or_404(request, edition_code)
    if request.method == "POST":
        try:
            _act(request, edition)
        except (CannotPublish, rules.WrongMoment) as reason:
            messages.error(request, str(reason))
        return redirect("framework:edition_publish", edition.code)
    publication = (
        Publication.objects.filter(edition=edition).select_related("asked_by", "confirmed_by").first()
    )
    context = {"edition": edition, "publication": publication}
    if edition.is_draft:
        findings = find_all(edition)
        digest = edition_digest(edition)
        context |= {
            "findings": findings,
            "blockers": sum(finding.weight == Weight.BLOCKER for finding in findings),
            "digest": digest,
            "is_stale": publication is not None and publication.digest != digest,
            "why_not": rules.why_not_confirm(request.user, publication, digest),
        }
    return render(request, "framework/edition_publish.html", context)


def _act(request: HttpRequest, edition: Edition) -> None:
    """What the button that was pressed says. Raises CannotPublish or WrongMoment."""
    by = request.user
    match request.POST.get("act"):
        case "ask":
            ask_publication(edition=edition, by=by)
            messages.success(
                request, _("Publication is asked. A second framework administrator has to confirm.")
            )
        case "withdraw":
            withdraw_publication(edition=edition, by=by)
            messages.success(request, _("Publication is no longer asked."))
        case "confirm":
            confirm_publication(edition=edition, by=by, digest=request.POST.get("digest", ""))
            messages.success(request, _("The edition is published."))
        case "archive":
            archive_edition(edition=edition, by=by)
            messages.success(request, _("The edition is archived. Plans that use it stay as they are."))
        case "restore":
            restore_edition(edition=edition, by=by)
            messages.success(request, _("The edition is offered again."))
        case _:
            raise Http404


@require_safe
@administrators_only
def edition_changes(request: HttpRequest, edition_code: str) -> HttpResponse:
    """The errata, and every correction since publication with the text before it."""
    edition = edition_or_404(request, edition_code)
    context = {
        "edition": edition,
        "errata": edition.errata.select_related("made_by"),
        "changes": edition.text_changes.select_related("changed_by")[:500],
    }
    return render(request, "framework/edition_changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def erratum_add(request: HttpRequest, edition_code: str, kind: str, part_id: int) -> HttpResponse:
    """How an official title of a published edition should have read."""
    edition = edition_or_404(request, edition_code)
    titled = edition if kind == "edition" else part_or_404(edition, kind, part_id)
    if isinstance(titled, CriterionText | Attachment) or (titled is edition and part_id != edition.pk):
        raise Http404
    if edition.is_draft:
        messages.info(request, _("This edition is still a draft. Change it directly."))
        return redirect("framework:edition_edit", edition.code)
    form = ErratumForm(request.POST if request.method == "POST" else None, titled=titled)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("language", "after", "reason")}
        try:
            made = add_erratum(titled=titled, by=request.user, **values)
        except ValidationError as refusal:
            for name, errors in refusal.error_dict.items():
                form.add_error(name, errors)
        else:
            messages.success(request, _("Erratum %(number)s is published.") % {"number": made.number})
            return redirect("framework:edition_changes", edition.code)
    return render(request, "framework/erratum_add.html", {"edition": edition, "titled": titled, "form": form})
