"""One's own choice of notices, and for the system administrator the mails that could not be sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kiv.http import only_for
from plans.forms.notices import NoticesForm
from plans.selectors.waiting import failed_mails
from plans.services.notices import choose_notices

PAGE_LENGTH = 50


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request):
    """Everybody, for themselves."""
    form = NoticesForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        choose_notices(by=request.user, frequencies=form.chosen())
        messages.success(request, _("Your choice is saved."))
        return redirect("plans:notice_settings")
    return render(request, "plans/notice_settings.html", {"form": form})


@require_safe
@only_for("is_system_administrator")
def mail_list(request):
    """Which mails wait after a failure, for whom and why; never what they say."""
    page = Paginator(failed_mails(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "plans/mail_list.html", {"page": page})
