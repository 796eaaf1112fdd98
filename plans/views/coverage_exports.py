"""The coverage as files: what the matrix page of the same address shows, all pages of it, to take along."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kiv.http import only_for
from plans.forms.coverage import CoverageForm
from plans.reports import coverage_csv, coverage_json, coverage_pdf, coverage_xlsx
from plans.reports.coverage import Coverage
from plans.reports.coverage_page import heads_of, page_of
from plans.reports.coverage_paper import paper_of
from plans.reports.typesetting import NotTypeset
from plans.selectors.area_words import area_words
from plans.selectors.coverage_menu import coverage_menu

FORMATS = {
    "xlsx": (coverage_xlsx.write_coverage_xlsx, coverage_xlsx.CONTENT_TYPE),
    "csv": (coverage_csv.write_coverage_csv, coverage_csv.CONTENT_TYPE),
    "pdf": (coverage_pdf.write_coverage_pdf, coverage_pdf.CONTENT_TYPE),
    "json": (coverage_json.write_coverage_json, coverage_json.CONTENT_TYPE),
}


@never_cache
@require_safe
@only_for("is_coordinator")
def coverage_file(request, format: str):
    """In the reader's language. Without a cycle or an edition there is nothing to write: 404.

    Where no PDF can be made, a page says so and offers the other files.
    """
    if format not in FORMATS:
        raise Http404
    write, content_type = FORMATS[format]
    menu = coverage_menu(request.user)
    if menu.cycle is None or menu.edition is None:
        raise Http404
    form = CoverageForm(request.GET, menu=menu)
    heads = heads_of(request.user, form.scope, form.sort_asked)
    form.offer_places(heads)
    page = page_of(form.scope, form.items, heads, form.narrowing(), length=len(heads))
    paper = paper_of(
        Coverage(form.scope, page.items, page.rows),
        area=area_words(request.user),
        filters=tuple(form.filters()),
        made_at=now(),
    )
    try:
        content = write(paper)
    except (coverage_pdf.TooManyRows, NotTypeset):
        return render(request, "plans/coverage_no_pdf.html", {"query": form.query()}, status=422)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{slugify(paper.name)}.{format}")
    return response
