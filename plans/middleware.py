"""Who reads an older version (`?version=1`), or under an edition before (`?edition=CODE`), stays there.

The links of such a page keep both. Done to the finished page, once, so that no template has to think of it.
The link to the latest version says so itself (`data-latest`), and pages about all versions have none.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from plans.views.fetching import asked_edition, asked_version

LINK = r'(?<!data-latest )href="(/plans/{plan}/(?!versions/)[^"#?]*)(\?[^"#]*)?(#[^"]*)?"'
SEARCH = re.compile(r'(<form[^>]*\bmethod="get"[^>]*>)')


class KeepVersionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match, asked = request.resolver_match, _asked(request)
        if not asked or match is None or "plan_id" not in match.kwargs or response.streaming:
            return response
        if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = keep_asked(response.content.decode(), match.kwargs["plan_id"], asked)
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _asked(request: HttpRequest) -> dict[str, str]:
    """`kept_edition`: of a page that reads what was shared, without being asked (views.review_places)."""
    number = asked_version(request)
    edition = asked_edition(request) or getattr(request, "kept_edition", "")
    asked = {"version": "" if number is None else str(number), "edition": edition}
    return {name: value for name, value in asked.items() if value}


def keep_asked(html: str, plan_id: int, asked: Mapping[str, str]) -> str:
    """The page with what was asked in every link to, and search form of, the same plan."""

    def link(found: re.Match[str]) -> str:
        path, query, anchor = found[1], found[2] or "", found[3] or ""
        for name, value in asked.items():
            if f"{name}=" not in query:
                query = f"{query}&amp;{name}={quote(value)}" if query else f"?{name}={quote(value)}"
        return f'href="{path}{query}{anchor}"'

    html = re.sub(LINK.format(plan=plan_id), link, html)
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in asked.items()
    )
    return SEARCH.sub(lambda found: found[1] + hidden, html)
