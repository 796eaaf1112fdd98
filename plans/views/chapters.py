"""The chapters for the plan: a page to read them, and the files to take along.

Two variants: what this reader may see, and with `?public=1` what anybody may see.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plans.models import Assessment
from plans.reports import chapters_docx, chapters_pdf
from plans.reports.chapter_types import Chapters
from plans.reports.plan_chapters import chapters_of
from plans.reports.typesetting import NotTypeset
from plans.selectors.disclosure import ANYBODY, Reader, reader_of
from plans.views.fetching import plan_context, read_assessment_or_404

FORMATS = {
    "docx": (chapters_docx.write_docx, chapters_docx.CONTENT_TYPE),
    "pdf": (chapters_pdf.write_pdf, chapters_pdf.CONTENT_TYPE),
}


@never_cache
@require_safe
def chapters_page(request, plan_id: int):
    """In the plan's language, in a frame of the reader's."""
    assessment = read_assessment_or_404(request, plan_id)
    allowed, reader = _readers(request, assessment)
    return _show(request, assessment, chapters_of(assessment, reader), allowed, reader)


@never_cache
@require_safe
def chapters_file(request, plan_id: int, format: str):
    """The same as a file. Where no PDF can be made, the page says so and offers what there is."""
    assessment = read_assessment_or_404(request, plan_id)
    if format not in FORMATS:
        raise Http404
    write, content_type = FORMATS[format]
    allowed, reader = _readers(request, assessment)
    chapters = chapters_of(assessment, reader)
    try:
        content = write(chapters)
    except (chapters_pdf.TooLong, NotTypeset):
        return _show(request, assessment, chapters, allowed, reader, has_pdf=False, status=422)
    response = HttpResponse(content, content_type=content_type)
    plan = assessment.version.plan
    variant = " public" if reader == ANYBODY else ""
    filename = f"{slugify(f'kiv chapters {plan.place_name} {plan.cycle}{variant}')}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


def _readers(request, assessment: Assessment) -> tuple[Reader, Reader]:
    """Who this reader is, and for whom the chapters are asked."""
    allowed = reader_of(request.user, assessment.version.plan)
    return allowed, ANYBODY if request.GET.get("public") == "1" else allowed


def _show(
    request,
    assessment: Assessment,
    chapters: Chapters,
    allowed: Reader,
    reader: Reader,
    *,
    has_pdf: bool = True,
    status: int = 200,
):
    context = plan_context(request, assessment, "") | {
        "chapters": chapters,
        "is_public": reader == ANYBODY,
        # Two variants only where they differ.
        "has_variants": allowed != ANYBODY and (chapters.has_confidential or chapters.is_withheld),
        "has_pdf": has_pdf and chapters.length <= chapters_pdf.MOST_SIGNS,
    }
    return render(request, "plans/chapters.html", context, status=status)
