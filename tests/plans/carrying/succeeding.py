"""What the tests of carrying over share: an invented edition that follows the one a plan is checked under.

A1 → N1 (equal, one of its two aspects, and a new one) · A2 → N2 (a part of it) · A3 → N3 and N4 (they touch)
A4 → nothing · B1 → M1 (equivalent) · B2 → M2 (decided by nobody) · N5: nothing leads there
"""

from framework.models import Edition
from plans.models import Assessment, Carrying
from plans.selectors.looking import look_at
from plans.services.carrying import carry_over
from plans.services.choices import ChoiceChange
from plans.services.looking import look_at_item
from tests.factories.framework import AspectFactory, CorrespondenceFactory, EditionFactory, publish, succeed
from tests.factories.plans import AssessmentFactory

NEW_ITEMS, NEW_THEMES = ("N2", "N1", "N3", "N4", "N5"), ("M1", "M2")
LINKS = (
    ("A1", "N1", "equal", True),
    ("A2", "N2", "subset", True),
    ("A3", "N3", "intersects", True),
    ("A3", "N4", "intersects", True),
    ("A4", None, "none", True),
    ("B1", "M1", "equivalent", True),
    ("B2", "M2", "equal", False),
)
#: What becomes of the new items of a plan that says something of every old one.
FATES = {
    "N1": "carried",
    "M1": "carried",
    "N2": "look",
    "N3": "look",
    "N4": "look",
    "M2": "look",
    "N5": "new",
}


def follow(old: Edition, code: str = "invented", links=LINKS) -> Edition:
    """A published edition after `old`, with these links (old, new, relation, decided)."""
    edition = EditionFactory(
        code=code,
        first_year=old.first_year + 3,
        last_year=old.last_year + 3,
        items=NEW_ITEMS,
        themes=NEW_THEMES,
    )
    first = edition.items.get(code="N1")
    AspectFactory(item=first, code="demand")
    AspectFactory(item=first, code="novel")
    succeed(old, edition)
    for before, after, relation, is_decided in links:
        CorrespondenceFactory(
            edition=edition, old=before, new=after, relation=relation, is_decided=is_decided
        )
    publish(edition)
    return edition


def carry(assessment: Assessment, edition: Edition | None = None, by=None) -> Carrying:
    """Carried over by an operator's command, as another request would fetch it."""
    edition = edition or follow(assessment.edition)
    made = carry_over(version=assessment.version, edition=edition, by=by)
    return fresh_carrying(made)


def fresh_carrying(carrying: Carrying) -> Carrying:
    return Carrying.objects.select_related(
        "source__edition",
        "assessment__edition",
        "assessment__version__plan__zone",
        "assessment__version__plan__municipality",
        "assessment__version__plan__cycle",
    ).get(pk=carrying.pk)


def fates(carrying: Carrying) -> dict[str, str]:
    return {row.item.code: row.fate for row in carrying.items.select_related("item")}


#: Says something of every old item but A1 and B1; A2 and A3 share a passage.
CONTENT = {
    "objectives": [
        {
            "title": "Fewer break-ins",
            "items": [{"item": "A2", "aspects": []}],
            "actions": [{"title": "Advice", "items": ["A2"], "links": ["prevention"]}],
        },
        {"title": "Fewer knives", "items": ["A3", "A2"]},
    ],
    "diagnosis": [{"text": "Knives are found", "items": ["A3"]}],
    "choices": {
        "A2": "retained",
        "A3": {"choice": "not_retained", "reason": "capacity", "line": "No people"},
        "B2": {"choice": "regular", "line": "Every day"},
        "A4": "retained",
    },
    "passages": [
        {"item": "A2", "elements": ["action"], "quote": "We advise.", "page": 3, "objective": "1"},
        {"item": "A3", "elements": ["description"], "quote": "We advise.", "page": 3},
        {"item": "A3", "elements": ["figure"], "quote": "Twelve knives.", "page": 4, "confidential": True},
    ],
}


def make_plan_to_carry(**fields) -> Assessment:
    items = {
        "edition__code": "test-edition",
        "edition__items": ("A1", "A2", "A3", "A4"),
        "edition__themes": ("B1", "B2"),
    }
    return AssessmentFactory(**items | CONTENT | fields)


def look(carrying: Carrying, code: str, *, by=None, links=None, evidence=None, mark=None, **choice):
    """Looked at as the page proposes it, but for what is given."""
    seen = look_at(carrying, code)
    return look_at_item(
        carrying=carrying,
        change=ChoiceChange(item=code, revision=0, **choice),
        links=[one.key for one in seen.entries if one.is_ticked] if links is None else links,
        evidence=[one.key for one in seen.passages if one.is_ticked] if evidence is None else evidence,
        mark=seen.mark if mark is None else mark,
        by=by,
    )
