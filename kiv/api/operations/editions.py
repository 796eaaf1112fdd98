"""Editions of the framework note."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import P, PathEx, Query, Router

from framework.selectors import editions_to_show
from kiv.api.answers.editions import (
    EditionAnswer,
    EditionPage,
    edition_answer,
    edition_line,
)
from kiv.api.asking import Paged, page_of
from kiv.api.problems import responses

router = Router()
EXAMPLE = {"x-example": "/api/v1/editions/kiv-2022-2024"}


@router.get("editions", response=responses(EditionPage), summary="List editions")
def list_editions(request: HttpRequest, asked: Query[Paged]):
    """Every edition of the framework note that exists for you."""
    editions = editions_to_show(request.auth.user)
    page = page_of(request, editions, asked, total=editions.count())
    return EditionPage(**page | {"results": [edition_line(edition) for edition in page["results"]]})


@router.get(
    "editions/{slug:code}",
    response=responses(EditionAnswer, may_miss=True),
    summary="One edition with its items",
    openapi_extra=EXAMPLE,
)
def get_edition(request: HttpRequest, code: PathEx[str, P(description="Code of the edition.")]):
    """Priorities, themes and their aspects, and what the criteria ask, in four languages."""
    editions = editions_to_show(request.auth.user, "aspects", "criteria")
    return edition_answer(get_object_or_404(editions, code=code))
