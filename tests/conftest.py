"""Fixtures that every test may use.

Objects come from tests/factories/, the surroundings of a run from tests/session.py.
"""

import gc
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
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


@pytest.fixture(scope="module")
def once_per_module(django_db_setup, django_db_blocker) -> Iterator[Callable]:
    """`once_per_module(make)`: what `make()` returns, and stores for as long as the module's tests run.

    For what is dear to make and the same for every test of a module. Each test works in a savepoint and
    leaves the rows as they were; what it gets in its hands must be a copy (`copy.deepcopy`), since objects
    remember. Not for a module with transactional tests, nor with tests that expect an empty database. A test
    names it among its arguments: `getfixturevalue` would make it inside that test's savepoint.
    """
    made = transaction.atomic()
    made._from_testcase = True  # as Django marks its own: to `durable` blocks it is not there
    with django_db_blocker.unblock():
        made.__enter__()

    def make(work: Callable):
        with django_db_blocker.unblock():
            return work()

    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        made.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def _flush_in_spite_of_triggers():
    with allow_flush():
        yield


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
