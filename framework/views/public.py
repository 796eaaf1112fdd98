"""Pages of the framework: public but for the list of editions. A draft exists for its administrators only.

Not here: changing an edition (drafts, parts, publishing).
"""

import hashlib

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from framework.export import edition_as_json, edition_as_yaml
from framework.models import Attachment, Edition, Item
from framework.selectors import editions_to_show, errata_of, find_item_page, list_edition_rows


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
    return render(request, "framework/edition.html", {"edition": found, "errata": found.errata.all()})


@login_not_required
@require_safe
def item(request: HttpRequest, edition_code: str, item_code: str) -> HttpResponse:
    """One item: what it covers and what a plan that works it out looks like."""
    items = Item.objects.visible_to(request.user).select_related("edition")
    found = get_object_or_404(items, edition__code=edition_code, code=item_code)
    context = {
        "edition": found.edition,
        "item": found,
        "page": find_item_page(found),
        "errata": errata_of(found, found.edition.errata.all()),
    }
    return render(request, "framework/item.html", context)


@login_not_required
@require_safe
def edition_as_file(request: HttpRequest, edition_code: str) -> HttpResponse:
    """The edition in the format of its file, in all languages; `load_edition` reads it again."""
    return _file(request, edition_code, edition_as_json, "application/json")


@login_not_required
@require_safe
def edition_as_yaml_file(request: HttpRequest, edition_code: str) -> HttpResponse:
    """The same as YAML, for people."""
    return _file(request, edition_code, edition_as_yaml, "application/yaml; charset=utf-8")


def _file(request: HttpRequest, edition_code: str, write, content_type: str) -> HttpResponse:
    content = write(get_object_or_404(editions_to_show(request.user), code=edition_code))
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(content, content_type=content_type)
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


@login_not_required
@require_safe
def attachment(request: HttpRequest, edition_code: str, attachment_id: int) -> HttpResponse:
    """The official document, as it was uploaded: never shown in the browser, in a sandbox."""
    attachments = Attachment.objects.visible_to(request.user).exclude(file="")
    found = get_object_or_404(attachments, pk=attachment_id, edition__code=edition_code)
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return _send(request, file, f"{slugify(found.name) or 'attachment'}.pdf")


@csp_update({"sandbox": True})
def _send(request: HttpRequest, file, filename: str) -> FileResponse:
    response = FileResponse(file, as_attachment=True, filename=filename, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition that exists for the user, with how far its translations and attachments are."""
    return render(request, "framework/edition_list.html", {"rows": list_edition_rows(request.user)})
