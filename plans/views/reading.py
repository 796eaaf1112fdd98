"""The reading view: one document, item by item, what is worth a decision. The acts: decisions."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from plans.models import Assessment, Document
from plans.selectors.reading import Attempt, reading_of
from plans.views.fetching import assessment_or_404, document_or_404, inside_or_404, plan_context


@require_safe
def reading_page(request, plan_id: int, number: int):
    """For the zone itself: its readers read along, its editors decide."""
    assessment = assessment_or_404(request, plan_id)
    inside_or_404(request, assessment)
    document = document_or_404(request, assessment, number)
    return show_reading(
        request,
        assessment,
        document,
        code=request.GET.get("item", ""),
        opened=_number(request.GET.get("open", "")),
    )


def show_reading(
    request,
    assessment: Assessment,
    document: Document,
    *,
    code: str = "",
    opened: int | None = None,
    attempt: Attempt | None = None,
    said: str = "",
    status: int = 200,
):
    """The page, or under HTMX the part of it that a decision changes. `said`: what just happened."""
    reading = reading_of(
        assessment, document, code=code, opened=opened, attempt=attempt, language=get_language()
    )
    context = plan_context(request, assessment, "documents") | {
        "document": document,
        "reading": reading,
        "reading_url": reverse("plans:reading", args=[assessment.version.plan_id, document.number]),
        "objectives": list(assessment.version.objectives.all()),
        "said": said,
        "is_answer": bool(request.htmx),
    }
    template = "plans/reading.html#reading" if request.htmx else "plans/reading.html"
    return render(request, template, context, status=status)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None
