"""Fixtures for the stories: documents are read in the process that is killed."""

from tests.plans.documents.conftest import read_inline

__all__ = ["read_inline"]
