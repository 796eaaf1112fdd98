"""`run.py check`, which writes nothing, and `run.py fix`.

What lives here: the list of checks and their mending counterparts. Not here: tests.
"""

import os
import re
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator

from tasks import programs
from tasks.environment import PYTHON, ROOT, VENV, Problem, ensure_environment, run, run_or_stop, say

DJADE = ["djade", "--target-version=5.2"]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def check(arguments: list[str]) -> int:
    """0 when all is well, else 1. All checks run, so that one round of mending can do."""
    refuse_arguments("check", arguments)
    ensure_environment("development")
    failed, skipped = [], []
    with tempfile.TemporaryDirectory(prefix="kiv-check-") as data_dir:
        environment = production_environment(data_dir)
        for name, command in list_commands():
            if not passes(name, command, environment):
                failed.append(name)
        if programs.find_xgettext():
            command = [PYTHON, "-m", "kiv.catalogues", "compare"]
            if not passes("catalogues in step with the sources", command, environment):
                failed.append("catalogues in step with the sources")
        else:
            skipped.append(f"catalogues in step with the sources: no xgettext. {programs.XGETTEXT_HINT}")
    if problems := list(find_document_problems()):
        failed.append("documents")
        say("documents: NOT IN ORDER\n  " + "\n  ".join(problems))
    for each in skipped:
        say(f"skipped: {each}")
    if skipped and os.environ.get("KIV_NO_SKIPS") == "1":
        failed += skipped
    say(f"check: {'not in order: ' + ', '.join(failed) if failed else 'all in order'}")
    return 1 if failed else 0


def list_commands() -> list[tuple[str, list]]:
    """The checks that are a program of their own: what it is called, and how it runs without writing."""
    manage = [PYTHON, ROOT / "manage.py"]
    return [
        ("lint", [*tool("ruff"), "check", "--no-cache", "--quiet"]),
        ("format", [*tool("ruff"), "format", "--check", "--no-cache", "--quiet"]),
        ("templates", [*tool(*DJADE), "--check", *find_templates()]),
        ("import contracts", [*tool("lint-imports"), "--no-cache", "--no-logo"]),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        ("settings of production", [*manage, "check", "--deploy", "--fail-level", "WARNING"]),
        ("catalogues complete", [PYTHON, "-m", "kiv.catalogues", "check"]),
    ]


def passes(name: str, command: list, environment: dict[str, str]) -> bool:
    begin = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        say(f"{name}: in order ({time.monotonic() - begin:.1f} s)")
        return True
    say(f"{name}: NOT IN ORDER\n{(done.stdout + done.stderr).strip()}")
    return False


def fix(arguments: list[str]) -> int:
    """Everything that can be put right without thinking."""
    refuse_arguments("fix", arguments)
    ensure_environment("development")
    run([*tool("ruff"), "check", "--fix", "--quiet"])
    run_or_stop([*tool("ruff"), "format", "--quiet"], "ruff could not format")
    # djade ends with 1 when it changed something.
    run([*tool(*DJADE), *find_templates()])
    if not programs.find_xgettext():
        say(f"skipped: catalogues: no xgettext. {programs.XGETTEXT_HINT}")
        return 0
    with tempfile.TemporaryDirectory(prefix="kiv-fix-") as data_dir:
        environment = production_environment(data_dir)
        command = [PYTHON, "-m", "kiv.catalogues", "update"]
        run_or_stop(command, "the catalogues could not be brought in step", env=environment)
    return 0


def tool(name: str, *options: str) -> list[str]:
    return [str(VENV / "bin" / name), *options]


def production_environment(data_dir: str) -> dict[str, str]:
    """Settings as production has them, with a database that is nowhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KIV_")}
    return {
        **kept,
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATABASE_URL": "sqlite://:memory:",
        "KIV_DATA_DIR": data_dir,
        "KIV_HOSTS": "kiv.example.org",
        "KIV_ORIGINS": "https://kiv.example.org",
        "KIV_SECRET_KEY": secrets.token_urlsafe(60),
        "KIV_URL": "https://kiv.example.org",
    }


def find_templates() -> list[str]:
    folders = [ROOT / "templates", *ROOT.glob("*/templates"), *ROOT.glob("kiv/*/templates")]
    return sorted(str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*.html"))


def find_document_problems() -> Iterator[str]:
    """Documents that the README does not list, and links of documents that lead nowhere."""
    readme = ROOT / "README.md"
    documents = sorted(path for path in (ROOT / "docs").rglob("*.md"))
    listed = {(ROOT / target).resolve() for target in _LINK.findall(readme.read_text(encoding="utf-8"))}
    for path in documents:
        if path not in listed and path.parent not in listed:
            yield f"README.md does not list {path.relative_to(ROOT)}"
    for path in [readme, ROOT / "CHANGELOG.md", *documents]:
        for target in _LINK.findall(path.read_text(encoding="utf-8")):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (path.parent / target).exists()
            ):
                yield f"{path.relative_to(ROOT)} points to {target}, which is not there"


def refuse_arguments(name: str, arguments: list[str]) -> None:
    if arguments:
        raise Problem(f"{name} takes no arguments: {' '.join(arguments)}")
