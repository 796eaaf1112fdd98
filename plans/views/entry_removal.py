"""Removing an entry: a page that says what goes with it, then the act."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from plans import rules
from plans.forms.entries import FORMS
from plans.selectors.disclosure import reader_of
from plans.selectors.entries import edition_items
from plans.selectors.entry_list import shown_entry
from plans.services.editing import StaleEdit
from plans.services.entries import remove_entry
from plans.views.entry_pages import Place, closed_message, read_revision
from plans.views.fetching import plan_context
from plans.views.submissions import is_first_time, new_mark, was_sent_before


def remove_page(request, place: Place):
    """Ask first; a removal of what was changed meanwhile is asked again, with what it became."""
    if request.method != "POST":
        if place.version.is_in_preparation:
            return _show(request, place)
        messages.info(request, closed_message())
        return redirect("plans:check", place.plan_id)
    try:
        with transaction.atomic():
            is_first_time(request)
            remove_entry(
                assessment=place.assessment,
                entry=place.entry,
                by=request.user,
                revision=read_revision(request),
            )
    except rules.WrongMoment:
        return _show(request, place, notice=closed_message(), status=409)
    except rules.NotAllowed:
        raise Http404 from None
    except StaleEdit as stale:
        if not type(place.entry).objects.filter(pk=place.entry.pk).exists():
            return _done(request, place)
        return _show(request, place.with_entry(stale.stored), is_stale=True, status=409)
    return _done(request, place)


def gone(request, place: Place):
    """A second click finds nothing left and means no harm; anything else never existed."""
    if request.method == "POST" and was_sent_before(request):
        return redirect(place.list_url)
    raise Http404


def _done(request, place: Place):
    messages.success(request, FORMS[place.kind].removed)
    return redirect(place.list_url)


def _show(request, place: Place, *, is_stale: bool = False, notice: str = "", status: int = 200):
    reader = reader_of(request.user, place.version.plan)
    items = edition_items(place.assessment.edition)
    context = plan_context(request, place.assessment, "objectives") | {
        "place": place,
        "entry": shown_entry(place.assessment, reader, items, place.entry),
        "heading": FORMS[place.kind].heading_remove,
        "submission": new_mark(),
        "is_stale": is_stale,
        "notice": notice,
    }
    return render(request, "plans/entry_remove.html", context, status=status)
