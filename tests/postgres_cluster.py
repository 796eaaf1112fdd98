"""A throw-away PostgreSQL cluster: made by `initdb`, reached by a Unix socket, gone with its session.

What lives here: `PostgresCluster`. Not here: finding the server's programs (tasks/programs.py), which
database a test run uses (tests/session.py). It never connects to a server that it did not start.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.kept_process import KeptProcess

START_SECONDS = 30
#: A server that may lose everything: nothing is written to disk for certain.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "max_connections": "50",
    "shared_buffers": "64MB",
}


class ClusterFailed(RuntimeError):
    """PostgreSQL's programs are there, but the cluster could not be made or started."""


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: then another user of this machine, else None (ourselves)."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


class PostgresCluster:
    """A running server in a directory of its own. `url(name)` is the address of one of its databases."""

    def __init__(self, binaries: Path) -> None:
        # /tmp: the path of a Unix socket has at most 107 characters, and the other user must get there.
        self.directory = Path(tempfile.mkdtemp(prefix="kiv-postgres-", dir="/tmp"))
        self._binaries = binaries
        self._identity: dict = {}
        if user := _unprivileged_user():
            account = pwd.getpwnam(user)
            os.chown(self.directory, account.pw_uid, account.pw_gid)
            self._identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self._environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
        }
        try:
            self._initialise()
            self._start()
        except BaseException:
            shutil.rmtree(self.directory, ignore_errors=True)
            raise

    def _initialise(self) -> None:
        made = subprocess.run(
            [
                self._binaries / "initdb",
                f"--pgdata={self.directory / 'data'}",
                "--username=kiv",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            env=self._environment,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            check=False,
            **self._identity,
        )
        if made.returncode:
            raise ClusterFailed(f"initdb: {made.stderr.strip() or made.stdout.strip()}")

    def _start(self) -> None:
        options = [part for name, value in SERVER_OPTIONS.items() for part in ("-c", f"{name}={value}")]
        log = self.directory / "log"
        self._server = KeptProcess(
            [self._binaries / "postgres", "-D", self.directory / "data", "-k", self.directory, *options],
            log=log,
            stop_with="INT",  # PostgreSQL's fast shutdown: it does not wait for connections
            remove=self.directory,
            env=self._environment,
            cwd=self.directory,
            **self._identity,
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    text = log.read_text(errors="replace")
                    self.stop()
                    raise ClusterFailed(f"postgres does not answer: {error}\n{text}") from None
            time.sleep(0.05)

    def url(self, name: str) -> str:
        return f"postgresql://kiv@{str(self.directory).replace('/', '%2F')}/{name}"

    def stop(self) -> None:
        """Stop the server and remove its files. Stopping twice is no mistake."""
        self._server.stop()
