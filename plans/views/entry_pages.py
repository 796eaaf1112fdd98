"""The form page of one entry: adding and changing, and every way a save can be refused.

Whatever happens, what was typed stands in the form that comes back.
"""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kiv.http import safe_next
from plans import rules
from plans.enums import Verdict
from plans.forms.entries import FORMS, QuickObjectiveForm
from plans.forms.entry_form import EntryForm
from plans.forms.marks import with_marks
from plans.planformat import ItemRef
from plans.selectors.disclosure import reader_of
from plans.selectors.entries import Entry, edition_items, find_entry, item_refs
from plans.selectors.entry_list import shown_objective
from plans.selectors.origins import Origin, can_become, find_origin, first_values
from plans.services.decisions import decide
from plans.services.editing import StaleEdit, TooMany
from plans.services.entries import add_entry, change_entry
from plans.views.entry_places import Place, part_url
from plans.views.fetching import plan_context
from plans.views.submissions import is_first_time, new_mark

#: What the button of the entry above the list posts as `then`.
QUICK = "quick"
#: Objectives, actions and diagnosis entries have it; an indicator is as confidential as its objective.
MARK = "is_confidential"


def add_page(request, place: Place):
    """Show a form that is empty or begins with the words of a passage, or add what was typed."""
    place, refused = _with_origin(request, place)
    if request.method != "POST":
        return _closed(request, place) or _show(request, place, _first_form(place), refused=refused)
    form = _form(place, request.POST)
    if not form.is_valid():
        return _show(request, place, form)
    try:
        with transaction.atomic():
            if not is_first_time(request):
                return _done(request, place, None)
            entry = add_entry(
                assessment=place.assessment,
                kind=place.kind,
                by=request.user,
                values=form.values(),
                items=form.refs(),
                objective=place.objective,
            )
            _settle_origin(place, request.user)
    except rules.WrongMoment as wrong:
        return _show(request, place, form, notice=str(wrong), status=409)
    except rules.NotAllowed:
        raise Http404 from None
    except TooMany as refusal:
        form.add_error(None, form.too_many % {"limit": refusal.limit})
    except ValidationError as refusal:
        form.add_refusal(refusal)
    else:
        return _done(request, place, entry)
    return _show(request, place, form)


def change_page(request, place: Place):
    """Show an entry in its form, or save what was typed over the revision that was read."""
    if request.method != "POST":
        refs = item_refs(place.assessment, place.entry)
        return _closed(request, place) or _show(request, place, _form(place, refs=refs))
    form = _form(place, request.POST)
    if not form.is_valid():
        return _show(request, place, form)
    try:
        entry = change_entry(
            assessment=place.assessment,
            entry=place.entry,
            by=request.user,
            revision=read_revision(request),
            values=form.values(),
            items=form.refs(),
        )
    except rules.WrongMoment as wrong:
        return _show(request, place, form, notice=str(wrong), status=409)
    except rules.NotAllowed:
        raise Http404 from None
    except StaleEdit as stale:
        return _conflict(request, place, form, stale.stored)
    except ValidationError as refusal:
        form.add_refusal(refusal)
    else:
        return _done(request, place, entry)
    return _show(request, place, form)


def gone_page(request, place: Place):
    """Nothing here to read: 404. Something typed for it: 404 too, with the text still there to be saved."""
    if request.method != "POST":
        raise Http404
    return _gone(request, place, _form(place, request.POST))


def _with_origin(request, place: Place) -> tuple[Place, Origin | None]:
    """The place with the passage that the link or the form names; apart when no such entry can be made of it.

    What is not there, or not theirs, is as if it had not been named.
    """
    names = ("passage", "passage_item") if request.method == "POST" else ("passage", "item")
    sent = request.POST if request.method == "POST" else request.GET
    origin = find_origin(place.assessment, request.user, *(sent.get(name, "") for name in names))
    if origin is None or can_become(origin, place.kind, place.objective):
        return replace(place, origin=origin), None
    return place, origin


def _settle_origin(place: Place, user) -> None:
    """The passage was entered in the plan. Inside the transaction that adds the entry."""
    if place.origin is None:
        return
    # What was decided about the passage meanwhile stands; so does the entry.
    with suppress(StaleEdit):
        decide(
            assessment=place.assessment,
            passage=place.origin.passage,
            item=place.origin.item,
            verdict=Verdict.ENTERED,
            by=user,
        )


def read_revision(request) -> int | None:
    """The revision the form was made from; None, which is never the stored one, when it is no number."""
    return _posted_number(request, "revision")


def _posted_number(request, name: str) -> int | None:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def closed_message() -> str:
    return _("This version was shared for review and can no longer be changed.")


def _closed(request, place: Place):
    """Nobody begins to type what cannot be saved any more."""
    if place.version.is_in_preparation:
        return None
    messages.info(request, closed_message())
    return redirect("plans:check", place.plan_id)


def _first_form(place: Place) -> EntryForm:
    if place.origin is None:
        return _form(place, refs=_first_refs(place))
    refs = (ItemRef(item=place.origin.item.code),)
    return _form(place, refs=refs, initial=first_values(place.origin, place.kind))


def _form(place: Place, data=None, refs: tuple[ItemRef, ...] = (), initial=None) -> EntryForm:
    items = edition_items(place.assessment.edition)
    is_quick = place.kind == "objective" and data is not None and data.get("then") == QUICK
    form = QuickObjectiveForm if is_quick else FORMS[place.kind]
    return form(data, instance=place.entry, items=items, refs=refs, initial=initial)


def _first_refs(place: Place) -> tuple[ItemRef, ...]:
    """An action or indicator begins with its objective's item when there is exactly one (SCORING 1)."""
    if place.objective is None:
        return ()
    refs = item_refs(place.assessment, place.objective)
    return (ItemRef(item=refs[0].item),) if len(refs) == 1 else ()


def _conflict(request, place: Place, form: EntryForm, stored: Entry):
    """Somebody saved meanwhile. When it is what was typed here too, as after a second click, all is well."""
    if find_entry(place.version, place.kind, stored.pk) is None:
        return _gone(request, place, form)
    refs = item_refs(place.assessment, stored)
    differences = form.differences(stored, refs)
    if not differences:
        return _done(request, place, stored)
    keeps_mark = getattr(stored, MARK, False) and not form.cleaned_data[MARK]
    if keeps_mark:
        form = _form(place, with_marks(request.POST, [MARK]))
    more = {"conflict": differences, "keeps_mark": keeps_mark, "revision": stored.revision}
    return _show(request, place, form, status=409, **more)


def _gone(request, place: Place, form: EntryForm):
    """The entry, or what it hung on, was removed while somebody typed: what they typed can be added anew."""
    if place.entry is None:
        place, _refused = _with_origin(request, place)
    if place.kind in ("action", "indicator") and (objective_id := _posted_number(request, "objective")):
        place = place.with_objective(find_entry(place.version, "objective", objective_id))
    place = replace(place, entry=None)
    return _show(request, place, form, is_gone=True, status=404)


def _done(request, place: Place, entry: Entry | None):
    """`entry` None: it was added by the same form a moment ago."""
    form = FORMS[place.kind]
    if request.htmx and place.kind == "objective" and place.entry is None:
        return _quick_answer(request, place, _form(place), entry)
    messages.success(request, form.saved if place.entry or entry is None else form.added)
    after = safe_next(request)
    if request.POST.get("then") == "add" and entry is not None:
        is_objective = place.kind == "objective"
        url = part_url(place.plan_id, entry, "action") if is_objective else place.add_url
        return redirect(f"{url}?{urlencode({'next': after})}" if after else url)
    if after:
        return redirect(after)
    if request.POST.get("then") == QUICK or entry is None:
        return redirect(place.list_url)
    return redirect(place.with_entry(entry).back_url)


def _show(request, place: Place, form: EntryForm, *, status: int = 200, revision=None, **more):
    """`more`: notice (why nothing was saved), conflict (differences), keeps_mark, is_gone, refused (an
    Origin)."""
    if request.htmx and place.kind == "objective" and place.entry is None:
        return _quick_answer(request, place, form, None, status=status, **more)
    if revision is None and place.entry is not None:
        revision = request.POST.get("revision", place.entry.revision)
    objective_of_part = place.objective is not None or place.kind not in ("action", "indicator")
    context = plan_context(request, place.assessment, "objectives") | {
        "form": form,
        "place": place,
        "heading": form.heading_change if place.entry else form.heading_new,
        "revision": revision,
        "submission": new_mark(),
        "notice": "",
        "conflict": (),
        "keeps_mark": False,
        "is_gone": False,
        "can_save": objective_of_part,
        "refused": None,
        "next": safe_next(request),
        **more,
    }
    return render(request, "plans/entry_form.html", context, status=status)


def _quick_answer(request, place: Place, form: EntryForm, entry, *, status: int = 200, notice: str = ""):
    """The part of the list page that changes: the form above it and, when something was added, the entry."""
    context = plan_context(request, place.assessment, "objectives") | {
        "quick_form": form,
        "submission": new_mark(),
        "notice": notice,
        "is_answer": True,
        "is_repeated": entry is None and status == 200 and not form.is_bound,
    }
    if entry is not None:
        reader = reader_of(request.user, place.version.plan)
        context["is_first"] = place.version.objectives.count() == 1
        context["objective"] = shown_objective(place.assessment, reader, form.fields["items"].items, entry)
    return render(request, "plans/objective_list.html#quick_answer", context, status=status)
