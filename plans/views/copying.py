"""Copying from an earlier plan: the page that offers it, and what asks attention afterwards."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from plans import rules
from plans.models import Assessment, Plan
from plans.selectors.choices import earlier_plans
from plans.selectors.copying import CopyPage, copy_page, source_of
from plans.sentences import join_words
from plans.services.copying import Copied, StaleCopy, copy_forward
from plans.services.editing import TooMany
from plans.views.entry_pages import closed_message
from plans.views.fetching import assessment_or_404, editor_or_404, plan_context
from plans.views.submissions import is_first_time, new_mark

SOURCE = "from"
COPIED = "copied"
#: Names of the tick boxes of the form, one for each table.
BOXES = ("objectives", "diagnoses", "choices")


@require_http_methods(["GET", "HEAD", "POST"])
def plan_copy(request, plan_id: int):
    """Editors tick what an earlier plan of the zone, or of one it was formed from, gives to this one."""
    assessment = assessment_or_404(request, plan_id)
    editor_or_404(request, assessment.version)
    if request.method != "POST" and not assessment.version.is_in_preparation:
        messages.info(request, closed_message())
        return redirect("plans:objectives", plan_id)
    earlier = earlier_plans(assessment.version.plan, request.user)
    source = _source(request, assessment, earlier)
    if request.method == "POST" and source is not None:
        return _copy(request, assessment, earlier, source)
    return _show(request, assessment, earlier, source)


def copying_context(request, assessment: Assessment) -> dict[str, Any]:
    """For the Objectives tab: `earlier` plans, and with `?copied=<plan>` what came from it (`copied`)."""
    earlier = earlier_plans(assessment.version.plan, request.user)
    plan = _find(earlier, request.GET.get(COPIED, ""))
    source = source_of(assessment, plan, request.user) if plan else None
    return {"earlier": earlier, "copied": copy_page(assessment, source) if source else None}


def _copy(request, assessment: Assessment, earlier: Sequence[Plan], source: Assessment):
    chosen = [key for name in BOXES for key in request.POST.getlist(name)]
    if not chosen:
        error = _("Tick at least one thing to copy.")
        return _show(request, assessment, earlier, source, error=error, chosen=chosen)
    error, status = "", 200
    try:
        with transaction.atomic():
            if is_first_time(request):
                copied = copy_forward(assessment=assessment, source=source, chosen=chosen, by=request.user)
            else:
                copied = Copied(skipped=len(chosen))
    except rules.NotAllowed:
        raise Http404 from None
    except rules.WrongMoment as wrong:
        error, status = str(wrong), 409
    except StaleCopy:
        error, status = _("The earlier plan was changed meanwhile: look at what it holds now."), 409
    except TooMany as refusal:
        text = _("A plan holds at most %(limit)s of these. Untick some.")
        error = text % {"limit": refusal.limit}
    except ValidationError as refusal:
        error = " ".join(refusal.messages)
    else:
        _tell(request, copied, copy_page(assessment, source))
        address = reverse("plans:objectives", args=[assessment.version.plan_id])
        return redirect(f"{address}?{COPIED}={source.version.plan_id}")
    return _show(request, assessment, earlier, source, error=error, status=status, chosen=chosen)


def _tell(request, copied: Copied, page: CopyPage) -> None:
    """What came, and how much of it asks attention; the list stands on the page one goes to."""
    if not copied:
        messages.info(request, _("Nothing was copied: all that was ticked is in this plan already."))
        return
    text = _("Copied from %(plan)s: %(what)s.")
    messages.success(request, text % {"plan": page.plan, "what": join_words(_counts(copied))})
    if attention := len(page.to_look_at) + len(page.exposed):
        text = ngettext(
            "%(n)s entry asks for your attention: see the list.",
            "%(n)s entries ask for your attention: see the list.",
            attention,
        )
        messages.warning(request, text % {"n": attention})
    if copied.skipped:
        text = ngettext(
            "%(n)s ticked thing was in this plan already and was not copied again.",
            "%(n)s ticked things were in this plan already and were not copied again.",
            copied.skipped,
        )
        messages.info(request, text % {"n": copied.skipped})


def _counts(copied: Copied) -> list[str]:
    counts = (
        (copied.objectives, ngettext("%(n)s objective", "%(n)s objectives", copied.objectives)),
        (copied.actions, ngettext("%(n)s action", "%(n)s actions", copied.actions)),
        (copied.indicators, ngettext("%(n)s indicator", "%(n)s indicators", copied.indicators)),
        (copied.diagnoses, ngettext("%(n)s diagnosis entry", "%(n)s diagnosis entries", copied.diagnoses)),
        (copied.choices, ngettext("%(n)s choice", "%(n)s choices", copied.choices)),
    )
    return [text % {"n": n} for n, text in counts if n]


def _source(request, assessment: Assessment, earlier: Sequence[Plan]) -> Assessment | None:
    """What the link or the form names, else the first of the earlier plans; None when there is none."""
    sent = (request.POST if request.method == "POST" else request.GET).get(SOURCE)
    plan = _find(earlier, sent) if sent else next(iter(earlier), None)
    if sent and plan is None:
        raise Http404
    return source_of(assessment, plan, request.user) if plan else None


def _find(plans: Sequence[Plan], sent: str) -> Plan | None:
    return next((plan for plan in plans if str(plan.pk) == sent), None)


def _show(request, assessment, earlier, source, *, error="", status=200, chosen=None):
    """`chosen`: what was ticked in a form that comes back."""
    page: CopyPage | None = copy_page(assessment, source) if source else None
    ticked = page.offer.ticked if page and chosen is None else frozenset(chosen or ())
    context = plan_context(request, assessment, "objectives") | {
        "page": page,
        "earlier": [plan for plan in earlier if page is None or plan != page.plan],
        "ticked": ticked,
        "error": error,
        "submission": new_mark(),
    }
    return render(request, "plans/plan_copy.html", context, status=status)
