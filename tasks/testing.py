"""`run.py test` and `run.py bench`: the tests on each database that is at hand, and the figures.

What lives here: which runs there are and what they add up to. Not here: the surroundings of one run
(tests/session.py).
"""

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tasks import programs
from tasks.environment import PYTHON, ROOT, application_environment, ensure_environment, run, run_or_stop, say

NOTHING_COLLECTED = 5
#: Of what is part of one run only: which quarters. The run on PostgreSQL takes longer with what both do.
SHARES = {"sqlite": "1-3/4", "postgresql": "4/4"}


def test(arguments: list[str]) -> int:
    """The worst exit status of the runs; with --no-skips (or KIV_NO_SKIPS=1), 1 when something cannot run."""
    begin = time.monotonic()
    is_strict = "--no-skips" in arguments or os.environ.get("KIV_NO_SKIPS") == "1"
    arguments = [argument for argument in arguments if argument != "--no-skips"]
    ensure_environment("development")
    run_or_stop([PYTHON, "-m", "kiv.catalogues", "compile"], "the catalogues could not be compiled")

    databases, missing = ["sqlite"], []
    if os.environ.get("TEST_DATABASE_URL", "").strip() or programs.find_postgres():
        databases.append("postgresql")
    else:
        missing.append(f"the run on PostgreSQL: no server found. {programs.POSTGRES_HINT}")
    if not programs.find_chromium():
        missing.append(f"the browser tests: no Chromium found. {programs.CHROMIUM_HINT}")
    if is_strict and missing:
        say("\n".join(f"cannot run {each}" for each in missing))
        return 1

    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **({"KIV_NO_SKIPS": "1"} if is_strict else {})}
    statuses, tally = [], Counter()
    for status, counts in run_side_by_side(databases, arguments, environment):
        statuses.append(status)
        tally.update(counts)
    say("\n" + "\n".join(f"skipped: {each}" for each in missing) if missing else "\nnothing was left out")
    say(closing_line(tally, time.monotonic() - begin))
    return worst(statuses)


def run_side_by_side(
    databases: list[str], arguments: list[str], environment: dict[str, str]
) -> Iterator[tuple[int, dict[str, int]]]:
    """The runs at the same time, one core each; the first is seen as it goes, the others at their end.

    A test that uses no database finds the same beside each of them: it is part of one of the runs only.
    """
    first, *others = databases
    parts = {name: f"--part={SHARES[name] if others else '1/1'}" for name in databases}
    with tempfile.TemporaryDirectory(prefix="kiv-runs-") as directory, ThreadPoolExecutor() as pool:
        waiting = []
        for database in others:
            path = Path(directory) / database
            own = [parts[database], *arguments]
            waiting.append((database, path, pool.submit(_run_into, path, database, own, environment)))
        say(f"\n=== tests on {first}")
        yield run_pytest(first, [parts[first], *arguments], environment)
        for database, path, future in waiting:
            outcome = future.result()
            say(f"\n=== tests on {database}")
            say(path.read_text(errors="replace"))
            yield outcome


def _run_into(path: Path, database: str, arguments: list[str], environment: dict[str, str]):
    with path.open("w") as output:
        return run_pytest(database, arguments, environment, stdout=output, stderr=output)


def run_pytest(
    database: str, arguments: list[str], environment: dict[str, str], **options
) -> tuple[int, dict[str, int]]:
    """One run: its exit status and its counts by outcome."""
    with tempfile.TemporaryDirectory(prefix="kiv-tally-") as directory:
        tally = Path(directory) / "tally.json"
        command = [PYTHON, "-m", "pytest", f"--database={database}", f"--tally={tally}", *arguments]
        status = run(command, env=environment, **options)
        return status, json.loads(tally.read_text()) if tally.exists() else {}


def worst(statuses: list[int]) -> int:
    """A run that found no test of its own (a narrow choice) counts only when no run found any."""
    counted = [status for status in statuses if status != NOTHING_COLLECTED]
    return max(counted, key=abs) if counted else NOTHING_COLLECTED


def closing_line(tally: Counter, seconds: float) -> str:
    outcomes = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warnings", "error")
    counts = ", ".join(f"{tally[name]} {name}" for name in outcomes if tally[name]) or "no tests ran"
    return f" {counts} in {seconds:.2f}s ".center(80, "=")


def bench(arguments: list[str]) -> int:
    """Every module of benchmarks/ that has a main(), or those named."""
    ensure_environment("development")
    statuses = [0]
    for path in sorted((ROOT / "benchmarks").glob("*.py")):
        if "def main(" in path.read_text() and (not arguments or path.stem in arguments):
            say(f"=== {path.stem}")
            command = [PYTHON, "-m", f"benchmarks.{path.stem}"]
            statuses.append(run(command, env=application_environment()))
    return max(statuses, key=abs)
