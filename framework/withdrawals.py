"""Telling whoever changed a draft that a request for its publication was withdrawn by that change.

Withdrawing itself: services.requests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from framework.models import Publication


def tells_withdrawal(view):
    """A view decorator, for pages on which a draft is changed. Two queries more, only when a form is sent."""

    @wraps(view)
    def telling(request: HttpRequest, edition_code: str, *args, **kwargs) -> HttpResponse:
        with told_when_withdrawn(request, edition_code):
            return view(request, edition_code, *args, **kwargs)

    return telling


@contextmanager
def told_when_withdrawn(request: HttpRequest, edition_code: str) -> Iterator[None]:
    """The same around a change of the edition with this code, where the address does not name it."""
    asked = Publication.objects.filter(edition__code=edition_code)
    was_pending = request.method == "POST" and asked.filter(confirmed_at=None).exists()
    yield
    # One that a colleague confirmed meanwhile is still there.
    if was_pending and not asked.exists():
        text = _("Publication of this draft was asked. Your change withdrew that: it has to be asked again.")
        messages.warning(request, text)
