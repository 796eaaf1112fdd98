"""Fixtures for the tests of plans: some of them are about plans with documents."""

from collections.abc import Callable

import pytest

from plans import extraction
from plans.extraction.inline import extract_inline
from tests.plans.documents.conftest import read_inline

__all__ = ["read_inline"]


@pytest.fixture(scope="module")
def read_once_per_module(once_per_module) -> Callable:
    """`once_per_module`, with files read in this process."""

    def make(work: Callable):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(extraction, "extract", extract_inline)
            return once_per_module(work)

    return make
