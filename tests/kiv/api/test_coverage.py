"""Coverage over the API: the numbers of the report, for coordinators, and nothing that is hidden."""

import json

import pytest

from plans.models import Cycle, ItemScore
from plans.reports.coverage import coverage_of
from plans.selectors.coverage import Scope
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory, CycleFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.kiv.api.asking import EACH_REQUEST, Program, refused_in
from tests.plans.cast import Cast
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db
ASKED = {"cycle": "2026-2031", "edition": "test-edition"}


def zones_of(answer):
    return [row["zone"]["id"] for row in answer["results"]]


@pytest.fixture
def area():
    """In one province a reviewed plan, a shared one, one in preparation and a zone without; one elsewhere."""
    province = ProvinceFactory()
    worlds = [
        make_world(shared=number < 2, name=f"PZ {number}", province=province, district=DistrictFactory())
        for number in range(3)
    ]
    ZoneFactory(name="PZ 3", province=province)
    make_world(shared=True, name="PZ Elders", province=ProvinceFactory())
    version = worlds[0].assessment.version
    version.status = "reviewed"
    version.save()
    digits = dict.fromkeys("DGAIMC", 1)
    ItemScore.objects.filter(assessment=worlds[0].assessment, item__code="A1").update(
        reviewed_level=2, reviewed_digits=digits
    )
    return province, worlds


def test_every_number_is_that_of_the_report(area):
    province, worlds = area
    user = UserFactory(coordinator_of=province)
    answer = Program(user).read("coverage", **ASKED)
    scope = Scope(Cycle.objects.get(name="2026-2031"), worlds[0].edition)
    report = coverage_of(user, scope)
    assert answer["standings"] == {standing.value: number for standing, number in report.standings.items()}
    assert answer["standings"] == {"no_plan": 1, "preparation": 1, "shared": 1, "reviewed": 1}
    for item, column in zip(answer["items"], report.columns, strict=True):
        assert (item["code"], item["shown"]) == (column.item.code, column.shown)
        assert item["states"] == dict(column.states)
        for name, counts in (
            ("levels", column.levels),
            ("reviewed_levels", column.reviewed),
            ("shifts", column.shifts),
        ):
            assert item[name] == {str(number): count for number, count in counts.items()}
    assert answer["items"][0]["shifts"] == {"-2": 1}
    assert answer["total"] == len(report.rows)
    codes = [item.code for item in report.items]
    for row, expected in zip(answer["results"], report.rows, strict=True):
        assert (row["zone"]["id"], row["plan"], row["standing"], row["version"]) == (
            expected.zone.pk,
            expected.plan_id,
            expected.standing,
            expected.version,
        )
        assert [
            (cell["code"], cell["state"], cell["level"], cell["choice"], cell["reviewed_level"])
            for cell in row["items"]
        ] == [
            (code, cell.state, cell.level, cell.choice, cell.reviewed)
            for code, cell in zip(codes, expected.cells or [None] * len(codes), strict=True)
            if cell
        ]


def test_a_hidden_item_is_in_no_count_and_a_plan_in_preparation_has_no_items(area):
    province, worlds = area
    answer = Program(UserFactory(cleared_coordinator_of=province)).read("coverage", **ASKED)
    hidden = next(item for item in answer["items"] if item["code"] == "A4")
    assert (hidden["shown"], sum(hidden["states"].values()), sum(hidden["levels"].values())) == (0, 0, 0)
    assert [len(row["items"]) for row in answer["results"]] == [5, 5, 0, 0]
    assert "A4" not in json.dumps(answer["results"])
    assert "SECRET" not in json.dumps(answer)


def test_counts_are_of_the_area_whatever_the_page(area):
    province, _worlds = area
    program = Program(UserFactory(coordinator_of=province))
    whole = program.read("coverage", **ASKED)
    page = program.read("coverage", **ASKED, limit=1, offset=1)
    assert zones_of(page) == zones_of(whole)[1:2]
    assert (page["items"], page["standings"], page["total"]) == (whole["items"], whole["standings"], 4)
    assert zones_of(program.get(page["next"]).json()) == zones_of(whole)[2:3]


def test_narrowed_by_basis_district_and_words(area):
    province, worlds = area
    program = Program(UserFactory(coordinator_of="country"))
    assert len(program.read("coverage", **ASKED)["results"]) == 5
    assert len(program.read("coverage", **ASKED, province=province.code)["results"]) == 4
    district = worlds[1].zone.district.code
    assert zones_of(program.read("coverage", **ASKED, district=district)) == [worlds[1].zone.pk]
    assert zones_of(program.read("coverage", **ASKED, words="PZ 2")) == [worlds[2].zone.pk]
    reviewed = program.read("coverage", **ASKED, basis="reviewed", province=province.code)
    assert [len(row["items"]) for row in reviewed["results"]] == [5, 0, 0, 0]


def test_local_plans_are_asked_for():
    place = MunicipalityFactory()
    local = AssessmentFactory(local=True, municipality=place, shared=True)
    asked = {"cycle": "2026-2031", "edition": local.edition.code, "kind": "local"}
    answer = Program(UserFactory(coordinator_of=place.zone)).read("coverage", **asked)
    assert [row["municipality"]["nis_code"] for row in answer["results"]] == [place.nis_code]


@pytest.mark.parametrize("who", [*Cast.INSIDE, "stranger_lead", *Cast.ADMINISTRATORS, "nobody"])
def test_for_all_but_coordinators_it_does_not_exist(who):
    world = make_world(shared=True)
    assert Program(Cast(world.zone)[who]).ask("coverage", **ASKED).status_code == 404


def test_another_area_is_not_told(area):
    _province, worlds = area
    program = Program(UserFactory(cleared_coordinator_of=ZoneFactory(name="PZ Vreemd")))
    answer = program.read("coverage", **ASKED)
    assert [row["zone"]["name"]["nl"] for row in answer["results"]] == ["PZ Vreemd"]
    assert answer["standings"] == {"no_plan": 1, "preparation": 0, "shared": 0, "reviewed": 0}


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"cycle": "1990-1995"}, "cycle"),
        ({"cycle": ""}, "cycle"),
        ({"edition": "draft"}, "edition"),
        ({"edition": "none"}, "edition"),
        ({"basis": "latest"}, "basis"),
        ({"kind": "all"}, "kind"),
        ({"province": "none"}, "province"),
        ({"district": "none"}, "district"),
    ],
)
def test_what_there_is_not_is_named(changes, name):
    EditionFactory(code="draft")
    world = make_world()
    program = Program(UserFactory(coordinator_of=world.zone))
    answer = program.ask("coverage", **{**ASKED, **changes})
    assert (answer.status_code, list(refused_in(answer))) == (422, [name])


def test_cycle_and_edition_must_be_given():
    answer = Program(UserFactory(coordinator_of="country")).ask("coverage")
    assert (answer.status_code, sorted(refused_in(answer))) == (422, ["cycle", "edition"])


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_plan_and_for_three(django_assert_num_queries, number):
    CycleFactory()
    for _ in range(number):
        world = make_world(shared=True)
    program = Program(UserFactory(coordinator_of="country"))
    assert world.edition.code == "test-edition"
    with django_assert_num_queries(EACH_REQUEST + 6):  # rights, cycle, edition; items, rows, cells
        assert len(program.read("coverage", **ASKED)["results"]) == number
