"""Programs of the machine that the development tasks use when they are there, and how to get them.

What lives here: finding them. Not here: running them.
"""

import os
import shutil
from pathlib import Path

POSTGRES_HINT = "apt-get install postgresql, or give TEST_DATABASE_URL"
CHROMIUM_HINT = "apt-get install chromium, or give its path as KIV_CHROMIUM"
XGETTEXT_HINT = "apt-get install gettext"
UV_HINT = "python3 -m pip install uv"


def find_postgres() -> Path | None:
    """The directory with PostgreSQL's `initdb` and `postgres`, the newest version, or None."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version_of, reverse=True)
    if on_path := shutil.which("initdb"):
        candidates += [Path(on_path).resolve().parent, Path(on_path).parent]
    for directory in candidates:
        if all(os.access(directory / name, os.X_OK) for name in ("initdb", "postgres")):
            return directory
    return None


def _version_of(directory: Path) -> int:
    version = directory.parent.name
    return int(version) if version.isdigit() else 0


def find_chromium() -> str | None:
    """The path of a Chromium: KIV_CHROMIUM, else the first one installed, or None."""
    if named := os.environ.get("KIV_CHROMIUM", "").strip():
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def find_xgettext() -> str | None:
    return shutil.which("xgettext") if shutil.which("msguniq") else None
