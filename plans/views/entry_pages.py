"""The form page of one entry: adding and changing, and every way a save can be refused.

Whatever happens, what was typed stands in the form that comes back.
"""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plans import rules
from plans.forms.entries import FORMS, QuickObjectiveForm
from plans.forms.entry_form import EntryForm
from plans.models import Assessment, Objective, PlanVersion
from plans.planformat import ItemRef
from plans.selectors.disclosure import reader_of
from plans.selectors.entries import SLUGS, Entry, anchor_of, edition_items, find_entry, item_refs
from plans.selectors.entry_list import shown_objective
from plans.services.editing import StaleEdit, TooMany
from plans.services.entries import add_entry, change_entry
from plans.views.fetching import plan_context
from plans.views.submissions import is_first_time, new_mark

#: What the button of the entry above the list posts as `then`.
QUICK = "quick"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which plan something is edited. `objective` is what an action or indicator hangs on."""

    assessment: Assessment
    kind: str
    objective: Objective | None = None
    entry: Entry | None = None

    @property
    def version(self) -> PlanVersion:
        return self.assessment.version

    @property
    def plan_id(self) -> int:
        return self.version.plan_id

    def with_objective(self, objective: Objective | None) -> "Place":
        return replace(self, objective=objective)

    def with_entry(self, entry: Entry) -> "Place":
        return replace(self, entry=entry, objective=getattr(entry, "objective", None))

    @property
    def list_url(self) -> str:
        return reverse("plans:objectives", args=[self.plan_id])

    @property
    def back_url(self) -> str:
        """The list, at the entry or at the objective it hangs on."""
        anchor = self.entry or self.objective
        return f"{self.list_url}#{anchor_of(anchor)}" if anchor else self.list_url

    @property
    def add_url(self) -> str:
        if self.kind == "objective":
            return reverse("plans:objective_add", args=[self.plan_id])
        if self.kind == "diagnosis":
            return reverse("plans:diagnosis_add", args=[self.plan_id])
        return part_url(self.plan_id, self.objective, self.kind)


def part_url(plan_id: int, objective: Objective, kind: str) -> str:
    return reverse("plans:part_add", args=[plan_id, objective.pk, SLUGS[kind]])


def add_page(request, place: Place):
    """Show an empty form, or add what was typed."""
    if request.method != "POST":
        return _closed(request, place) or _show(request, place, _form(place, refs=_first_refs(place)))
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


def _form(place: Place, data=None, refs: tuple[ItemRef, ...] = ()) -> EntryForm:
    items = edition_items(place.assessment.edition)
    is_quick = place.kind == "objective" and data is not None and data.get("then") == QUICK
    form = QuickObjectiveForm if is_quick else FORMS[place.kind]
    return form(data, instance=place.entry, items=items, refs=refs)


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
    return _show(request, place, form, conflict=differences, revision=stored.revision, status=409)


def _gone(request, place: Place, form: EntryForm):
    """The entry, or what it hung on, was removed while somebody typed: what they typed can be added anew."""
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
    if request.POST.get("then") == "add" and entry is not None:
        if place.kind == "objective":
            return redirect(part_url(place.plan_id, entry, "action"))
        return redirect(place.add_url)
    if request.POST.get("then") == QUICK or entry is None:
        return redirect(place.list_url)
    return redirect(place.with_entry(entry).back_url)


def _show(request, place: Place, form: EntryForm, *, status: int = 200, revision=None, **more):
    """`more`: notice (why nothing was saved), conflict (differences), is_gone."""
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
        "is_gone": False,
        "can_save": objective_of_part,
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
