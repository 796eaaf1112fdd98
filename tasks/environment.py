"""The virtual environment and the environment variables in which everything else runs.

What lives here: `.venv` from a lock with hashes, and `demo_environment`. Not here: what is then run.
"""

import hashlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
#: One line per installed lock: its name and the SHA-256 of what was installed.
STAMP = VENV / ".lock-sha256"
VAR = ROOT / "var"
TIDYING_SECONDS = 60
PIP_INSTALL = ["install", "--quiet", "--disable-pip-version-check", "--no-input"]
PIP_INSTALL += ["--require-hashes", "--only-binary", ":all:"]


class Problem(SystemExit):
    """Something that stops the work and that the reader can mend: printed without a traceback."""

    def __init__(self, text: str) -> None:
        super().__init__(f"run.py: {text}")


def fingerprint(*paths: Path) -> str:
    """SHA-256 over the names and contents of these files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def ensure_environment(lock_name: str) -> None:
    """`.venv` with everything of requirements/<lock_name>.lock; nothing is done when it is there already."""
    wanted = {
        name: hashlib.sha256((REQUIREMENTS / f"{name}.lock").read_bytes()).hexdigest()
        for name in ("runtime", "development")
    }
    installed = _read_stamp() if PYTHON.exists() else {}
    # The development lock contains the runtime lock (held by tests/test_architecture.py).
    if any(installed.get(name) == wanted[name] for name in {lock_name, "development"}):
        return
    begin = time.monotonic()
    if not PYTHON.exists():
        say("environment: making .venv")
        run_or_stop(
            [sys.executable, "-m", "venv", "--clear", VENV],
            "could not make .venv. On Debian and Ubuntu: apt-get install python3-venv",
        )
    say(f"environment: installing requirements/{lock_name}.lock")
    STAMP.unlink(missing_ok=True)
    run_or_stop(
        [PYTHON, "-m", "pip", *PIP_INSTALL, "-r", REQUIREMENTS / f"{lock_name}.lock"],
        "could not install the packages (is there a network?)",
    )
    STAMP.write_text(f"{lock_name} {wanted[lock_name]}\n")
    say(f"environment: ready ({time.monotonic() - begin:.0f} s)")


def _read_stamp() -> dict[str, str]:
    if not STAMP.exists():
        return {}
    return dict(line.split(" ", 1) for line in STAMP.read_text().splitlines() if " " in line)


def is_demo(given: Mapping[str, str]) -> bool:
    """KIV_DEMO decides; without it, whoever names a secret or a database wants no demonstration."""
    if given.get("KIV_DEMO", "").strip():
        return given["KIV_DEMO"].strip().lower() in {"1", "true", "yes", "on"}
    return not (given.get("KIV_SECRET_KEY", "").strip() or given.get("DATABASE_URL", "").strip())


def application_environment() -> dict[str, str]:
    """The variables to run the application with: what was given, and for the demonstration what is missing.

    The demonstration keeps to var/demo: a later start with settings of its own never meets demo accounts.
    """
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if not is_demo(os.environ):
        if not os.environ.get("KIV_SECRET_KEY", "").strip():
            raise Problem("KIV_SECRET_KEY is not set; outside the demonstration it must be (.env.example)")
        environment.setdefault("KIV_DATA_DIR", str(VAR))
    else:
        environment["KIV_DEMO"] = "1"
        environment.setdefault("KIV_DATA_DIR", str(VAR / "demo"))
        environment.setdefault("KIV_SECRET_KEY", _demo_secret())
    Path(environment["KIV_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    return environment


def _demo_secret() -> str:
    """Made once on each machine, readable by its owner only."""
    path = VAR / "demo-secret"
    VAR.mkdir(exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path.read_text()


def say(text: str) -> None:
    print(text, flush=True)


def run(command: list, **options) -> int:
    """The exit status of a program. Ctrl-C reaches the program too, and it is given time to tidy up."""
    with subprocess.Popen([str(part) for part in command], cwd=ROOT, **options) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait(timeout=TIDYING_SECONDS)
            raise


def run_or_stop(command: list, complaint: str, **options) -> None:
    """Run it; Problem(complaint) when it does not end well."""
    if run(command, **options):
        raise Problem(complaint)
