"""The versions of an edition's word lists, for framework administrators: list, start, remove, put in force.

Not here: the words of one version (lexicon_words), trying a text and the effect (lexicon_trials).
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from framework import rules
from framework.models import Edition, LexiconVersion
from framework.views.fetching import edition_or_404
from kiv.datafile import FileRefused
from kiv.http import only_for
from plans import matching
from plans.forms.lexicons import DraftForm, FilesForm, ForceForm, expected_words
from plans.selectors.lexicon_content import changed_parts, versions_of
from plans.selectors.lexicon_effect import kept_effect
from plans.selectors.lexicon_findings import find_all
from plans.selectors.lexicon_succession import version_before
from plans.services.editing import StaleEdit
from plans.services.lexicon_drafts import put_in_force, remove_draft, start_draft, take_in_files

administrators_only = only_for("is_framework_administrator")


def version_or_404(request: HttpRequest, edition: Edition, number: int) -> LexiconVersion:
    versions = LexiconVersion.objects.visible_to(request.user).filter(edition=edition, number=number)
    version = versions.select_related("made_by", "put_in_force_by").first()
    if version is None:
        raise Http404
    version.edition = edition
    return version


def in_force_of(edition: Edition) -> LexiconVersion | None:
    """The version that suggestions are made with now, with its words. One query."""
    return LexiconVersion.objects.in_force_first().filter(edition=edition).first()


@require_safe
@administrators_only
def lexicon_list(request: HttpRequest, edition_code: str) -> HttpResponse:
    """Every version: its number, since when it is in force, who made it so, and why."""
    edition = edition_or_404(request, edition_code)
    versions = versions_of(edition, request.user)
    used = [one for one in versions if not one.is_draft]
    in_force = max(used, key=lambda one: (one.in_force_since, one.number), default=None)
    draft = next((one for one in versions if one.is_draft), None)
    context = {"edition": edition, "versions": versions, "in_force": in_force, "draft": draft}
    return render(request, "plans/lexicon_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_start(request: HttpRequest, edition_code: str) -> HttpResponse:
    """A draft of a version or of files; a file with mistakes starts nothing, and every mistake is told."""
    edition = edition_or_404(request, edition_code)
    versions = versions_of(edition, request.user)
    draft = next((one for one in versions if one.is_draft), None)
    if draft is not None:
        messages.info(request, _("There is a draft already. Go on with it, or remove it first."))
        return redirect("plans:lexicon", edition.code, draft.number)
    latest = in_force_of(edition)
    versions.sort(key=lambda one: (one.pk != getattr(latest, "pk", None), -one.number))
    is_post = request.method == "POST"
    form = DraftForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        versions=versions,
        before=version_before(edition),
    )
    problems = ()
    if is_post and form.is_valid():
        try:
            draft = start_draft(edition=edition, by=request.user, copied_from=form.chosen, files=form.read())
        except FileRefused as refused:
            problems = refused.problems
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except rules.WrongMoment as wrong:
            messages.info(request, str(wrong))
            return redirect("plans:lexicon_list", edition.code)
        else:
            messages.success(
                request, _("The draft is there. Suggestions do not change until it is in force.")
            )
            return redirect("plans:lexicon", edition.code, draft.number)
    context = {"edition": edition, "form": form, "problems": [(one, expected_words(one)) for one in problems]}
    return render(request, "plans/lexicon_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_files(request: HttpRequest, edition_code: str, number: int) -> HttpResponse:
    """Languages of a draft become what files say, or nothing changes and every problem is told."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    is_post = request.method == "POST"
    form = FilesForm(request.POST if is_post else None, request.FILES if is_post else None)
    problems, status = (), 200
    if is_post and form.is_valid():
        try:
            take_in_files(draft=version, by=request.user, files=form.read())
        except FileRefused as refused:
            problems = refused.problems
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except rules.WrongMoment as wrong:
            form.add_error(None, str(wrong))
            status = 409
        except LexiconVersion.DoesNotExist:
            raise Http404 from None
        else:
            messages.success(request, _("The files are taken in."))
            return redirect("plans:lexicon", edition.code, number)
    context = {
        "edition": edition,
        "version": version,
        "form": form,
        "problems": [(one, expected_words(one)) for one in problems],
    }
    return render(request, "plans/lexicon_files.html", context, status=status)


@require_safe
@administrators_only
def lexicon_file(request: HttpRequest, edition_code: str, number: int, language: str) -> HttpResponse:
    """The words of one language as a file that can be taken in again, byte for byte."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    if language not in version.content:
        raise Http404
    name = f"lexicon-{edition.code}.{number}.{language}.yaml"
    return HttpResponse(
        matching.language_as_yaml(version.content[language]),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_remove(request: HttpRequest, edition_code: str, number: int) -> HttpResponse:
    """Asks first. A version in force stays."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    if request.method == "POST" or not version.is_draft:
        try:
            remove_draft(draft=version, by=request.user) if version.is_draft else None
        except rules.WrongMoment as wrong:
            messages.error(request, str(wrong))
        else:
            if version.is_draft:
                messages.success(request, _("The draft is removed."))
        return redirect("plans:lexicon_list", edition.code)
    return render(request, "plans/lexicon_remove.html", {"edition": edition, "version": version})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_force(request: HttpRequest, edition_code: str, number: int) -> HttpResponse:
    """The check list, what changes, what becomes of suggestions, and the button."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    if not version.is_draft:
        messages.info(request, _("Version %(number)s is in force.") % {"number": number})
        return redirect("plans:lexicon_list", edition.code)
    form = ForceForm(request.POST if request.method == "POST" else None, initial={"seen": version.sha256})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            put_in_force(draft=version, by=request.user, **form.cleaned_data)
        except StaleEdit as stale:
            version = version_or_404(request, edition, number)
            form.data = form.data.copy()
            form.data["seen"] = stale.stored.sha256
            form.add_error(
                None, _("Somebody changed the draft after you opened this page. Look again, then confirm.")
            )
            status = 409
        except rules.WrongMoment as wrong:
            form.add_error(None, str(wrong))
            status = 409
        except ValidationError as refusal:
            form.add_error("note", refusal.messages)
        except LexiconVersion.DoesNotExist:
            raise Http404 from None
        else:
            messages.success(
                request, _("Version %(number)s is in force. New suggestions use it.") % {"number": number}
            )
            return redirect("plans:lexicon_list", edition.code)
    in_force = in_force_of(edition)
    findings = find_all(version)
    context = {
        "edition": edition,
        "version": version,
        "form": form,
        "in_force": in_force,
        "stops": [one for one in findings if one.finding.is_blocker],
        "hints": [one for one in findings if not one.finding.is_blocker],
        "changed": changed_parts(in_force.content if in_force else {}, version.content),
        "effect": kept_effect(version, in_force),
    }
    return render(request, "plans/lexicon_force.html", context, status=status)
