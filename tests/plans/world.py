"""One zone with a plan that has something of everything: what pages and matrices are tried on.

Words that must not leak carry a marker: SECRET for confidential parts, OTHERZONE for another zone's plan.
"""

from dataclasses import dataclass

from framework.models import Edition
from kiv.accounts.models import User
from kiv.territory.models import PoliceZone
from plans.models import Assessment, Cycle, Plan
from plans.planformat import read_plan
from plans.selectors.scoring_input import published_items
from plans.services.importing import import_plan
from plans.services.plans import create_plan
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import AspectFactory, EditionFactory, publish
from tests.factories.territory import ZoneFactory

#: A1–A4 are priorities, B1–B2 themes; A1 has two aspects.
PLAN = """
format: kiv-plan/1
plan: {name: Test}
edition: test-edition
objectives:
  - title: Fewer drugs
    items: [{item: A1, aspects: [demand]}]
    result: fewer users
    target_group: pupils
    due: 2028
    actions:
      - title: Lessons at school
        items: [A1, B1]
        target_group: pupils
        links: [prevention, aftercare]
        responsible: youth team
        due: 2027
        partners: [schools]
    indicators:
      - {title: pupils reached, items: [A1], target_value: 2000, frequency: yearly}
  - title: SECRET violence
    items: [A2]
    confidential: true
    actions:
      - {title: SECRET visit, items: [A2], responsible: SECRET team}
  - title: New computers
diagnosis:
  - {text: Possession rises, items: [A1], figure: 112, source: ANG}
choices:
  A1: retained
  A2: retained
  A3: {choice: not_retained, reason: capacity, line: SECRET reason, confidential: true}
  A4: {choice: retained, item_confidential: true}
  B1: retained
passages:
  - {item: A4, elements: [objective], quote: SECRET passage, page: 3, confidential: true}
  - {item: B2, elements: [action, responsible], quote: Data are exchanged, page: 7}
"""


@dataclass
class World:
    zone: PoliceZone
    edition: Edition
    cycle: Cycle
    plan: Plan
    lead: User

    @property
    def assessment(self) -> Assessment:
        """The plan's first, as it stands in the database now."""
        assessments = Assessment.objects.select_related("version__plan", "edition")
        return assessments.filter(version__plan=self.plan).earliest("pk")


def make_edition(code: str = "test-edition") -> Edition:
    edition = EditionFactory(code=code, items=("A1", "A2", "A3", "A4"), themes=("B1", "B2"), criteria=True)
    first = edition.items.get(code="A1")
    AspectFactory(item=first, code="supply")
    AspectFactory(item=first, code="demand")
    publish(edition)
    return edition


def make_world(text: str = PLAN, *, shared: bool = False, **zone) -> World:
    edition = Edition.objects.filter(code="test-edition").first() or make_edition()
    zone = ZoneFactory(**zone)
    lead = UserFactory(lead_of=zone)
    cycle, _created = Cycle.objects.get_or_create(name="2026-2031", first_year=2026, last_year=2031)
    assessment = create_plan(zone=zone, cycle=cycle, edition=edition, language="nl", by=lead)
    content = read_plan(text.encode(), published_items())
    import_plan(assessment=assessment, content=content, by=lead)
    if shared:
        share_version(version=assessment.version, by=lead)
    return World(zone, edition, cycle, assessment.version.plan, lead)
