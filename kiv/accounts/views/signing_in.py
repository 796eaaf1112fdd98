"""Signing in and out, passwords, and carrying typed input over an ended session."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kiv.accounts import keeping
from kiv.accounts.forms import SignInForm
from kiv.accounts.services import find_user_of_link, set_password
from kiv.accounts.throttle import WINDOW_SECONDS
from kiv.http import safe_next, set_language_cookie


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInView(LoginView):
    """E-mail and password. With kept input the answer offers to send it again."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Who is signed in already goes on; what was kept goes along."""
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        if kept := keeping.unpack(request.POST.get(keeping.FIELD, "")):
            return offer_to_continue(request, kept)
        return redirect(safe_next(request, reverse("start")))

    def form_valid(self, form: SignInForm) -> HttpResponse:
        response = super().form_valid(form)
        if kept := keeping.unpack(self.request.POST.get(keeping.FIELD, "")):
            response = offer_to_continue(self.request, kept)
        if settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            set_language_cookie(response, form.get_user().language)
        return response

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error("__all__", "throttled"):
            response.status_code = 429
            response["Retry-After"] = str(WINDOW_SECONDS)
        return response

    def get_context_data(self, **kwargs) -> dict:
        token = self.request.POST.get(keeping.FIELD, "")
        return super().get_context_data(kept_token=token, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class SignOutView(LogoutView):
    """By POST only. Public: asking a visitor to sign in would lead back to an address that takes no GET."""


@never_cache
@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(by=request.user, user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password was changed."))
        return redirect("accounts:person_me")
    return render(request, "accounts/password_change.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters()
def password_set(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Behind a one-time link. The link works until a password was set, three days at most."""
    user = find_user_of_link(uid, token)
    if user is None:
        return render(request, "accounts/link_expired.html", status=404)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_password(by=user, user=user, password=form.cleaned_data["new_password1"])
        messages.success(request, _("Your password was set. You can sign in now."))
        return redirect("accounts:login")
    return render(request, "accounts/password_set.html", {"form": form, "person": user})


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponse:
    """401 with the sign-in form, in which everything that was posted travels along.

    A bare act does not: after signing in one is at its page, where it can be asked for again.
    """
    if page := keeping.page_instead(request):
        return _show_sign_in(request, "", page=page)
    token = keeping.pack(request)
    return _show_sign_in(request, token, is_too_large=not token, has_files=bool(request.FILES))


def offer_to_continue(request: HttpRequest, kept: keeping.Kept, *, is_signed_in: bool = True) -> HttpResponse:
    """A page with one button that sends what was kept to where it was going, with a fresh token."""
    context = {"kept": kept, "is_signed_in": is_signed_in}
    return _whole_page(request, render(request, "accounts/continue.html", context))


@login_not_required
def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an old security token: usually a page that stayed open while one signed in elsewhere.

    When the browser vouches that the form was one of our own pages, what was typed is offered again.
    Otherwise another site may have sent it: 403, with what to do.
    """
    if not _is_same_origin(request):
        return render(request, "accounts/csrf_refused.html", status=403)
    is_signed_in = request.user.is_authenticated
    match = request.resolver_match
    if match is not None and match.view_name == "accounts:login":
        token = request.POST.get(keeping.FIELD, "")
        if not is_signed_in:
            return _show_sign_in(request, token, is_retry=True)
        kept = keeping.unpack(token)
        return offer_to_continue(request, kept) if kept else redirect(safe_next(request, reverse("start")))
    if not keeping.can_keep(request):
        return render(request, "accounts/csrf_refused.html", status=403)
    if not is_signed_in and getattr(match.func, "login_required", True):
        return ask_to_sign_in_again(request)
    if page := keeping.page_instead(request):
        return _ask_again(request, page)
    kept = keeping.unpack(keeping.pack(request))
    if kept is None:
        return render(request, "accounts/csrf_refused.html", {"is_too_large": True}, status=403)
    return offer_to_continue(request, kept, is_signed_in=is_signed_in)


def _ask_again(request: HttpRequest, page: str) -> HttpResponse:
    """Back to the page of an act that is not repeated by itself."""
    messages.warning(
        request, _("The page had been open for a long time, and nothing was done yet. Ask for it once more.")
    )
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": page})
    return redirect(page)


def _show_sign_in(request: HttpRequest, token: str, *, page: str = "", **flags: bool) -> HttpResponse:
    """`page`: where to go after signing in, when nothing is kept."""
    context = {
        "form": SignInForm(request),
        "kept_token": token,
        "next": safe_next(request) if flags.get("is_retry") else page,
        "is_act": bool(page),
        "has_ended": not flags.get("is_retry"),
        **flags,
    }
    return _whole_page(request, render(request, "accounts/login.html", context, status=401))


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For a request by HTMX: replace the whole page. HTMX drops the body of any answer but 200."""
    response.headers["Cache-Control"] = "no-store"
    if request.headers.get("HX-Request") == "true":
        response.status_code = 200
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        response.headers["HX-Reselect"] = "unset"
    return response


def _is_same_origin(request: HttpRequest) -> bool:
    """The browser says so itself; a page of another site can neither set nor change these headers."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    source = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return (source.scheme, source.netloc) == (request.scheme, request.get_host())
