"""The Objectives tab: the list, and the pages that add, change and remove one entry.

Not here: the form page itself (entry_pages).
"""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kiv.http import not_repeated
from plans.forms.entries import FORMS, QuickObjectiveForm
from plans.selectors.disclosure import reader_of
from plans.selectors.entries import KINDS_BY_SLUG, edition_items, find_entry
from plans.selectors.entry_list import entry_list
from plans.views import entry_pages, entry_removal
from plans.views.copying import copying_context
from plans.views.entry_places import Place
from plans.views.fetching import assessment_or_404, editor_or_404, plan_context, read_assessment_or_404
from plans.views.submissions import new_mark

PARTS = ("action", "indicator")


@require_safe
def objective_list(request, plan_id: int):
    """Everybody who may read the plan reads the list; editors change it while it is in preparation."""
    assessment = read_assessment_or_404(request, plan_id)
    items = edition_items(assessment.edition)
    context = plan_context(request, assessment, "objectives")
    if context["may_edit"]:
        context |= {"quick_form": QuickObjectiveForm(items=items), "submission": new_mark()}
        context |= copying_context(request, assessment)
    reader = reader_of(request.user, assessment.version.plan)
    context |= {"entries": entry_list(assessment, reader, items), "is_inside": reader.is_inside}
    return render(request, "plans/objective_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_add(request, plan_id: int):
    return entry_pages.add_page(request, _place(request, plan_id, "objective"))


@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis_add(request, plan_id: int):
    return entry_pages.add_page(request, _place(request, plan_id, "diagnosis"))


@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request, plan_id: int, objective_id: int, kind: str):
    """An action or an indicator on an objective."""
    place = _place(request, plan_id, _kind(kind, PARTS))
    objective = find_entry(place.version, "objective", objective_id)
    if objective is None:
        return entry_pages.gone_page(request, place)
    return entry_pages.add_page(request, place.with_objective(objective))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_change(request, plan_id: int, kind: str, entry_id: int):
    place = _place(request, plan_id, _kind(kind))
    entry = find_entry(place.version, place.kind, entry_id)
    if entry is None:
        return entry_pages.gone_page(request, place)
    return entry_pages.change_page(request, place.with_entry(entry))


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def entry_remove(request, plan_id: int, kind: str, entry_id: int):
    place = _place(request, plan_id, _kind(kind))
    entry = find_entry(place.version, place.kind, entry_id)
    if entry is None:
        return entry_removal.gone(request, place)
    return entry_removal.remove_page(request, place.with_entry(entry))


def _kind(slug: str, allowed=tuple(FORMS)) -> str:
    kind = KINDS_BY_SLUG.get(slug)
    if kind not in allowed:
        raise Http404
    return kind


def _place(request, plan_id: int, kind: str) -> Place:
    """The plan, for its editors; to everybody else these pages do not exist."""
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    return Place(assessment=assessment, kind=kind)
