"""The web's small change: the language of an answer, what every page needs, safe redirects.

Not here: anything that knows an app's models. What a person may is asked of ``request.user.access``.
"""

from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from kiv.localized import LANGUAGES

LANGUAGE_NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
LANGUAGE_PARAMETER = "lang"


class LanguageMiddleware:
    """The language is what the person chose: ``?lang=``, else the cookie, else Dutch.

    The browser's Accept-Language is not asked: an official's browser often speaks another language than
    the service does, and two people looking at one address should see the same page.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(LANGUAGE_PARAMETER)
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = next((code for code in (asked, cookie) if code in LANGUAGES), settings.LANGUAGE_CODE)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if response.streaming:
            translation.activate(language)  # its content is made after this middleware is left
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        if asked in LANGUAGES and asked != cookie:
            set_language_cookie(response, asked)
        return response


def set_language_cookie(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


@dataclass(frozen=True, slots=True)
class NavEntry:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class LanguageLink:
    code: str
    name: str
    url: str
    is_current: bool


def site_context(request: HttpRequest) -> dict[str, object]:
    """`is_demo`, `languages` (links for the switcher) and `nav` (entries by role; no query until used)."""
    return {
        "is_demo": settings.DEMO,
        "languages": SimpleLazyObject(lambda: _language_links(request)),
        "nav": SimpleLazyObject(lambda: _nav_entries(request)),
    }


def _language_links(request: HttpRequest) -> list[LanguageLink]:
    """None in an answer to a POST: such a page carries what was typed, and a link away would lose it."""
    if request.method == "POST":
        return []
    current = translation.get_language()
    links = []
    for code in LANGUAGES:
        query = request.GET.copy()
        query[LANGUAGE_PARAMETER] = code
        url = f"{request.path}?{query.urlencode()}"
        links.append(LanguageLink(code, LANGUAGE_NAMES[code], url, code == current))
    return links


def _nav_entries(request: HttpRequest) -> list[NavEntry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    access = user.access
    wanted = [(_("Framework"), "home")]
    if access.is_zone_member or access.is_coordinator:
        wanted.append((_("Plans"), "plans:list"))
    if access.is_coordinator:
        wanted.append((_("Coverage"), "plans:coverage"))
        wanted.append((_("Review"), "plans:review_queue"))
    if access.is_framework_administrator:
        wanted.append((_("Editions"), "framework:edition_list"))
    wanted.append((_("Zones"), "territory:zone_list"))
    if access.is_system_administrator:
        wanted.append((_("People"), "accounts:person_list"))
        wanted.append((_("Cycles"), "plans:cycle_list"))
        wanted.append((_("History"), "plans:audit_list"))
    entries = []
    for label, name in wanted:
        try:
            url = reverse(name)
        except NoReverseMatch:  # an error page must appear under any set of addresses
            continue
        is_current = request.path == url if url == "/" else request.path.startswith(url)
        entries.append(NavEntry(str(label), url, is_current))
    return entries


def is_safe_path(request: HttpRequest, url: str) -> bool:
    """Whether `url` stays on this site: the only targets a redirect may take from what was sent."""
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def safe_next(request: HttpRequest, default: str = "") -> str:
    """The ``next`` of the form or the address when it stays on this site, else `default`."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if url and is_safe_path(request, url) else default


def not_repeated(page: str = "", *names: str):
    """A view decorator: when the session ended under such an act, it is asked for again, not sent again.

    For acts that cannot be undone, and for bare buttons. After signing in one is at `page` (the name of a
    view, with these arguments of the address), or at the view's own address, which then answers GET.
    """

    def decorate(view):
        @wraps(view)
        def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            return view(request, *args, **kwargs)

        marked.page_instead = (page, names)
        return marked

    return decorate


def only_for(right: str):
    """A view decorator: whoever lacks ``user.access.<right>`` gets the same 404 as for a wrong address."""

    def decorate(view):
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not getattr(request.user.access, right):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
