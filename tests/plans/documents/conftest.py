"""Fixtures for the tests around documents."""

from copy import deepcopy

import pytest

from plans import extraction
from plans.extraction.inline import extract_inline
from plans.models import Assessment
from tests.plans.documents.acting import make_read_plan
from tests.plans.papers import EMPTY, store_lexicon
from tests.plans.world import World, make_world


@pytest.fixture
def read_inline(monkeypatch) -> None:
    """Files are read in this process: for tests about what becomes of the passages, not about reading."""
    monkeypatch.setattr(extraction, "extract", extract_inline)


@pytest.fixture(scope="module")
def world_without_documents(once_per_module) -> World:
    def make():
        world = make_world(EMPTY)
        store_lexicon(world.edition)
        return world

    return once_per_module(make)


@pytest.fixture
def world(world_without_documents) -> World:
    """A plan without content, and a lexicon for its edition."""
    return deepcopy(world_without_documents)


@pytest.fixture(scope="module")
def read_plan_once(read_once_per_module) -> Assessment:
    return read_once_per_module(make_read_plan)


@pytest.fixture
def assessment(read_plan_once) -> Assessment:
    """A plan with a document that was read, and one passage of it accepted (acting.make_read_plan)."""
    return deepcopy(read_plan_once)
