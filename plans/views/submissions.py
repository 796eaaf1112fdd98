"""A form that is sent twice is saved once: for pages that add, where a second click would add again.

The form carries a fresh mark; what was sent under it is remembered in the shared cache, which lies in the
same database as the plan. Asked inside the transaction that saves, so that a save that is undone can be
sent again. Another text under the same mark (typed after going back) is another submission.
"""

import hashlib

from django.core.cache import cache
from django.utils.crypto import get_random_string

FIELD = "submission"
SECONDS_KEPT = 15 * 60
IGNORED = {"csrfmiddlewaretoken"}


def new_mark() -> str:
    """For a hidden field named `submission`; every form shown gets its own."""
    return get_random_string(20)


def is_first_time(request) -> bool:
    """Whether this was not sent before, and remember that it was. Without a mark: always."""
    if not request.POST.get(FIELD):
        return True
    return cache.add(_key(request), True, SECONDS_KEPT)


def was_sent_before(request) -> bool:
    return bool(request.POST.get(FIELD)) and cache.get(_key(request)) is not None


def _key(request) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name not in IGNORED)
    digest = hashlib.sha256(repr((request.user.pk, request.path, typed)).encode()).hexdigest()
    return f"submission:{digest}"
