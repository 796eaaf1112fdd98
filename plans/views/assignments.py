"""Who does what: all items in one table, those that are ticked given to one colleague."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plans import rules
from plans.forms.assignments import AssignForm
from plans.models import Assessment
from plans.selectors.choices import choice_rows
from plans.selectors.disclosure import reader_of
from plans.selectors.teamwork import colleagues_of, teamwork_of
from plans.sentences import join_words
from plans.services.assignments import StaleAssignments, assign_items
from plans.views.conversation import team_context
from plans.views.fetching import asked_version, assessment_or_404, may_or_404, plan_context
from plans.workflow import Act

#: The item that a link from elsewhere ticks.
TICK = "tick"


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_table(request, plan_id: int):
    """For whoever divides the work, at any moment; to others of the zone the check page says who has what."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.ASSIGN)
    if asked_version(request) is not None:
        return redirect("plans:assignments", plan_id)
    rows = choice_rows(assessment, reader_of(request.user, assessment.version.plan))
    colleagues = list(colleagues_of(assessment.version.plan))
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        codes=[row.item.code for row in rows],
        colleagues=colleagues,
        ticked=request.GET.getlist(TICK),
    )
    stale, status = (), 200
    if request.method == "POST" and form.is_valid():
        try:
            changed = assign_items(
                assessment=assessment, items=form.items, person_id=form.person_id, by=request.user
            )
        except StaleAssignments as refusal:
            stale, status = refusal.codes, 409
        except (ValidationError, rules.WrongMoment):
            # Between the two questions somebody left, or the version was removed.
            form.add_error(None, _("This page is out of date. Load it again; copy what you typed first."))
            status = 409
        else:
            _tell(request, changed, next((one for one in colleagues if one.pk == form.person_id), None))
            return redirect("plans:assignments", plan_id)
    return _show(request, assessment, rows, form, stale=stale, status=status)


def _tell(request, changed: list[str], person) -> None:
    if not changed:
        messages.info(request, _("Nothing was changed: it stood so already."))
    elif person is None:
        text = _("No longer assigned to anybody: %(items)s.")
        messages.success(request, text % {"items": join_words(changed)})
    else:
        text = _("Assigned to %(somebody)s: %(items)s.")
        messages.success(request, text % {"somebody": person, "items": join_words(changed)})


def _show(request, assessment: Assessment, rows, form: AssignForm, *, stale=(), status: int = 200):
    """`stale`: codes of items that somebody else gave to somebody meanwhile; the table says to whom."""
    team = teamwork_of(assessment, request.user)
    context = plan_context(request, assessment, "") | team_context(request, assessment, team)
    context |= {"rows": rows, "form": form, "stale": stale}
    return render(request, "plans/assignment_table.html", context, status=status)
