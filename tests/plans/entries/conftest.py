"""A plan of a zone, its people, and an editor who is signed in."""

from copy import deepcopy

import pytest

from tests.factories.framework import AspectFactory, EditionFactory, publish
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, make_plan


@pytest.fixture(scope="module")
def laid_once(once_per_module):
    """A zone and its people, an edition, and a plan of the zone without content."""

    def lay():
        people, edition = Cast(ZoneFactory()), make_edition()
        return people, edition, make_plan(people.zone, edition=edition)

    return once_per_module(lay)


@pytest.fixture
def laid(laid_once):
    return deepcopy(laid_once)


def make_edition():
    """Priorities P1 (with two aspects) and P2, and a theme T1."""
    edition = EditionFactory(code="test", items=("P1", "P2"), themes=("T1",))
    for code in ("demand", "supply"):
        AspectFactory(item=edition.items.get(code="P1"), code=code)
    publish(edition)
    return edition


@pytest.fixture
def people(laid):
    return laid[0]


@pytest.fixture
def edition(laid):
    """Priorities P1 (with two aspects) and P2, and a theme T1."""
    return laid[1]


@pytest.fixture
def assessment(laid):
    return laid[2]


@pytest.fixture
def reading_as(client_of, people):
    """`reading_as("coordinator")`: that person's client, in English."""

    def sign_in(name: str):
        client = client_of(people[name])
        client.cookies["kiv_language"] = "en"
        return client

    return sign_in


@pytest.fixture
def editing(reading_as):
    return reading_as("editor")
