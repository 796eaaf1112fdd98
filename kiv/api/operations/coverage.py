"""Coverage of a coordinator's area: the same report as page, spreadsheet and PDF (plans.reports.coverage)."""

from django.http import Http404, HttpRequest
from ninja import Query, Router
from pydantic import Field

from framework.models import Edition
from kiv.accounts.access import access_of
from kiv.accounts.models import User
from kiv.api.answers.coverage import CoverageAnswer, coverage_answer
from kiv.api.asking import Paged, Word, find, page_of
from kiv.api.problems import responses
from kiv.territory.models import JudicialDistrict, Province
from plans.enums import PlanKind
from plans.models import Cycle
from plans.reports.coverage import coverage_of
from plans.selectors.coverage import Basis, Scope

router = Router()


class CoverageAsked(Paged):
    cycle: Word = Field(description="Name of a cycle, such as 2026-2031.")
    edition: Word = Field(description="Code of an edition.")
    basis: Basis = Field(
        Basis.SHARED, description="Which version counts: the latest shared, or the latest reviewed."
    )
    kind: PlanKind = Field(PlanKind.ZONAL, description="Plans of zones, or of municipalities.")
    province: Word = Field("", description="Code of a province.")
    district: Word = Field("", description="Code of a judicial district.")
    words: Word = Field("", description="Words in the zone's name, its code or a municipality; all of them.")


@router.get(
    "coverage",
    response=responses(CoverageAnswer, may_miss=True),
    summary="Coverage of your area",
    openapi_extra={"x-example": "/api/v1/coverage?cycle=2026-2031&edition=kiv-2022-2024"},
)
def get_coverage(request: HttpRequest, asked: Query[CoverageAsked]):
    """For coordinators: how many plans are in which state and at which level, item by item, and each plan.

    Told as anybody outside the zone may know it: what is wholly confidential is in no count, and of a plan
    that was not shared only its status is known.
    """
    user = request.auth.user
    if not access_of(user).is_coordinator:
        raise Http404
    coverage = coverage_of(user, _scope(user, asked))
    return coverage_answer(coverage, page_of(request, coverage.rows, asked, total=len(coverage.rows)))


def _scope(user: User, asked: CoverageAsked) -> Scope:
    province = asked.province and find(Province.objects.all(), "province", code=asked.province)
    district = asked.district and find(JudicialDistrict.objects.all(), "district", code=asked.district)
    return Scope(
        cycle=find(Cycle.objects.all(), "cycle", name=asked.cycle),
        edition=find(Edition.objects.visible_to(user), "edition", code=asked.edition),
        basis=asked.basis,
        kind=asked.kind,
        province_id=province.pk if province else None,
        district_id=district.pk if district else None,
        words=asked.words,
    )
