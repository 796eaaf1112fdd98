"""The API as a whole: whose question it is, how an answer travels, and its description.

What may be asked is in kiv.api.operations, what an answer holds in kiv.api.answers.
"""

import hashlib
import json
import re
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from kiv.accounts.models import ApiToken
from kiv.accounts.selectors import find_working_token
from kiv.api import problems
from kiv.api.asking import refuse_unknown
from kiv.api.operations import ROUTERS
from kiv.api.problems import Refused
from kiv.api.throttle import TokenThrottle
from kiv.localized import LANGUAGES

VERSION = "1"
ROOT = f"/api/v{VERSION}/"
#: Longer than any secret of ours.
MAX_SECRET = 200
INTRODUCTION = (
    "Reads what you may read in KIV-toets: editions of the framework note, police zones, plans, the scores "
    "of their items, and coverage. Nothing can be changed. A token gives exactly what its person sees on "
    "the pages; everything else does not exist (404). Texts come in up to four languages, moments in "
    "ISO 8601 and UTC."
)
#: What each refusal means; every operation may answer 401, 422 and 429.
MEANINGS = {
    "304": "What you have is still right (If-None-Match).",
    "401": "There is no token, or it no longer works.",
    "404": "There is nothing here, or you may not read it.",
    "422": "A parameter is not understood, or there is no such parameter.",
    "429": "This token asked too often.",
}
ETAG = {
    "description": "Send it back as If-None-Match: the answer is 304 while nothing changed.",
    "schema": {"type": "string"},
}
RETRY_AFTER = {"description": "How many seconds to wait.", "schema": {"type": "integer"}}


class BearerToken(HttpBearer):
    """A token in the header. Sessions and addresses open nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        return find_working_token(token) if 0 < len(token) <= MAX_SECRET else None


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    """Answers with an ETag, private to their reader."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        response = super().create_response(request, data, **how)
        response["Cache-Control"] = "private, no-cache"
        response["Content-Language"] = ", ".join(LANGUAGES)
        patch_vary_headers(response, ("Authorization",))
        return with_etag(request, response)


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 when its reader has it already."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest())
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def make_api() -> Api:
    api = Api(
        title="KIV-toets",
        version=VERSION,
        description=INTRODUCTION,
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        renderer=Renderer(),
        auth=BearerToken(),
        throttle=[TokenThrottle()],
    )
    api.add_decorator(refuse_unknown, mode="operation")
    for error, handler in {
        AuthenticationError: problems.on_unauthenticated,
        Throttled: problems.on_throttled,
        Http404: problems.on_missing,
        Refused: problems.on_refused,
        ValidationError: problems.on_invalid,
    }.items():
        api.add_exception_handler(error, handler)
    for name, router in ROUTERS.items():
        api.add_router("", router, tags=[name])
    return api


api = make_api()


@cache
def api_description() -> dict[str, Any]:
    """The API in OpenAPI 3.1, as django-ninja reads it from the operations and completed here."""
    described = dict(api.get_openapi_schema(path_prefix=ROOT))
    described["servers"] = [{"url": "/", "description": "This site."}]
    for path in described["paths"].values():
        for operation in path.values():
            operation["responses"] = {
                str(status): _completed(str(status), response)
                for status, response in operation["responses"].items()
            }
    described["components"]["schemas"] = _used(described)
    return described


def _used(described: dict[str, Any]) -> dict[str, Any]:
    """The schemas that something refers to: those of parameters are spelled out at their operation."""
    schemas, used = described["components"]["schemas"], set()
    waiting = _references(described["paths"])
    while waiting:
        used |= waiting
        waiting = set().union(*(_references(schemas[name]) for name in waiting)) - used
    return {name: schema for name, schema in schemas.items() if name in used}


def _references(described: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described)))


def _completed(status: str, response: dict[str, Any]) -> dict[str, Any]:
    """A response with what it means, its headers, and the media type of problems."""
    content = response.get("content", {})
    if status == "200":
        return {**response, "description": "The answer.", "headers": {"ETag": ETAG}}
    completed = {**response, "description": MEANINGS[status]}
    if content:
        completed["content"] = {problems.MEDIA_TYPE: content["application/json"]}
    if status == "429":
        completed["headers"] = {"Retry-After": RETRY_AFTER}
    return completed
