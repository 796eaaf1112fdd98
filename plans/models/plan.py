"""Cycle → plan → version: which plan of which zone, and its successive states.

A version is always the whole plan; addenda are versions, not loose sheets (docs/adr/0002).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from plans.enums import PlanKind, VersionKind, VersionStatus
from plans.querysets import CycleQuerySet, PlanQuerySet, PlanVersionQuerySet


class Cycle(models.Model):
    """The years a plan runs for, such as 2026-2031. Data, because cycles never coincide with editions."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ("-first_year", "name")
        constraints = (
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="cycle_years_in_order"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """As in `CycleQuerySet.over`."""
        return self.last_year < localdate().year


class Plan(models.Model):
    """One zone's (or one municipality's) plan for one cycle."""

    zone = models.ForeignKey("territory.PoliceZone", on_delete=models.PROTECT, related_name="plans")
    municipality = models.ForeignKey(
        "territory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=10, choices=PlanKind)
    language = models.CharField(_("language of the plan"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("-cycle__first_year", "zone_id", "municipality_id")
        # Zones beside their plans of a cycle (selectors.coverage): with an index on the cycle alone at hand,
        # SQLite reads all its plans for every zone.
        indexes = (models.Index(fields=("zone", "cycle"), name="plans_by_zone_and_cycle"),)
        constraints = (
            models.UniqueConstraint(
                fields=("zone", "cycle"), condition=Q(municipality=None), name="one_zonal_plan_per_cycle"
            ),
            models.UniqueConstraint(
                fields=("municipality", "cycle"),
                condition=Q(municipality__isnull=False),
                name="one_local_plan_per_cycle",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.ZONAL, municipality=None)
                | Q(kind=PlanKind.LOCAL, municipality__isnull=False),
                name="local_plans_have_a_municipality",
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_name} · {self.cycle}"

    @property
    def place_name(self) -> str:
        """The zone, or for a local plan the municipality."""
        return self.municipality.name if self.municipality else self.zone.label


class PlanVersion(models.Model):
    """A state of the plan that is worked on, shared and then stays as it was."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=VersionKind, default=VersionKind.PLAN)
    reason = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=VersionStatus, default=VersionStatus.PREPARATION)
    shared_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ("plan_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="version_numbers_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(status=VersionStatus.PREPARATION, shared_at=None)
                | (~Q(status=VersionStatus.PREPARATION) & Q(shared_at__isnull=False)),
                name="shared_versions_have_a_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"

    @property
    def is_in_preparation(self) -> bool:
        return self.status == VersionStatus.PREPARATION
