"""Language, navigation, safe redirects."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from kiv.http import LanguageMiddleware, safe_next, site_context
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory


def language_of(response):
    return response["Content-Language"]


@pytest.mark.django_db
class TestLanguage:
    def test_dutch_when_nothing_was_chosen_whatever_the_browser_speaks(self, client):
        response = client.get("/login/", headers={"Accept-Language": "fr-BE,fr;q=0.9,en;q=0.8"})
        assert language_of(response) == "nl"
        assert '<html lang="nl">' in response.content.decode()
        assert "kiv_language" not in response.cookies
        assert "Accept-Language" not in response["Vary"]
        assert "Cookie" in response["Vary"]

    def test_the_address_chooses_and_the_cookie_remembers(self, client):
        assert language_of(client.get("/login/?lang=fr")) == "fr"
        assert client.cookies["kiv_language"]["samesite"] == "Lax"
        assert language_of(client.get("/login/")) == "fr"
        assert language_of(client.get("/login/?lang=de")) == "de"
        assert language_of(client.get("/login/")) == "de"

    @pytest.mark.parametrize("code", ["xx", "", "NL", "../..", "en-gb"])
    def test_another_language_than_ours_is_no_choice(self, client, code):
        response = client.get("/login/", {"lang": code})
        assert (language_of(response), "kiv_language" in response.cookies) == ("nl", False)
        client.cookies["kiv_language"] = code
        assert language_of(client.get("/login/")) == "nl"

    def test_an_error_page_speaks_the_language_too(self, client):
        client.cookies["kiv_language"] = "fr"
        response = client.get("/no/such/page/")
        assert (response.status_code, language_of(response)) == (404, "fr")

    def test_the_switcher_keeps_path_and_query(self, client):
        response = client.get("/login/?next=%2Fzones%2F%3Fq%3Da&lang=fr")
        links = list(response.context["languages"])
        assert [(link.code, link.is_current) for link in links] == [
            ("nl", False),
            ("fr", True),
            ("de", False),
            ("en", False),
        ]
        assert links[0].url == "/login/?next=%2Fzones%2F%3Fq%3Da&lang=nl"

    def test_an_answer_to_a_form_has_no_switcher_that_would_lose_what_was_typed(self, client):
        response = client.post("/login/", {"username": "an@example.be", "password": "wrong"})
        assert (response.status_code, list(response.context["languages"])) == (200, [])
        assert "hreflang" not in response.content.decode()


def test_one_request_leaves_no_language_behind(rf):
    with translation.override("de"):
        LanguageMiddleware(lambda request: HttpResponse())(rf.get("/?lang=fr"))
        assert translation.get_language() == "de"


def test_a_streamed_answer_is_made_in_its_language(rf):
    middleware = LanguageMiddleware(
        lambda request: StreamingHttpResponse(translation.get_language() for _ in range(1))
    )
    with translation.override("nl"):
        assert b"".join(middleware(rf.get("/?lang=fr")).streaming_content) == b"fr"


def nav_of(rf, user, path="/zones/"):
    request = rf.get(path)
    request.user = user
    return [entry.url for entry in site_context(request)["nav"]]


def test_a_visitor_has_no_navigation(rf):
    assert nav_of(rf, AnonymousUser()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: UserFactory(), ["/", "/zones/"]),
        (lambda: UserFactory(reader_of=ZoneFactory()), ["/", "/plans/", "/zones/"]),
        (
            lambda: UserFactory(coordinator_of="country"),
            ["/", "/plans/", "/coverage/", "/review/", "/zones/"],
        ),
        (lambda: UserFactory(is_framework_administrator=True), ["/", "/editions/", "/zones/"]),
        (
            lambda: UserFactory(is_system_administrator=True),
            ["/", "/zones/", "/people/", "/cycles/", "/history/"],
        ),
    ],
)
def test_navigation_by_role(rf, make, expected):
    assert nav_of(rf, make()) == expected


@pytest.mark.django_db
def test_the_current_entry(rf):
    request = rf.get("/zones/5/")
    request.user = UserFactory()
    assert [(entry.url, entry.is_current) for entry in site_context(request)["nav"]] == [
        ("/", False),
        ("/zones/", True),
    ]


@pytest.mark.django_db
def test_unused_navigation_costs_nothing(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = UserFactory()
    with django_assert_num_queries(0):
        context = site_context(request)
    with django_assert_num_queries(1):
        assert list(context["nav"])
        assert list(context["nav"])


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/plans/3/?tab=1", "/plans/3/?tab=1"),
        ("http://testserver/plans/", "http://testserver/plans/"),
        ("https://evil.example/", "/x/"),
        ("//evil.example", "/x/"),
        ("/\\evil.example", "/x/"),
        ("\tjavascript:alert(1)", "/x/"),
        ("", "/x/"),
    ],
)
def test_a_redirect_stays_on_this_site(rf, target, expected):
    assert safe_next(rf.get("/", {"next": target}), "/x/") == expected
    assert safe_next(rf.post("/", {"next": target}), "/x/") == expected


def test_a_redirect_does_not_leave_https(rf):
    request = rf.get("/", {"next": "http://testserver/"}, secure=True)
    assert safe_next(request, "/x/") == "/x/"
