"""Lists of plans, and where somebody's work begins."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from framework.models import Edition
from kiv.accounts.access import EDITING_ROLES, access_of
from kiv.territory.models import Municipality, PoliceZone
from plans.enums import VersionStatus
from plans.models import Assessment, ItemScore, Plan, PlanVersion
from plans.scoring import State


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan of the reader's own zone, a zone it was formed from, or municipality, with all there is to know.

    `states`: state → number of items, of the latest version.
    """

    plan: Plan
    version: PlanVersion
    edition: Edition
    states: dict[str, int]
    can_edit: bool


def own_plans(user) -> list[OwnPlan]:
    """Plans of the user's own zone or municipality, latest cycle first. Four queries when there are any."""
    assessments = Assessment.objects.visible_to(user).select_related("edition").order_by("pk")
    versions = (
        PlanVersion.objects.visible_to(user)
        .order_by("number")
        .prefetch_related(Prefetch("assessments", assessments))
    )
    plans = list(in_list_order(Plan.objects.inside_of(user)).prefetch_related(Prefetch("versions", versions)))
    latest = {plan: list(plan.versions.all())[-1] for plan in plans}
    shown = {plan: list(version.assessments.all())[-1] for plan, version in latest.items()}
    states = _states_of(shown.values())
    access = access_of(user)
    return [
        OwnPlan(
            plan=plan,
            version=latest[plan],
            edition=shown[plan].edition,
            states={state.value: states[shown[plan].pk][state] for state in State},
            can_edit=latest[plan].is_in_preparation
            and access.can_edit_in(plan.zone_id, plan.municipality_id),
        )
        for plan in plans
    ]


def _states_of(assessments: Iterable[Assessment]) -> dict[int, Counter]:
    """Assessment → how many of its items are in each state. One query."""
    ids = [assessment.pk for assessment in assessments]
    counts: dict[int, Counter] = defaultdict(Counter)
    if ids:
        rows = ItemScore.objects.filter(assessment__in=ids).order_by().values_list("assessment", "state")
        for assessment, state, number in rows.annotate(Count("pk")):
            counts[assessment][state] = number
    return counts


def plans_in_area(user, *, words: str = "", status: str = "") -> QuerySet:
    """Plans a coordinator knows of, without the user's own.

    With `shared_at` and `shared_status` of the latest shared version, None where there is none.
    `words` are looked for in zone, code and municipalities; `status` is a VersionStatus or empty.
    """
    shared = PlanVersion.objects.filter(plan=OuterRef("pk"), shared_at__isnull=False)
    plans = in_list_order(Plan.objects.visible_to(user)).exclude(
        pk__in=Plan.objects.inside_of(user).values("pk")
    )
    if words.strip():
        plans = plans.filter(zone__in=PoliceZone.objects.search(words).values("pk"))
    latest = shared.order_by("-number")
    plans = plans.annotate(
        shared_at=latest.values("shared_at")[:1], shared_status=latest.values("status")[:1]
    )
    if status == VersionStatus.PREPARATION:
        return plans.filter(shared_status=None)
    return plans.filter(shared_status=status) if status else plans


def in_list_order(plans: QuerySet) -> QuerySet:
    """Latest cycle first, then by zone, the zonal plan before local ones: this order tells nothing else."""
    return plans.select_related("zone", "municipality", "cycle").order_by(
        F("cycle__first_year").desc(),
        "zone__name",
        "zone_id",
        F("municipality__name").asc(nulls_first=True),
        "pk",
    )


def can_write_plans(user) -> bool:
    """Whether there is a zone or municipality whose plans the user writes. No query of its own."""
    access = access_of(user)
    return bool(access.zone_ids(*EDITING_ROLES) or access.municipality_ids(*EDITING_ROLES))


def places_to_write_for(user) -> list[PoliceZone | Municipality]:
    """The zones and municipalities whose plans the user writes."""
    access = access_of(user)
    zones = PoliceZone.objects.filter(pk__in=sorted(access.zone_ids(*EDITING_ROLES)))
    municipalities = Municipality.objects.filter(pk__in=sorted(access.municipality_ids(*EDITING_ROLES)))
    return [*zones.order_by("name", "pk"), *municipalities.select_related("zone").order_by("name", "pk")]


def plans_of(places: Iterable[PoliceZone | Municipality]) -> list[Plan]:
    """The zones' own plans and the municipalities' local ones, latest cycle first. One query."""
    zones = [place.pk for place in places if isinstance(place, PoliceZone)]
    municipalities = [place.pk for place in places if isinstance(place, Municipality)]
    wanted = Q(zone__in=zones, municipality=None) | Q(municipality__in=municipalities)
    return list(in_list_order(Plan.objects.filter(wanted)))


def first_page_for(user) -> str:
    """Where a member of a zone or municipality begins: the check page of its latest plan, else the list."""
    access = access_of(user)
    own = Plan.objects.inside_of(user)
    plan = (
        (
            own.filter(zone__in=sorted(access.zone_ids()), municipality=None)
            | own.filter(municipality__in=sorted(access.municipality_ids()))
        )
        .order_by("-cycle__first_year", F("municipality").asc(nulls_first=True), "pk")
        .first()
    )
    return reverse("plans:check", args=[plan.pk]) if plan else reverse("plans:list")
