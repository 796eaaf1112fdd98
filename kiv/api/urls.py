"""Addresses of the API. Its operations are django-ninja's views, opened for visitors: a token decides."""

from collections.abc import Callable, Iterator
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from kiv.api import views
from kiv.api.application import ROOT, api
from kiv.api.problems import problem

app_name = "api"
#: An address of django-ninja's that leads nowhere.
UNUSED = "api-root"


def only_reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An operation as Django is to see it: its own sign-in, no forms, GET and nothing else."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def reading(request: HttpRequest, **values: object) -> HttpResponse:
        if request.method != "GET":
            answer = problem(405, "This API is read with GET; nothing can be changed.")
            answer["Allow"] = "GET"
            return answer
        return view(request, **values)

    return reading


def operations(below: str) -> Iterator[URLPattern]:
    patterns, _app, _namespace = api.urls
    for pattern in patterns:
        if pattern.name != UNUSED:
            yield path(f"{below}{pattern.pattern}", only_reading(pattern.callback), name=pattern.name)


BELOW = ROOT.removeprefix("/api/")
urlpatterns = [
    path("", views.guide, name="guide"),
    path(f"{BELOW}openapi.json", views.description, name="description"),
    *operations(BELOW),
    path(f"{BELOW}<path:rest>", views.not_there, name="not_there"),
]
