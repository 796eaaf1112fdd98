"""One's own API tokens: made, shown once, withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kiv.accounts import services
from kiv.accounts.forms import TokenForm
from kiv.accounts.models import ApiToken
from kiv.accounts.selectors import tokens_of
from kiv.http import not_repeated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """One's tokens; a post makes one and shows its secret, this once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = services.issue_token(by=request.user, **form.cleaned_data)
        except services.ChangeRefused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "accounts/token_shown.html", {"token": token, "secret": secret})
    return render(request, "accounts/token_list.html", {"form": form, "tokens": tokens_of(request.user)})


@not_repeated("accounts:token_list")
@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=token_id)
    try:
        services.revoke_token(by=request.user, token=token)
    except services.ChangeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The token was withdrawn. It opens nothing any more."))
    return redirect("accounts:token_list")
