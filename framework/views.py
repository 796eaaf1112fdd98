"""Pages of the framework: public but for the list of editions. A draft exists for its administrators only."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from framework.export import edition_as_json
from framework.models import Edition, Item
from framework.selectors import editions_to_show, find_item_page, list_edition_rows


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest published edition; a friendly page when there is none yet."""
    edition = editions_to_show(request.user, "items", "attachments").latest_published()
    others = (
        Edition.objects.visible_to(request.user).exclude(pk=edition.pk) if edition else Edition.objects.none()
    )
    return render(request, "framework/home.html", {"edition": edition, "others": others})


@login_not_required
@require_safe
def edition(request: HttpRequest, edition_code: str) -> HttpResponse:
    """One edition: its items, how a plan is read under it, its attachments."""
    editions = editions_to_show(request.user, "items", "criteria", "attachments", "successors")
    found = get_object_or_404(editions, code=edition_code)
    return render(request, "framework/edition.html", {"edition": found})


@login_not_required
@require_safe
def item(request: HttpRequest, edition_code: str, item_code: str) -> HttpResponse:
    """One item: what it covers and what a plan that works it out looks like."""
    items = Item.objects.visible_to(request.user).select_related("edition")
    found = get_object_or_404(items, edition__code=edition_code, code=item_code)
    context = {"edition": found.edition, "item": found, "page": find_item_page(found)}
    return render(request, "framework/item.html", context)


@login_not_required
@require_safe
def edition_as_file(request: HttpRequest, edition_code: str) -> HttpResponse:
    """The edition in the format of its file, in all languages; `load_edition` reads it again."""
    content = edition_as_json(get_object_or_404(editions_to_show(request.user), code=edition_code))
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(content, content_type="application/json")
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition that exists for the user, with how far its translations and attachments are."""
    return render(request, "framework/edition_list.html", {"rows": list_edition_rows(request.user)})
