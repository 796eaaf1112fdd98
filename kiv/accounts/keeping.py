"""Keeping what somebody typed when their session ended under the form: nothing typed is lost.

The posted fields travel through the sign-in page in one signed hidden field and come back as a form with
one button. Nothing is stored on the server. Passwords are never kept; files cannot be. An act in which
nothing was typed, or that is not repeated (kiv.http.not_repeated), is not kept: one goes back to its page.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kiv.http import is_safe_path

FIELD = "kept"
MAX_AGE_SECONDS = 3600
#: The kept field is sent along with the sign-in form, whose few other fields need some room too.
ROOM_FOR_THE_REST = 64 * 1024
_SALT = "kiv.accounts.keeping"
_NEVER = {"csrfmiddlewaretoken", FIELD}
#: What forms send along without anybody having typed it.
_NOT_TYPED = _NEVER | {"revision", "submission"}
#: Views whose fields are secret or worthless afterwards.
_SKIPPED_VIEWS = {
    "accounts:login",
    "accounts:logout",
    "accounts:password_change",
    "accounts:password_set",
}
_FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A post as it was sent: a path of this site (with its query), the fields in order, files or not."""

    path: str
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    has_files: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """One (name, value) for each hidden input."""
        return [(name, value) for name, values in self.fields for value in values]


def can_keep(request: HttpRequest) -> bool:
    """A form was posted to a page of ours that holds no passwords."""
    match = request.resolver_match
    return (
        request.method == "POST"
        and request.content_type in _FORM_TYPES
        and match is not None
        and match.view_name not in _SKIPPED_VIEWS
    )


def page_instead(request: HttpRequest) -> str:
    """Where to go after signing in when nothing is kept of this post; empty when it is to be kept.

    The page the view is marked with; else, when nothing was typed, the page it was sent from, or the start.
    """
    match = request.resolver_match
    marked = getattr(match.func, "page_instead", None)
    if marked is not None:
        page, names = marked
        return reverse(page, kwargs={name: match.kwargs[name] for name in names}) if page else request.path
    if request.FILES or not set(request.POST) <= _NOT_TYPED:
        return ""
    sent_from = request.headers.get("Referer", "")
    if not is_safe_path(request, sent_from):
        return reverse("start")
    parts = urlsplit(sent_from)
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return path if _leads_somewhere(path) else reverse("start")


def pack(request: HttpRequest) -> str:
    """The signed content of the hidden field; empty when there is too much to carry."""
    fields = [
        [name, values]
        for name, values in request.POST.lists()
        if name not in _NEVER and "password" not in name.lower()
    ]
    content = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    token = signing.dumps(content, salt=_SALT, compress=True)
    return token if len(token) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE - ROOM_FOR_THE_REST else ""


def unpack(token: str) -> Kept | None:
    """What was kept, or None when it is not ours, older than an hour or leads nowhere."""
    if not token:
        return None
    try:
        content = signing.loads(token, salt=_SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    path = content["path"]
    if not _leads_somewhere(path):
        return None
    return Kept(
        path, tuple((name, tuple(values)) for name, values in content["fields"]), bool(content["files"])
    )


def _leads_somewhere(path: str) -> bool:
    """Whether this is the address of a page of this site."""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return False
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return False
    return True
