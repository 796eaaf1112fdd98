"""One item of the new edition beside what the plan said under the edition before: look, decide, go on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plans import rules
from plans.forms.looking import LookForm
from plans.models import Assessment, Carrying
from plans.selectors.carrying_overview import overview_of
from plans.selectors.looking import look_at
from plans.services.editing import TooMany
from plans.services.looking import StaleLook, look_at_item
from plans.views.fetching import assessment_or_404, may_or_404, plan_context
from plans.workflow import Act


@require_http_methods(["GET", "HEAD", "POST"])
def carrying_item(request, plan_id: int, code: str):
    """For editors and leads of the zone, until the carrying is finished. Saving counts as having looked."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.CARRY_OVER)
    carrying: Carrying | None = getattr(assessment, "carrying", None)
    if carrying is None:
        raise Http404
    carrying.source.version = assessment.version
    look = look_at(carrying, code)
    if look is None:
        raise Http404
    form = LookForm(look, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        return _save(request, assessment, carrying, form)
    if carrying.is_finished:
        messages.info(request, _("Looking at the plan under this edition is finished."))
        return redirect("plans:carrying", plan_id)
    return _show(request, assessment, carrying, form)


def _save(request, assessment: Assessment, carrying: Carrying, form: LookForm):
    if not form.is_valid():
        return _show(request, assessment, carrying, form)
    code, error, status = form.look.item.code, "", 409
    try:
        look_at_item(
            carrying=carrying,
            change=form.change,
            links=form.links,
            evidence=form.evidence,
            mark=form.sent_mark,
            by=request.user,
        )
    except rules.NotAllowed:
        raise Http404 from None
    except rules.WrongMoment as wrong:
        error = str(wrong)
    except StaleLook as stale:
        form = form.refreshed(stale.look)
        error = _("Somebody else saved this meanwhile. Look at it below, then save again.")
    except TooMany as refusal:
        error = _("A plan holds at most %(limit)s accepted passages.") % {"limit": refusal.limit}
    except ValidationError as refusal:
        error, status = " ".join(refusal.messages), 200
    else:
        following = overview_of(carrying).next_unseen(code)
        messages.success(request, _("%(item)s is saved.") % {"item": code})
        if following is None:
            return redirect("plans:carrying", assessment.version.plan_id)
        return redirect("plans:carrying_item", assessment.version.plan_id, following.item.code)
    return _show(request, assessment, carrying, form, error=error, status=status)


def _show(request, assessment: Assessment, carrying: Carrying, form: LookForm, *, error="", status=200):
    overview = overview_of(carrying)
    previous, following = overview.around(form.look.item.code)
    asked = [step.item.code for step in overview.asked]
    context = plan_context(request, assessment, "") | {
        "carrying": carrying,
        "overview": overview,
        "form": form,
        "look": form.look,
        "place": asked.index(form.look.item.code) + 1,
        "previous": previous,
        "next": following,
        "error": error,
    }
    return render(request, "plans/carrying_item.html", context, status=status)
