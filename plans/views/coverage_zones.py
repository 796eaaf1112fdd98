"""A zone across items and cycles: all zones of the area, one of them, and what goes on its agenda."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kiv.http import only_for
from kiv.territory.models import PoliceZone
from plans.coverage_list_sentences import agenda_sentence, steps_sentence, zone_headline
from plans.reports.agenda import Agenda, agenda_of
from plans.reports.agenda_pdf import CONTENT_TYPE, write_agenda_pdf
from plans.reports.comparison_sentence import comparison_sentence
from plans.reports.coverage import row_states
from plans.reports.coverage_lists import coverage_in
from plans.reports.typesetting import NotTypeset
from plans.reports.zone_coverage import ZoneCoverage, beside_province, zone_coverage
from plans.selectors.coverage_area import Area, coordinated_zones
from plans.views.coverage_areas import NothingYet, area_context, asked_area, page_of


@only_for("is_coordinator")
@require_safe
def coverage_zones(request):
    try:
        form, area = asked_area(request)
    except NothingYet:
        return render(request, "plans/coverage_empty.html", {"tab": "zones"})
    page = page_of(request, area.rows)
    context = area_context("zones", form, area) | {
        "page": page,
        "lines": [(row, row_states(row) if row.cells else {}) for row in page.object_list],
    }
    return render(request, "plans/coverage_zones.html", context)


@only_for("is_coordinator")
@require_safe
def coverage_zone(request, zone_id: int):
    """Its plans over cycles; and under the cycle and edition asked for, beside its province."""
    zone, form, area = _zone_and_area(request, zone_id)
    if form is None:
        return render(request, "plans/coverage_empty.html", {"tab": "zones"})
    found, agenda = zone_coverage(request.user, zone), agenda_of(area, zone)
    context = area_context("zones", form, area) | {
        "zone": zone,
        "found": found,
        "headline": _headline(found),
        "changes": comparison_sentence(found.changed) if found.changed else "",
        "agenda": agenda,
        "agenda_words": _agenda_words(agenda),
        "beside": beside_province(agenda.row, coverage_in(area)),
    }
    return render(request, "plans/coverage_zone.html", context)


@only_for("is_coordinator")
@require_safe
def coverage_agenda(request, zone_id: int):
    zone, form, area = _zone_and_area(request, zone_id)
    if form is None:
        return render(request, "plans/coverage_empty.html", {"tab": "zones"})
    agenda = agenda_of(area, zone)
    context = area_context("zones", form, area) | {
        "zone": zone,
        "agenda": agenda,
        "agenda_words": _agenda_words(agenda),
    }
    return render(request, "plans/coverage_agenda.html", context)


@never_cache
@only_for("is_coordinator")
@require_safe
def coverage_agenda_file(request, zone_id: int):
    """The agenda as a PDF; where none can be made, the page itself, which prints as well."""
    zone, form, area = _zone_and_area(request, zone_id)
    if form is None:
        raise Http404
    try:
        content = write_agenda_pdf(agenda_of(area, zone), made_at=now())
    except NotTypeset:
        return redirect("plans:coverage_agenda", zone_id)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    filename = f"{slugify(f'kiv agenda {zone.label} {area.scope.cycle}')}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


def _zone_and_area(request, zone_id: int):
    """The zone of this person's area, and the rows of its province as far as they are in that area.

    Without a form when nothing can be asked yet.
    """
    zone = coordinated_zones(request.user).filter(pk=zone_id).first()
    if zone is None:
        raise Http404
    try:
        # All of its province, and zonal plans only: a zone has many local ones.
        form, area = asked_area(request, heeds=("cycle", "edition"))
    except NothingYet:
        return zone, None, None
    return zone, form, _in_province(area, zone)


def _in_province(area: Area, zone: PoliceZone) -> Area:
    """A zone of which the province is not known stands alone."""
    near = [
        row
        for row in area.rows
        if row.zone.pk == zone.pk or (zone.province_id and row.zone.province_id == zone.province_id)
    ]
    return Area(area.user, area.scope, area.items, tuple(near))


def _headline(found: ZoneCoverage) -> list[str]:
    latest = found.latest
    if latest is None:
        return []
    said = [zone_headline(latest.version.number, latest.version.shared_at, found.states)]
    if len(found.plans) > 1:
        said.append(steps_sentence(str(found.plans[-2].plan.cycle), found.steps))
    return [sentence for sentence in said if sentence]


def _agenda_words(agenda: Agenda) -> str:
    return agenda_sentence(len(agenda.open), len(agenda.looks), len(agenda.remarks))
