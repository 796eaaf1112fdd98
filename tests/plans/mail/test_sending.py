"""The outbox: a failing server loses nothing, nothing is sent twice, and who may not know gets no mail."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from kiv.accounts.models import Membership
from kiv.accounts.services import deactivate_person
from plans.enums import Frequency, MailFault, NoticeKind
from plans.mail.sending import fault_of
from plans.models import ItemChoice, Notice, NoticeSetting, OutboxMail
from plans.services.versions import discard_version, start_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import make_plan, share
from tests.plans.mail.posting import (
    BACKEND,
    FailingServer,
    addresses,
    let_time_pass,
    send,
    sent_to,
    tell,
)
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db
GONE = smtplib.SMTPServerDisconnected("connection to mail.example.be lost for person@example.be")
REFUSED = smtplib.SMTPRecipientsRefused({"person@example.be": (550, b"no such person@example.be")})


@pytest.fixture
def zone():
    return ZoneFactory()


@pytest.fixture
def people(zone):
    return [UserFactory(editor_of=zone) for _ in range(4)]


@pytest.fixture
def assessment(zone, people):
    """A plan of which everybody of the zone is to be told something."""
    assessment = make_plan(zone)
    tell("reviewed", assessment)
    return assessment


@pytest.fixture
def server(settings):
    """`server(number, error)`: the mail that is handed over as this number, from 1 on, fails."""
    settings.EMAIL_BACKEND = BACKEND
    FailingServer.refusals, FailingServer.handed_over = {}, 0
    return FailingServer.refusals.__setitem__


def waiting():
    fields = ("receiver__email", "attempts", "last_error")
    return list(OutboxMail.objects.filter(sent_at=None).values_list(*fields))


def test_what_is_sent_is_sent_once(assessment, people):
    assert send() == ("4 mails sent", 0)
    assert send() == ("0 mails sent", 0)
    assert sent_to() == sorted(addresses(*people))
    assert set(OutboxMail.objects.values_list("attempts", "last_error")) == {(1, "")}


def test_one_refused_receiver_keeps_no_other_mail_back(assessment, people, server):
    server(2, REFUSED)
    assert send() == ("3 mails sent; 1 could not be sent and wait (receiver)", 1)
    assert waiting() == [(people[1].email, 1, "receiver")]
    assert send() == ("0 mails sent; 1 could not be sent and wait", 1)
    let_time_pass(minutes=6)
    assert send() == ("1 mails sent", 0)
    assert sent_to() == sorted(addresses(*people))


def test_a_server_that_falls_silent_ends_the_run_and_loses_nothing(assessment, people, server):
    server(3, GONE)
    assert send() == ("2 mails sent; 1 could not be sent and wait (server)", 1)
    assert waiting() == [(people[2].email, 1, "server"), (people[3].email, 0, "")]
    let_time_pass(minutes=6)
    assert send() == ("2 mails sent", 0)
    assert sent_to() == sorted(addresses(*people))
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 4


def test_each_failure_makes_the_wait_longer_up_to_a_day(assessment, people, server, time_machine):
    """The same mail, under the same Message-ID, until it goes."""
    NoticeSetting.objects.bulk_create(
        NoticeSetting(user=person, kind="reviewed", frequency="never") for person in people[1:]
    )
    server("all", GONE)
    waits = []
    for _ in range(11):
        now = timezone.now()
        assert send()[1] == 1
        [left] = OutboxMail.objects.all()
        waits.append(round((left.next_try_at - now).total_seconds() / 60))
        time_machine.move_to(left.next_try_at + timedelta(seconds=1))
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    FailingServer.refusals.clear()
    assert send() == ("1 mails sent", 0)
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{left.message_id}@")
    assert OutboxMail.objects.get().attempts == 12


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (REFUSED, MailFault.RECEIVER),
        (GONE, MailFault.SERVER),
        (TimeoutError(), MailFault.SERVER),
        (smtplib.SMTPAuthenticationError(535, b"user kiv"), MailFault.SIGN_IN),
        (smtplib.SMTPSenderRefused(550, b"no", "kiv@example.be"), MailFault.REFUSED),
        (smtplib.SMTPDataError(554, b"spam"), MailFault.REFUSED),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), MailFault.ADDRESS),
    ],
)
def test_of_a_failure_one_word_is_kept(error, fault):
    assert fault_of(error) == fault


def test_without_a_server_at_all_the_first_mail_is_tried_and_all_wait(assessment, people, settings):
    """A real connection, to a port where nothing listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send() == ("0 mails sent; 1 could not be sent and wait (server)", 1)
    assert [attempts for _email, attempts, _word in waiting()] == [1, 0, 0, 0]


def test_a_role_taken_away_before_the_mail_is_made_or_before_it_leaves(assessment, people, server):
    Membership.objects.filter(user=people[0]).delete()
    deactivate_person(by=None, user=people[1])
    server(1, REFUSED)
    server(2, REFUSED)
    assert send() == ("0 mails sent; 2 could not be sent and wait (receiver)", 1)
    Membership.objects.filter(user=people[2]).delete()
    let_time_pass(hours=1)
    assert send() == ("1 mails sent", 0)
    assert sent_to() == [people[3].email]
    assert Notice.objects.count() == OutboxMail.objects.count() == 1


def test_an_item_made_confidential_before_the_mail_leaves(server):
    """Outside the zone it is not told any more; what else that mail tells is."""
    world = make_world(shared=True)
    reviewer = UserFactory(coordinator_of=world.zone)
    Notice.objects.all().delete()
    for item in ("A1", "A2"):
        tell("answer", world.assessment, item=item, to=[reviewer, world.lead])
    server("all", REFUSED)
    send()
    ItemChoice.objects.filter(item__code="A2").update(is_item_confidential=True)
    FailingServer.refusals.clear()
    let_time_pass(minutes=6)
    assert send() == ("2 mails sent", 0)
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert ("A1" in bodies[reviewer.email], "A2" in bodies[reviewer.email]) == (True, False)
    assert ("A1" in bodies[world.lead.email], "A2" in bodies[world.lead.email]) == (True, True)


def test_a_version_that_was_removed_is_told_no_more(zone, people, server):
    assessment = make_plan(zone)
    share(assessment)
    Notice.objects.all().delete()
    started = start_version(version=assessment.version, kind="addendum", reason="more", by=None)
    tell("assigned", started.assessments.get(), to=people[:1])
    server("all", REFUSED)
    send()
    discard_version(version=started, by=None)
    FailingServer.refusals.clear()
    let_time_pass(minutes=6)
    assert (send(), mail.outbox) == (("0 mails sent", 0), [])
    assert not OutboxMail.objects.exists()


def test_who_wants_to_hear_nothing_hears_nothing(assessment, people):
    NoticeSetting.objects.create(user=people[0], kind=NoticeKind.REVIEWED, frequency=Frequency.NEVER)
    NoticeSetting.objects.create(user=people[1], kind=NoticeKind.SHARED, frequency=Frequency.NEVER)
    send()
    assert sent_to() == sorted(addresses(*people[1:]))
    assert not Notice.objects.filter(mail=None).exists()


def test_a_language_changed_meanwhile_is_that_of_the_mail(assessment, people, server):
    server("all", REFUSED)
    send()
    people[0].language = "en"
    people[0].save()
    FailingServer.refusals.clear()
    let_time_pass(minutes=6)
    send()
    [message] = [message for message in mail.outbox if message.to == [people[0].email]]
    assert "The review of the plan is finished." in message.body


def test_sent_mails_are_removed_after_thirty_days_and_no_others(assessment, people, server, time_machine):
    now = timezone.now()
    server(4, REFUSED)
    send()
    time_machine.move_to(now + timedelta(days=29, hours=23))
    FailingServer.refusals["all"] = REFUSED
    send()
    assert (OutboxMail.objects.count(), Notice.objects.count()) == (4, 4)
    time_machine.move_to(now + timedelta(days=30, hours=1))
    send()
    assert list(OutboxMail.objects.values_list("receiver", "sent_at")) == [(people[3].pk, None)]
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("url", ["", "kiv.example.be", "http://kiv.example.be", "https://kiv.example.be/app"])
def test_without_the_sites_address_nothing_is_made_or_sent(assessment, settings, url):
    settings.SITE_URL = url
    said, status = send()
    assert (f"KIV_URL is {url!r}" in said, status) == (True, 1)
    assert (OutboxMail.objects.count(), mail.outbox) == (0, [])
