"""The counters of requests lie in the shared cache: each test begins with none."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()
