"""Plan files: taking one in, giving one out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kiv.datafile import FileProblem, FileRefused
from kiv.templatetags.kiv_ui import current_language
from plans import rules
from plans.forms.files import PlanFileForm
from plans.forms.problem_words import expected_words, found_words
from plans.models import Assessment
from plans.planformat import dump_json, dump_plan, read_plan
from plans.planformat.workbook import read_workbook
from plans.reports.plan_workbook import CONTENT_TYPE, listed_items, write_workbook
from plans.reports.sheet_words import vocabulary
from plans.selectors.entries import edition_items
from plans.selectors.scoring_input import plan_content, published_items, scoring_items
from plans.services.editing import StaleEdit
from plans.services.importing import OtherEdition, PlanNotEmpty, has_content, import_plan
from plans.views.fetching import assessment_or_404, editor_or_404, plan_context


def _as_workbook(assessment: Assessment) -> bytes:
    items = listed_items(edition_items(assessment.edition), current_language())
    return write_workbook(plan_content(assessment), items)


#: Ending of the file → how it is made of a plan, and what a browser is told it is.
FORMATS = {
    "xlsx": (_as_workbook, CONTENT_TYPE),
    "yaml": (lambda assessment: dump_plan(plan_content(assessment)), "application/yaml; charset=utf-8"),
    "json": (lambda assessment: dump_json(plan_content(assessment)), "application/json"),
}


@never_cache
@require_safe
def plan_export(request, plan_id: int, format: str):
    """The whole plan as a file, of an empty one to be filled in.

    A file holds confidential words too: only for readers inside the zone.
    """
    assessment = assessment_or_404(request, plan_id)
    plan = assessment.version.plan
    if format not in FORMATS or not rules.is_inside(request.user, plan):
        raise Http404
    make, content_type = FORMATS[format]
    response = HttpResponse(make(assessment), content_type=content_type)
    place = plan.municipality.name if plan.municipality else plan.zone.label
    filename = f"{slugify(f'kiv plan {place} {plan.cycle}')}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request, plan_id: int):
    """The plan becomes what the file says, or nothing changes and every problem is told with its place."""
    assessment = assessment_or_404(request, plan_id)
    version = assessment.version
    editor_or_404(request, version)
    frame = {"has_content": has_content(assessment), "seen": version.changed_at}
    if request.method != "POST":
        if not version.is_in_preparation:
            messages.info(request, _("This version was shared for review and can no longer be changed."))
            return redirect("plans:check", plan_id)
        return _show(request, assessment, PlanFileForm(**frame))
    form = PlanFileForm(request.POST, request.FILES, **frame)
    if not form.is_valid():
        return _show(request, assessment, form)
    data = form.read()
    refusal = _import(request, assessment, form, data)
    if refusal is None:
        messages.success(request, _("The plan now holds what the file says."))
        return redirect("plans:check", plan_id)
    # A browser forgets which file was chosen: its text comes back to be corrected and sent again. A workbook
    # has no text: it is corrected where it was made.
    text = "" if form.is_workbook else _text(data)
    typed = {"text": text or form.cleaned_data["text"], "replace": form.wants_replace}
    if refusal.problems:
        typed["seen"] = form.data.get("seen", "")
    again = PlanFileForm(typed=typed, **frame)
    return _show(request, assessment, again, refusal=refusal, is_workbook=form.is_workbook)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was imported: one sentence, or the problems of the file."""

    sentence: str = ""
    problems: Sequence[FileProblem] = ()
    status: int = 200


def _import(request, assessment: Assessment, form: PlanFileForm, data: bytes) -> Refusal | None:
    edition = assessment.edition
    try:
        # The plan's own edition may have been archived since it was started.
        editions = published_items() | {edition.code: scoring_items(edition)}
        if form.is_workbook:
            content = read_workbook(data, editions, vocabulary())
        else:
            content = read_plan(data, editions)
        import_plan(
            assessment=assessment,
            content=content,
            by=request.user,
            replace=form.wants_replace,
            seen=form.cleaned_data["seen"],
            keeps_passages=form.is_workbook,
        )
    except FileRefused as refused:
        return Refusal(problems=refused.problems)
    except OtherEdition as other:
        text = _("This file is made for edition %(file)s; this plan is checked against %(plan)s.")
        return Refusal(text % {"file": other, "plan": edition.code})
    except PlanNotEmpty:
        return Refusal(_("This plan already holds something. Tick “Replace” to put the file in its place."))
    except StaleEdit:
        text = _("Somebody else changed this plan meanwhile. Look at it first; then send the file again.")
        return Refusal(text, status=409)
    except rules.WrongMoment as wrong:
        return Refusal(str(wrong), status=409)
    return None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _show(
    request,
    assessment: Assessment,
    form: PlanFileForm,
    *,
    refusal: Refusal | None = None,
    is_workbook: bool = False,
):
    """The page; `is_workbook`: what was refused was a spreadsheet, whose problems have cells and no lines."""
    refusal = refusal or Refusal()
    problems = [(problem, expected_words(problem), found_words(problem)) for problem in refusal.problems]
    context = plan_context(request, assessment, "") | {
        "form": form,
        "sentence": refusal.sentence,
        "problems": problems,
        "is_workbook": is_workbook,
        "has_content": "replace" in form.fields,
    }
    return render(request, "plans/plan_import.html", context, status=refusal.status)
