"""What exists for a user: the only way the rest of the app fetches plans.

A zone's members see the plans of their zone and of the zones it came from; a municipality's members see
that municipality's local plans only; coordinators see that a plan exists in their scope, and the content
of what was shared. Everything else does not exist (404).
"""

from django.apps import apps
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from kiv.accounts.access import Scopes, access_of
from kiv.territory.models import PoliceZone

NOTHING = Q(pk__in=[])
#: Values of plans.enums, which stands above this module.
REVIEWED, FIRST, SECOND = "reviewed", "first", "second"


def inside(user, prefix: str = "") -> Q:
    """Plans the user belongs to: as a member of the zone, a successor zone, or the municipality."""
    access = access_of(user)
    condition = NOTHING
    if zone_ids := access.zone_ids():
        zones = PoliceZone.objects.within(zone_ids=zone_ids)
        condition |= Q(**{f"{prefix}zone__in": zones.values("pk")})
    if municipality_ids := access.municipality_ids():
        condition |= Q(**{f"{prefix}municipality__in": sorted(municipality_ids)})
    return condition


def in_scope(scopes: Scopes, prefix: str = "") -> Q:
    """Plans in the area of a coordinator."""
    if scopes.is_country:
        return Q(**{f"{prefix}zone__isnull": False})
    if not scopes:
        return NOTHING
    zones = PoliceZone.objects.within(**scopes.as_filter())
    return Q(**{f"{prefix}zone__in": zones.values("pk")})


def coordinated(user, prefix: str = "") -> Q:
    return in_scope(access_of(user).coordinated_scopes(), prefix)


class CycleQuerySet(QuerySet):
    """Plans of a cycle that is over stay as they were: nobody is asked for anything more."""

    def running(self) -> "CycleQuerySet":
        return self.filter(last_year__gte=localdate().year)

    def over(self) -> "CycleQuerySet":
        return self.filter(last_year__lt=localdate().year)


class PlanQuerySet(QuerySet):
    def visible_to(self, user) -> "PlanQuerySet":
        """Plans whose existence the user may know."""
        return self.filter(inside(user) | coordinated(user))

    def coordinated_by(self, user) -> "PlanQuerySet":
        """Plans in the area of a coordinator."""
        return self.filter(coordinated(user))

    def inside_of(self, user) -> "PlanQuerySet":
        """Plans of the user's own zone or municipality, predecessors included."""
        return self.filter(inside(user))

    def cleared_for(self, user) -> "PlanQuerySet":
        """Plans of which the user may read confidential parts: insiders, coordinators with clearance."""
        cleared = access_of(user).coordinated_scopes(with_clearance=True)
        return self.filter(inside(user) | in_scope(cleared))


class PlanVersionQuerySet(QuerySet):
    def visible_to(self, user) -> "PlanVersionQuerySet":
        """Versions whose content the user may read: a coordinator only what was shared."""
        return self.filter(
            inside(user, "plan__") | (coordinated(user, "plan__") & Q(shared_at__isnull=False))
        )

    def never_shared(self) -> "PlanVersionQuerySet":
        """The first version of each plan of which nothing was shared yet; no other exists then."""
        return self.filter(number=1, shared_at=None)


class DocumentQuerySet(QuerySet):
    def visible_to(self, user) -> "DocumentQuerySet":
        """Documents whose words the user may read: outside the zone never confidential ones uncleared."""
        return self.filter(
            inside(user, "version__plan__") | _shared_and_open(user, "version__", is_confidential=False)
        )

    def downloadable_by(self, user) -> "DocumentQuerySet":
        """Visible documents whose file as a whole may be read: a confidential passage closes it."""
        passages = self.model._meta.get_field("passages").related_model
        hidden = passages.objects.filter(document=OuterRef("pk"), is_confidential=True)
        return self.visible_to(user).filter(
            inside(user, "version__plan__") | _cleared(user, "version__") | ~Exists(hidden)
        )


class PassageQuerySet(QuerySet):
    def visible_to(self, user) -> "PassageQuerySet":
        """Passages whose words the user may read."""
        return self.filter(
            inside(user, "document__version__plan__")
            | _shared_and_open(
                user, "document__version__", document__is_confidential=False, is_confidential=False
            )
        )


class FormalStepQuerySet(QuerySet):
    def visible_to(self, user) -> "FormalStepQuerySet":
        """Steps of versions that are visible: they are public facts."""
        return self.filter(
            inside(user, "version__plan__")
            | (coordinated(user, "version__plan__") & Q(version__shared_at__isnull=False))
        )


def _cleared(user, prefix: str) -> Q:
    """Shared versions of which this coordinator may read confidential parts."""
    scopes = access_of(user).coordinated_scopes(with_clearance=True)
    return in_scope(scopes, f"{prefix}plan__") & Q(**{f"{prefix}shared_at__isnull": False})


def _shared_and_open(user, prefix: str, **is_open: bool) -> Q:
    shared = Q(**{f"{prefix}shared_at__isnull": False})
    return _cleared(user, prefix) | (coordinated(user, f"{prefix}plan__") & shared & Q(**is_open))


class AssessmentQuerySet(QuerySet):
    def visible_to(self, user) -> "AssessmentQuerySet":
        """Assessments of versions that are visible."""
        return self.filter(
            inside(user, "version__plan__")
            | (coordinated(user, "version__plan__") & Q(version__shared_at__isnull=False))
        )

    def under_review(self) -> "AssessmentQuerySet":
        """Those that stood there when their version was shared: what reviewers read and remark on.

        A version that is carried over to a new edition afterwards keeps its review where it is.
        """
        return self.filter(
            Q(carrying=None) | Q(carrying__started_at__lte=F("version__shared_at")),
            version__shared_at__isnull=False,
        )


class RemarkQuerySet(QuerySet):
    def visible_to(self, user) -> "RemarkQuerySet":
        """Remarks on versions that are visible; outside the zone none on a wholly confidential item.

        Whoever still reads a version blind sees none on it: the second reading is independent of the first.
        """
        version = "assessment__version__"
        hidden = apps.get_model("plans", "ItemChoice").objects.filter(
            assessment=OuterRef("assessment"), item=OuterRef("item"), is_item_confidential=True
        )
        shared = coordinated(user, f"{version}plan__") & Q(**{f"{version}shared_at__isnull": False})
        return self.filter(
            inside(user, f"{version}plan__") | (shared & ~Exists(hidden) & ~Exists(_blind_readings(user)))
        )

    def readable_by(self, user) -> "RemarkQuerySet":
        """Visible remarks of which no word is hidden."""
        version = "assessment__version__"
        return self.visible_to(user).filter(
            inside(user, f"{version}plan__") | _cleared(user, version) | ~_is_secret()
        )

    def with_secrecy(self) -> "RemarkQuerySet":
        """Each with `is_secret`: confidential, for pages that hide the words and show the rest."""
        return self.annotate(is_secret=ExpressionWrapper(_is_secret(), BooleanField()))


def _is_secret() -> Q:
    """Of a remark: confidential by itself, or because its item or the motivation of it is."""
    secret = apps.get_model("plans", "ItemChoice").objects.filter(
        Q(is_motivation_confidential=True) | Q(is_item_confidential=True),
        assessment=OuterRef("assessment"),
        item=OuterRef("item"),
    )
    return Q(is_confidential=True) | Q(Exists(secret))


class ReadingQuerySet(QuerySet):
    def blind_for(self, user) -> "ReadingQuerySet":
        """Second readings that this person has not completed; of nobody in particular there are none."""
        if user.pk is None:
            return self.none()
        return self.filter(kind=SECOND, reader=user.pk, completed_at=None)

    def visible_to(self, user) -> "ReadingQuerySet":
        """Readings whose judgements the user may know.

        Inside the zone: of a version whose review is finished. A reviewer: a second reading is its reader's
        alone until both are complete, and until then its reader sees no other.
        """
        version = "assessment__version__"
        is_inside = inside(user, f"{version}plan__")
        shared = coordinated(user, f"{version}plan__") & Q(**{f"{version}shared_at__isnull": False})
        unfinished = self.model.objects.filter(
            assessment=OuterRef("assessment"), kind__in=(FIRST, SECOND), completed_at=None
        )
        own = Q(kind=SECOND, reader=user.pk)
        others = ~Exists(_blind_readings(user)) & (~Q(kind=SECOND) | ~Exists(unfinished))
        return self.filter(
            (is_inside & Q(**{f"{version}status": REVIEWED})) | (shared & ~is_inside & (own | others))
        )


def _blind_readings(user) -> QuerySet:
    readings = apps.get_model("plans", "Reading").objects
    return readings.blind_for(user).filter(assessment=OuterRef("assessment"))


class InsideQuerySet(QuerySet):
    """Of rows that hang on an assessment and are the zone's own affair."""

    def visible_to(self, user) -> "InsideQuerySet":
        """What belongs to plans of the user's own zone or municipality; outside it does not exist."""
        return self.filter(inside(user, "assessment__version__plan__"))


class GoodExampleQuerySet(QuerySet):
    def visible_to(self, user) -> "GoodExampleQuerySet":
        """What zones offer each other: for members of any zone or municipality, and for coordinators.

        What of it can be shown, if anything: plans.selectors.good_examples.
        """
        access = access_of(user)
        return self if access.is_zone_member or access.is_coordinator else self.none()
