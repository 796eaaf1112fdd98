"""Four zones that stand differently, and a coordinator of the whole country."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.territory import DistrictFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import in_english, make_edition
from tests.plans.coverage.scatter import lay_plan, lay_scores, lay_version


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def national():
    return UserFactory(coordinator_of="country")


@pytest.fixture
def zones(edition):
    """Alfa open on P2, Beta elaborated and reviewed, Gamma starting, Delta without a plan."""
    noord, zuid = ProvinceFactory(code="noord", name={"nl": "Noord"}), ProvinceFactory(code="zuid")
    kust = DistrictFactory(code="kust", name={"nl": "Kust"})
    zones = {
        "Alfa": ZoneFactory(name="PZ Alfa", code="5399", province=noord, district=kust),
        "Beta": ZoneFactory(name="PZ Beta", code="5300", province=noord),
        "Gamma": ZoneFactory(name="PZ Gamma", province=zuid),
        "Delta": ZoneFactory(name="PZ Delta"),
    }
    lay_scores(lay_version(lay_plan(zones["Alfa"])), edition, P1=("motivated", 0), T1=("regular", 1))
    beta = lay_plan(zones["Beta"])
    lay_version(beta, "reviewed")
    lay_scores(lay_version(beta, "reviewed"), edition, P1=("elaborated", 2, 3), P2=("elaborated", 4, 2))
    lay_scores(lay_version(lay_plan(zones["Gamma"]), "preparation"), edition, P1=("elaborated", 4))
    return zones


def shown(response) -> list[str]:
    """The zones down the table, in order."""
    return [row.zone.name[3:] for group in response.context["groups"] for row in group["rows"]]
