"""Who reads lists of the whole country, and the edition that the plans of an area are checked against."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory


@pytest.fixture
def edition():
    return EditionFactory(items=("P1", "P2", "P3"), themes=("T1", "T2"), published=True)


@pytest.fixture
def everywhere():
    return UserFactory(coordinator_of="country")


@pytest.fixture
def cleared():
    return UserFactory(cleared_coordinator_of="country")
