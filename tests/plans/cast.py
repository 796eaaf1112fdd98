"""One plan and everybody who may stand before it: for the tests of the plans' pages.

plan = make_plan(zone)            in preparation, under an edition with two priorities and a theme
people = Cast(zone)               people.editor, people.lead, … each made when first asked for
"""

from functools import cached_property

from kiv.territory.models import PoliceZone
from plans.models import Assessment, Cycle
from plans.services.plans import create_plan
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import ZoneFactory


def make_edition(items=("P1", "P2"), themes=("T1",), published=True, **values):
    return EditionFactory(items=items, themes=themes, published=published, **values)


def make_cycle(first_year: int = 2026) -> Cycle:
    years = {"first_year": first_year, "last_year": first_year + 5}
    return Cycle.objects.get_or_create(name=f"{first_year}-{first_year + 5}", defaults=years)[0]


def make_plan(zone: PoliceZone, *, edition=None, first_year: int = 2026, municipality=None) -> Assessment:
    return create_plan(
        zone=zone,
        municipality=municipality,
        cycle=make_cycle(first_year),
        edition=edition or make_edition(),
        language="nl",
        by=None,
    )


def share(assessment: Assessment) -> None:
    share_version(version=assessment.version, by=UserFactory(lead_of=assessment.version.plan.zone))


def people_with_plan(*, shared: bool = False) -> tuple["Cast", Assessment]:
    """The people around a new zone, and its plan."""
    people = Cast(ZoneFactory())
    assessment = make_plan(people.zone)
    if shared:
        share(assessment)
    return people, assessment


class Cast:
    """People around one zone. Each person's rights come from one membership."""

    INSIDE = ("reader", "editor", "lead")
    READING_SHARED = ("coordinator", "cleared")
    ADMINISTRATORS = ("framework_administrator", "system_administrator")
    OUTSIDE = ("stranger_lead", "stranger_coordinator", *ADMINISTRATORS, "nobody")

    def __init__(self, zone: PoliceZone) -> None:
        self.zone = zone

    def __getitem__(self, name: str):
        return getattr(self, name)

    @cached_property
    def reader(self):
        return UserFactory(reader_of=self.zone)

    @cached_property
    def editor(self):
        return UserFactory(editor_of=self.zone)

    @cached_property
    def lead(self):
        return UserFactory(lead_of=self.zone)

    @cached_property
    def coordinator(self):
        return UserFactory(coordinator_of=self.zone)

    @cached_property
    def cleared(self):
        return UserFactory(cleared_coordinator_of=self.zone)

    @cached_property
    def stranger_lead(self):
        """Leads another zone, which has a plan too."""
        other = ZoneFactory()
        make_plan(other)
        return UserFactory(lead_of=other)

    @cached_property
    def stranger_coordinator(self):
        return UserFactory(cleared_coordinator_of=ZoneFactory())

    @cached_property
    def framework_administrator(self):
        return UserFactory(is_framework_administrator=True)

    @cached_property
    def system_administrator(self):
        return UserFactory(is_system_administrator=True)

    @cached_property
    def nobody(self):
        return UserFactory()


def in_english(client_of):
    """`client_of` for somebody who reads English: what a page says can then be compared word for word."""

    def make_client(user):
        client = client_of(user)
        client.cookies["kiv_language"] = "en"
        return client

    return make_client
