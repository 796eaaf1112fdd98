"""API tokens: made on one's own page, shown once, bounded, withdrawn, and gone with their person."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kiv.accounts import services
from kiv.accounts.export import personal_data_of
from kiv.accounts.models import ApiToken
from kiv.accounts.selectors import find_working_token, tokens_of
from kiv.accounts.services.tokens import MAX_ENDED, MAX_WORKING
from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("accounts:token_list")


@pytest.fixture
def an():
    return UserFactory(name="An Peeters")


def issue(user, name="a program", days=30):
    return services.issue_token(by=user, name=name, days=days)


def revoke_page(token):
    return reverse("accounts:token_revoke", args=[token.pk])


def test_a_token_is_shown_once_and_stored_as_a_digest_only(client_of, an, in_english):
    browser = client_of(an)
    made = browser.post(LIST, {"name": "dashboard", "days": "90"})
    assert (made.status_code, "no-store" in made["Cache-Control"]) == (200, True)
    secret = re.search(r'value="(kiv_[\w-]{43})"', made.content.decode())[1]
    token = ApiToken.objects.get()
    assert (token.user, token.name, token.prefix) == (an, "dashboard", secret[:8])
    assert token.expires_at - token.created_at == timedelta(days=90)
    assert find_working_token(secret) == token
    page = browser.get(LIST).content.decode()
    assert "dashboard" in page
    assert secret[:8] in page
    assert secret not in page
    kept = [str(value) for row in ApiToken.objects.values_list() for value in row]
    assert [value for value in kept if secret[8:] in value] == []
    events = AuditEvent.objects.values_list("event", "actor_id", "on_type", "on_id", "data")
    assert list(events) == [
        ("token.issued", an.pk, "accounts.apitoken", str(token.pk), {"user_id": an.pk, "days": 90})
    ]


def test_withdrawing_ends_it_at_once_and_happens_once(client_of, an, in_english):
    token, secret = issue(an)
    browser = client_of(an)
    assert browser.post(revoke_page(token)).url == LIST
    assert find_working_token(secret) is None
    page = browser.get(LIST).content.decode()
    assert "It opens nothing any more." in page
    assert revoke_page(token) not in page
    again = browser.post(revoke_page(token), follow=True)
    assert "This token was withdrawn already." in again.content.decode()
    assert [event.event for event in AuditEvent.objects.order_by("id")] == ["token.issued", "token.revoked"]


def test_somebody_elses_tokens_do_not_exist(client_of, an):
    token, secret = issue(an, name="secret project")
    for other in (UserFactory(), UserFactory(is_system_administrator=True)):
        browser = client_of(other)
        assert "secret project" not in browser.get(LIST).content.decode()
        assert browser.post(revoke_page(token)).status_code == 404
    assert find_working_token(secret) == token


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "", "days": "30"}, "name"),
        ({"name": "x" * 61, "days": "30"}, "name"),
        ({"name": "a\0b", "days": "30"}, "name"),
        ({"name": "x", "days": "366"}, "days"),
        ({"name": "x", "days": ""}, "days"),
        ({"name": "taken", "days": "30"}, "__all__"),
    ],
)
def test_what_does_not_fit_is_said_and_makes_none(client_of, an, typed, field):
    issue(an, name="taken")
    answer = client_of(an).post(LIST, typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {field})
    assert ApiToken.objects.count() == 1


def test_a_name_is_free_again_once_its_token_is_withdrawn(an):
    token, _secret = issue(an)
    with pytest.raises(services.ChangeRefused):
        issue(an)
    issue(UserFactory())
    services.revoke_token(by=an, token=token)
    issue(an)
    assert len(tokens_of(an)) == 2


def test_nobody_has_more_than_ten_that_work(an):
    tokens = [issue(an, name=f"program {n}")[0] for n in range(MAX_WORKING)]
    with pytest.raises(services.ChangeRefused):
        issue(an, name="one more")
    services.revoke_token(by=an, token=tokens[0])
    issue(an, name="one more")


def test_of_those_that_ended_the_latest_are_kept(an):
    ended = timezone.now() - timedelta(days=1)
    for n in range(MAX_ENDED + 3):
        ApiToken.objects.create(
            user=an,
            name=f"old {n}",
            prefix="kiv_",
            digest=f"{n:064}",
            created_at=ended - timedelta(days=100 - n),
            expires_at=ended,
        )
    issue(an)
    names = [token.name for token in tokens_of(an)]
    assert names == ["a program", *(f"old {n}" for n in range(MAX_ENDED + 2, 2, -1))]


def test_a_token_works_until_it_expires(an, time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
    token, secret = issue(an, days=30)
    time_machine.move_to(datetime(2026, 3, 31, 11, 59, tzinfo=UTC), tick=False)
    assert find_working_token(secret) == token
    time_machine.move_to(datetime(2026, 3, 31, 12, tzinfo=UTC), tick=False)
    assert find_working_token(secret) is None
    with pytest.raises(ValueError, match="366"):
        issue(an, name="for ever", days=366)


def test_a_closed_account_opens_nothing_and_an_erased_one_has_none(an):
    _token, secret = issue(an)
    services.deactivate_person(by=None, user=an)
    assert find_working_token(secret) is None
    services.activate_person(by=None, user=an)
    assert find_working_token(secret) is not None
    erasure = services.erase_person(by=None, user=an)
    assert (erasure.rows, ApiToken.objects.count()) == (1, 0)


def test_ones_own_data_tell_of_it_without_its_digest(an):
    token, secret = issue(an, name="dashboard")
    issue(UserFactory(), name="of another")
    data = personal_data_of(an)
    assert data["kept_for_you"]["accounts.apitoken"] == [
        {
            "name": "dashboard",
            "prefix": secret[:8],
            "made_at": token.created_at.isoformat(),
            "works_until": token.expires_at.isoformat(),
            "withdrawn_at": None,
        }
    ]
    assert data["named_in"] == {}
    assert token.digest not in json.dumps(data)


def test_the_site_history_says_who_made_and_withdrew_one(client_of, an, in_english):
    token, _secret = issue(an)
    services.revoke_token(by=an, token=token)
    page = client_of(UserFactory(is_system_administrator=True)).get(reverse("plans:audit_list"))
    text = page.content.decode()
    assert "An API token was made by An Peeters; days it works: 30." in text
    assert "An API token of An Peeters was withdrawn." in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_token_and_for_three(
    client_of, django_assert_num_queries, an, number
):
    for n in range(number):
        issue(an, name=f"program {n}")
    browser = client_of(an)
    with django_assert_num_queries(4):  # session, user, rights, tokens
        assert len(browser.get(LIST).context["tokens"]) == number


def test_the_database_refuses_what_must_not_be_stored(an):
    now = timezone.now()
    values = {"user": an, "name": "x", "prefix": "kiv_", "created_at": now, "expires_at": now + timedelta(1)}
    ApiToken.objects.create(digest="1", **values)
    for wrong in ({"name": ""}, {"expires_at": now, "name": "y"}, {}, {"digest": "1", "name": "z"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.create(**{"digest": "2", **values, **wrong})
    assert ApiToken.objects.count() == 1
