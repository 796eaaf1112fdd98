"""Sharing a version for review: what it means, what is still open, and the act itself."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kiv.http import not_repeated
from plans import rules
from plans.scoring import State
from plans.selectors.carrying_overview import unseen_items
from plans.selectors.check import check_of
from plans.selectors.disclosure import reader_of
from plans.selectors.good_examples import offered_items
from plans.services.editing import StaleEdit
from plans.services.sharing import share_version
from plans.views.fetching import assessment_or_404, plan_context


@not_repeated()
@require_http_methods(["GET", "HEAD", "POST"])
def version_share(request, plan_id: int):
    """For the lead of the zone only. Sharing twice, by a second click, shares once."""
    assessment = assessment_or_404(request, plan_id)
    version = assessment.version
    try:
        rules.check_may_share(request.user, version.plan)
    except rules.NotAllowed:
        raise Http404 from None
    if request.method == "POST":
        try:
            share_version(version=version, by=request.user, seen=_seen(request))
        except rules.WrongMoment:
            _say_already_shared(request, version)
        except StaleEdit:
            text = _(
                "Somebody changed the plan since you opened this page. Look at it again; nothing was shared."
            )
            messages.warning(request, text)
            return redirect("plans:share", plan_id)
        else:
            messages.success(request, _("The plan is shared for review. Coordinators can now read it."))
        return redirect("plans:check", plan_id)
    if not version.is_in_preparation:
        _say_already_shared(request, version)
        return redirect("plans:check", plan_id)
    check = check_of(assessment, reader_of(request.user, version.plan))
    open_rows = [row for row in check.rows if row.state == State.OPEN]
    still_open = {row.item for row in open_rows}
    context = plan_context(request, assessment, "") | {
        "open_rows": open_rows,
        # An open item is said once, with its reasons beside it.
        "worth_a_look": [(item, reason) for item, reason in check.worth_a_look if item not in still_open],
        "offered": offered_items(version.plan),
        "unseen": unseen_items(assessment),
    }
    return render(request, "plans/version_share.html", context)


def _seen(request) -> datetime | None:
    """When the version was changed last, as the page showed it."""
    try:
        return datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return None


def _say_already_shared(request, version) -> None:
    when = date_format(localtime(version.shared_at), "SHORT_DATETIME_FORMAT")
    messages.info(request, _("This version was already shared for review on %(when)s.") % {"when": when})
