"""The plan that most tests of reviews are about, laid once for each module."""

from copy import deepcopy

import pytest

from tests.plans.review.reading import Reviewed


@pytest.fixture(scope="module")
def plan_once(once_per_module) -> Reviewed:
    return once_per_module(Reviewed)


@pytest.fixture
def plan(plan_once) -> Reviewed:
    """A shared plan; the people around it are made when a test first asks for them."""
    return deepcopy(plan_once)
