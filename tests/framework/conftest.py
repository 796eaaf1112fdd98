"""Fixtures of the tests of editions."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    """What a service says, in English, whatever the catalogues hold."""
    with translation.override("en"):
        yield
