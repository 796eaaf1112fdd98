"""Plans and their scores: what each role is told, and what must not leak."""

import json

import pytest

from plans.models import Assessment, ItemScore
from plans.selectors.check import check_of
from plans.selectors.disclosure import reader_of
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.kiv.api.asking import EACH_REQUEST, Program, refused_in
from tests.plans.cast import Cast
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db
#: In tests.plans.world: the words of confidential parts.
SECRET = "SECRET"
WITHOUT_HIDDEN = ["A1", "A2", "A3", "B1", "B2"]
ALL = ["A1", "A2", "A3", "A4", "B1", "B2"]


def ids(page):
    return [plan["id"] for plan in page["results"]]


def item_of(scores, code):
    return next(item for item in scores["items"] if item["code"] == code)


class TestWhoSeesWhat:
    @pytest.mark.parametrize(
        ("who", "in_preparation", "shared"),
        [
            ("reader", 200, 200),
            ("lead", 200, 200),
            ("coordinator", 404, 200),
            ("cleared", 404, 200),
            ("stranger_lead", 404, 404),
            ("stranger_coordinator", 404, 404),
            ("framework_administrator", 404, 404),
            ("system_administrator", 404, 404),
            ("nobody", 404, 404),
        ],
    )
    def test_scores_open_when_the_check_page_does(self, client_of, who, in_preparation, shared):
        world = make_world()
        person = Cast(world.zone)[who]
        program, browser = Program(person), client_of(person)

        def found():
            page = browser.get(f"/plans/{world.plan.pk}/").status_code
            return program.ask(f"plans/{world.plan.pk}/items").status_code, page

        assert found() == (in_preparation, in_preparation)
        share_version(version=world.assessment.version, by=world.lead)
        assert found() == (shared, shared)

    def test_a_list_holds_what_one_knows_of(self):
        zone = ZoneFactory()
        own, other = AssessmentFactory(zone=zone), AssessmentFactory(shared=True)
        cast = Cast(zone)
        for who, plans in {
            "reader": [own],
            "coordinator": [own],
            "nobody": [],
            "system_administrator": [],
            "framework_administrator": [],
        }.items():
            program = Program(cast[who])
            assert ids(program.read("plans")) == [each.version.plan_id for each in plans]
            assert program.ask(f"plans/{other.version.plan_id}").status_code == 404
        everywhere = Program(UserFactory(coordinator_of="country"))
        assert set(ids(everywhere.read("plans"))) == {own.version.plan_id, other.version.plan_id}

    def test_outside_the_zone_nothing_tells_of_a_version_in_preparation(self):
        world = make_world(shared=True)
        start_version(version=world.assessment.version, kind="addendum", reason="more", by=world.lead)
        path = f"plans/{world.plan.pk}"
        inside, outside = Program(world.lead), Program(UserFactory(cleared_coordinator_of=world.zone))
        assert [version["number"] for version in inside.read(path)["versions"]] == [1, 2]
        assert inside.read(path)["status"] == "preparation"
        told = outside.read(path)
        assert ([version["number"] for version in told["versions"]], told["status"]) == ([1], "shared")
        assert told["latest"] == told["versions"][0]
        assert inside.read(f"{path}/items")["version"] == 2
        assert outside.read(f"{path}/items")["version"] == 1
        assert outside.ask(f"{path}/items", version=2).status_code == 404
        assert ids(inside.read("plans", status="preparation")) == [world.plan.pk]
        assert ids(outside.read("plans", status="preparation")) == []
        assert ids(outside.read("plans", status="shared")) == [world.plan.pk]

    def test_a_municipality_has_its_local_plan_only(self):
        place = MunicipalityFactory()
        local = AssessmentFactory(local=True, municipality=place)
        AssessmentFactory(zone=place.zone, edition=local.edition)
        answer = Program(UserFactory(editor_of=place)).read("plans")
        assert ids(answer) == [local.version.plan_id]
        municipality = {"nis_code": place.nis_code, "name": place.name}
        assert answer["results"][0]["municipality"] == municipality
        assert answer["results"][0]["kind"] == "local"


class TestPlans:
    def test_one_plan(self):
        world = make_world(shared=True)
        assessment = world.assessment
        version = {
            "number": 1,
            "kind": "plan",
            "status": "shared",
            "shared_at": assessment.version.shared_at.isoformat(timespec="milliseconds").replace(
                "+00:00", "Z"
            ),
            "editions": ["test-edition"],
        }
        assert Program(world.lead).read(f"plans/{world.plan.pk}") == {
            "id": world.plan.pk,
            "zone": {
                "id": world.zone.pk,
                "code": None,
                "name": dict.fromkeys(("nl", "fr", "de", "en"), world.zone.name),
            },
            "municipality": None,
            "cycle": "2026-2031",
            "kind": "zonal",
            "language": "nl",
            "status": "shared",
            "latest": version,
            "versions": [version],
        }

    def test_found_by_cycle_zone_and_kind(self):
        place = MunicipalityFactory()
        zonal = AssessmentFactory(zone=place.zone)
        local = AssessmentFactory(local=True, municipality=place, edition=zonal.edition)
        old = AssessmentFactory(edition=zonal.edition, cycle__first_year=2020)
        program = Program(UserFactory(coordinator_of="country"))
        plan = {name: made.version.plan_id for name, made in (("z", zonal), ("l", local), ("o", old))}
        assert ids(program.read("plans")) == [plan["z"], plan["l"], plan["o"]]
        assert ids(program.read("plans", cycle="2020-2025")) == [plan["o"]]
        assert ids(program.read("plans", zone=place.zone.pk)) == [plan["z"], plan["l"]]
        assert ids(program.read("plans", kind="local")) == [plan["l"]]
        for name, value in {"cycle": "1990-1995", "zone": 2**53, "kind": "both", "status": "lost"}.items():
            answer = program.ask("plans", **{name: value})
            assert (answer.status_code, list(refused_in(answer))) == (422, [name])

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_costs_the_same(self, django_assert_num_queries, number):
        edition = EditionFactory(items=("P1",), published=True)
        for _ in range(number):
            AssessmentFactory(edition=edition, shared=True)
        program = Program(UserFactory(coordinator_of="country"))
        with django_assert_num_queries(EACH_REQUEST + 5):  # rights, count, plans, versions, assessments
            assert len(program.read("plans")["results"]) == number


class TestScores:
    @pytest.fixture
    def world(self):
        return make_world(shared=True)

    def scores(self, world, user):
        return Program(user).read(f"plans/{world.plan.pk}/items")

    def test_every_figure_is_that_of_the_check_page(self, world):
        for user in (world.lead, UserFactory(coordinator_of=world.zone)):
            answer = self.scores(world, user)
            check = check_of(world.assessment, reader_of(user, world.plan))
            rows = [row for row in check.rows if not row.is_hidden]
            assert answer["retained_priorities"] == check.retained_priorities
            assert [
                [item[name] for name in ("code", "choice", "state", "level", "digits", "objective", "reach")]
                for item in answer["items"]
            ] == [
                [row.item.code, row.choice, row.state, row.level, dict(row.digits), row.objective, row.reach]
                for row in rows
            ]
            assert [item["aspects"] for item in answer["items"]] == [list(row.aspects) for row in rows]

    def test_inside_the_zone_nothing_is_hidden(self, world):
        answer = self.scores(world, world.lead)
        assert [item["code"] for item in answer["items"]] == ALL
        assert (answer["edition"], answer["version"], answer["status"]) == ("test-edition", 1, "shared")
        assert item_of(answer, "A3")["motivation"] == {
            "reason": "capacity",
            "which": None,
            "line": "SECRET reason",
            "is_confidential": True,
            "is_hidden": False,
        }
        assert item_of(answer, "A4")["is_item_confidential"]
        assert "SECRET violence" in json.dumps(item_of(answer, "A2"))

    def test_without_clearance_words_are_hidden_and_a_hidden_item_is_not_there(self, world):
        answer = self.scores(world, UserFactory(coordinator_of=world.zone))
        assert SECRET not in json.dumps(answer)
        assert "A4" not in json.dumps(answer)
        assert [item["code"] for item in answer["items"]] == WITHOUT_HIDDEN
        pieces = item_of(answer, "A2")["evidence"]
        assert pieces
        assert {(piece["quote"], piece["is_hidden"], piece["is_confidential"]) for piece in pieces} == {
            (None, True, True)
        }
        assert item_of(answer, "A3")["motivation"] == {
            "reason": None,
            "which": None,
            "line": None,
            "is_confidential": True,
            "is_hidden": True,
        }
        assert "Lessons at school" in json.dumps(item_of(answer, "A1"))

    def test_clearance_opens_words_but_not_a_hidden_item(self, world):
        answer = self.scores(world, UserFactory(cleared_coordinator_of=world.zone))
        assert [item["code"] for item in answer["items"]] == WITHOUT_HIDDEN
        assert item_of(answer, "A3")["motivation"]["line"] == "SECRET reason"
        assert "SECRET visit" in json.dumps(item_of(answer, "A2"))
        assert "SECRET passage" not in json.dumps(answer)

    def test_what_review_made_of_an_item_stands_beside_what_was_derived(self, world):
        digits = dict.fromkeys("DGAIMC", 1)
        ItemScore.objects.filter(assessment=world.assessment, item__code="A1").update(
            reviewed_level=2, reviewed_digits=digits, reviewed_objective="1"
        )
        answer = self.scores(world, UserFactory(coordinator_of=world.zone))
        item, other = item_of(answer, "A1"), item_of(answer, "A2")
        assert (item["reviewed_level"], item["reviewed_digits"], item["reviewed_objective"]) == (
            2,
            digits,
            "1",
        )
        assert item["level"] == 4
        assert (other["reviewed_level"], other["reviewed_digits"], other["reviewed_objective"]) == (
            None,
            None,
            None,
        )

    def test_another_edition_and_an_older_version_are_asked_for(self, world):
        start_version(version=world.assessment.version, kind="yearly", reason="2027", by=world.lead)
        program, path = Program(world.lead), f"plans/{world.plan.pk}/items"
        assert program.read(path)["version"] == 2
        assert program.read(path, version=1, edition="test-edition")["version"] == 1
        assert program.ask(path, edition="another").status_code == 404
        assert program.ask(path, version=3).status_code == 404
        assert list(refused_in(program.ask(path, version=0))) == ["version"]

    @pytest.mark.parametrize("items", [("A1",), ("A1", "A2", "A3")])
    def test_it_costs_the_same_for_one_item_and_for_three(self, django_assert_num_queries, items):
        edition = EditionFactory(items=items, published=True)
        assessment = AssessmentFactory(edition=edition, shared=True)
        assert Assessment.objects.count() == 1
        program = Program(UserFactory(coordinator_of="country"))
        # rights, assessment, items, aspects, choices, scores, successor, reviewed
        with django_assert_num_queries(EACH_REQUEST + 8):
            answer = program.read(f"plans/{assessment.version.plan_id}/items")
        assert [item["code"] for item in answer["items"]] == list(items)
