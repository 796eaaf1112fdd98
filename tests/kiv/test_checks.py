"""Settings with which the site must not run."""

import pytest

from kiv.checks import check_demo_is_local, check_secret_key

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
