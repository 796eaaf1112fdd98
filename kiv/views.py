"""Pages that know every app: where a person starts, and whether the site is well."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kiv.accounts.access import access_of


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """After signing in: the page on which this person's work begins."""
    access = access_of(request.user)
    if access.is_zone_member:
        from plans.selectors.plans import first_page_for  # only a member of a zone has plans

        return redirect(first_page_for(request.user))
    if access.is_coordinator:
        return redirect("plans:coverage")
    if access.is_framework_administrator:
        return redirect("framework:edition_list")
    if access.is_system_administrator:
        return redirect("territory:zone_list")
    return redirect("accounts:person_me")


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503: for the one who watches the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": False}, status=503)
    return JsonResponse({"status": "ok", "database": True})


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in all its states; in DEBUG only."""
    return render(request, "gallery/gallery.html")
