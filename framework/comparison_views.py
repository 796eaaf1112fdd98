"""Two editions side by side, and deciding what became of the items of the edition before."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framework.correspondence_table import CorrespondenceTable, overwriting
from framework.correspondences import correspondences_between, ordered
from framework.differences import find_differences
from framework.models import Edition
from framework.selectors import editions_to_show
from framework.services import (
    CannotDecide,
    StaleCorrespondences,
    decide_sure_proposals,
    save_correspondences,
)
from framework.withdrawals import tells_withdrawal
from kiv.http import not_repeated, only_for
from kiv.templatetags.kiv_ui import current_language

PAGE = "framework/correspondences.html"
#: The button that gives an old item one more line; its value is the item's code.
MORE = "more"


@login_not_required
@require_safe
def compare(request: HttpRequest, edition_code: str, other_code: str) -> HttpResponse:
    """What differs between two editions of one framework; the earlier one stands left however one asks."""
    editions = editions_to_show(request.user)
    one, other = (get_object_or_404(editions, code=code) for code in (edition_code, other_code))
    if one == other or one.framework_id != other.framework_id:
        raise Http404
    old, new = ordered(one, other)
    succession = correspondences_between(old, new)
    differences = find_differences(
        succession.old_texts, succession.new_texts, succession.links, current_language()
    )
    context = {
        "old": old,
        "new": new,
        "same": [each for each in differences if each.is_same],
        "differing": [each for each in differences if not each.is_same],
        "has_proposals": any(not each.is_decided for each in differences),
    }
    return render(request, "framework/compare.html", context)


@only_for("is_framework_administrator")
@require_http_methods(["GET", "HEAD", "POST"])
@tells_withdrawal
def correspondences(request: HttpRequest, edition_code: str) -> HttpResponse:
    """What became of each item of the edition before: one table, one Save."""
    edition = _following_or_404(request, edition_code)
    succession = correspondences_between(edition.predecessor, edition)
    asked = request.GET.get("show", "")
    olds = {"undecided": succession.undecided, "unmapped": succession.unmapped}.get(asked, succession.olds)
    if not edition.is_draft:
        olds = [item for item in olds if item in succession.undecided]
    data, more = (request.POST, request.POST.get(MORE, "")) if request.method == "POST" else (None, "")
    table = CorrespondenceTable(succession, succession.olds if data else olds, current_language(), data, more)
    context = {"edition": edition, "succession": succession, "table": table, "asked": asked}
    if data is None or more:
        return render(request, PAGE, context)
    status = 200
    if table.is_valid():
        try:
            saved = save_correspondences(edition=edition, by=request.user, sayings=table.sayings)
        except StaleCorrespondences as stale:
            context["differences"], status = table.differences(stale.stored), 409
            data = overwriting(data, stale.stored)
            context["table"] = CorrespondenceTable(succession, succession.olds, table.language, data)
        except CannotDecide as reason:
            context["error"], status = str(reason), 409
        except ValidationError:
            context["error"], status = (
                _("Somebody else changed these items meanwhile."),
                409,
            )
        else:
            _tell(request, saved)
            return redirect(request.get_full_path())
    return render(request, PAGE, context, status=status)


@not_repeated("framework:correspondences", "edition_code")
@only_for("is_framework_administrator")
@require_POST
@tells_withdrawal
def decide_sure(request: HttpRequest, edition_code: str) -> HttpResponse:
    """Decide every item that stands in both editions word for word and of which nothing was said."""
    edition = _following_or_404(request, edition_code)
    _tell(request, decide_sure_proposals(edition=edition, by=request.user))
    return redirect("framework:correspondences", edition.code)


def _following_or_404(request: HttpRequest, code: str) -> Edition:
    edition = get_object_or_404(editions_to_show(request.user), code=code)
    if edition.predecessor is None:
        raise Http404
    return edition


def _tell(request: HttpRequest, saved: list[str]) -> None:
    if saved:
        messages.success(request, _("Saved: %(codes)s.") % {"codes": ", ".join(saved)})
    else:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
