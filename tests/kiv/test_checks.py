"""Settings with which the site must not run."""

import pytest

from kiv.checks import check_demo_is_local, check_secret_key, check_site_url
from kiv.env import Environment, SettingMissing

LONG = "x" * 50


def ids(found):
    return [error.id for error in found]


@pytest.mark.parametrize(
    ("demo", "secret", "expected"),
    [(False, "x" * 49, ["kiv.E001"]), (False, LONG, []), (True, "x", [])],
)
def test_a_short_secret_is_for_the_demonstration_only(settings, demo, secret, expected):
    settings.DEMO, settings.SECRET_KEY = demo, secret
    assert ids(check_secret_key(None)) == expected


@pytest.mark.parametrize(
    ("demo", "hosts", "expected"),
    [
        (True, ["localhost", "127.0.0.1"], []),
        (True, ["localhost", "kiv.example.be"], ["kiv.E002"]),
        (True, ["*"], ["kiv.E002"]),
        (False, ["kiv.example.be"], []),
    ],
)
def test_the_demonstration_answers_on_this_machine_only(settings, demo, hosts, expected):
    settings.DEMO, settings.ALLOWED_HOSTS = demo, hosts
    assert ids(check_demo_is_local(None)) == expected


@pytest.mark.parametrize(
    ("demo", "host", "expected"),
    [
        (True, "", []),
        (True, "/var/run/postgresql", []),
        (True, "localhost", []),
        (True, "db.example.be", ["kiv.E003"]),
        (False, "db.example.be", []),
    ],
)
def test_the_demonstration_has_a_database_of_its_own(settings, monkeypatch, demo, host, expected):
    settings.DEMO, settings.ALLOWED_HOSTS = demo, ["localhost"]
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", host)
    assert ids(check_demo_is_local(None)) == expected


@pytest.mark.parametrize(
    ("is_local", "url", "expected"),
    [
        (False, "https://kiv.example.be", []),
        (False, "https://kiv.example.be:8443", []),
        (False, "", ["kiv.E004"]),
        (False, "http://kiv.example.be", ["kiv.E004"]),
        (False, "kiv.example.be", ["kiv.E004"]),
        (False, "https://kiv.example.be/app", ["kiv.E004"]),
        (True, "http://127.0.0.1:8000", []),
        (True, "", ["kiv.E004"]),
    ],
)
def test_links_in_mails_need_the_address_of_the_site(settings, is_local, url, expected):
    settings.IS_LOCAL_HTTP, settings.SITE_URL = is_local, url
    assert ids(check_site_url(None)) == expected


def test_a_number_of_the_environment_is_within_its_bounds():
    assert Environment({}).number("HOUR", 7, at_most=23) == 7
    assert Environment({"HOUR": " 0 "}).number("HOUR", 7, at_most=23) == 0
    for wrong in ("24", "-1", "7.5", "seven", "²"):
        with pytest.raises(SettingMissing, match="HOUR"):
            Environment({"HOUR": wrong}).number("HOUR", 7, at_most=23)
