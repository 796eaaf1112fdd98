"""Who reads an older version (`?version=1`) stays in it: the links of such a page keep the number.

Done to the finished page, once, so that no template has to think of it. The link to the latest version says
so itself (`data-latest`), and pages about all versions have none.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from plans.views.fetching import asked_version

LINK = r'(?<!data-latest )href="(/plans/{plan}/(?!versions/)[^"#?]*)(\?[^"#]*)?(#[^"]*)?"'
SEARCH = re.compile(r'(<form[^>]*\bmethod="get"[^>]*>)')


class KeepVersionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match, number = request.resolver_match, asked_version(request)
        if number is None or match is None or "plan_id" not in match.kwargs or response.streaming:
            return response
        if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = keep_version(response.content.decode(), match.kwargs["plan_id"], number)
            response.headers["Content-Length"] = str(len(response.content))
        return response


def keep_version(html: str, plan_id: int, number: int) -> str:
    """The page with the number in every link to, and search form of, the same plan."""

    def link(found: re.Match[str]) -> str:
        path, query, anchor = found[1], found[2] or "", found[3] or ""
        if "version=" not in query:
            query = f"{query}&amp;version={number}" if query else f"?version={number}"
        return f'href="{path}{query}{anchor}"'

    html = re.sub(LINK.format(plan=plan_id), link, html)
    return SEARCH.sub(rf'\1<input type="hidden" name="version" value="{number}">', html)
