"""The test client of the house: Django's, which in addition refuses what no page of ours may do.

A GET never writes to the database. An HTML answer has no inline script or style, no undefined template
variable, no broken markup (tests/markup.py) and a policy that forbids what is not ours.
"""

import re
import traceback
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from tests.markup import find_faults

ROOT = Path(__file__).resolve().parent.parent
READING = {"GET", "HEAD", "OPTIONS"}
WRITE = re.compile(
    r"^\s*(?:EXPLAIN\s+)?(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY)\b"
    r"|^\s*WITH\b.*\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s",
    re.IGNORECASE | re.DOTALL,
)


def is_write(sql: str) -> bool:
    """Whether a statement changes data or tables."""
    return bool(WRITE.search(sql))


class StrictClient(Client):
    """Raises AssertionError, with the reason, on an answer that breaks a rule of the house."""

    #: A table that reading may write to all the same, for a client of which the requests are counted.
    counted_in = ""

    def force_login(self, user, backend: str | None = None) -> None:
        """The session of somebody who signed in, and nothing besides: when they did is not noted."""
        session = SessionStore()
        session[SESSION_KEY] = user._meta.pk.value_to_string(user)
        session[BACKEND_SESSION_KEY] = backend or settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    def request(self, **request) -> HttpResponse:
        method, path = request["REQUEST_METHOD"], request["PATH_INFO"]
        writes: list[str] = []
        with ExitStack() as stack:
            if method in READING:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(_WriteWatch(writes, self.counted_in)))
            response = super().request(**request)
            if response.streaming and method in READING:
                response.streaming_content = list(response.streaming_content)
        assert not writes, f"{method} {path} writes to the database:\n" + "\n".join(writes)
        faults = _faults_of(response)
        assert not faults, f"{method} {path} ({response.status_code}):\n  " + "\n  ".join(faults)
        return response


class _WriteWatch:
    """Notes every statement that changes data, with the line of ours that caused it."""

    def __init__(self, writes: list[str], counted_in: str = "") -> None:
        self.writes = writes
        self.counted = re.compile(
            rf'^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"{counted_in}"', re.IGNORECASE
        )

    def __call__(self, execute, sql, params, many, context):
        if is_write(str(sql)) and not self.counted.match(str(sql)):
            self.writes.append(f"  {_own_line()}: {str(sql)[:200]}")
        return execute(sql, params, many, context)


def _own_line() -> str:
    own = [
        frame
        for frame in traceback.extract_stack()
        if Path(frame.filename).is_relative_to(ROOT)
        and not Path(frame.filename).is_relative_to(ROOT / "tests")
        and ".venv" not in frame.filename
    ]
    return f"{Path(own[-1].filename).relative_to(ROOT)}:{own[-1].lineno}" if own else "a library"


def _faults_of(response: HttpResponse) -> list[str]:
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    if response.streaming:
        pieces = list(response.streaming_content)
        response.streaming_content = pieces
        content = b"".join(pieces)
    else:
        content = response.content
    if not content:
        return []
    faults = find_faults(content.decode(response.charset))
    policy = response.headers.get("Content-Security-Policy", "")
    if not policy:
        faults.append("no Content-Security-Policy")
    if "unsafe" in policy:
        faults.append(f"a lenient Content-Security-Policy: {policy}")
    return faults
