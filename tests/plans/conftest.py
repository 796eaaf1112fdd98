"""Fixtures for the tests of plans: some of them are about plans with documents."""

from tests.plans.documents.conftest import read_inline

__all__ = ["read_inline"]
