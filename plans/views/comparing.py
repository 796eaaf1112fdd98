"""Comparing two versions of a plan: which two, and what a reader may know of the difference."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.models import PlanVersion
from plans.reports.comparison import compare_versions
from plans.reports.comparison_sentence import comparison_sentence, reviewed_sentences
from plans.selectors.disclosure import reader_of
from plans.views.fetching import assessment_or_404, plan_context


@require_safe
def version_compare(request, plan_id: int):
    """`?from=1&to=2`; without them the last two that this person may read. Others do not exist."""
    assessment = assessment_or_404(request, plan_id)
    plan = assessment.version.plan
    versions = list(PlanVersion.objects.visible_to(request.user).filter(plan=plan).order_by("number"))
    for version in versions:
        version.plan = plan
    context = plan_context(request, assessment, "") | {"versions": versions}
    if len(versions) > 1:
        older, newer = _asked_versions(request, versions)
        comparison = compare_versions(older, newer, reader=reader_of(request.user, plan), user=request.user)
        context |= {
            "comparison": comparison,
            "sentence": comparison_sentence(comparison),
            "reviewed": reviewed_sentences(comparison),
        }
    elif "from" in request.GET or "to" in request.GET:
        _asked_versions(request, versions)
    return render(request, "plans/version_compare.html", context)


def _asked_versions(request, versions: list[PlanVersion]) -> tuple[PlanVersion, PlanVersion]:
    """The older side and the newer side as asked; what is not asked is the last, and the one before it."""
    numbers = {str(version.number): version for version in versions}
    newer = _version(numbers, request.GET.get("to", str(versions[-1].number)))
    before = [version for version in versions if version.number < newer.number] or versions[:1]
    return _version(numbers, request.GET.get("from", str(before[-1].number))), newer


def _version(numbers: dict[str, PlanVersion], typed: str) -> PlanVersion:
    if typed not in numbers:
        raise Http404
    return numbers[typed]
