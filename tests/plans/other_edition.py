"""A zone with a plan under an invented edition: its codes, numbers and order are not those of the shipped."""

from pathlib import Path

from framework.models import Edition
from framework.services import load_edition
from plans import matching
from plans.planformat import read_plan
from plans.selectors.scoring_input import published_items
from plans.services import lexicons
from plans.services.importing import import_plan
from plans.services.plans import create_plan
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import CycleFactory
from tests.factories.territory import ZoneFactory
from tests.plans.papers import upload
from tests.plans.world import World

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "framework" / "data"
CODE = "kiv-2027-invented"
#: Something of every sort about every fourth item; the others stay open.
PLAN = """
format: kiv-plan/1
plan: {name: Test}
edition: kiv-2027-invented
objectives:
  - title: Less dumping
    items: [{item: A1, aspects: [pollution]}, X-2, A12]
    result: a tenth less
    target_group: three villages
    due: 2029
    actions:
      - {title: Cameras, items: [A1, X-2], target_group: villages, links: [prevention, reaction],
         responsible: team, due: 2028, partners: [municipality]}
    indicators: [{title: heaps, items: [A1], target_value: 20, source: own count}]
  - {title: Fewer deaths, items: [A10]}
  - {title: New computers}
diagnosis: [{text: Many heaps, items: [A1], figure: 80, source: own count}]
choices:
  A1: retained
  A12: retained
  A10: {choice: regular, line: Every week}
  A4: {choice: not_retained, reason: capacity, line: Not here}
  X-2: retained
  X-4: {choice: not_retained, reason: other, line: Elsewhere}
passages: [{item: X-1, elements: [action], quote: We look on line, page: 4}]
"""
PAPER = "# Prioriteiten\n\nDe zone bestrijdt sluikstort met camera's en een wekelijkse controle.\n"


def load_editions() -> Edition:
    """The shipped edition and the invented one after it, published, with its lexicon in force."""
    for path in (
        ROOT / "framework" / "data" / "kiv-2016-2019.yaml",
        ROOT / "framework" / "data" / "kiv-2022-2024.yaml",
        FOLDER / f"{CODE}.yaml",
    ):
        edition = load_edition(data=path.read_bytes(), by=None, should_publish=True).edition
    shipped, lexicons.FOLDER = lexicons.FOLDER, FOLDER
    try:
        lexicons.load_shipped_lexicon(edition=edition, by=None)
    finally:
        lexicons.FOLDER = shipped
    assert matching.read_shipped_lexicon(FOLDER, CODE).items
    return edition


def make_other_world() -> World:
    edition = load_editions()
    zone = ZoneFactory(name="PZ Other", code="5901")
    lead = UserFactory(lead_of=zone)
    cycle = CycleFactory()
    assessment = create_plan(zone=zone, cycle=cycle, edition=edition, language="nl", by=lead)
    content = read_plan(PLAN.encode(), published_items())
    import_plan(assessment=assessment, content=content, by=lead)
    upload(assessment, PAPER)
    share_version(version=assessment.version, by=lead)
    return World(zone, edition, cycle, assessment.version.plan, lead)
