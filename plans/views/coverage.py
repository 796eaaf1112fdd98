"""The coverage pages of a coordinator. First the matrix: zones down, items across."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kiv.http import not_repeated, only_for
from plans.coverage_sentences import (
    area_sentence,
    group_words,
    listed_sentence,
    open_sentence,
)
from plans.forms.coverage import CoverageForm, SavedViewForm
from plans.reports.coverage import LEVELS
from plans.reports.coverage_page import CoveragePage, Grouping, heads_of, open_most_often, page_of
from plans.scoring import State
from plans.selectors.coverage import SHARED_STANDINGS
from plans.selectors.coverage_menu import coverage_menu
from plans.services.editing import TooMany
from plans.services.saved_views import remove_view, save_view
from plans.views.coverage_lines import LineWriter


@only_for("is_coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def coverage_matrix(request):
    """What is asked stands in the address; posting keeps that under a name."""
    menu = coverage_menu(request.user)
    if menu.cycle is None or menu.edition is None:
        return render(request, "plans/coverage_empty.html")
    form = CoverageForm(request.GET, menu=menu)
    heads = heads_of(request.user, form.scope, form.sort_asked)
    form.offer_places(heads)
    query = form.query()
    view_form = SavedViewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and view_form.is_valid() and _was_saved(request, view_form, query):
        messages.success(request, _("The view is saved."))
        return redirect(_address(query))
    page = page_of(form.scope, form.items, heads, form.narrowing())
    writer = LineWriter(page.scope, page.items, form.layer_asked)
    context = {
        "tab": "matrix",
        "form": form,
        "view_form": view_form,
        "views": menu.views,
        "query": query,
        "page": page,
        "headline": _headline(page),
        "groups": _groups(page, writer),
        # After the rows: only then it is known which kinds there are.
        "kinds": list(writer.kinds.values()),
        "is_grouped": page.narrowing.grouping != Grouping.NONE,
        "counts": _counts(page, form),
        "states": [state.value for state in State],
        "layer": form.layer_asked.value,
        "level_values": LEVELS,
        "other_states": [State.REGULAR.value, State.MOTIVATED.value, State.OPEN.value],
        "other_pages": range(1, page.pages + 1) if page.pages > 1 else (),
    }
    return render(request, "plans/coverage_matrix.html", context)


@not_repeated("plans:coverage")
@require_POST
@only_for("is_coordinator")
def view_remove(request, view_id: int):
    """Forget a saved view of one's own."""
    remove_view(view_id=view_id, by=request.user)
    messages.success(request, _("The view is removed."))
    return redirect("plans:coverage")


def _was_saved(request, form: SavedViewForm, query: str) -> bool:
    """False when it was refused: then the form says why."""
    try:
        save_view(name=form.cleaned_data["name"], query=query, by=request.user)
    except TooMany as refusal:
        form.add_error(
            None,
            _("You have %(limit)s views, and there is room for no more. Remove one first.")
            % {"limit": refusal.limit},
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
    else:
        return True
    return False


def _address(query: str) -> str:
    return reverse("plans:coverage") + (f"?{query}" if query else "")


def _headline(page: CoveragePage) -> list[str]:
    """What the whole page says in two or three sentences."""
    narrowing = page.narrowing
    place = narrowing.district or narrowing.province or _only_province(page)
    shared = sum(row.standing in SHARED_STANDINGS for row in page.area)
    said = [area_sentence(page.scope.kind, len(page.area), shared, str(place or ""))]
    shown = sum(row.assessment_id is not None for row in page.area)
    if page.scope.item is not None:
        is_open = sum(row.item_state == State.OPEN for row in page.area)
        said.append(open_sentence(page.scope.item.code, is_open, shown))
    elif not narrowing.is_narrow:
        column = open_most_often(page)
        said.append(
            open_sentence(column.item.code, column.states[State.OPEN], shown)
            if column
            else open_sentence("", 0, shown)
        )
    if narrowing.is_narrow:
        said.append(listed_sentence(len(page.listed), len(page.area)))
    return [sentence for sentence in said if sentence]


def _only_province(page: CoveragePage):
    """The province of all zones, when it is one."""
    provinces = {row.zone.province for row in page.area}
    return provinces.pop() if len(provinces) == 1 else None


def _groups(page: CoveragePage, writer: LineWriter) -> list[dict[str, Any]]:
    return [
        {
            "place": group.place,
            "words": group_words(page.scope.kind, group.total, group.shared),
            "rows": group.rows,
            "lines": [writer.write(row) for row in group.rows],
        }
        for group in page.groups
    ]


def _counts(page: CoveragePage, form: CoverageForm) -> list[dict[str, Any]]:
    """Per state a row of numbers, each with the address that lists these plans."""
    others, start = form.query(item="", state=""), reverse("plans:coverage")
    others = f"&{others}" if others else ""
    return [
        {
            "state": state.value,
            "numbers": [
                (
                    column.item.code,
                    str(column.states[state]),
                    f"{start}?item={column.item.code}&state={state}{others}",
                )
                for column in page.columns
            ],
            "total": sum(column.states[state] for column in page.columns),
        }
        for state in State
    ]
