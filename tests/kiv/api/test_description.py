"""The description of the API: valid OpenAPI, complete, and the same on the page that people read."""

import re

import pytest
from django.urls import resolve, reverse
from openapi_spec_validator import OpenAPIV31SpecValidator

from kiv.api.application import api_description
from kiv.api.guide import guide_of
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.kiv.api.asking import Program

DESCRIPTION, GUIDE = "/api/v1/openapi.json", reverse("api:guide")
PATHS = [
    "/api/v1/editions",
    "/api/v1/editions/{code}",
    "/api/v1/zones",
    "/api/v1/zones/{zone_id}",
    "/api/v1/plans",
    "/api/v1/plans/{plan_id}",
    "/api/v1/plans/{plan_id}/items",
    "/api/v1/coverage",
]


def operations():
    return [operation for path in api_description()["paths"].values() for operation in path.values()]


def test_it_is_valid_openapi_3_1():
    description = api_description()
    assert description["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(description).iter_errors()] == []


def test_it_describes_every_operation():
    assert list(api_description()["paths"]) == PATHS
    for operation in operations():
        assert operation["description"]
        assert operation["security"] == [{"BearerToken": []}]
        assert {"200", "304", "401", "422", "429"} <= set(operation["responses"])
        assert operation["responses"]["200"]["headers"].keys() == {"ETag"}
    for operation in (each for each in operations() if "404" in each["responses"]):
        problem = operation["responses"]["404"]["content"]
        assert list(problem) == ["application/problem+json"]


def test_it_describes_every_field_and_parameter():
    schemas = api_description()["components"]["schemas"]
    fields = [
        (name, field)
        for name, schema in schemas.items()
        for field, value in schema.get("properties", {}).items()
        if not value.get("description")
    ]
    parameters = [
        (operation["operationId"], parameter["name"])
        for operation in operations()
        for parameter in operation["parameters"]
        if not parameter.get("description")
    ]
    nameless = [
        name for name, schema in schemas.items() if "enum" not in schema and not schema.get("description")
    ]
    assert (fields, parameters, nameless) == ([], [], [])


@pytest.mark.django_db
def test_programs_read_it_without_a_token(client):
    answer = client.get(DESCRIPTION)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == api_description()
    known = {"If-None-Match": answer["ETag"]}
    assert client.get(DESCRIPTION, headers=known).status_code == 304


@pytest.mark.django_db
def test_answers_have_the_fields_that_are_described():
    """django-ninja makes both of one class; what is sent is nevertheless looked at."""
    ZoneFactory(complete=True)
    answer = Program(UserFactory()).read("zones")
    schemas = api_description()["components"]["schemas"]
    assert list(answer) == list(schemas["ZonePage"]["properties"])
    assert list(answer["results"][0]) == list(schemas["ZoneLine"]["properties"])


def test_the_guide_leaves_nothing_out():
    guide, description = guide_of(api_description()), api_description()
    told = [operation for group in guide.groups.values() for operation in group]
    assert [operation.path for operation in told] == PATHS
    assert list(guide.groups) == ["Editions", "Zones", "Plans", "Coverage"]
    assert [[parameter.name for parameter in operation.parameters] for operation in told] == [
        [parameter["name"] for parameter in operation["parameters"]] for operation in operations()
    ]
    assert [outcome.status for outcome in guide.refusals] == ["304", "401", "404", "422", "429"]
    names = [answer.name for answer in guide.answers] + [closed.name for closed in guide.lists]
    assert set(names) == set(description["components"]["schemas"])


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.django_db
def test_people_read_it_in_a_page_whose_links_lead_somewhere(client, language):
    page = client.get(GUIDE, {"lang": language}).content.decode()
    assert f'<html lang="{language}">' in page
    for path in PATHS:
        assert f"GET {path}" in page
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets - set(re.findall(r'id="([^"]+)"', page)) == set()
    assert "ItemScoreAnswer" in targets


@pytest.mark.django_db
def test_the_examples_of_the_page_are_answered(client, in_english):
    """Every example is an address of this API with parameters that it has."""
    page = client.get(GUIDE).content.decode()
    examples = re.findall(r'"http://testserver(/api/v1/[^"]*)"', page)
    assert len(examples) == len(PATHS)
    program = Program(UserFactory(coordinator_of="country"))
    for example in examples:
        answer = program.get(example.replace("&amp;", "&"))
        # An empty site has none of what the examples name; but it knows the address and the parameters.
        wrong = [each["detail"] for each in answer.json().get("errors", ())]
        assert answer.status_code in (200, 404, 422)
        assert resolve(example.partition("?")[0]).url_name != "not_there"
        assert "There is no such parameter here." not in wrong
