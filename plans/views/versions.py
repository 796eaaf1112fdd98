"""The versions of a plan: which there are, what differs, starting and discarding one, formal steps."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiv.http import not_repeated
from plans import rules
from plans.forms.versions import StepForm, VersionForm
from plans.models import Assessment, FormalStep, PlanVersion
from plans.selectors.versions import version_lines
from plans.services.editing import TooMany
from plans.services.steps import record_step, remove_step
from plans.services.versions import discard_version, start_version
from plans.views.fetching import assessment_or_404, may_or_404, plan_context
from plans.workflow import Act


@require_safe
def version_list(request, plan_id: int):
    """Everybody who may read a version of the plan; the zone adds versions and steps."""
    assessment = assessment_or_404(request, plan_id)
    version = assessment.version
    context = plan_context(request, assessment, "") | {
        "lines": version_lines(version.plan, request.user),
        "may_start": rules.can(request.user, version, Act.START_VERSION),
        "may_discard": rules.can(request.user, version, Act.DISCARD_VERSION),
        "may_record": rules.can(request.user, version, Act.RECORD_STEP),
    }
    return render(request, "plans/version_list.html", context)


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def version_start(request, plan_id: int):
    """Editors and leads start the next version as a copy; a second click finds it there."""
    assessment = _assessment_for(request, plan_id, Act.START_VERSION)
    form = VersionForm(request.POST or None, initial=_first_reason(request, assessment.version))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            started = start_version(version=assessment.version, by=request.user, **form.cleaned_data)
        except rules.WrongMoment as wrong:
            there = {"kind": assessment.version.kind, "reason": assessment.version.reason}
            if there == form.cleaned_data:
                messages.info(request, str(wrong))
                return redirect("plans:versions", plan_id)
            # Somebody else was first: the reason that was typed stays on the page.
            form.add_error(None, str(wrong))
            status = 409
        except ValidationError as refusal:
            form.add_error("reason", refusal)
        else:
            text = _("Version %(number)s is a copy of the one before it. Change what has to change.")
            messages.success(request, text % {"number": started.number})
            return redirect("plans:check", plan_id)
    if request.method != "POST":
        try:
            rules.check_moment(assessment.version, Act.START_VERSION)
        except rules.WrongMoment as wrong:
            messages.info(request, str(wrong))
            return redirect("plans:versions", plan_id)
    context = plan_context(request, assessment, "") | {"form": form}
    return render(request, "plans/version_start.html", context, status=status)


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def version_discard(request, plan_id: int):
    """The lead removes the version in preparation; asked first."""
    assessment = _assessment_for(request, plan_id, Act.DISCARD_VERSION)
    version = assessment.version
    try:
        rules.check_moment(version, Act.DISCARD_VERSION)
        if request.method == "POST":
            if request.POST.get("number") == str(version.number):
                discard_version(version=version, by=request.user)
                messages.success(request, _("Version %(number)s is removed.") % {"number": version.number})
            return redirect("plans:versions", plan_id)
    except rules.WrongMoment as wrong:
        messages.info(request, str(wrong))
        return redirect("plans:versions", plan_id)
    return render(request, "plans/version_discard.html", plan_context(request, assessment, ""))


@require_http_methods(["GET", "HEAD", "POST"])
def step_add(request, plan_id: int, version: int):
    """A dated fact of the procedure, for any version of the plan."""
    assessment, stored = _version_for_steps(request, plan_id, version)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_step(version=stored, by=request.user, **form.cleaned_data)
        except TooMany as refusal:
            form.add_error(None, _("A version holds at most %(limit)s steps.") % {"limit": refusal.limit})
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except rules.WrongMoment as wrong:
            messages.info(request, str(wrong))
            return redirect("plans:versions", plan_id)
        else:
            messages.success(request, _("The step is recorded."))
            return redirect("plans:versions", plan_id)
    context = plan_context(request, assessment, "") | {"form": form, "stepped": stored}
    return render(request, "plans/step_add.html", context)


@not_repeated("plans:versions", "plan_id")
@require_POST
def step_remove(request, plan_id: int, version: int, step_id: int):
    _assessment, stored = _version_for_steps(request, plan_id, version)
    step = FormalStep.objects.visible_to(request.user).filter(version=stored, pk=step_id).first()
    if step is not None:
        step.version = stored
        try:
            remove_step(step=step, by=request.user)
        except rules.WrongMoment as wrong:
            messages.info(request, str(wrong))
        else:
            messages.success(request, _("The step is removed."))
    return redirect("plans:versions", plan_id)


def _first_reason(request, version: PlanVersion) -> dict[str, str]:
    """What the link from a finished review (`?because=review`) suggests as the reason."""
    if request.GET.get("because") != "review":
        return {}
    return {"reason": _("What the review of version %(number)s asks.") % {"number": version.number}}


def _assessment_for(request, plan_id: int, act: Act) -> Assessment:
    """The latest version, for whoever ever takes this act; to others the page does not exist."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, act)
    return assessment


def _version_for_steps(request, plan_id: int, number: int) -> tuple[Assessment, PlanVersion]:
    assessment = _assessment_for(request, plan_id, Act.RECORD_STEP)
    plan = assessment.version.plan
    stored = PlanVersion.objects.visible_to(request.user).filter(plan=plan, number=number).first()
    if stored is None:
        raise Http404
    stored.plan = plan
    return assessment, stored
