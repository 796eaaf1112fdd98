"""What may be asked in an address: bounded parameters, pages, and nothing that is not described."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiv.api.problems import Refused

MAX_LIMIT = 200
#: Larger than any number of rows, and small enough for both databases.
MAX_OFFSET = 1_000_000
MAX_ID = 2**53


def _refuse_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("Text without NUL characters.")
    return text


Word = Annotated[str, Field(max_length=100), AfterValidator(_refuse_nul)]
RowId = Annotated[int, Field(ge=1, le=MAX_ID)]


class Asked(BaseModel):
    """The parameters of one kind of question."""

    model_config = ConfigDict(frozen=True)


class Paged(Asked):
    limit: int = Field(50, ge=1, le=MAX_LIMIT, description="How many results at most.")
    offset: int = Field(0, ge=0, le=MAX_OFFSET, description="How many results to pass over.")


def page_of(request: HttpRequest, rows: QuerySet | Sequence, asked: Paged, *, total: int) -> dict[str, Any]:
    """The fields that every page has, with `results` as they are: the caller makes answers of them."""
    after = asked.offset + asked.limit
    return {
        "total": total,
        "limit": asked.limit,
        "offset": asked.offset,
        "next": _address(request, asked, after) if after < total else None,
        "results": list(rows[asked.offset : after]),
    }


def find(rows: QuerySet, parameter: str, **wanted: Any) -> Model:
    """The one row that a parameter names. Raises Refused, in the same words for what may not be seen."""
    found = rows.filter(**wanted).first()
    if found is None:
        raise Refused({parameter: "There is none of this name that you may see."})
    return found


def refuse_unknown(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Around every operation: a parameter it does not have, or given twice, is an error and not ignored."""
    asked = get_type_hints(operation).get("asked")
    known = set(asked.model_fields) if asked else set()

    @wraps(operation)
    def refusing(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        wrong = {name: "There is no such parameter here." for name in request.GET if name not in known}
        wrong |= {name: "Give it once." for name in known if len(request.GET.getlist(name)) > 1}
        if wrong:
            raise Refused({name[:100]: words for name, words in wrong.items()})
        return operation(request, *args, **values)

    return refusing


def _address(request: HttpRequest, asked: Paged, offset: int) -> str:
    """Of the page that begins there, with all else as it was asked."""
    query = {name: value for name, value in request.GET.items() if name in type(asked).model_fields}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query | {'offset': offset})}")
