"""Carrying a plan over to the edition that follows: what will happen, how far it is, what falls away.

For editors and leads of the zone. Not here: one item (views.looking), all plans (views.leading_over).
"""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framework.models import Edition
from kiv.http import not_repeated
from plans import rules
from plans.models import Assessment, Carrying
from plans.selectors.carrying import edition_after
from plans.selectors.carrying_overview import ended_items, foreseen, overview_of, progress_of
from plans.services.carrying import carry_over
from plans.services.looking import NotAllSeen, finish_carrying
from plans.views.fetching import assessment_or_404, edition_code, may_or_404, plan_context
from plans.workflow import Act


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def carrying_page(request, plan_id: int):
    """Before: what will happen, and the button; afterwards what there is to look at."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.CARRY_OVER)
    if request.method == "POST":
        return _start(request, assessment)
    edition, carrying = _next_edition(assessment), _carrying_of(assessment)
    if edition is None:
        if carrying is None:
            messages.info(request, _("There is no later edition to carry this plan over to."))
            return redirect("plans:check", plan_id)
        context = plan_context(request, assessment, "") | {
            "carrying": carrying,
            "overview": overview_of(carrying),
            "may_look": not carrying.is_finished
            and rules.can(request.user, assessment.version, Act.CARRY_OVER),
        }
        return render(request, "plans/carrying.html", context)
    try:
        rules.check_moment(assessment.version, Act.CARRY_OVER)
    except rules.WrongMoment as wrong:
        messages.info(request, str(wrong))
        return redirect("plans:check", plan_id)
    context = plan_context(request, assessment, "") | {
        "next_edition": edition,
        "overview": foreseen(assessment, edition),
    }
    return render(request, "plans/carrying_start.html", context)


def _start(request, assessment: Assessment):
    plan_id = assessment.version.plan_id
    edition = Edition.objects.published().filter(code=edition_code(request.POST)).first()
    if edition is None:
        messages.info(request, _("There is no such edition any more. Nothing was carried over."))
        return redirect("plans:check", plan_id)
    try:
        carrying = carry_over(version=assessment.version, edition=edition, by=request.user)
    except rules.NotAllowed:
        raise Http404 from None
    except rules.WrongMoment as wrong:
        messages.info(request, str(wrong))
    else:
        unseen = len(overview_of(carrying).unseen)
        text = ngettext(
            "The plan is carried over. %(n)s item asks for a look.",
            "The plan is carried over. %(n)s items ask for a look.",
            unseen,
        )
        messages.success(request, text % {"n": unseen})
    return redirect("plans:carrying", plan_id)


@require_safe
def carrying_ended(request, plan_id: int):
    """Old items that lead to no new one, with what the plan said of them."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.CARRY_OVER)
    edition, carrying = _next_edition(assessment), _carrying_of(assessment)
    if edition is not None:
        source, overview = assessment, foreseen(assessment, edition)
    elif carrying is not None:
        source, overview, edition = carrying.source, overview_of(carrying), assessment.edition
    else:
        raise Http404
    context = plan_context(request, assessment, "") | {
        "source": source,
        "next_edition": edition,
        "ended": ended_items(source, overview.ended),
    }
    return render(request, "plans/carrying_ended.html", context)


@not_repeated("plans:carrying", "plan_id")
@require_POST
def carrying_finish(request, plan_id: int):
    """All was looked at; from then on it stays as it is."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.CARRY_OVER)
    carrying = _carrying_of(assessment)
    if carrying is None:
        raise Http404
    try:
        finish_carrying(carrying=carrying, by=request.user)
    except rules.WrongMoment as wrong:
        messages.info(request, str(wrong))
    except NotAllSeen as unseen:
        text = _("Not finished yet. Nobody looked at: %(items)s.")
        messages.warning(request, text % {"items": ", ".join(unseen.items)})
    else:
        messages.success(request, _("Done: all items were looked at."))
        return redirect("plans:check", plan_id)
    return redirect("plans:carrying", plan_id)


def carrying_context(request, assessment: Assessment) -> dict[str, Any]:
    """What the check page says of it: where the plan came from and how far it is, where it can go on to.

    No query for a plan that was not carried over and whose edition is the last one.
    """
    carrying = _carrying_of(assessment)
    can_go_on = (
        not assessment.is_left and assessment.edition.has_successor and _next_edition(assessment) is not None
    )
    return {
        "carrying": carrying,
        "progress": progress_of(carrying) if carrying is not None else None,
        "may_look": carrying is not None
        and not carrying.is_finished
        and rules.can(request.user, assessment.version, Act.CARRY_OVER),
        "may_carry": can_go_on and rules.can(request.user, assessment.version, Act.CARRY_OVER),
    }


def _next_edition(assessment: Assessment) -> Edition | None:
    """Where the plan can go on to now: not before all of the edition before was looked at."""
    carrying = _carrying_of(assessment)
    if not assessment.edition.has_successor or (carrying is not None and not carrying.is_finished):
        return None
    return edition_after(assessment.edition)


def _carrying_of(assessment: Assessment) -> Carrying | None:
    carrying = getattr(assessment, "carrying", None)
    if carrying is not None:
        carrying.source.version = assessment.version
    return carrying
