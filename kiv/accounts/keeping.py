"""Keeping what somebody typed when their session ended under the form: nothing typed is lost.

The posted fields travel through the sign-in page in one signed hidden field and come back as a form with
one button. Nothing is stored on the server. Passwords are never kept; files cannot be.
"""

import json
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "kept"
MAX_AGE_SECONDS = 3600
MAX_BYTES = 200_000
_SALT = "kiv.accounts.keeping"
_NEVER = {"csrfmiddlewaretoken", FIELD}
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


def pack(request: HttpRequest) -> str:
    """The signed content of the hidden field; empty when there is too much to carry."""
    fields = [
        [name, values]
        for name, values in request.POST.lists()
        if name not in _NEVER and "password" not in name.lower()
    ]
    content = {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)}
    if len(json.dumps(content).encode()) > MAX_BYTES:
        return ""
    return signing.dumps(content, salt=_SALT, compress=True)


def unpack(token: str) -> Kept | None:
    """What was kept, or None when it is not ours, older than an hour or leads nowhere."""
    if not token:
        return None
    try:
        content = signing.loads(token, salt=_SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    path = content["path"]
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return None
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return None
    return Kept(
        path, tuple((name, tuple(values)) for name, values in content["fields"]), bool(content["files"])
    )
