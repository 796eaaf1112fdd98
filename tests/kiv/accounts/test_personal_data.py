"""What is stored about a person, for that person: by command and on one's own page."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from kiv.accounts import services
from kiv.accounts.enums import Role
from kiv.accounts.export import models_kept_for_people, personal_data_of, pointing_to_people
from kiv.accounts.models import User
from kiv.audit.models import AuditEvent
from plans.enums import Verdict
from plans.services.decisions import decide
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.papers import EMPTY, item_of, passage_with, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db
DATA = reverse("accounts:person_data")


@pytest.fixture
def an():
    zone = ZoneFactory(name="PZ Noord", code="5345")
    admin = UserFactory(name="Zoë Beheer")
    an = services.add_person(
        by=admin, email="an@example.be", name="An", language="fr", role=Role.ZONE_LEAD, zone=zone
    )
    services.add_membership(by=an, user=UserFactory(), role=Role.ZONE_READER, zone=zone)
    services.deactivate_person(by=admin, user=UserFactory())
    return User.objects.get(pk=an.pk)


def test_everything_about_one_person_and_nothing_of_another(an):
    data = personal_data_of(an)
    assert data["account"] == {
        "id": an.pk,
        "name": "An",
        "email": "an@example.be",
        "language": "fr",
        "active": True,
        "added_at": an.joined_at.isoformat(),
        "last_signed_in_at": None,
        "erased_at": None,
    }
    assert data["memberships"] == [{"role": "zone_lead", "place": "PZ Noord", "confidential_parts": False}]
    assert [event["event"] for event in data["acts"]] == ["membership.added"]
    assert [event["event"] for event in data["about_the_account"]] == ["person.added", "membership.added"]
    first = AuditEvent.objects.order_by("id").first()
    assert data["about_the_account"][0] == {
        "id": first.pk,
        "at": first.at.isoformat(),
        "event": "person.added",
        "on_type": "accounts.user",
        "on_id": str(an.pk),
        "zone_id": None,
        "plan_id": None,
    }
    assert data["kept_for_you"] == {
        "accounts.apitoken": [],
        "plans.itemassignment": [],
        "plans.notice": [],
        "plans.noticesetting": [],
        "plans.outboxmail": [],
        "plans.savedview": [],
    }
    assert data["named_in"] == {}
    assert "Zoë" not in json.dumps(data, ensure_ascii=False)


def test_where_else_one_is_named():
    world = make_world(EMPTY)
    store_lexicon(world.edition)
    document = upload(world.assessment)
    decide(
        assessment=world.assessment,
        passage=passage_with(document, "zwerfvuil"),
        item=item_of(world.assessment, "A4"),
        verdict=Verdict.REJECTED,
        by=world.lead,
    )
    data = personal_data_of(world.lead)
    assert data["named_in"] == {"plans.suggestion.decided_by": 1}
    assert data["acts"][-1]["event"] == "passage.rejected"
    assert "A4" not in json.dumps(data)


def test_the_command_prints_the_same(an):
    out = StringIO()
    call_command("export_person", "AN@example.be", stdout=out)
    assert json.loads(out.getvalue()) == personal_data_of(an)
    with pytest.raises(CommandError) as refused:
        call_command("export_person", "nobody@example.be")
    assert refused.value.returncode == 2


def test_ones_own_page_offers_ones_own_data(client_of, an):
    client = client_of(an)
    assert f'href="{DATA}"' in client.get(reverse("accounts:person_me")).content.decode()
    answer = client.get(DATA)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="kiv-my-data.json"'
    assert "no-store" in answer["Cache-Control"]
    an.refresh_from_db()
    assert answer.json() == personal_data_of(an)
    assert client.post(DATA).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_file_costs_the_same_for_one_role_and_for_three(client_of, django_assert_num_queries, number):
    client = client_of(UserFactory(reader_of=[ZoneFactory() for _ in range(number)]))
    # session, user, memberships, acts, about the account, and each kind of row that names or is for people
    with django_assert_num_queries(5 + len(pointing_to_people()) + len(models_kept_for_people())):
        assert len(client.get(DATA).json()["memberships"]) == number
