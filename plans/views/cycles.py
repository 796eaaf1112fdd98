"""The cycles and their deadlines, for system administrators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiv.http import not_repeated, only_for
from plans.forms.deadlines import DeadlineForm
from plans.models import Cycle, Deadline
from plans.selectors.cycles import cycles_with_deadlines
from plans.services.deadlines import add_deadline, change_deadline, remove_deadline
from plans.services.editing import StaleEdit, TooMany
from plans.views.entry_pages import read_revision

system_administrators_only = only_for("is_system_administrator")


@require_safe
@system_administrators_only
def cycle_list(request):
    return render(request, "plans/cycle_list.html", {"cycles": cycles_with_deadlines()})


@require_http_methods(["GET", "HEAD", "POST"])
@system_administrators_only
def deadline_add(request, cycle_id: int):
    """The same deadline twice, by a second click, is added once."""
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    form = DeadlineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_deadline(cycle=cycle, by=request.user, **form.wanted())
        except TooMany as refusal:
            form.add_error(None, _("A cycle holds at most %(limit)s deadlines.") % {"limit": refusal.limit})
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The deadline is added."))
            return redirect("plans:cycle_list")
    return render(request, "plans/deadline_form.html", {"form": form, "cycle": cycle})


@require_http_methods(["GET", "HEAD", "POST"])
@system_administrators_only
def deadline_change(request, cycle_id: int, deadline_id: int):
    """A save from an old form is refused: what was typed stays, what is stored is shown beside it."""
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    deadline = cycle.deadlines.filter(pk=deadline_id).first()
    if deadline is None:
        return _gone(request, cycle)
    form = DeadlineForm(request.POST if request.method == "POST" else None, deadline=deadline)
    context = {"form": form, "cycle": cycle, "deadline": deadline, "revision": deadline.revision}
    status = 200
    if request.method == "POST":
        # A form that comes back keeps the revision from which it was made.
        context["revision"] = read_revision(request)
    if request.method == "POST" and form.is_valid():
        try:
            change_deadline(deadline=deadline, revision=context["revision"], by=request.user, **form.wanted())
        except Deadline.DoesNotExist:
            return _gone(request, cycle)
        except StaleEdit as stale:
            # Saving again is a decision made with both texts in view.
            context |= {"conflict": form.differences(stale.stored), "revision": stale.stored.revision}
            status = 409
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The deadline is saved."))
            return redirect("plans:cycle_list")
    return render(request, "plans/deadline_form.html", context, status=status)


@not_repeated("plans:cycle_list")
@require_POST
@system_administrators_only
def deadline_remove(request, cycle_id: int, deadline_id: int):
    """What somebody else removed meanwhile is removed."""
    deadline = Deadline.objects.filter(pk=deadline_id, cycle=cycle_id).first()
    if deadline is not None:
        remove_deadline(deadline=deadline, by=request.user)
    messages.success(request, _("The deadline is removed."))
    return redirect("plans:cycle_list")


def _gone(request, cycle: Cycle):
    """Somebody removed it. What was typed for it stands in a form that adds it anew."""
    if request.method != "POST":
        raise Http404
    context = {"form": DeadlineForm(request.POST), "cycle": cycle, "is_gone": True}
    return render(request, "plans/deadline_form.html", context, status=404)
