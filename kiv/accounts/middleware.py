"""Standing before LoginRequiredMiddleware: a form posted after the session ended is kept, not dropped."""

from django.http import HttpRequest, HttpResponse

from kiv.accounts.keeping import can_keep
from kiv.accounts.views.signing_in import ask_to_sign_in_again


class KeepInputMiddleware:
    """Answers a post without a session to a page that needs one. CSRF was checked before (its order)."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if request.method != "POST" or not getattr(view, "login_required", True):
            return None
        if request.user.is_authenticated or not can_keep(request):
            return None
        return ask_to_sign_in_again(request)
