"""Where a person starts, and whether the site is well."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory

pytestmark = pytest.mark.django_db
START = reverse("start")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: UserFactory(coordinator_of="country"), "/coverage/"),
        (lambda: UserFactory(is_framework_administrator=True), "/editions/"),
        (lambda: UserFactory(is_system_administrator=True), "/zones/"),
        (lambda: UserFactory(), "/people/me/"),
    ],
)
def test_the_first_page_by_role(client_of, make, expected):
    assert client_of(make()).get(START).url == expected


def test_a_member_of_a_zone_starts_with_the_plans(client_of):
    user = UserFactory(reader_of=ZoneFactory(), is_framework_administrator=True)
    assert client_of(user).get(START).url.startswith("/plans/")


def test_a_visitor_signs_in_first(client):
    assert client.get(START).url == f"/login/?next={START}"


def test_health(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": True})
    assert "no-store" in response["Cache-Control"]


def test_health_without_a_database(client):
    def refuse(*args, **kwargs):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/health/")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "database": False})


def test_health_answers_a_head_and_no_post(client):
    assert client.head("/health/").status_code == 200
    assert client.post("/health/").status_code == 405
