"""The demonstration's plans for zones without a hand-written one: drawn by `plans.fiction`."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from framework.models import Edition
from kiv.accounts.access import access_of
from kiv.accounts.enums import Role
from kiv.accounts.models import User
from kiv.territory.models import PoliceZone
from plans.enums import PlanKind
from plans.fiction import Course, Place, language_of, plan_course, read_data, read_phrases
from plans.models import Assessment, Cycle, Plan
from plans.planformat.read import Editions
from plans.services.bulk import NewPlan, NewVersion, add_plans
from plans.services.bulk_reviews import NewReview


def add_zone_plans(*, folder: Path, editions: Editions, by) -> list[Assessment]:
    """Store them; returns the assessment of every version. Raises FileRefused.

    Inside the transaction of the load, after the hand-written plans, which are left alone.
    """
    return add_plans(plans=list(draw_plans(folder, editions, timezone.now())), by=by)


def draw_plans(folder: Path, editions: Editions, now: datetime) -> Iterator[NewPlan]:
    """The plans of all zones of today that are not there yet, oldest cycle first, zones by their key.

    Reviewed by a coordinator with clearance, of the zone's own area before the country; by nobody else.
    """
    data, phrases = read_data(folder), read_phrases(folder)
    cycles = {cycle.name: cycle for cycle in Cycle.objects.all()}
    stored_editions = {edition.code: edition for edition in Edition.objects.published()}
    reviewers = _reviewers()
    taken = set(Plan.objects.filter(kind=PlanKind.ZONAL).values_list("zone_id", "cycle__name"))
    for shares in data.cycles:
        cycle = cycles[shares.name]
        years = (cycle.first_year, cycle.last_year)
        for zone, place in _zones():
            if (zone.pk, shares.name) in taken:
                continue
            words = phrases[language_of(place, phrases)]
            course = plan_course(place, words, shares, years, data=data, editions=editions, now=now)
            if course is not None:
                yield NewPlan(
                    zone,
                    cycle,
                    stored_editions[course.edition],
                    words.language,
                    tuple(_versions(course, reviewers.get(zone.pk))),
                    course.examples,
                    course.offered_at,
                )


def _versions(course: Course, reviewer: User | None) -> Iterator[NewVersion]:
    for version in course.versions:
        review = None
        if version.review is not None and reviewer is not None:
            review = NewReview(version.review, reviewer)
        yield NewVersion(
            version.content,
            version.started_at,
            version.changed_at,
            version.shared_at,
            version.reason,
            review,
        )


def _reviewers() -> dict[int, User]:
    """Zone → the coordinator with clearance and the smallest area around it, the first who was added.

    Without clearance nobody reads all items, and the fiction reads all.
    """
    areas = []
    for user in User.objects.filter(memberships__role=Role.COORDINATOR).distinct().order_by("pk"):
        scopes = access_of(user).coordinated_scopes(with_clearance=True)
        zones = PoliceZone.objects.all()
        if not scopes.is_country:
            zones = zones.within(**scopes.as_filter())
        areas.append((user, list(zones.values_list("pk", flat=True))))
    reviewers: dict[int, User] = {}
    for user, zones in sorted(areas, key=lambda area: len(area[1])):
        for zone in zones:
            reviewers.setdefault(zone, user)
    return reviewers


def _zones() -> Iterator[tuple[PoliceZone, Place]]:
    """Zones of the data file that exist today; what somebody added in the product is left alone."""
    zones = PoliceZone.objects.filter(is_discontinued=False).exclude(key="").order_by("key")
    for zone in zones.prefetch_related("municipalities"):
        municipalities = tuple(sorted(each.name for each in zone.municipalities.all()))
        yield zone, Place(zone.key, zone.code, zone.label, tuple(zone.languages), municipalities)
