"""The throw-away cluster: private while it is there, and gone whatever happens to its owner."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tasks.programs import POSTGRES_HINT, find_postgres
from tests.postgres_cluster import PostgresCluster

pytestmark = pytest.mark.postgres
OWNER = """
import time
from tasks.programs import find_postgres
from tests.postgres_cluster import PostgresCluster
print(PostgresCluster(find_postgres()).directory, flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _server_is_installed():
    if not find_postgres():
        pytest.skip(f"no PostgreSQL server found: {POSTGRES_HINT}")


def wait_until_gone(directory: Path, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while directory.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not directory.exists()


def test_cluster_answers_on_its_socket_only_and_leaves_nothing():
    cluster = PostgresCluster(find_postgres())
    try:
        with psycopg.connect(cluster.url("postgres")) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW data_directory").fetchone() == (str(cluster.directory / "data"),)
    finally:
        cluster.stop()
    assert not cluster.directory.exists()
    cluster.stop()


def test_cluster_ends_when_its_owner_is_killed():
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True) as owner:
        directory = Path(owner.stdout.readline().strip())
        assert (directory / "data").is_dir()
        os.kill(owner.pid, signal.SIGKILL)
    assert wait_until_gone(directory)
