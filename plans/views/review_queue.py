"""A coordinator's queue of plans to review, and how far two readers agree in the area."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.http import require_safe

from kiv.http import only_for
from plans.forms.review_queue import QueueFilterForm
from plans.review_sentences import alpha_words
from plans.scoring.agreement import GOOD_FROM, MIN_ITEMS, TENTATIVE_FROM
from plans.selectors.review_queue import plans_in_queue, queue_lines
from plans.selectors.second_readings import agreement_in_area

PAGE_LENGTH = 25


@only_for("is_coordinator")
@require_safe
def queue(request):
    """What waits for review in the area, what was reviewed below."""
    form = QueueFilterForm(request.GET)
    plans = plans_in_queue(request.user, **form.asked())
    page = Paginator(plans, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "is_filtered": any(form.asked().values()),
        "page": page,
        "lines": queue_lines(page.object_list, request.user),
    }
    return render(request, "plans/review_queue.html", context)


@only_for("is_coordinator")
@require_safe
def agreement(request):
    """Krippendorff's alpha per criterion over what was read twice in the area."""
    found = agreement_in_area(request.user)
    context = {
        "agreement": found,
        "minimum": MIN_ITEMS,
        "good": number_format(float(GOOD_FROM), 3),
        "tentative": number_format(float(TENTATIVE_FROM), 3),
        "rows": [
            (criterion, alpha, alpha_words(alpha, MIN_ITEMS)) for criterion, alpha in found.per_criterion
        ],
    }
    return render(request, "plans/review_agreement.html", context)
