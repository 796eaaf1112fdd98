"""Marks of confidentiality in a form that comes back because somebody saved meanwhile.

A stale form knows nothing of a mark that a colleague set: sent once more as it stands, it would take the mark
off without anybody having seen it. So the box comes back ticked, and only a person unticks it.
"""

from collections.abc import Iterable

from django.http import QueryDict


def with_marks(data: QueryDict, names: Iterable[str]) -> QueryDict:
    """What was posted, with these boxes ticked."""
    kept = data.copy()
    for name in names:
        kept[name] = "on"
    return kept
