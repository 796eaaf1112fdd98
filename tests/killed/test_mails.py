"""What is a transaction for each person or mail: killed between two of them, the next run does the rest."""

from email import message_from_bytes
from pathlib import Path

import pytest

from plans.mail.composing import compose_mails
from plans.mail.sending import Outcome, send_mails
from plans.mail.telling import remind
from plans.models import Notice, OutboxMail
from tests.factories.accounts import UserFactory
from tests.killed.stories.mail import add_deadline, make_world
from tests.killing import Moment, database_on_disk, run_and_kill

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evening(settings, tmp_path):
    """Two people to be told of a deadline; the database is on disk."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "sent")
    evening = make_world()
    UserFactory(lead_of=evening.plan.zone)
    with database_on_disk(tmp_path / "killed.sqlite3") as evening.database:
        yield evening


def kill_between(act, evening) -> None:
    assert run_and_kill(act, at=Moment.AGAIN, database=evening.database)


def test_reminders_of_one_deadline_are_all_there_and_the_next_run_makes_the_others(evening):
    add_deadline(evening.plan.cycle)
    kill_between(lambda: remind(today=evening.today), evening)
    assert Notice.objects.count() == 2
    assert remind(today=evening.today) == 2
    assert Notice.objects.values("receiver", "deadline").distinct().count() == 4


def test_a_mail_that_was_made_holds_its_notice_and_the_next_run_makes_the_others(evening):
    remind(today=evening.today)
    kill_between(lambda: compose_mails(now=evening.now), evening)
    assert [Notice.objects.filter(mail=None).count(), OutboxMail.objects.count()] == [1, 1]
    assert compose_mails(now=evening.now) == 1
    assert sorted(mail.notices.count() for mail in OutboxMail.objects.all()) == [1, 1]


def test_a_mail_that_left_before_its_row_said_so_is_sent_again_under_the_same_id(evening, settings):
    remind(today=evening.today)
    compose_mails(now=evening.now)
    kill_between(lambda: send_mails(now=evening.now), evening)
    assert list(OutboxMail.objects.values_list("sent_at", flat=True)) == [evening.now, None]
    assert send_mails(now=evening.now) == Outcome(sent=1, failed=0, fault=None)
    first, second = OutboxMail.objects.values_list("message_id", flat=True)
    assert sorted(_sent(settings)) == sorted([str(first), str(second), str(second)])


def _sent(settings) -> list[str]:
    """The part before the @ of the Message-ID of every mail that left."""
    texts = [path.read_bytes() for path in Path(settings.EMAIL_FILE_PATH).iterdir()]
    mails = [text for each in texts for text in each.split(b"-" * 79) if text.strip()]
    return [message_from_bytes(text.lstrip())["Message-ID"].strip("<").partition("@")[0] for text in mails]
