"""Signing in, the limit on guesses, passwords."""

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from kiv.accounts import throttle
from kiv.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.territory import ZoneFactory
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
LOGIN = reverse("accounts:login")
START = reverse("start")


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def sign_in(client, email, password=PASSWORD, **data):
    headers = data.pop("headers", None)
    return client.post(LOGIN, {"username": email, "password": password, **data}, headers=headers)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_by_address_in_whatever_case(client):
    UserFactory(email="an@example.be")
    response = sign_in(client, "An@Example.BE")
    assert (response.status_code, response.url) == (302, START)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/zones/", "/zones/"),
        ("/zones/?q=x", "/zones/?q=x"),
        ("https://evil.example/", START),
        ("//evil.example/", START),
        ("javascript:alert(1)", START),
        ("", START),
    ],
)
def test_the_way_on_stays_on_this_site(client, target, expected):
    UserFactory(email="an@example.be")
    assert sign_in(client, "an@example.be", next=target).url == expected


def test_the_cookie_gets_the_persons_language_when_there_is_none(client):
    UserFactory(email="an@example.be", language="fr")
    assert sign_in(client, "an@example.be").cookies["kiv_language"].value == "fr"


def test_a_language_chosen_before_stays(client):
    UserFactory(email="an@example.be", language="fr")
    client.get("/login/?lang=de")
    sign_in(client, "an@example.be")
    assert client.cookies["kiv_language"].value == "de"


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(client):
    UserFactory(email="an@example.be")
    response = sign_in(client, "an@example.be", "wrong")
    assert response.status_code == 200
    assert 'value="an@example.be"' in response.content.decode()
    assert response.context["form"].has_error("__all__", "invalid_login")
    assert not is_signed_in(client)


def test_a_refused_sign_in_does_not_speak_of_saving(client):
    client.cookies["kiv_language"] = "en"
    html = sign_in(client, "an@example.be", "wrong").content.decode()
    assert "You are not signed in yet" in html
    assert "Not saved" not in html


def test_a_closed_account_cannot_sign_in_and_its_session_ends(client, client_of):
    user = UserFactory(email="an@example.be")
    open_client = client_of(user)
    user.is_active = False
    user.save()
    sign_in(client, "an@example.be")
    assert not is_signed_in(client)
    assert open_client.get("/people/me/").status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_waits(client):
    UserFactory(email="an@example.be")
    for _ in range(5):
        assert sign_in(client, "an@example.be", "wrong").status_code == 200
    response = sign_in(client, "AN@example.be ")
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert response.context["form"].has_error("__all__", "throttled")
    assert not is_signed_in(client)


def test_a_right_password_forgets_the_wrong_ones(client):
    UserFactory(email="an@example.be")
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "an@example.be", "wrong")
        assert sign_in(client, "an@example.be").status_code == 302


def test_colleagues_behind_the_same_address_are_not_locked_out(client):
    for name in ("an", "bo", "cy"):
        UserFactory(email=f"{name}@example.be")
    for name in ("an", "bo", "nobody"):
        for _ in range(6):
            sign_in(client, f"{name}@example.be", "wrong")
    assert sign_in(client, "cy@example.be").status_code == 302


def test_the_same_person_elsewhere_is_not_locked_out(client):
    UserFactory(email="an@example.be")
    for _ in range(6):
        sign_in(client, "an@example.be", "wrong")
    elsewhere = StrictClient(REMOTE_ADDR="10.1.2.3")
    assert sign_in(elsewhere, "an@example.be").status_code == 302


def test_after_five_minutes_one_may_try_again(client):
    UserFactory(email="an@example.be")
    with time_machine.travel("2026-11-01 12:00:00", tick=False) as clock:
        for _ in range(6):
            sign_in(client, "an@example.be", "wrong")
        assert sign_in(client, "an@example.be").status_code == 429
        clock.shift(5 * 60 + 2)
        assert sign_in(client, "an@example.be").status_code == 302


def test_places_are_taken_before_the_password_is_looked_at():
    assert [throttle.take_attempt("an@example.be", "10.0.0.1") for _ in range(7)] == [True] * 5 + [False] * 2
    throttle.give_back("AN@example.be", "10.0.0.1")
    assert throttle.take_attempt("an@example.be", "10.0.0.1")


@pytest.mark.parametrize(
    ("remote", "forwarded", "is_behind_proxy", "expected"),
    [
        ("10.0.0.1", "", False, "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6", False, "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, 7.7.7.7", True, "7.7.7.7"),
        ("10.0.0.1", "", True, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:0db8:0001:0002"),
        ("2001:db8:1:2:aaaa::1", "", False, "2001:0db8:0001:0002"),
    ],
)
def test_where_a_request_comes_from(rf, settings, remote, forwarded, is_behind_proxy, expected):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if is_behind_proxy else None
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert throttle.network_address(rf.get("/", REMOTE_ADDR=remote, headers=headers)) == expected


def test_signing_out_is_a_post(client_of):
    client = client_of(UserFactory())
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert is_signed_in(client)
    assert client.post(reverse("accounts:logout")).status_code == 302
    assert not is_signed_in(client)


def test_who_is_signed_in_goes_on(client_of):
    client = client_of(UserFactory())
    assert client.get(LOGIN).url == START
    assert client.get(LOGIN, {"next": "/zones/"}).url == "/zones/"
    assert client.get(LOGIN, {"next": "//evil.example/"}).url == START


def test_a_visitor_may_sign_out_too(client):
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout")).url == "/"


def test_changing_ones_password_keeps_the_session(client_of):
    user = UserFactory()
    client = client_of(user)
    url, new = reverse("accounts:password_change"), "another long password"
    assert client.get(url).status_code == 200
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(url, {**data, "old_password": "wrong"}).status_code == 200
    assert client.post(url, data).url == reverse("accounts:person_me")
    assert is_signed_in(client)
    assert client.get(reverse("accounts:person_me")).status_code == 200
    assert User.objects.get(pk=user.pk).check_password(new)


def test_the_way_of_a_new_person(client, capsys):
    zone = ZoneFactory()
    call_command("create_account", "An@Example.be", "--role", "zone_lead", "--zone", str(zone.pk))
    link = capsys.readouterr().out.splitlines()[-1]
    assert client.get(link).status_code == 200
    short = client.post(link, {"new_password1": "short", "new_password2": "short"})
    assert short.status_code == 200
    done = client.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert done.url == LOGIN
    assert client.get(link).status_code == 404
    assert client.post(link, {"new_password1": "x" * 14, "new_password2": "x" * 14}).status_code == 404
    assert sign_in(client, "an@example.be").status_code == 302
    assert User.objects.get().access.zone_ids() == {zone.pk}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--role", "zone_lead"], "zone"),
        (["--role", "zone_lead", "--zone", "999999"], "there is none"),
        (["--role", "zone_lead", "--zone", "abc"], "there is none"),
        (["--role", "system_administrator", "--clearance"], "(?i)clearance|vertrouwelijk"),
    ],
)
def test_the_command_refuses_what_does_not_fit(arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("create_account", "an@example.be", *arguments)
    assert not User.objects.exists()


def test_the_command_adds_a_role_to_an_existing_account():
    user = UserFactory(email="an@example.be")
    call_command("create_account", "AN@example.be", "--role", "framework_administrator", verbosity=0)
    assert user.access.is_framework_administrator
