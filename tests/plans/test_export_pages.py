"""Giving plan files out: the whole plan for insiders, nothing for anybody else."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_edition, make_plan, share
from tests.plans.filing import PLAN, export_address, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory(name="PZ Ünder/..", code="5345"))


@pytest.fixture
def assessment(people):
    return make_plan(people.zone, edition=make_edition(code="test-edition"))


@pytest.fixture
def editor(client_of, people):
    return client_of(people.editor)


@pytest.mark.parametrize("role", Cast.INSIDE)
def test_insiders_get_the_whole_plan(client_of, editor, people, assessment, role):
    send(editor, assessment, PLAN)
    response = client_of(people[role]).get(export_address(assessment))
    assert response["Content-Type"] == "application/yaml; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="kiv-plan-5345-pz-under-2026-2031.yaml"'
    assert "no-store" in response["Cache-Control"]
    assert "SECRET violence" in response.content.decode()


@pytest.mark.parametrize("role", [*Cast.READING_SHARED, *Cast.OUTSIDE])
@pytest.mark.parametrize("is_shared", [False, True])
def test_outsiders_get_no_file(client_of, editor, people, assessment, role, is_shared):
    send(editor, assessment, PLAN)
    if is_shared:
        share(assessment)
    response = client_of(people[role]).get(export_address(assessment))
    assert response.status_code == 404
    assert b"SECRET" not in response.content


def test_members_of_a_municipality_get_their_local_plan_only(client_of, people, assessment):
    municipality = MunicipalityFactory(zone=people.zone, name="Dorp")
    local = make_plan(people.zone, municipality=municipality, edition=assessment.edition)
    client = client_of(UserFactory(reader_of=municipality))
    assert client.get(export_address(assessment)).status_code == 404
    assert "kiv-plan-dorp-2026-2031" in client.get(export_address(local))["Content-Disposition"]


def test_unknown_format_does_not_exist(editor, assessment):
    assert editor.get(export_address(assessment, "exe")).status_code == 404
