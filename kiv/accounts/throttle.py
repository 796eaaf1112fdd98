"""Slowing down guesses of a password, over all processes, without locking a zone behind one address.

Per pair of e-mail and network address there are five places. An attempt takes one *before* the password
is looked at and a right password gives them all back; a wrong one keeps its place for five minutes. Taking
a place is one INSERT into the shared cache table, which the database lets happen once: counting with
get-and-set would let parallel guesses through.
"""

import hashlib
from ipaddress import AddressValueError, IPv6Address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MAX_WRONG = 5
WINDOW_SECONDS = 5 * 60


def take_attempt(email: str, address: str) -> bool:
    """Whether this attempt may look at the password."""
    return any(cache.add(key, 1, WINDOW_SECONDS) for key in _keys(email, address))


def give_back(email: str, address: str) -> None:
    """The password was right: forget the attempts of this pair."""
    cache.delete_many(_keys(email, address))


def network_address(request: HttpRequest) -> str:
    """Where the request comes from. Behind our proxy that is what the proxy itself added, last in the row.

    Of an IPv6 address the first half counts: one household owns all of the second.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and settings.SECURE_PROXY_SSL_HEADER:
        address = forwarded.rsplit(",", 1)[-1].strip()
    try:
        return IPv6Address(address).exploded[:19]
    except AddressValueError:
        return address


def _keys(email: str, address: str) -> list[str]:
    pair = hashlib.sha256(f"{email.strip().lower()}|{address}".encode()).hexdigest()
    return [f"sign-in:{pair}:{place}" for place in range(MAX_WRONG)]
