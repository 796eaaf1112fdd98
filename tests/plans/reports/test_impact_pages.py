"""The page of the impact and its command: the same figures, progress on the way, no word of any plan."""

import json
import re
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import call_command

from plans.models import Assessment, ItemScore
from plans.selectors import impact as selecting
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ProvinceFactory
from tests.plans.reports.impacting import SMALL, make_draft, make_impact_world
from tests.plans.world import make_world
from tests.strict import StrictClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
FATES = ("carried", "look", "new")


class Rows(HTMLParser):
    """The words of each table row, cell by cell, under the id of the heading that names its table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.section, self.found = "", {}
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        if (named_by := dict(attrs).get("aria-labelledby")) is not None:
            self.section = named_by
        elif tag == "tr":
            self.found.setdefault(self.section, []).append([])
        elif tag in {"td", "th"}:
            self.found[self.section][-1].append("")

    def handle_data(self, data) -> None:
        rows = self.found.get(self.section)
        if rows and rows[-1]:
            rows[-1][-1] = " ".join(f"{rows[-1][-1]} {data}".split())


def administrator() -> StrictClient:
    client = StrictClient()
    client.force_login(UserFactory(is_framework_administrator=True))
    return client


def page(address: str = "/editions/draft/impact/") -> str:
    response = administrator().get(address)
    assert response.status_code == 200
    return response.getvalue().decode()


def command(*arguments: str) -> tuple[dict, str]:
    out, told = StringIO(), StringIO()
    call_command("impact", "draft", "--json", "--cycle", "all", *arguments, stdout=out, stderr=told)
    return json.loads(out.getvalue()), told.getvalue()


def fates_of(rows: list[list[str]], first: int) -> dict[str, list[int]]:
    """First word of a row → its three figures, which begin in column `first`."""
    return {row[0].split()[0]: [int(cell) for cell in row[first : first + 3]] for row in rows[1:]}


def test_page_and_command_say_the_same():
    province = ProvinceFactory(code="east", name={"en": "East"})
    _world, _draft = make_impact_world()
    make_world(SMALL, shared=True, name="PZ Gamma", province=province)
    told, _progress = command()
    shown = Rows(page("/editions/draft/impact/?cycle=all")).found
    by_item = {row["code"]: [row["fates"][fate] for fate in FATES] for row in told["by_item"]}
    assert fates_of(shown["impact-items"], 2) == by_item
    by_place = [[row["plans"], *(row["fates"][fate] for fate in FATES)] for row in told["by_province"]]
    assert [[int(cell) for cell in row[1:5]] for row in shown["impact-places"][1:]] == by_place
    ended = [[row["code"], row["plans"]] for row in told["ended"]]
    assert [[row[0].split()[0], int(row[1])] for row in shown["impact-ended"][1:]] == ended
    zones = Rows(page(f"/editions/draft/impact/?cycle=all&province={province.pk}")).found["impact-zones"]
    only, _progress = command("--province", "east")
    by_plan = [[row["fates"][fate] for fate in FATES] for row in only["by_plan"]]
    assert [[int(cell) for cell in row[1:4]] for row in zones[1:]] == by_plan == [[2, 0, 5]]


def test_the_headline_is_computed():
    make_impact_world()
    text = page("/editions/draft/impact/?cycle=all")
    assert (
        "2 shared plans would be carried over. Of their 13 items 4 hold as they are, 3 are to be looked at "
        "by the zones and 6 are newly open."
    ) in text
    assert "What became of 1 old item is not decided yet. It is counted as to be looked at." in text
    assert "What a zone keeps wholly confidential, and what follows from it, is in no figure." in text
    lines = StringIO()
    arguments = ("impact", "draft", "--cycle", "all", "--language", "en")
    call_command(*arguments, stdout=lines, stderr=StringIO())
    assert lines.getvalue().splitlines()[0] in text


def test_plans_of_cycles_that_are_over_are_told_beside_the_headline(time_machine):
    time_machine.move_to("2026-12-01T12:00:00+01:00")
    world, _draft = make_impact_world()
    AssessmentFactory(edition=world.edition, cycle__first_year=2020, shared=True)
    said = (
        "1 plan of a cycle that is over is carried over too, but is not counted here. "
        "Nobody is asked to look at it."
    )
    text = page("/editions/draft/impact/?province=none")
    assert "2 shared plans would be carried over." in text
    assert f'{said} <a class="no-print" href="?cycle=all&amp;province=none">' in text
    everything = page("/editions/draft/impact/?cycle=all&province=none")
    assert "3 shared plans would be carried over." in everything
    assert "a cycle that is over" not in everything
    lines = StringIO()
    call_command("impact", "draft", "--language", "en", stdout=lines, stderr=StringIO())
    assert lines.getvalue().splitlines()[1] == said
    assert [command()[0][name] for name in ("plans", "over")] == [3, 0]


def test_without_shared_plans_it_says_so():
    world = make_world(SMALL)
    make_draft(world.edition)
    assert "No shared plan would be carried over." in page("/editions/draft/impact/?cycle=all")


def test_no_word_of_a_plan_stands_there():
    make_impact_world()
    text = page("/editions/draft/impact/?cycle=all&province=none")
    assert "PZ Alpha" in text
    assert not re.search("SECRET|Fewer drugs|Lessons|Possession|On call", text)
    told, _progress = command()
    assert not re.search("SECRET|Fewer drugs|Lessons|Possession|On call", json.dumps(told))


def test_nothing_is_stored():
    _world, draft = make_impact_world()
    before = Assessment.objects.count(), ItemScore.objects.count()
    command()
    assert (Assessment.objects.count(), ItemScore.objects.count()) == before
    assert not draft.assessments.exists()


def test_how_far_it_is_comes_before_the_figures(monkeypatch):
    monkeypatch.setattr(selecting, "BATCH", 1)
    monkeypatch.setattr("plans.views.impact.BATCH", 1)
    make_impact_world()
    text = page("/editions/draft/impact/?cycle=all")
    progress = text.index("1 of 2 plans looked at")
    assert text.index("<h1>") < progress < text.index('class="impact-figures"')
    monkeypatch.setattr("plans.management.commands.impact.BATCH", 1)
    progress = command("--language", "en")[1]
    assert progress.splitlines() == ["1 of 2 plans looked at", "2 of 2 plans looked at"]


def test_an_edition_that_follows_none_has_no_impact():
    EditionFactory(code="alone")
    assert administrator().get("/editions/alone/impact/").status_code == 404


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "nothing: not known; there is: draft, test-edition"),
        (("test-edition",), "test-edition: follows no other edition"),
        (("draft", "--cycle", "1999"), "1999: not known; there is: 2026-2031"),
        (("draft", "--province", "x"), "x: not known; there is: none"),
    ],
)
def test_a_command_that_cannot_says_why(arguments, said):
    make_draft(make_world(SMALL).edition)
    told = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("impact", *arguments, stdout=StringIO(), stderr=told)
    assert (ended.value.code, told.getvalue().strip()) == (2, said)
