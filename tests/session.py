"""A pytest plugin: the surroundings of one test run, settled before Django reads its settings.

    --database=sqlite       (default) an in-memory database
    --database=postgresql   TEST_DATABASE_URL, else a throw-away cluster of our own
    --part=1-3/4            of the tests that find the same beside each database only these parts; all others

What lives here: database, data directory, environment, what may be skipped. Not here: fixtures
(tests/conftest.py). Whatever the shell says of KIV_* or DATABASE_URL does not reach a test.
"""

import argparse
import json
import os
import re
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest

from tasks.programs import POSTGRES_HINT, find_postgres
from tests.postgres_cluster import PostgresCluster

#: Variables that are about the run, not about the application.
KEPT = {"KIV_NO_SKIPS", "KIV_CHROMIUM"}
RUN = pytest.StashKey["Run"]()
SKIPPED = pytest.StashKey[list]()
#: Without one of these (or its mark) pytest-django refuses a test any database.
USING_DATABASE = {"db", "transactional_db", "django_db_setup"}
MARKED_FOR_DATABASE = ("django_db", "postgres", "sqlite", "each_database")


class Part(NamedTuple):
    """Of `count` equal parts those from `first` to `last`, counted from 1."""

    first: int
    last: int
    count: int


class Run:
    """What this run made for itself, to be taken away at its end."""

    def __init__(self) -> None:
        self.cluster: PostgresCluster | None = None
        self.data_dir = Path(tempfile.mkdtemp(prefix="kiv-tests-"))
        # WhiteNoise warns about a missing directory, and warnings are errors.
        (self.data_dir / "static").mkdir()

    def end(self) -> None:
        if self.cluster:
            self.cluster.stop()
        shutil.rmtree(self.data_dir, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.addoption(
        "--part", metavar="N/M", type=read_part, default=Part(1, 1, 1), help="see tests/session.py"
    )
    parser.addoption("--tally", metavar="FILE", help="write the number of tests by outcome, as JSON")


def read_part(text: str) -> Part:
    """ "1/2" → the first half, "1-3/4" → all but the last quarter"""
    found = re.fullmatch(r"(\d+)(?:-(\d+))?/(\d+)", text, re.ASCII)
    part = Part(int(found[1]), int(found[2] or found[1]), int(found[3])) if found else None
    if part is None or not 1 <= part.first <= part.last <= part.count:
        raise argparse.ArgumentTypeError(f"a part is given as 1/2 or 1-3/4, not as {text}")
    return part


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]):
    """Runs around pytest-django's own, which imports the settings."""
    options = parser.parse_known_args(args)
    for name in [name for name in os.environ if name.startswith("KIV_") and name not in KEPT]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    run = early_config.stash[RUN] = Run()
    early_config.add_cleanup(run.end)
    os.environ["KIV_DATA_DIR"] = str(run.data_dir)
    if options.database == "postgresql":
        os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or _start_cluster(run)
    return (yield)


def _start_cluster(run: Run) -> str:
    binaries = find_postgres()
    if binaries is None:
        raise pytest.UsageError(f"no PostgreSQL server found: {POSTGRES_HINT}")
    run.cluster = PostgresCluster(binaries)
    return run.cluster.url("kiv")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SKIPPED] = []
    config.pluginmanager.register(SkipWatch(config), "kiv-skip-watch")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sorts out what this run is for. A test of one database belongs to that database's run only."""
    other = "sqlite" if config.getoption("database") == "postgresql" else "postgres"
    part = config.getoption("part")
    away = [item for item in items if item.get_closest_marker(other) or not is_in_part(item, part)]
    if away:
        config.hook.pytest_deselected(items=away)
    in_browser = [item for item in items if {"site", "own_site"} & set(getattr(item, "fixturenames", ()))]
    for item in in_browser:
        item.add_marker("e2e")
    # The browser's event loop stays in this thread once it is there: the other tests go first.
    items[:] = [item for item in items if item not in {*away, *in_browser}]
    items += [item for item in in_browser if item not in away]


def is_in_part(item: pytest.Item, part: Part) -> bool:
    """Whether this test is for a run of this part: a test that uses a database is for every part.

    The others find the same on every database: they use none, or are about what a browser makes of answers
    that other tests hold alike. Journeys on which rows must hold say so (`each_database`). The parameters of
    a test stay together.
    """
    if any(item.get_closest_marker(mark) for mark in MARKED_FOR_DATABASE):
        return True
    if not USING_DATABASE.isdisjoint(getattr(item, "fixturenames", ())):
        return True
    number = zlib.crc32(item.nodeid.partition("[")[0].encode()) % part.count + 1
    return part.first <= number <= part.last


class SkipWatch:
    """With KIV_NO_SKIPS=1 a skipped test makes the run fail: nothing goes untested unseen."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.is_strict = os.environ.get("KIV_NO_SKIPS") == "1"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.config.stash[SKIPPED].append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.is_strict and self.config.stash[SKIPPED] and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter) -> None:
        if path := self.config.getoption("tally"):
            counts = {name or "quiet": len(reports) for name, reports in terminalreporter.stats.items()}
            Path(path).write_text(json.dumps(counts))
        if self.is_strict and self.config.stash[SKIPPED]:
            terminalreporter.write_line("KIV_NO_SKIPS=1: a skipped test is an error here", red=True)
