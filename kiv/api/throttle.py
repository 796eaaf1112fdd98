"""How often one token may ask, over all processes: so many requests in each minute of the clock.

Each request takes a place in the minute: one INSERT into the shared cache table, which the database lets
happen once (as kiv.accounts.throttle). Places are taken in order, so the first free one is found with one
question. These rows are all that a request to the API writes.
"""

import time

from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

PER_MINUTE = 120
WINDOW_SECONDS = 60


class TokenThrottle(BaseThrottle):
    """Asked after the token was found (`request.auth`)."""

    def allow_request(self, request: HttpRequest) -> bool:
        return take_place(request.auth.pk)

    def wait(self) -> int:
        return seconds_left()


def take_place(token_id: int) -> bool:
    """Whether this token may ask once more in this minute."""
    keys = [f"api:{token_id}:{_minute()}:{place}" for place in range(PER_MINUTE)]
    taken = cache.get_many(keys)
    return any(cache.add(key, 1, WINDOW_SECONDS) for key in keys if key not in taken)


def seconds_left() -> int:
    """Until the next minute, at least 1."""
    return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS


def _minute() -> int:
    return int(time.time()) // WINDOW_SECONDS
