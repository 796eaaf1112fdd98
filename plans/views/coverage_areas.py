"""What the pages of lists, items and zones begin with: the form, and the area that it asks for."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404

from framework.models import Item
from plans.forms.coverage_lists import AreaForm
from plans.reports.coverage_lists import area_of
from plans.selectors.coverage_area import Area
from plans.selectors.coverage_menu import coverage_menu

PAGE_LENGTH = 50


class NothingYet(Exception):
    """There is no cycle or no published edition: nothing can be asked."""


def asked_area(request, *own: str, heeds: Sequence[str] = ()) -> tuple[AreaForm, Area]:
    """The form with these fields besides those of the area, and the rows it leaves. Raises NothingYet.

    `heeds`: nothing but these is read from the address; empty: everything is.
    """
    menu = coverage_menu(request.user)
    if menu.cycle is None or menu.edition is None:
        raise NothingYet
    asked = request.GET.copy()
    for name in [name for name in asked if heeds and name not in heeds]:
        del asked[name]
    form = AreaForm(asked, menu=menu, own=own)
    return form, form.narrow(area_of(request.user, form.scope))


def area_context(tab: str, form: AreaForm, area: Area) -> dict[str, Any]:
    """What templates/plans/coverage_base.html and the filter need; `tab` is "lists", "items" or "zones"."""
    return {"tab": tab, "form": form, "area": area, "scope": area.scope, "edition": area.scope.edition}


def page_of(request, entries: Sequence) -> Page:
    return Paginator(entries, PAGE_LENGTH).get_page(request.GET.get("page"))


def item_or_404(area: Area, code: str) -> Item:
    for item in area.items:
        if item.code == code:
            return item
    raise Http404
