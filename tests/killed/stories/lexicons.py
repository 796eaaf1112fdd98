"""Word lists: a draft that is thrown away, then one that is changed, filled from a file and put in force."""

from types import SimpleNamespace

from framework.models import Edition, LexiconVersion
from plans.selectors.lexicon_content import ITEMS, PartName, part_digest
from plans.services.lexicon_drafts import change_part, put_in_force, remove_draft, start_draft, take_in_files
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.killed.living import Act, Story
from tests.plans.papers import LEXICON, store_lexicon

CODE = "listed"
LITTER = PartName(ITEMS, "A4")
GROUP = {"terms": ["zwerfvuil", "sluikstort"], "weight": 50}
FILE = (LEXICON % {"edition": CODE}).replace("inbraak", "woninginbraak").encode()


def make_world() -> SimpleNamespace:
    """A version in force, and somebody who administers editions."""
    store_lexicon(EditionFactory(code=CODE, items=("A1", "A2", "A3", "A4", "B1", "B2")))
    return SimpleNamespace(by=UserFactory(is_framework_administrator=True))


def version(number: int) -> LexiconVersion:
    return LexiconVersion.objects.select_related("edition").get(edition__code=CODE, number=number)


def starting(world) -> dict:
    return {"edition": Edition.objects.get(code=CODE), "by": world.by, "copied_from": version(1)}


def changing(world) -> dict:
    draft = version(2)
    seen = part_digest(draft.content, LITTER)
    return {"draft": draft, "by": world.by, "name": LITTER, "seen": seen, "values": {"nl": [GROUP]}}


def forcing(world) -> dict:
    draft = version(2)
    return {"draft": draft, "by": world.by, "seen": draft.sha256, "note": "Dumping is litter."}


STORY = Story(
    "lexicons",
    make_world,
    (
        Act(start_draft, starting),
        Act(remove_draft, lambda world: {"draft": version(2), "by": world.by}),
        Act(start_draft, starting),
        Act(take_in_files, lambda world: {"draft": version(2), "by": world.by, "files": [("nl.yaml", FILE)]}),
        Act(change_part, changing),
        Act(put_in_force, forcing),
    ),
)
