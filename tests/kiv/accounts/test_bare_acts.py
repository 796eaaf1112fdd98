"""Acts in which nothing is typed: when the session ended they are asked for again, never sent again."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from kiv.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.kiv.accounts.pages import LOGIN, form_fields, hidden, page_of, sign_in, token_of
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def browser():
    """A client that checks CSRF tokens, as a server does for a browser."""
    return StrictClient(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def admin():
    return UserFactory(email="an@example.be", is_system_administrator=True)


@pytest.fixture
def act(admin):
    """The address of a bare button, and the page it stands on."""
    person = UserFactory()
    return (
        reverse("accounts:person_deactivate", args=[person.pk]),
        reverse("accounts:person_detail", args=[person.pk]),
    )


def test_a_bare_act_leads_back_to_its_page_and_is_not_sent_again(browser, admin, act):
    address, page = act
    ended = browser.post(f"{address}?lang=en", {"csrfmiddlewaretoken": token_of(browser)})
    assert (ended.status_code, hidden(page_of(ended), "kept")) == (401, [])
    assert "Nothing was done yet" in page_of(ended)
    assert "what you typed is kept" not in page_of(ended)
    wrong = sign_in(browser, page_of(ended), password="wrong")
    assert sign_in(browser, page_of(wrong)).url == page
    assert User.objects.filter(is_active=False).count() == 0


@pytest.mark.parametrize(
    ("referer", "where"),
    [
        ("http://testserver/zones/?q=a#b", "/zones/?q=a"),
        ("http://testserver/no/such/page/", "/start/"),
        ("https://evil.example/zones/", "/start/"),
        ("", "/start/"),
    ],
)
def test_without_a_mark_a_bare_post_leads_to_where_it_was_sent_from(client, admin, referer, where):
    headers = {"Referer": referer} if referer else {}
    ended = client.post("/zones/", {"revision": "1", "submission": "x"}, headers=headers)
    assert form_fields(page_of(ended), LOGIN)["next"] == where


@pytest.mark.usefixtures("in_english")
def test_an_old_token_does_not_send_a_bare_act_either(browser, admin, act):
    address, page = act
    browser.force_login(admin)
    assert browser.post(address, {"csrfmiddlewaretoken": "x" * 64}).url == page
    assert "nothing was done yet" in page_of(browser.get(page))
    htmx = browser.post(address, {}, headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (200, page)
    assert User.objects.filter(is_active=False).count() == 0
