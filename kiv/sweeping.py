"""Removing stored files that nothing needs any more: of what was removed, and of uploads that broke off.

A file is stored before its row and removed after it: a process that is killed in between leaves a file that
no row names, never a row without its file. Not here: which files are needed, which each store asks its rows.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path


def sweep(folder: Path, *, is_needed: Callable[[Path], bool], before: datetime) -> Iterator[Path]:
    """Remove the files two levels below `folder` that are not needed and were stored before a moment.

    Gives each one once it is gone. `before` must leave time for an upload that has stored its file and not
    yet its row.
    """
    for path in sorted(folder.glob("*/*")):
        try:
            is_left = not is_needed(path) and path.stat().st_mtime < before.timestamp()
            if is_left:
                path.unlink()
        except FileNotFoundError:
            # An upload that was still writing moved it into place, or another sweep was first.
            continue
        if is_left:
            yield path
