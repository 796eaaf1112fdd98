"""An item across zones, a zone across items and cycles, and its agenda; and what stays hidden."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import ItemChoice, Objective
from plans.reports.agenda import agenda_of
from plans.reports.coverage_lists import area_of
from plans.reports.zone_coverage import zone_coverage
from plans.selectors.coverage_item import item_lines, rows_with
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, publish, succeed
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ProvinceFactory, ZoneFactory
from tests.plans.cast import in_english, make_cycle
from tests.plans.coverage_lists.area import FULL, OBJECTIVE, SECRET, area, ask, lay, scope_of
from tests.plans.history.pages import text
from tests.plans.versions import share, start_next

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client_of, everywhere):
    """What the national coordinator reads at a page of coverage."""
    client = in_english(client_of)(everywhere)
    return lambda name, *arguments, query="": text(
        client.get(reverse(f"plans:{name}", args=arguments) + query)
    )


def lines(user, edition, code):
    found = area(user, edition)
    item = edition.items.get(code=code)
    return item_lines(found, item, rows_with(found, item))


class TestAnItem:
    def test_counts_over_the_plans_that_show_it(self, page, edition):
        province = ProvinceFactory(code="here")
        lay("A", edition, ZoneFactory(name="A", province=province), **FULL)
        lay("B", edition)
        lay(
            "C",
            edition,
            choices={"P1": {"choice": "retained", "item_confidential": True}},
            objectives=[OBJECTIVE],
        )
        said = page("coverage_item", "P1")
        assert "1 of the 2 plans shown elaborates P1; still open: 1." in said
        assert "States, of 2 plans elaborated 1 to elaborate 0 regular policing 0 motivated 0 open 1" in said
        assert "Plan by plan 2" in said
        assert "What this item is about Motivations : P1 no good example in this area" in said
        assert "Plan by plan 1" in page("coverage_item", "P1", query="?state=open")
        assert "The one plan shown elaborates P1." in page("coverage_item", "P1", query="?province=here")

    def test_no_such_item(self, client_of, everywhere, edition):
        make_cycle()
        address = reverse("plans:coverage_item", args=["P9"])
        assert client_of(everywhere).get(address).status_code == 404

    def test_objective_and_reason_of_each_plan(self, everywhere, cleared, edition):
        lay("A", edition, objectives=[OBJECTIVE], choices={"P1": "retained"})
        lay("B", edition, objectives=[OBJECTIVE | {"title": "SECRET aim", "confidential": True}])
        lay("C", edition, choices={"P1": SECRET})
        told = [
            (line.objective, line.is_objective_hidden, line.reason, line.is_reason_hidden)
            for line in lines(everywhere, edition, "P1")
        ]
        assert told == [
            ("Fewer burglaries", False, "", False),
            ("", True, "", False),
            ("", False, "", True),
        ]
        told = [(line.objective, line.reason) for line in lines(cleared, edition, "P1")]
        assert told == [("Fewer burglaries", ""), ("SECRET aim", ""), ("", "capacity")]

    def test_the_objective_of_a_hidden_item_that_carries_an_action_for_this_one(self, cleared, edition):
        objective = OBJECTIVE | {"items": "P2", "title": "SECRET aim"}
        lay(
            "A",
            edition,
            objectives=[objective],
            choices={"P2": {"choice": "retained", "item_confidential": True}},
        )
        assert Objective.objects.get().title == "SECRET aim"
        [line] = lines(cleared, edition, "P1")
        assert (line.objective, line.is_objective_hidden) == ("", True)

    def test_the_reviewed_objective_where_there_is_one(self, everywhere, edition):
        other = OBJECTIVE | {"title": "After review"}
        assessment = lay("A", edition, objectives=[OBJECTIVE, other])
        assert lines(everywhere, edition, "P1")[0].objective == "Fewer burglaries"
        assessment.scores.filter(item__code="P1").update(
            reviewed_level=1, reviewed_objective="2", reviewed_digits={}
        )
        assert lines(everywhere, edition, "P1")[0].objective == "After review"


class TestAZone:
    @pytest.fixture
    def zone(self):
        return ZoneFactory(name="Zone", province=ProvinceFactory(code="here", name={"nl": "Hier"}))

    def plan(self, zone, year, edition, **parts):
        return AssessmentFactory(zone=zone, cycle=make_cycle(year), edition=edition, shared=True, **parts)

    def steps(self, user, zone):
        return {
            line.item.code: (*(cell and cell.level for cell in line.cells), line.step)
            for line in zone_coverage(user, zone).items
        }

    def test_then_and_now_under_another_edition(self, everywhere, zone):
        edition = EditionFactory(items=("P1", "P2", "P3"), themes=("T1", "T2"))
        older = EditionFactory(items=("P1", "P2"), themes=("T1",), published=True)
        succeed(older, edition, equal=("P1", "T1"))
        publish(edition)
        self.plan(zone, 2020, older, objectives=[{"title": "Burglary", "items": ["P1", "P2"]}])
        self.plan(zone, 2026, edition, objectives=[OBJECTIVE], choices=FULL["choices"])
        # That P2 is the same item was not decided, P3 was not there; T2 is wholly
        # confidential and not on the page at all.
        assert self.steps(everywhere, zone) == {
            "P1": (1, 2, 1),
            "P2": (None, 0, None),
            "P3": (None, 0, None),
            "T1": (0, 0, 0),
        }

    def test_the_plans_of_the_zones_it_was_formed_from(self, everywhere, edition):
        old = ZoneFactory()
        self.plan(old, 2020, edition, objectives=[OBJECTIVE])
        merged = ZoneFactory(predecessors=[old])
        self.plan(merged, 2026, edition)
        assert self.steps(everywhere, merged)["P1"] == (2, 0, -2)
        # Who coordinates the new zone only does not see what the old one's coordinators see.
        here = UserFactory(coordinator_of=ZoneFactory())
        assert zone_coverage(here, merged).plans == ()

    def test_what_changed_since_its_version_before(self, page, zone, edition):
        first = self.plan(zone, 2026, edition, objectives=[OBJECTIVE])
        assert "There is one shared version: nothing to compare yet." in page("coverage_zone", zone.pk)
        again = OBJECTIVE | {"title": "Far fewer burglaries"}
        secret = {"title": "SECRET", "items": "P3"}
        hidden = {"P3": {"choice": "retained", "item_confidential": True}}
        second = start_next(first, {"objectives": [again, secret], "choices": hidden})
        assert "There is one shared version" in page("coverage_zone", zone.pk)
        share(second)
        said = page("coverage_zone", zone.pk)
        assert "From version 1 to 2: 1 objective changed" in said
        assert "added" not in said.split("Compare the two versions")[0]

    def test_beside_its_province(self, page, zone, edition):
        self.plan(zone, 2026, edition, **FULL)
        lay("N", edition, ZoneFactory(province=zone.province))
        lay("Elsewhere", edition, ZoneFactory(province=ProvinceFactory()))
        said = page("coverage_zone", zone.pk)
        assert "Beside the plans of Hier in your area" in said
        beside = said.split("Beside the plans")[1]
        assert "elaborated 2 1 (this zone among them) 0 0 0 1 P2" in beside
        assert "T2" not in beside

    def test_headline(self, page, zone, edition):
        make_cycle()
        assert "This zone has shared no plan yet." in page("coverage_zone", zone.pk)
        self.plan(zone, 2020, edition)
        assessment = self.plan(zone, 2026, edition, **FULL)
        day = timezone.localtime(assessment.version.shared_at).strftime("%d/%m/%Y")
        assert (
            f"Version 1, shared on {day}, elaborates 1 of 4 items; still open: 2. "
            "Of 4 items compared with the plan of 2020-2025: at a higher level 1, at a lower level 0."
        ) in page("coverage_zone", zone.pk)

    def test_only_in_ones_area(self, client_of, zone, edition):
        stranger = client_of(UserFactory(coordinator_of=ZoneFactory()))
        for name in ("coverage_zone", "coverage_agenda"):
            assert stranger.get(reverse(f"plans:{name}", args=[zone.pk])).status_code == 404


class TestTheAgenda:
    def test_everything_that_asks_for_talk_once(self, everywhere, edition):
        newer = EditionFactory(items=("P1",), predecessor=edition, published=True)
        zone = ZoneFactory(name="A")
        choices = FULL["choices"] | {"P2": "retained"}
        assessment = lay("A", edition, zone, **FULL | {"choices": choices})
        lay("B", edition, **FULL)
        ask(assessment, everywhere, text="Why?", at=timezone.now() - timedelta(days=3))
        agenda = agenda_of(area_of(everywhere, scope_of(edition)), zone)
        assert newer.predecessor == edition
        assert [(point.entry.item.code, point.why, point.looks) for point in agenda.open] == [
            ("T1", ("add_line",), ())
        ]
        assert [(look.item.code, look.reason) for look in agenda.looks] == [
            ("P2", "retained_without_objective")
        ]
        assert [(line.item.code, line.days, line.text) for line in agenda.remarks] == [("P1", 3, "Why?")]
        assert agenda.stale.edition == edition
        assert agenda.states == {"elaborated": 1, "to_elaborate": 1, "regular": 0, "motivated": 1, "open": 1}
        assert (agenda.row.version, agenda.is_empty) == (1, False)

    def test_on_the_page_without_anything_hidden(self, page, everywhere, edition):
        assessment = lay("A", edition, **FULL | {"choices": FULL["choices"] | {"P2": SECRET}})
        ask(assessment, everywhere, text="SECRET words", is_confidential=True)
        ask(assessment, everywhere, item="P3", text="SECRET item")
        ItemChoice.objects.filter(assessment=assessment, item__code="P3").update(is_item_confidential=True)
        said = page("coverage_agenda", assessment.version.plan.zone_id)
        assert "2 points: open items 1, worth a look 0, remarks without an answer 1." in said
        assert "T1 short T1 en · regular policing without a line or a quote on what is done" in said
        assert "SECRET" not in said
        assert "P3" not in said

    def test_when_nothing_was_shared(self, page, edition):
        zone = AssessmentFactory(edition=edition, objectives=[OBJECTIVE]).version.plan.zone
        said = page("coverage_agenda", zone.pk)
        assert "Nothing was shared in this cycle" in said
        assert "in preparation" in said
