"""Plans to carry over, laid once for each module."""

from copy import deepcopy

import pytest

from plans.models import Assessment
from tests.plans.carrying.succeeding import make_plan_to_carry
from tests.plans.services.versioning import share


@pytest.fixture(scope="module")
def plan_once(once_per_module) -> Assessment:
    return once_per_module(make_plan_to_carry)


@pytest.fixture
def plan_to_carry(plan_once) -> Assessment:
    """Says something of every old item but A1 and B1 (succeeding.CONTENT); in preparation."""
    return deepcopy(plan_once)


@pytest.fixture
def shared_to_carry(plan_to_carry) -> Assessment:
    """The same, shared."""
    return share(plan_to_carry)
