"""What the API answers when it cannot: application/problem+json (RFC 9457), one sentence in English."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, Throttled, ValidationError
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"
NOT_THERE = "There is nothing at this address, or you may not read it."


class WrongParameter(BaseModel):
    """What is wrong with one parameter."""

    parameter: str = Field(description="Its name.")
    detail: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(description="Always about:blank: the status says what kind of problem it is.")
    title: str = Field(description="The words of the HTTP status.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="One sentence on what is wrong and what can be done.")
    errors: list[WrongParameter] = Field(description="Each parameter that was refused; else empty.")


class Refused(Exception):
    """Parameters that cannot be answered: name → what is wrong. Becomes a 422."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def responses(answer: type[BaseModel], *, may_miss: bool = False) -> dict[int, Any]:
    """What an operation may answer, by status: what each means is said in the description."""
    missing = {404: Problem} if may_miss else {}
    return {200: answer, 304: None, 401: Problem, **missing, 422: Problem, 429: Problem}


def problem(status: int, detail: str, wrong: Iterable[tuple[str, str]] = ()) -> HttpResponse:
    """The answer; never kept by a cache."""
    body = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=[WrongParameter(parameter=name, detail=words) for name, words in wrong],
    )
    return HttpResponse(
        json.dumps(body.model_dump(), ensure_ascii=False),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", "Content-Language": "en"},
    )


def on_unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(401, "Send a token that still works, as: Authorization: Bearer TOKEN.")
    answer["WWW-Authenticate"] = 'Bearer realm="kiv-toets"'
    return answer


def on_throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = problem(429, "This token asked too often; wait as many seconds as Retry-After says.")
    answer["Retry-After"] = str(error.wait)
    return answer


def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, NOT_THERE)


def on_refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(422, _refusal(error.wrong), error.wrong.items())


def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that are not what the description says."""
    wrong = {str(detail["loc"][-1]): _sentence(detail["msg"]) for detail in error.errors}
    return problem(422, _refusal(wrong), wrong.items())


def _refusal(names: Iterable[str]) -> str:
    return f"Not understood: {', '.join(names)}."


def _sentence(words: str) -> str:
    return words.removeprefix("Value error, ").rstrip(".") + "."
