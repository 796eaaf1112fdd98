"""The document store: uploaded files under the SHA-256 of their bytes, below MEDIA_ROOT.

Nothing here knows whose a file is; who may read it is asked of the rows (querysets). The web server never
serves this folder.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kiv.sweeping import sweep

FOLDER = "originals"


def store_original(data: bytes) -> str:
    """Keep the bytes; their SHA-256 (hexadecimal). Stored before its row: without one it is swept later."""
    digest = hashlib.sha256(data).hexdigest()
    path = original_path(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside and moved into place: a file under its name is always whole. A file that is there is
    # written again, so that its age tells the sweeper that somebody just needed it.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return digest


def original_path(digest: str) -> Path:
    """Where the file with this SHA-256 lies, or would."""
    return Path(settings.MEDIA_ROOT) / FOLDER / digest[:2] / digest


def remove_originals(*, needed: Iterable[str], before: datetime) -> Iterator[str]:
    """Remove what no row needs and was stored before a moment; the names of what went."""
    kept = set(needed)
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    for path in sweep(folder, is_needed=lambda path: path.name in kept, before=before):
        yield path.name
