"""Whose question it is, how often it may be asked, and how an answer travels."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from kiv.accounts import services
from kiv.accounts.models import User
from kiv.api import throttle
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import ZoneFactory
from tests.kiv.api.asking import ROOT, Program, refused_in
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


def problem_of(answer):
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", answer.status_code)
    return body


class TestTokens:
    def test_a_token_opens_what_its_person_sees(self):
        ZoneFactory(name="PZ Noord")
        assert [zone["name"]["nl"] for zone in Program(UserFactory()).read("zones")["results"]] == [
            "PZ Noord"
        ]

    @pytest.mark.parametrize(
        "header",
        ["", "Bearer", "Bearer ", "Basic {secret}", "{secret}", "Bearer {secret}x", "Bearer " + "x" * 5000],
    )
    def test_anything_but_a_token_is_401(self, header):
        program = Program(UserFactory())
        headers = {"Authorization": header.format(secret=program.secret)} if header else {}
        answer = StrictClient().get(f"{ROOT}zones", headers=headers)
        assert problem_of(answer)["title"] == "Unauthorized"
        assert answer["WWW-Authenticate"] == 'Bearer realm="kiv-toets"'

    def test_an_address_and_a_session_open_nothing(self, client_of):
        user = UserFactory(is_system_administrator=True)
        program = Program(user)
        assert client_of(user).get(f"{ROOT}zones").status_code == 401
        assert StrictClient().get(f"{ROOT}zones", {"token": program.secret}).status_code == 401

    @pytest.mark.parametrize("what", ["withdrawn", "closed", "erased", "expired"])
    def test_what_no_longer_works_is_401(self, what, time_machine):
        user = UserFactory(lead_of=ZoneFactory())
        program = Program(user)
        assert program.ask("plans").status_code == 200
        if what == "withdrawn":
            services.revoke_token(by=user, token=program.token)
        elif what == "closed":
            services.deactivate_person(by=None, user=user)
        elif what == "erased":
            services.erase_person(by=None, user=user)
        else:
            time_machine.move_to(program.token.expires_at)
        assert program.ask("plans").status_code == 401

    def test_a_right_that_is_taken_away_is_gone_at_once(self):
        user = UserFactory(coordinator_of="country")
        program = Program(user)
        query = {"cycle": "2026-2031", "edition": "none"}
        assert program.ask("coverage", **query).status_code == 422
        services.remove_membership(by=None, membership=User.objects.get(pk=user.pk).memberships.get())
        assert program.ask("coverage", **query).status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "head", "options"])
    def test_only_reading(self, method):
        answer = getattr(Program(UserFactory()), method)(f"{ROOT}zones")
        assert (answer.status_code, answer["Allow"]) == (405, "GET")


class TestLimit:
    @pytest.fixture(autouse=True)
    def _narrow(self, monkeypatch, time_machine):
        monkeypatch.setattr(throttle, "PER_MINUTE", 3)
        time_machine.move_to(datetime(2026, 3, 1, 12, 0, 20, tzinfo=UTC), tick=False)

    def test_so_many_a_minute_for_each_token(self, time_machine):
        program, other = Program(UserFactory()), Program(UserFactory())
        assert [program.ask("zones").status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = program.ask("editions")
        assert problem_of(answer)["title"] == "Too Many Requests"
        assert answer["Retry-After"] == "40"
        assert other.ask("zones").status_code == 200
        time_machine.shift(40)
        assert program.ask("zones").status_code == 200

    def test_questions_that_cannot_be_answered_count_too(self):
        program = Program(UserFactory())
        statuses = [program.ask(what).status_code for what in ("plans/1", "zones?limit=x", "zones", "zones")]
        assert statuses == [404, 422, 200, 429]

    def test_whoever_has_no_token_takes_no_place(self):
        program = Program(UserFactory())
        for _ in range(5):
            assert StrictClient().get(f"{ROOT}zones").status_code == 401
        assert program.ask("zones").status_code == 200

    def test_a_place_is_taken_once_whoever_looks_at_the_same_time(self, monkeypatch):
        """As if all of them had looked before any took a place."""
        monkeypatch.setattr(cache, "get_many", lambda keys: {})
        assert [throttle.take_place(1) for _ in range(5)] == [True, True, True, False, False]


class TestAnswers:
    def test_what_has_not_changed_is_not_sent_again(self):
        zone = ZoneFactory(name="PZ Noord")
        program = Program(UserFactory())
        first = program.ask("zones")
        assert first["Cache-Control"] == "private, no-cache"
        assert "Authorization" in first["Vary"]
        known = {"If-None-Match": first["ETag"]}
        same = program.get(f"{ROOT}zones", headers=known)
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
        zone.name = "PZ Zuid"
        zone.save()
        changed = program.get(f"{ROOT}zones", headers=known)
        assert changed.status_code == 200
        assert changed["ETag"] != first["ETag"]

    def test_the_same_tag_does_not_open_it_for_another(self):
        tag = Program(UserFactory()).ask("zones")["ETag"]
        assert StrictClient().get(f"{ROOT}zones", headers={"If-None-Match": tag}).status_code == 401

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({"limt": 5}, ["limt"]),
            ({"lang": "nl"}, ["lang"]),
            ({"limit": 0}, ["limit"]),
            ({"limit": 201}, ["limit"]),
            ({"limit": "many"}, ["limit"]),
            ({"limit": ["1", "2"]}, ["limit"]),
            ({"offset": -1}, ["offset"]),
            ({"offset": 10**20}, ["offset"]),
            ({"words": "a\0b"}, ["words"]),
            ({"words": "x" * 101}, ["words"]),
            ({"province": "no-such"}, ["province"]),
            ({"district": "no-such"}, ["district"]),
            ({"discontinued": "perhaps"}, ["discontinued"]),
            ({"x" * 5000: 1}, ["x" * 100]),
        ],
    )
    def test_a_parameter_that_is_not_understood_is_named(self, query, names):
        ZoneFactory()
        answer = Program(UserFactory()).ask("zones", **query)
        assert answer.status_code == 422
        assert problem_of(answer)["detail"] == f"Not understood: {', '.join(names)}."
        assert list(refused_in(answer)) == names

    @pytest.mark.parametrize("what", ["editions/test", "zones/1", "plans/1", "plans/1/items"])
    def test_single_things_know_no_other_parameter_either(self, what):
        EditionFactory(code="test", published=True)
        answer = Program(UserFactory()).ask(what, pretty="1")
        assert (answer.status_code, list(refused_in(answer))) == (422, ["pretty"])

    @pytest.mark.parametrize(
        "what", ["nothing", "plans/", "plans/x", "plans/99999999999999999999", "zones/0", "editions/none"]
    )
    def test_other_addresses_are_404_in_the_same_words(self, what):
        answer = Program(UserFactory()).ask(what)
        assert answer.status_code == 404
        assert problem_of(answer)["detail"] == "There is nothing at this address, or you may not read it."

    def test_pages_follow_each_other_without_a_gap(self):
        for n in range(5):
            ZoneFactory(name=f"PZ {n}")
        program = Program(UserFactory())
        page = program.read("zones", limit=2, words="PZ")
        assert (page["total"], page["limit"], page["offset"]) == (5, 2, 0)
        names = []
        while page["next"]:
            names += [zone["name"]["nl"] for zone in page["results"]]
            assert page["next"].startswith("http://testserver/api/v1/zones?")
            page = program.get(page["next"]).json()
        names += [zone["name"]["nl"] for zone in page["results"]]
        assert names == [f"PZ {n}" for n in range(5)]
        beyond = program.read("zones", offset=100)
        assert (beyond["total"], beyond["results"], beyond["next"]) == (5, [], None)
