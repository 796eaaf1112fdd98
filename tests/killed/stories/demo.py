"""The demonstration, in a country of one zone: loaded whole; then the plans of zones that came later."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from plans.selectors.scoring_input import published_items
from plans.services.bulk import add_plans
from plans.services.demo import FOLDER, load_demo
from plans.services.demo_zones import add_zone_plans, draw_plans
from tests.factories.plans import load_shipped_editions
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.killed.living import Act, Story

ZONE = "5888"
INDEX = f"""
format: kiv-demo/1
password: kiv-toets-demo
accounts:
  - {{email: an@demo.example, name: An, language: nl, role: zone_lead, zones: ["{ZONE}"], sees: a plan}}
plans:
  - {{file: midlim-2020-2025.yaml, documents: [genk-plan.md], shared: true}}
"""


def make_world() -> Path:
    """The folder of the demonstration, with an index of one account and one plan."""
    load_shipped_editions()
    add_zone(ZONE)
    folder = Path(settings.MEDIA_ROOT).parent / "demo"
    folder.mkdir()
    for part in FOLDER.iterdir():
        (folder / part.name).symlink_to(part)
    (folder / "index.yaml").unlink()
    (folder / "index.yaml").write_text(INDEX)
    return folder


def add_zone(key: str) -> None:
    MunicipalityFactory(zone=ZoneFactory(key=key, code=key, languages=["nl"]))


STORY = Story(
    "demo",
    make_world,
    (
        Act(load_demo, lambda folder: {"by": None, "folder": folder}, stores_file=True),
        lambda folder: add_zone("5389"),
        Act(add_zone_plans, lambda folder: {"by": None, "folder": folder, "editions": published_items()}),
        lambda folder: add_zone("5390"),
        Act(
            add_plans,
            lambda folder: {
                "by": None,
                "plans": list(draw_plans(folder, published_items(), timezone.now())),
            },
        ),
    ),
)
