"""The check of a plan as a file: what the check page says to this reader, to take along."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plans.reports import check_pdf, check_xlsx
from plans.reports.check_paper import check_paper_of
from plans.reports.typesetting import NotTypeset
from plans.selectors.disclosure import reader_of
from plans.views.fetching import plan_context, read_assessment_or_404

FORMATS = {
    "pdf": (check_pdf.write_check_pdf, check_pdf.CONTENT_TYPE),
    "xlsx": (check_xlsx.write_check_xlsx, check_xlsx.CONTENT_TYPE),
}


@never_cache
@require_safe
def check_file(request, plan_id: int, format: str):
    """In the reader's language, as the page. Where no PDF can be made, a page says so."""
    assessment = read_assessment_or_404(request, plan_id)
    if format not in FORMATS:
        raise Http404
    write, content_type = FORMATS[format]
    plan = assessment.version.plan
    paper = check_paper_of(assessment, reader_of(request.user, plan))
    try:
        content = write(paper)
    except NotTypeset:
        context = plan_context(request, assessment, "check")
        return render(request, "plans/check_no_pdf.html", context, status=422)
    response = HttpResponse(content, content_type=content_type)
    filename = f"{slugify(f'kiv check {plan.place_name} {plan.cycle}')}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response
