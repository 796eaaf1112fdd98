"""Pages on zones: everybody signed in reads them, a system administrator completes them.

Rights are asked of ``request.user.access``: territory knows nothing of accounts.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kiv.http import only_for
from kiv.territory.forms import ZoneForm, list_differences
from kiv.territory.models import PoliceZone
from kiv.territory.services import ZoneChanged, complete_zone

PAGE_SIZE = 50


@require_safe
def zone_list(request: HttpRequest) -> HttpResponse:
    """Zones of today, or with ``former=1`` the discontinued ones too, found by name, code, municipality."""
    words = request.GET.get("q", "").strip()[:100]
    has_former = request.GET.get("former") == "1"
    zones = PoliceZone.objects.search(words).with_place().order_by("is_discontinued", Lower("name"), "id")
    if not has_former:
        zones = zones.current()
    page = Paginator(zones, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "has_former": has_former}
    return render(request, "territory/zone_list.html", context)


@require_safe
def zone_detail(request: HttpRequest, zone_id: int) -> HttpResponse:
    zones = PoliceZone.objects.with_place().prefetch_related("predecessors", "successors")
    zone = get_object_or_404(zones, pk=zone_id)
    can_edit = request.user.access.is_system_administrator
    return render(request, "territory/zone_detail.html", {"zone": zone, "can_edit": can_edit})


@only_for("is_system_administrator")
def zone_edit(request: HttpRequest, zone_id: int) -> HttpResponse:
    """Complete a zone. A save from an old form is refused: what was typed stays, what is stored is shown."""
    zone = get_object_or_404(PoliceZone.objects.with_place(), pk=zone_id)
    form = ZoneForm(request.POST or None, zone=zone)
    differences, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            complete_zone(zone=zone, by=request.user, **form.wanted())
        except ZoneChanged as changed:
            differences, status = list_differences(form, changed.zone), 409
            # Saving again is a decision made with both texts in view.
            form.data = form.data.copy()
            form.data["revision"] = str(changed.zone.revision)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("The zone was saved."))
            return redirect("territory:zone_detail", zone.pk)
    context = {"zone": zone, "form": form, "differences": differences}
    return render(request, "territory/zone_edit.html", context, status=status)
