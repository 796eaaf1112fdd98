"""Two commands at once on PostgreSQL: they share the work, and nobody gets a mail twice."""

import pytest
from django.core import mail
from django.utils import timezone

from kiv.accounts.models import User
from kiv.accounts.services import erase_person
from plans.mail.composing import compose_mails
from plans.mail.sending import send_mails
from plans.mail.telling import remind
from plans.models import Deadline, Notice, NoticeSetting, OutboxMail
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import make_plan
from tests.plans.mail.posting import addresses, sent_to, tell
from tests.plans.services.test_concurrency import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    zone = ZoneFactory()
    return [UserFactory(lead_of=zone) for _ in range(12)]


@pytest.fixture
def assessment(people):
    return make_plan(people[0].memberships.get().zone)


def run():
    now = timezone.now()
    remind(today=timezone.localdate(now))
    compose_mails(now=now)
    return send_mails(now=now)


@pytest.mark.parametrize("attempt", range(3))
def test_two_senders_send_each_mail_once(attempt, assessment, people):
    tell("reviewed", assessment)
    outcomes = at_once(run, run, run)
    assert [outcome.failed for outcome in outcomes] == [0, 0, 0]
    run()  # what one had locked while the others looked is for the next run
    assert sent_to() == sorted(addresses(*people))
    assert OutboxMail.objects.exclude(sent_at=None).count() == len(mail.outbox) == len(people)


@pytest.mark.parametrize("attempt", range(3))
def test_one_daily_mail_and_one_reminder_however_many_commands(attempt, assessment, people, settings):
    settings.DIGEST_HOUR = 0
    today = timezone.localdate()
    Deadline.objects.create(
        cycle=assessment.version.plan.cycle, name={"nl": "a"}, date=today, days_before=[0]
    )
    NoticeSetting.objects.bulk_create(
        NoticeSetting(user=person, kind="reviewed", frequency="daily") for person in people
    )
    tell("reviewed", assessment)
    assert [type(result).__name__ for result in at_once(run, run)] == ["Outcome", "Outcome"]
    run()
    assert Notice.objects.filter(kind="deadline").count() == len(people)
    assert OutboxMail.objects.values("receiver").distinct().count() == len(people)
    assert len(sent_to()) == OutboxMail.objects.filter(digest_on=today).count() == len(people)


@pytest.mark.parametrize("attempt", range(3))
def test_erasing_somebody_while_mails_are_made_leaves_nothing_of_theirs(attempt, assessment, people):
    tell("reviewed", assessment)
    erased = people[5]
    results = at_once(lambda: erase_person(by=None, user=User.objects.get(pk=erased.pk)), run)
    assert [type(result).__name__ for result in results] == ["Erasure", "Outcome"]
    run()
    assert not OutboxMail.objects.filter(receiver=erased).exists()
    assert not Notice.objects.filter(receiver=erased).exists()
    assert sent_to() in (sorted(addresses(*people)), sorted(addresses(*people) - {erased.email}))
