"""The list of plans and the start of one."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kiv.accounts.access import access_of
from plans.forms.plans import PlanCreateForm, PlanFilterForm
from plans.models import Plan
from plans.selectors.choices import earlier_plans
from plans.selectors.plans import can_write_plans, own_plans, places_to_write_for, plans_in_area, plans_of
from plans.services.plans import PlanExists, create_plan

PAGE_LENGTH = 50


@require_safe
def plan_list(request):
    """One's own plans, and for a coordinator those of the area: content only of what was shared."""
    access = access_of(request.user)
    form = PlanFilterForm(request.GET)
    page = None
    if access.is_coordinator:
        page = Paginator(plans_in_area(request.user, **form.asked()), PAGE_LENGTH).get_page(
            request.GET.get("page")
        )
    context = {
        "own": own_plans(request.user) if access.is_zone_member else [],
        "is_zone_member": access.is_zone_member,
        "can_create": can_write_plans(request.user),
        "form": form,
        "is_filtered": any(form.asked().values()),
        "page": page,
    }
    return render(request, "plans/plan_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request):
    """For those who write plans somewhere; to anybody else this page does not exist."""
    places = places_to_write_for(request.user)
    if not places:
        raise Http404
    started = plans_of(places)
    form = PlanCreateForm(request.POST if request.method == "POST" else None, places=places, started=started)
    existing = None
    if request.method == "POST" and form.is_valid():
        names = ("zone", "municipality", "cycle", "edition", "language")
        values = {name: form.cleaned_data[name] for name in names}
        try:
            assessment = create_plan(by=request.user, **values)
        except PlanExists as exists:
            existing = exists.plan
        else:
            messages.success(request, _started(earlier_plans(assessment.version.plan, request.user)))
            return redirect("plans:check", assessment.version.plan_id)
    context = {
        "form": form,
        "existing": existing,
        "started": started,
        "has_cycles": form.fields["cycle"].queryset.exists(),
        "has_editions": form.fields["edition"].queryset.exists(),
    }
    return render(request, "plans/plan_create.html", context, status=409 if existing else 200)


def _started(earlier: Sequence[Plan]) -> str:
    """That it worked, and how to begin."""
    if earlier:
        text = _("The plan is started. Copy what still holds from %(plan)s, or begin with the plan itself.")
        return text % {"plan": earlier[0]}
    return _("The plan is started. Add objectives, or decide what is retained.")
