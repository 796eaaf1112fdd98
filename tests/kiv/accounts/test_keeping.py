"""Nothing typed is lost when the session ended under a form, or its security token grew old."""

import base64
import random
import string
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kiv.accounts import keeping
from kiv.territory.models import PoliceZone
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.territory import ZoneFactory
from tests.kiv.accounts.pages import LOGIN, form_fields, hidden, page_of, sign_in, token_of
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
TYPED = 'ZP "Nord" & <b>Süd</b>\r\nsecond line'


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
def zone():
    return ZoneFactory(name="PZ Noord")


def edit_url(zone):
    return reverse("territory:zone_edit", args=[zone.pk])


def zone_data(zone, **changes):
    return {"revision": zone.revision, "code": "5915", "name": zone.name, **changes}


def test_the_whole_way_posted_signed_out_signed_in_continued_saved(browser, admin, zone):
    data = zone_data(zone, name_fr=TYPED, csrfmiddlewaretoken=token_of(browser))
    ended = browser.post(edit_url(zone), data)
    assert ended.status_code == 401
    zone.refresh_from_db()
    assert zone.code == ""
    offered = sign_in(browser, page_of(ended))
    assert offered.status_code == 200
    fields = form_fields(page_of(offered), edit_url(zone))
    assert fields["name_fr"] == TYPED
    assert fields["csrfmiddlewaretoken"] != data["csrfmiddlewaretoken"]
    assert set(fields) == {"csrfmiddlewaretoken", "revision", "code", "name", "name_fr"}
    saved = browser.post(edit_url(zone), {**fields, "name_fr": "ZP Nord"})
    assert (saved.status_code, saved.url) == (302, zone.get_absolute_url())
    zone.refresh_from_db()
    assert (zone.code, zone.names) == ("5915", {"fr": "ZP Nord"})


def test_what_was_typed_survives_a_wrong_password(browser, admin, zone):
    data = zone_data(zone, csrfmiddlewaretoken=token_of(browser))
    ended = browser.post(edit_url(zone), data)
    wrong = sign_in(browser, page_of(ended), password="wrong")
    assert wrong.status_code == 200
    offered = sign_in(browser, page_of(wrong))
    assert form_fields(page_of(offered), edit_url(zone))["code"] == "5915"


def test_the_query_and_repeated_fields_are_kept_in_order(client, admin):
    ended = client.post("/zones/?q=a&q=b", {"tick": ["3", "1", "2"], "empty": ""})
    kept = keeping.unpack(hidden(page_of(ended), "kept")[0])
    assert kept == keeping.Kept("/zones/?q=a&q=b", (("tick", ("3", "1", "2")), ("empty", ("",))))


def test_a_get_still_goes_to_the_sign_in_page(client, zone):
    assert client.get(edit_url(zone)).status_code == 302


def test_no_file_is_kept_and_that_is_said(client, admin):
    ended = client.post("/zones/?lang=en", {"file": SimpleUploadedFile("plan.yaml", b"secret"), "title": "x"})
    page = page_of(ended)
    assert "Choose it again" in page
    assert keeping.unpack(hidden(page, "kept")[0]) == keeping.Kept(
        "/zones/?lang=en", (("title", ("x",)),), True
    )
    offered = client.post(
        LOGIN, {"username": "an@example.be", "password": PASSWORD, "kept": hidden(page, "kept")[0]}
    )
    assert "Choose it again" in page_of(offered)


def test_passwords_are_never_kept(client):
    ended = client.post("/zones/", {"new_password1": "secret", "Password": "secret", "title": "x"})
    assert keeping.unpack(hidden(page_of(ended), "kept")[0]).fields == (("title", ("x",)),)
    change = client.post(reverse("accounts:password_change"), {"old_password": "secret"})
    assert change.status_code == 302
    assert "secret" not in change.url


def test_what_is_too_long_is_not_carried_and_that_is_said(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = keeping.ROOM_FOR_THE_REST + 30_000
    # Hardly anything of this can be compressed, and a signed field is longer than what it holds.
    noise = base64.b64encode(random.Random(1).randbytes(30_000)).decode()
    ended = client.post("/zones/?lang=en", {"text": noise})
    page = page_of(ended)
    assert ended.status_code == 401
    assert hidden(page, "kept") == []
    assert "too long to be carried along" in page
    assert "what you typed is kept" not in page


LETTERS = string.ascii_letters + string.digits + ":;,.-_?!()/ \n"


@pytest.mark.parametrize(
    "text",
    ["é " * (349 * 1024), "".join(random.Random(1).choices(LETTERS, k=1024 * 1024)).replace("\n", "\r\n")],
    ids=["accents", "noise"],
)
def test_a_pasted_file_of_the_largest_size_is_carried(client, admin, text):
    ended = client.post("/zones/", {"text": text})
    token = hidden(page_of(ended), "kept")[0]
    data = urlencode({"username": "an@example.be", "password": PASSWORD, "kept": token})
    offered = client.post(LOGIN, data, content_type="application/x-www-form-urlencoded")
    assert hidden(page_of(offered), "text") == [text]
    # As multipart it is as long as what was typed; the other encoding can be three times as long.
    assert 'action="/zones/" enctype="multipart/form-data"' in page_of(offered)


def test_the_page_says_as_whom_it_will_be_sent(client, admin, zone):
    other = UserFactory(email="bo@example.be", name="Bo & <b>Peeters</b>")
    token = hidden(page_of(client.post(edit_url(zone), zone_data(zone))), "kept")[0]
    client.cookies["kiv_language"] = "en"
    offered = client.post(LOGIN, {"username": other.email, "password": PASSWORD, "kept": token})
    assert "It will be sent as Bo &amp; &lt;b&gt;Peeters&lt;/b&gt;, who is signed in now." in page_of(offered)


@pytest.mark.parametrize("damage", [lambda t: t[:-3] + "xyz", lambda t: "", lambda t: "nonsense"])
def test_what_is_not_ours_is_not_offered(client, admin, zone, damage):
    token = hidden(page_of(client.post(edit_url(zone), zone_data(zone))), "kept")[0]
    data = {"username": "an@example.be", "password": PASSWORD, "kept": damage(token)}
    assert client.post(LOGIN, data).url == reverse("start")


def test_after_an_hour_it_is_gone(client, admin, zone):
    with time_machine.travel("2026-11-01 12:00:00", tick=False) as clock:
        token = hidden(page_of(client.post(edit_url(zone), zone_data(zone))), "kept")[0]
        clock.shift(3590)
        assert keeping.unpack(token).path == edit_url(zone)
        clock.shift(20)
        assert keeping.unpack(token) is None


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/zones/", "/no/such/page/", "javascript:1"]
)
def test_a_path_leads_to_a_page_of_ours(path):
    content = {"path": path, "fields": [], "files": False}
    assert keeping.unpack(signing.dumps(content, salt=keeping._SALT, compress=True)) is None


def test_htmx_gets_the_whole_page_in_an_answer_it_does_not_drop(client, zone):
    ended = client.post(edit_url(zone), zone_data(zone), headers={"HX-Request": "true"})
    assert ended.status_code == 200
    assert (ended["HX-Retarget"], ended["HX-Reswap"], ended["HX-Reselect"]) == (
        "body",
        "innerHTML show:top",
        "unset",
    )
    assert keeping.unpack(hidden(page_of(ended), "kept")[0]).path == edit_url(zone)


def test_the_pages_are_not_stored_by_the_browser(client, zone):
    assert client.post(edit_url(zone), zone_data(zone))["Cache-Control"] == "no-store"


def test_no_language_link_leads_away_from_what_was_typed(client, admin, zone):
    assert "lang=fr" in page_of(client.get(LOGIN))
    ended = client.post(edit_url(zone), zone_data(zone))
    kept = hidden(page_of(ended), "kept")[0]
    wrong = client.post(LOGIN, {"username": "an@example.be", "password": "wrong", "kept": kept})
    offered = client.post(LOGIN, {"username": "an@example.be", "password": PASSWORD, "kept": kept})
    for response in (ended, wrong, offered):
        assert "lang=fr" not in page_of(response)


# An old security token: one signed in again in another tab.


def test_an_old_token_of_our_own_page_offers_what_was_typed(browser, admin, zone):
    old = token_of(browser)
    browser.force_login(admin)
    browser.cookies.pop("csrftoken", None)
    refused = browser.post(edit_url(zone), zone_data(zone, csrfmiddlewaretoken=old))
    fields = form_fields(page_of(refused), edit_url(zone))
    assert fields["code"] == "5915"
    assert browser.post(edit_url(zone), fields).status_code == 302
    assert PoliceZone.objects.get().code == "5915"


def test_an_old_token_and_no_session_ask_to_sign_in_with_what_was_typed(browser, admin, zone):
    ended = browser.post(edit_url(zone), zone_data(zone, csrfmiddlewaretoken="x" * 64))
    assert ended.status_code == 401
    offered = sign_in(browser, page_of(ended))
    assert form_fields(page_of(offered), edit_url(zone))["code"] == "5915"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/testserver/"},
        {"Origin": "https://evil.example", "Referer": "http://testserver/"},
    ],
    ids=str,
)
def test_another_sites_form_is_refused_and_nothing_is_kept(admin, zone, headers):
    client = StrictClient(enforce_csrf_checks=True, headers=headers)
    client.force_login(admin)
    refused = client.post(edit_url(zone), zone_data(zone))
    assert refused.status_code == 403
    assert "5915" not in page_of(refused)
    zone.refresh_from_db()
    assert zone.code == ""


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://testserver"}, {"Referer": "http://testserver/zones/"}], ids=str
)
def test_an_older_browser_vouches_by_origin_or_referer(admin, zone, headers):
    client = StrictClient(enforce_csrf_checks=True, headers=headers)
    client.force_login(admin)
    offered = client.post(edit_url(zone), zone_data(zone))
    assert form_fields(page_of(offered), edit_url(zone))["code"] == "5915"


def test_two_sign_in_pages_in_two_tabs_the_second_still_carries_what_was_typed(browser, admin, zone):
    ended = browser.post(edit_url(zone), zone_data(zone, csrfmiddlewaretoken=token_of(browser)))
    first_tab = page_of(browser.get(LOGIN))
    assert sign_in(browser, first_tab).status_code == 302
    offered = sign_in(browser, page_of(ended))
    assert form_fields(page_of(offered), edit_url(zone))["code"] == "5915"


def test_who_is_signed_in_already_gets_what_was_kept(client, admin, zone):
    token = hidden(page_of(client.post(edit_url(zone), zone_data(zone))), "kept")[0]
    client.force_login(admin)
    offered = client.post(LOGIN, {"kept": token})
    assert form_fields(page_of(offered), edit_url(zone))["code"] == "5915"


def test_an_old_sign_in_page_is_shown_again_with_the_way_on(browser, admin):
    again = browser.post(LOGIN, {"username": "an@example.be", "password": PASSWORD, "next": "/zones/"})
    assert again.status_code == 401
    assert sign_in(browser, page_of(again)).url == "/zones/"


def test_a_password_form_with_an_old_token_is_refused_without_keeping(browser, admin):
    browser.force_login(admin)
    refused = browser.post(reverse("accounts:password_change"), {"old_password": "secret"})
    assert refused.status_code == 403
    assert "secret" not in page_of(refused)
