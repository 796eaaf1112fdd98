"""What an edition would do to the shared plans: a page for framework administrators, written while it counts.

The frame of the page goes out first, then how far the counting is, then the figures: nothing is stored, no
script is needed, and a browser shows each piece as it comes.
"""

from collections.abc import Iterator
from secrets import token_hex
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from framework.models import Edition
from kiv.http import only_for
from plans.forms.impact import ImpactForm
from plans.impact_sentences import headline, notes, over_sentence, progress_sentence
from plans.reports.impact import Counting, Impact, PlanImpact
from plans.selectors.impact import BATCH


@never_cache
@require_safe
@only_for("is_framework_administrator")
def edition_impact(request: HttpRequest, edition_code: str) -> StreamingHttpResponse:
    """The whole country by item and province; of one province also zone by zone."""
    editions = Edition.objects.visible_to(request.user).select_related("framework", "predecessor")
    edition = get_object_or_404(editions, code=edition_code)
    if edition.predecessor is None:
        raise Http404
    form = ImpactForm(request.GET)
    scope = form.scope(edition)
    context = {"edition": edition, "scope": scope, "form": form}
    # A sign that nothing else on the page can hold: there the frame is cut in two.
    cut = token_hex()
    head, tail = render_to_string("plans/impact.html", context | {"cut": cut}, request).split(cut)
    return StreamingHttpResponse(_pieces(head, Counting(scope), context, tail))


def _pieces(head: str, counting: Counting, context: dict[str, Any], tail: str) -> Iterator[str]:
    yield head
    rows: list[PlanImpact] = []
    for done, plan in enumerate(counting.plans(), start=1):
        if not counting.scope.is_country:
            rows.append(plan)
        if done % BATCH == 0 and done < counting.total:
            yield _progress(done, counting.total)
    result = counting.result()
    yield render_to_string("plans/impact_figures.html", {**context, **figures_context(result), "rows": rows})
    yield tail


def _progress(done: int, total: int) -> str:
    context = {"done": done, "total": total, "words": progress_sentence(done, total)}
    return render_to_string("plans/impact_progress.html", context)


def figures_context(impact: Impact) -> dict[str, Any]:
    """What the templates need besides the figures themselves: the sentences."""
    return {
        "impact": impact,
        "headline": headline(impact.plans, impact.figures.fates),
        "over": over_sentence(impact.over),
        "notes": notes(
            undecided=len(impact.proposed),
            already=impact.already,
            apart=impact.apart,
            has_hidden=impact.has_hidden,
        ),
    }
