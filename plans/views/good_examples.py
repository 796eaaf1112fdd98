"""The lead offers an item to other zones as a good example, or withdraws it: a button on the item's page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiv.http import not_repeated
from plans import rules
from plans.selectors.good_examples import WhyNot
from plans.services.good_examples import CannotBeShown, offer_example, withdraw_example
from plans.views.fetching import assessment_or_404, may_or_404
from plans.workflow import Act

OFFER, WITHDRAW = "offer", "withdraw"
REFUSALS = {
    WhyNot.LEVEL: lambda: _("Only an item at level 3 or 4 can be a good example."),
    WhyNot.PASSAGES: lambda: _(
        "Other zones would see an objective and its actions, and this level was earned by accepted passages."
    ),
    WhyNot.CONFIDENTIAL: lambda: _(
        "What earned this level is confidential, and is not shown to other zones."
    ),
}


@not_repeated("plans:item", "plan_id", "code")
@require_POST
def item_example(request, plan_id: int, code: str):
    """`act` is "offer" or "withdraw"; a second click finds it done. Always about what was shared last."""
    assessment = assessment_or_404(request, plan_id)
    may_or_404(request, assessment.version, Act.OFFER_EXAMPLE)
    item = assessment.edition.items.filter(code=code).select_related("edition").first()
    if item is None:
        raise Http404
    given = {"plan": assessment.version.plan, "item": item, "by": request.user}
    try:
        if request.POST.get("act") == OFFER:
            if offer_example(**given):
                messages.success(request, _("Other zones now see this item as a good example."))
        elif request.POST.get("act") == WITHDRAW and withdraw_example(**given):
            messages.success(request, _("Other zones no longer see this item."))
    except rules.WrongMoment as wrong:
        messages.error(request, str(wrong))
    except CannotBeShown as refusal:
        messages.error(request, REFUSALS[refusal.why]())
    return redirect("plans:item", plan_id, code)
