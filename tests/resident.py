"""A process that stays on a site's database and does there what tests ask: Django starts once for all of it.

What lives here: both ends of it. Not here: what is asked (tests/e2e/), the site (tests/browser.py). The two
ends exchange lines of JSON: a piece of Python one way, its traceback or "" the other.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Resident:
    """The tests' end. The process ends with its standard input: with `stop`, or with the tests themselves."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.resident"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str) -> None:
        """Run this code, which finds nothing left of earlier code; fails the test when it raises."""
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process on the site's database has ended"
        trouble = json.loads(answer)
        assert not trouble, f"{code}\n{trouble}"

    def stop(self) -> None:
        """Wait until the process has ended. Stopping twice is no mistake."""
        self._process.communicate()


def serve() -> None:
    """The other end, until there is nothing more to read."""
    import traceback

    import django
    from django.db import close_old_connections

    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    sys.stdout = sys.stderr  # what the code prints is no answer
    django.setup()
    for line in sys.stdin:
        close_old_connections()
        try:
            exec(json.loads(line), {"__name__": "resident"})
            trouble = ""
        except Exception:  # noqa: BLE001 (whatever it is, the test is told)
            trouble = traceback.format_exc()
        answers.write(json.dumps(trouble) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve()
