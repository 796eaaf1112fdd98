"""`run.py` and `run.py manage`: the demonstration from nothing to a page, and Django's command line.

What lives here: what must be done before serving and when it may be left out. Not here: the steps
themselves (kiv/management/commands/prepare.py).
"""

import os
import socket
import time
from pathlib import Path

from tasks.environment import (
    PYTHON,
    REQUIREMENTS,
    ROOT,
    Problem,
    application_environment,
    ensure_environment,
    fingerprint,
    is_demo,
    run,
    run_or_stop,
    say,
)

#: Whatever `prepare` reads: as long as none of it changes, its work need not be done again.
INPUTS = ("kiv/**/*", "framework/**/*", "plans/**/*", "static/**/*", "locale/**/*.po")


def serve(arguments: list[str]) -> int:
    if arguments:
        raise Problem(f"serving takes no arguments: {' '.join(arguments)} (PORT=8001 changes the port)")
    begin = time.monotonic()
    address = f"127.0.0.1:{free_port()}"
    ensure_environment("runtime")
    environment = application_environment()
    stamp = Path(environment["KIV_DATA_DIR"]) / "prepared"
    if is_prepared(environment, stamp):
        say("nothing has changed since the last start")
        if is_demo(os.environ):
            run_manage(["load_demo"], environment)
    else:
        say("preparing")
        stamp.unlink(missing_ok=True)
        before = fingerprint(*inputs())  # a file that changes meanwhile counts as not yet prepared
        run_manage(["prepare"], environment)
        stamp.write_text(before)
    say(f"\nKIV-toets: http://{address}/   (ready in {time.monotonic() - begin:.1f} s; Ctrl-C stops)\n")
    command = [str(PYTHON), "-m", "gunicorn", "kiv.wsgi", f"--bind={address}", "--workers=2", "--threads=4"]
    os.chdir(ROOT)
    # From here on this process is the server: Ctrl-C and signals reach it without detour.
    os.execve(command[0], [*command, "--log-level=warning", "--no-control-socket"], environment)


def manage(arguments: list[str]) -> int:
    ensure_environment("runtime")
    return run([PYTHON, "manage.py", *arguments], env=application_environment())


def run_manage(arguments: list[str], environment: dict[str, str]) -> None:
    complaint = f"`manage.py {arguments[0]}` ended with an error; see above"
    run_or_stop([PYTHON, "manage.py", *arguments], complaint, env=environment)


def is_prepared(environment: dict[str, str], stamp: Path) -> bool:
    """True when the embedded database is there and nothing was changed since it was prepared.

    Of another database nothing is assumed: it is prepared anew at every start.
    """
    if environment.get("DATABASE_URL", "").strip():
        return False
    if not (stamp.with_name("kiv.sqlite3").exists() and stamp.with_name("static").exists()):
        return False
    return stamp.exists() and stamp.read_text() == fingerprint(*inputs())


def inputs() -> list[Path]:
    found = {path for pattern in INPUTS for path in ROOT.glob(pattern) if path.suffix not in {".pyc", ".mo"}}
    return [REQUIREMENTS / "runtime.lock", *sorted(path for path in found if path.is_file())]


def free_port() -> int:
    """PORT, or 8000. Problem when it is no port or another program serves there."""
    text = os.environ.get("PORT", "").strip() or "8000"
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise Problem(f"PORT={text} is not a port: give a number from 1 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise Problem(
                f"port {text} is not allowed for you; try another: PORT=8001 python3 run.py"
            ) from None
        except OSError:
            raise Problem(
                f"port {text} is in use by another program; stop it, or: PORT={int(text) + 1} python3 run.py"
            ) from None
    return int(text)
