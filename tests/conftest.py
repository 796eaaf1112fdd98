"""Fixtures that every test may use.

Objects come from tests/factories/, the surroundings of a run from tests/session.py.
"""

import uuid
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from tests.flushing import allow_flush
from tests.strict import StrictClient

# Two cores, shared: examples take the time they take, and each run looks at other ones.
settings.register_profile(
    "kiv",
    deadline=None,
    derandomize=False,
    max_examples=50,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("kiv"), max_examples=1000)
settings.load_profile("kiv")

pytest_plugins = ["tests.browser"]


@pytest.fixture
def client() -> StrictClient:
    """A visitor who is not logged in."""
    return StrictClient()


@pytest.fixture
def client_of() -> Callable[..., StrictClient]:
    """`client_of(user)`: a strict client in which that user is logged in."""

    def make_client(user, **headers: str) -> StrictClient:
        client = StrictClient(headers=headers or None)
        client.force_login(user)
        return client

    return make_client


@pytest.fixture
def in_english(settings) -> None:
    """Pages in English without asking: for tests that read sentences, whatever the catalogues say."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """On PostgreSQL: a database of a name that nobody has, so that no existing one is ever replaced."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = f"test_kiv_{uuid.uuid4().hex[:12]}"


@pytest.fixture(autouse=True)
def _own_document_store(settings, tmp_path_factory) -> None:
    """Uploaded files of a run lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "documents"


@pytest.fixture(scope="session", autouse=True)
def _flush_in_spite_of_triggers():
    with allow_flush():
        yield
