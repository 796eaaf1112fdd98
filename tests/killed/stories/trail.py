"""The ground floor: zones as a file and as an administrator say, and the seal on what was recorded of it."""

from datetime import timedelta
from types import SimpleNamespace

from kiv.audit.services import seal_events
from kiv.territory.loading import load_zones
from kiv.territory.models import PoliceZone
from kiv.territory.services import complete_zone, rebuild_lineage
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.killed.living import Act, Story
from tests.kiv.territory.test_loading import SMALL


def make_world() -> SimpleNamespace:
    return SimpleNamespace(administrator=UserFactory(is_system_administrator=True), zone=ZoneFactory())


def completing(world) -> dict:
    return {
        "zone": PoliceZone.objects.get(pk=world.zone.pk),
        "by": world.administrator,
        "revision": 1,
        "code": "6001",
        "name": "PZ Samen",
        "names": {"nl": "PZ Samen"},
        "province": None,
        "district": None,
    }


def merge(world) -> None:
    PoliceZone.objects.get(key="noord-limburg").successors.add(world.zone)


STORY = Story(
    "trail",
    make_world,
    (
        Act(load_zones, lambda world: {"data": SMALL.encode(), "by": None}),
        Act(complete_zone, completing),
        merge,
        Act(rebuild_lineage, is_recorded=False),
        Act(seal_events, lambda world: {"older_than": timedelta(0)}, is_recorded=False),
    ),
)
