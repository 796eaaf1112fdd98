"""Published priority lists entered as a zone would: a title and an item each, and the check that results."""

from pathlib import Path

import pytest
import yaml

from framework.models import Edition
from plans.services.choices import confirm_proposals
from plans.services.entries import add_entry
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory, load_shipped_editions
from tests.plans.services.acting import refs

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parent / "data" / "priority_lists.yaml"
LISTS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["lists"]
NOTHING = dict.fromkeys("DGAIMC", 0)
A_GOAL = NOTHING | {"G": 1}


def test_there_are_eight():
    assert len(LISTS) == 8


@pytest.mark.parametrize("published", LISTS, ids=lambda one: f"{one['zone'] or 'no code'} {one['period']}")
def test_a_published_list(published):
    load_shipped_editions()
    assessment = AssessmentFactory(
        edition=Edition.objects.get(code="kiv-2022-2024"),
        cycle__first_year=int(published["period"][:4]),
        zone__code=published["zone"],
    )
    editor = UserFactory(editor_of=assessment.version.plan.zone)
    for entry in published["priorities"]:
        add_entry(
            assessment=assessment,
            kind="objective",
            by=editor,
            values={"title": entry["text"]},
            items=refs(*entry["items"]),
        )
    named = published["expected"]["levels"]
    codes = [item.code for item in assessment.edition.items.order_by("position")]
    expected = {code: (1, A_GOAL) if code in named else (0, NOTHING) for code in codes}
    scores = list(assessment.scores.select_related("item").order_by("item__position"))
    assert {row.item.code: (row.level, row.digits) for row in scores} == expected
    assert {row.item.code for row in scores if row.state != "open"} == set(), "nothing was chosen yet"
    assert [row.item.code for row in scores if row.detail["proposal"] == "retained"] == named
    assessment.refresh_from_db()
    assert assessment.summary["own_priorities"] == published["expected"]["own"]

    assert confirm_proposals(assessment=assessment, by=editor) == named
    states = {row.item.code: row.state for row in assessment.scores.select_related("item")}
    assert states == {code: "to_elaborate" if code in named else "open" for code in codes}
