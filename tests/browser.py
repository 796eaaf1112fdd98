"""Fixtures of the browser tests: a real server, the system's Chromium, and pages that tolerate no error.

    def test_something(page):               a page of a fresh browser profile, in Dutch
        page.goto("/")
        assert_accessible(page)

    def test_two_people(open_page):         several profiles; options of Playwright's contexts
        with_script, without = open_page(), open_page(java_script_enabled=False)

What lives here: surroundings. Not here: journeys (tests/e2e/). The server has a database of its own, with
the demonstration's data; tests of one run share it, so each makes what it changes.
"""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tasks.programs import CHROMIUM_HINT, find_chromium
from tests.kept_process import KeptProcess
from tests.resident import Resident

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
#: How long a page may take (milliseconds) where other runs share two cores; what is there is not waited for.
PATIENCE = 30_000
WCAG_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A refusal is an answer, and journeys ask for some; what a page loads for itself must be there.
_REFUSAL = re.compile(
    r"Failed to load resource: the server responded with a status of (401|403|404|409|422|429)"
)


@dataclass(slots=True)
class Site:
    """A running server: its address, and the variables for a `manage.py` that works on its database.

    `resident.run(code)` works on its database too, without starting Django for it.
    """

    url: str
    environment: dict[str, str] = field(repr=False)
    resident: Resident = field(init=False, repr=False)

    def manage(self, *arguments: str) -> str:
        """What a management command prints; fails the test when the command does."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}{done.stderr}"
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """The demonstration, served as in production: gunicorn, manifest storage, a file or server database."""
    with _served(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def own_site(tmp_path) -> Iterator[Site]:
    """The same for one test alone, which changes what every plan stands on: its pages: `open_own_page`."""
    with _served(tmp_path) as site:
        yield site


@contextmanager
def _served(data_dir: Path) -> Iterator[Site]:
    with _own_database() as database:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KIV_")},
            **database,
            "DJANGO_SETTINGS_MODULE": "kiv.settings",
            "KIV_DATA_DIR": str(data_dir),
            "KIV_DEMO": "1",
            "KIV_SECRET_KEY": secrets.token_urlsafe(60),
        }
        port = _free_port()
        site = Site(f"http://127.0.0.1:{port}", environment)
        site.manage("prepare")
        log = data_dir / "log"
        server = KeptProcess(
            [sys.executable, "-m", "gunicorn", "kiv.wsgi", f"--bind=127.0.0.1:{port}"]
            + ["--workers=2", "--threads=4", "--no-control-socket"],
            log=log,
            cwd=ROOT,
            env=environment,
        )
        site.resident = Resident(environment)
        try:
            _wait_for(f"{site.url}/health/", log)
            yield site
        finally:
            site.resident.stop()
            server.stop()
        assert "Traceback" not in log.read_text(), f"the server wrote errors:\n{log.read_text()}"


@contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    """On PostgreSQL a new database beside the tests' own; on SQLite the data directory is enough."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield {}
        return
    name = f"kiv_e2e_{secrets.token_hex(6)}"
    server, _, query = url.partition("?")
    server = server.rsplit("/", 1)[0]
    query = f"?{query}" if query else ""
    with psycopg.connect(f"{server}/postgres{query}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": f"{server}/{name}{query}"}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:  # not listening yet, or too busy to answer in time
            time.sleep(0.1)
    pytest.fail(f"the server does not answer at {url}:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if not path:
        pytest.skip(f"no Chromium found: {CHROMIUM_HINT}")
    # Playwright keeps an event loop in this thread, in which Django refuses database access otherwise.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        # A sandbox inside a container or as root is not to be had; only our own pages are opened.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_page(**options)`: a page in a profile of its own; errors in any of them fail the test."""
    with _opening(browser, site) as open_one:
        yield open_one


@pytest.fixture
def open_own_page(browser: Browser, own_site: Site) -> Iterator[Callable[..., Page]]:
    """The same on `own_site`."""
    with _opening(browser, own_site) as open_one:
        yield open_one


@contextmanager
def _opening(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    errors: list[str] = []
    contexts = []

    def open_one(**options) -> Page:
        context = browser.new_context(**{"base_url": site.url, "locale": "nl-BE", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note_console(message, errors))
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on(
            "response",
            lambda answer: errors.append(f"{answer.url}: {answer.status}") if answer.status >= 500 else None,
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def _note_console(message: ConsoleMessage, errors: list[str]) -> None:
    """Chromium reports scripts, missing files and refusals of the Content-Security-Policy alike."""
    address = message.location.get("url", "")
    if message.type not in {"error", "warning"}:
        return
    if _REFUSAL.match(message.text) and "/static/" not in address:
        return
    errors.append(f"{address}: {message.text}")


def assert_accessible(page: Page) -> None:
    """No breach of WCAG 2.2 A and AA that axe can see, in the page as it stands now."""
    breaches = breaches_of(page)
    assert not breaches, f"{page.url}\n  " + "\n  ".join(breaches)


def breaches_of(page: Page) -> list[str]:
    """What axe sees of breaches in the page as it stands now: rule, and the elements concerned."""
    # What is in order need not be listed: that would be most of the page, node by node.
    options = {"runOnly": {"type": "tag", "values": WCAG_TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['help']}\n    {_places(each)}" for each in found]


def _places(violation: dict) -> str:
    return "\n    ".join(node["html"][:200] for node in violation["nodes"])
