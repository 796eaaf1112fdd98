"""The Choices tab: what the zone decides about every item, in one table with one Save."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kiv.http import not_repeated
from plans import rules
from plans.forms.choices import ChoiceTable
from plans.selectors.choices import ChoiceRow, choice_rows, decisions_to_take_over, earlier_plans
from plans.selectors.disclosure import reader_of
from plans.selectors.origins import Origin, find_origin, lead_to_motivation
from plans.selectors.teamwork import teamwork_of
from plans.services.choices import StaleChoices, confirm_proposals, save_choices
from plans.views.conversation import MINE, team_context
from plans.views.fetching import assessment_or_404, editor_or_404, plan_context, read_assessment_or_404

SOURCE = "from"
LEAD = "lead"


@require_http_methods(["GET", "HEAD", "POST"])
def choice_table(request, plan_id: int):
    """Everybody who may read the plan reads the table; editors change it while it is in preparation."""
    assessment = read_assessment_or_404(request, plan_id)
    if request.method == "POST":
        return _save(request, assessment)
    reader = reader_of(request.user, assessment.version.plan)
    rows = choice_rows(assessment, reader)
    team = team_context(
        request, assessment, teamwork_of(assessment, request.user) if reader.is_inside else None
    )
    if team["is_mine"] and not {SOURCE, LEAD} & set(request.GET):
        rows = [row for row in rows if row.item.pk in team["team"].mine]
    if assessment.is_left or not rules.can_edit(request.user, assessment.version):
        return _show(request, assessment, rows, team)
    earlier = earlier_plans(assessment.version.plan, request.user)
    if lead := _lead(request, assessment):
        row = next(row for row in rows if row.item == lead.item)
        table = ChoiceTable(rows, taken_over={row.item.code: lead_to_motivation(lead, row.decision)})
        return _show(request, assessment, rows, team, table=table, earlier=earlier, lead=lead)
    source = _source(request, earlier)
    taken_over = decisions_to_take_over(rows, source, request.user) if source else {}
    table = ChoiceTable(rows, taken_over=taken_over)
    return _show(request, assessment, rows, team, table=table, earlier=earlier, source=source)


@not_repeated("plans:check", "plan_id")
@require_POST
def proposals_confirm(request, plan_id: int):
    """Decide every item for which the plan itself shows the choice."""
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    try:
        decided = confirm_proposals(assessment=assessment, by=request.user)
    except rules.WrongMoment:
        messages.error(request, _("This version was shared for review and can no longer be changed."))
    except StaleChoices:
        messages.warning(
            request, _("Somebody else decided about these items meanwhile. Nothing was changed; please look.")
        )
    else:
        if decided:
            text = ngettext("%(n)s item decided: %(codes)s.", "%(n)s items decided: %(codes)s.", len(decided))
            messages.success(request, text % {"n": len(decided), "codes": ", ".join(decided)})
        else:
            messages.info(request, _("There was nothing left to confirm."))
    return redirect("plans:check", plan_id)


def _save(request, assessment):
    editor_or_404(request, assessment.version)
    reader = reader_of(request.user, assessment.version.plan)
    table = ChoiceTable(choice_rows(assessment, reader), request.POST)
    stored, error, status = None, "", 200
    if table.is_valid():
        try:
            changed = save_choices(assessment=assessment, by=request.user, changes=table.changes)
        except StaleChoices as stale:
            stored, status = stale.stored, 409
        except rules.WrongMoment as wrong:
            error, status = str(wrong), 409
        else:
            _tell(request, changed, choice_rows(assessment, reader))
            is_mine = request.GET.get(MINE) == "1"
            return redirect(
                reverse("plans:choices", args=[assessment.version.plan_id])
                + (f"?{MINE}=1" if is_mine else "")
            )
    rows = choice_rows(assessment, reader)
    table = table.refreshed(rows, stored)
    earlier = earlier_plans(assessment.version.plan, request.user)
    # A table that was refused shows every row: none in which something was typed may be away.
    team = team_context(request, assessment, teamwork_of(assessment, request.user)) | {"is_mine": False}
    return _show(request, assessment, rows, team, table=table, earlier=earlier, error=error, status=status)


def _tell(request, changed: list[str], rows: list[ChoiceRow]) -> None:
    """What was saved, and softly what the saved motivations still miss."""
    if not changed:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        return
    messages.success(request, _("Saved: %(codes)s.") % {"codes": ", ".join(changed)})
    begun = [row.item.code for row in rows if row.item.code in changed and row.missing]
    if begun:
        text = ngettext(
            "%(codes)s is not complete yet; the row says what is missing.",
            "%(codes)s are not complete yet; each row says what is missing.",
            len(begun),
        )
        messages.info(request, text % {"codes": ", ".join(begun)})


def _lead(request, assessment) -> Origin | None:
    """The passage that leads to a motivation, as the link from the reading view names it."""
    sent = (request.GET.get(name, "") for name in (LEAD, "item"))
    return find_origin(assessment, request.user, *sent)


def _source(request, earlier):
    """The earlier plan to take over from, as the link names it."""
    if SOURCE not in request.GET:
        return None
    for plan in earlier:
        if str(plan.pk) == request.GET[SOURCE]:
            return plan
    raise Http404


def _show(request, assessment, rows, team, *, table=None, earlier=(), error="", status=200, **more):
    """`team`: who has what, of team_context. `more`: source (a Plan) or lead (an Origin): of unsaved rows."""
    context = plan_context(request, assessment, "choices") | {
        **team,
        "rows": rows,
        "table": table,
        "earlier": earlier if any(row.is_untouched for row in rows) else (),
        "error": error,
        "open_rows": [row for row in rows if row.state == "open"],
        "source": None,
        "lead": None,
        **more,
    }
    return render(request, "plans/choice_table.html", context, status=status)
