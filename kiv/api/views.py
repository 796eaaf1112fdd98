"""The pages around the API, for everybody: its description for programs and for people."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from kiv.api.application import api_description, with_etag
from kiv.api.guide import guide_of
from kiv.api.problems import NOT_THERE, problem
from kiv.api.throttle import PER_MINUTE


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The description to read and to try: made of the same data as openapi.json."""
    site = request.build_absolute_uri("/").rstrip("/")
    context = {"guide": guide_of(api_description()), "site": site, "per_minute": PER_MINUTE}
    return render(request, "api/guide.html", context)


@login_not_required
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    content = json.dumps(api_description(), ensure_ascii=False, indent=2)
    answer = HttpResponse(content, content_type="application/json", headers={"Cache-Control": "no-cache"})
    return with_etag(request, answer)


@login_not_required
@csrf_exempt
def not_there(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address below the API's, in the API's own words."""
    return problem(404, NOT_THERE)
