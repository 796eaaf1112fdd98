"""Fixtures for the tests of plans: some of them are about plans with documents."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from plans import extraction
from plans.extraction.inline import extract_inline
from plans.models import Assessment
from tests.plans.documents.conftest import read_inline
from tests.plans.services.versioning import make_full_plan, share

__all__ = ["read_inline"]


@pytest.fixture(scope="module")
def read_once_per_module(once_per_module) -> Callable:
    """`once_per_module`, with files read in this process."""

    def make(work: Callable):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(extraction, "extract", extract_inline)
            return once_per_module(work)

    return make


@pytest.fixture(scope="module")
def full_plan_once(read_once_per_module) -> Assessment:
    return read_once_per_module(make_full_plan)


@pytest.fixture
def full_plan(full_plan_once) -> Assessment:
    """A plan with something of everything, in preparation (services/versioning.py)."""
    return deepcopy(full_plan_once)


@pytest.fixture
def shared_full_plan(full_plan) -> Assessment:
    """The same, shared."""
    return share(full_plan)
