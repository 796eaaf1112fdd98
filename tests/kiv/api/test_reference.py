"""Editions and zones: reference data, in four languages."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.kiv.api.asking import EACH_REQUEST, Program
from tests.plans.world import make_edition

pytestmark = pytest.mark.django_db


def text(**texts):
    return {language: texts.get(language) for language in ("nl", "fr", "de", "en")}


def codes(page):
    return [each["code"] for each in page["results"]]


class TestEditions:
    def test_a_draft_exists_for_framework_administrators_only(self):
        EditionFactory(code="in-preparation", first_year=2030, last_year=2033)
        EditionFactory(code="in-force", published=True)
        admin, other = UserFactory(is_framework_administrator=True), UserFactory(lead_of=ZoneFactory())
        program = Program(admin)
        assert codes(program.read("editions")) == ["in-preparation", "in-force"]
        assert program.ask("editions/in-preparation").status_code == 200
        program = Program(other)
        assert codes(program.read("editions")) == ["in-force"]
        assert program.ask("editions/in-preparation").status_code == 404

    def test_an_edition_with_everything_in_it(self):
        edition = make_edition("first")
        answer = Program(UserFactory()).read("editions/first")
        assert (answer["code"], answer["framework"]) == ("first", edition.framework.code)
        assert (answer["status"], answer["predecessor"]) == ("published", None)
        assert [item["code"] for item in answer["items"]] == ["A1", "A2", "A3", "A4", "B1", "B2"]
        assert [item["kind"] for item in answer["items"]] == ["priority"] * 4 + ["theme"] * 2
        item = edition.items.get(code="A1")
        assert answer["items"][0]["title"] == text(**item.title)
        assert [aspect["code"] for aspect in answer["items"][0]["aspects"]] == ["supply", "demand"]
        assert [criterion["code"] for criterion in answer["criteria"]] == [
            criterion.code for criterion in edition.criteria.all()
        ]

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_costs_the_same(self, django_assert_num_queries, number):
        for _ in range(number):
            EditionFactory(published=True, items=("A1",))
        program = Program(UserFactory())
        with django_assert_num_queries(EACH_REQUEST + 3):  # rights, count, editions
            assert len(program.read("editions")["results"]) == number


class TestZones:
    def test_found_by_province_district_and_words(self):
        east, halle = ProvinceFactory(), DistrictFactory()
        ZoneFactory(name="PZ Aa", province=east)
        ZoneFactory(name="PZ Bb", district=halle)
        MunicipalityFactory(name="Dorpegem", zone=ZoneFactory(name="PZ Cc"))
        program = Program(UserFactory())

        def names(**query):
            return [zone["name"]["nl"] for zone in program.read("zones", **query)["results"]]

        assert names() == ["PZ Aa", "PZ Bb", "PZ Cc"]
        assert names(province=east.code) == ["PZ Aa"]
        assert names(district=halle.code) == ["PZ Bb"]
        assert names(words="dorpegem") == ["PZ Cc"]
        assert names(words="dorpegem", province=east.code) == []

    def test_a_zone_with_where_it_came_from(self):
        province = ProvinceFactory(name={"nl": "Luik", "fr": "Liège"})
        old = ZoneFactory(name="PZ Oud", code="5300")
        zone = ZoneFactory(
            name="ZP Neuve", names={"nl": "PZ Nieuw"}, province=province, languages=["fr"], predecessors=[old]
        )
        place = MunicipalityFactory(zone=zone)
        before = {"id": old.pk, "code": "5300", "name": dict.fromkeys(("nl", "fr", "de", "en"), "PZ Oud")}
        program = Program(UserFactory())
        assert program.read(f"zones/{zone.pk}") == {
            "id": zone.pk,
            "code": None,
            "name": {"nl": "PZ Nieuw", "fr": "ZP Neuve", "de": "ZP Neuve", "en": "ZP Neuve"},
            "province": {"code": province.code, "name": text(nl="Luik", fr="Liège")},
            "district": None,
            "languages": ["fr"],
            "is_discontinued": False,
            "municipalities": [{"nis_code": place.nis_code, "name": place.name}],
            "predecessors": [before],
            "successors": [],
        }
        assert [each["id"] for each in program.read(f"zones/{old.pk}")["successors"]] == [zone.pk]
        assert program.read("zones")["total"] == 1
        both = program.read("zones", discontinued="true")
        assert [(each["id"], each["is_discontinued"]) for each in both["results"]] == [
            (zone.pk, False),
            (old.pk, True),
        ]

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_costs_the_same(self, django_assert_num_queries, number):
        for _ in range(number):
            MunicipalityFactory(zone=ZoneFactory(complete=True))
        program = Program(UserFactory())
        with django_assert_num_queries(EACH_REQUEST + 3):  # count, zones, municipalities
            assert len(program.read("zones")["results"]) == number
