"""Fixtures for the tests around documents."""

import pytest

from plans import extraction
from plans.extraction.inline import extract_inline


@pytest.fixture
def read_inline(monkeypatch) -> None:
    """Files are read in this process: for tests about what becomes of the passages, not about reading."""
    monkeypatch.setattr(extraction, "extract", extract_inline)
