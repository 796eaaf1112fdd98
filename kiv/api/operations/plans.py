"""Plans, and the scores of their items, as far as the token's person may read them."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import P, PathEx, Query, Router
from pydantic import Field

from kiv.api.answers.plans import PlanAnswer, PlanPage, plan_answer, plan_line
from kiv.api.answers.scores import ScoresAnswer, scores_answer
from kiv.api.asking import Asked, Paged, RowId, Word, find, page_of
from kiv.api.problems import responses
from kiv.territory.models import PoliceZone
from plans.enums import PlanKind, VersionStatus
from plans.models import Cycle
from plans.selectors.check import check_of
from plans.selectors.disclosure import reader_of
from plans.selectors.readable import assessment_for, readable_plans, reviewed_scores

router = Router()
PlanId = PathEx[int, P(description="Id of the plan.")]


class PlansAsked(Paged):
    cycle: Word = Field("", description="Name of a cycle, such as 2026-2031.")
    zone: RowId | None = Field(None, description="Id of a zone.")
    kind: PlanKind | None = Field(None, description="Plans of zones, or of municipalities.")
    status: VersionStatus | None = Field(None, description="Status of the latest version that you may read.")


class ScoresAsked(Asked):
    version: int | None = Field(None, ge=1, le=9999, description="Number of a version; else the latest one.")
    edition: Word = Field("", description="Code of an edition; else the last one it was checked under.")


@router.get(
    "plans",
    response=responses(PlanPage),
    summary="List plans",
    openapi_extra={"x-example": "/api/v1/plans?cycle=2026-2031&status=shared"},
)
def list_plans(request: HttpRequest, asked: Query[PlansAsked]):
    """Plans of your own zone or municipality and, for a coordinator, of the area."""
    plans = readable_plans(request.auth.user)
    if asked.cycle:
        plans = plans.filter(cycle=find(Cycle.objects.all(), "cycle", name=asked.cycle))
    if asked.zone is not None:
        plans = plans.filter(zone=find(PoliceZone.objects.all(), "zone", pk=asked.zone))
    if asked.kind is not None:
        plans = plans.filter(kind=asked.kind)
    if asked.status is not None:
        plans = plans.filter(readable_status=asked.status)
    page = page_of(request, plans, asked, total=plans.count())
    return PlanPage(**page | {"results": [plan_line(plan) for plan in page["results"]]})


@router.get(
    "plans/{int:plan_id}",
    response=responses(PlanAnswer, may_miss=True),
    summary="One plan with its versions",
    openapi_extra={"x-example": "/api/v1/plans/1"},
)
def get_plan(request: HttpRequest, plan_id: PlanId):
    """A plan. Outside its zone only versions that were shared are told."""
    return plan_answer(get_object_or_404(readable_plans(request.auth.user), pk=plan_id))


@router.get(
    "plans/{int:plan_id}/items",
    response=responses(ScoresAnswer, may_miss=True),
    summary="Scores of a plan's items",
    openapi_extra={"x-example": "/api/v1/plans/1/items"},
)
def get_scores(request: HttpRequest, plan_id: PlanId, asked: Query[ScoresAsked]):
    """Level, digits, state, choice and evidence per item, as the check page shows them to you.

    All items come at once. What is confidential is hidden, and what is wholly confidential is left out, as
    on the page.
    """
    user = request.auth.user
    assessment = assessment_for(user, plan_id, version=asked.version, edition=asked.edition)
    if assessment is None:
        raise Http404
    check = check_of(assessment, reader_of(user, assessment.version.plan))
    return scores_answer(assessment, check, reviewed_scores(assessment))
