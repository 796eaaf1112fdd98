"""Carrying all plans over to an edition, batch by batch, for framework administrators.

They see how far it is, in numbers; no plan. A plan is a transaction of its own: whoever stops goes on later.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from framework.models import Edition
from kiv.http import only_for
from plans.selectors.leading_over import standing_of
from plans.services.leading_over import lead_plan_over

#: How many plans one request carries over: a few seconds' work.
BATCH = 10
GOING = "going"


@require_http_methods(["GET", "HEAD", "POST"])
@only_for("is_framework_administrator")
def carrying_all(request, edition_code: str):
    """How far it is; a POST goes on with the next plans. With `?going=1` a script presses the button."""
    editions = Edition.objects.published().filter(predecessor__isnull=False)
    edition = get_object_or_404(editions.select_related("predecessor"), code=edition_code)
    if request.method == "POST":
        return _go_on(request, edition)
    standing = standing_of(edition)
    context = {
        "edition": edition,
        "standing": standing,
        "is_going": bool(standing.todo) and request.GET.get(GOING) == "1",
        "tab": "carrying",
    }
    return render(request, "plans/carrying_all.html", context)


def _go_on(request, edition: Edition):
    todo = standing_of(edition).todo
    for versions in todo[:BATCH]:
        lead_plan_over(versions=versions, edition=edition, by=request.user)
    address = reverse("plans:carrying_all", args=[edition.code])
    if len(todo) > BATCH:
        return redirect(f"{address}?{GOING}=1")
    messages.success(request, _("All plans that can go along are carried over."))
    return redirect(address)
