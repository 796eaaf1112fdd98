"""Documents are read in this process, as in the tests of documents."""

from tests.plans.documents.conftest import *  # noqa: F403
