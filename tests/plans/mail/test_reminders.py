"""Reminders of deadlines: to those who can share, once, and only as long as there is something to share."""

from datetime import date, timedelta

import pytest
from django.core import mail

from plans.mail.telling import find_days_due, remind
from plans.models import Deadline, Notice, OutboxMail
from plans.services.deadlines import change_deadline, remove_deadline
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, make_cycle, make_edition, make_plan
from tests.plans.mail.posting import addresses, send, sent_to, told

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


@pytest.fixture
def cast():
    return Cast(ZoneFactory())


@pytest.fixture
def plan(cast):
    """In a cycle with a deadline; people and plans of all sorts stand beside."""
    for name in (*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE):
        assert cast[name]
    shared = ZoneFactory()
    UserFactory(lead_of=[shared, ZoneFactory()])
    share_version(version=make_plan(shared).version, by=None)
    make_plan(cast.zone, first_year=2020)
    return make_plan(cast.zone)


@pytest.fixture
def deadline(plan):
    deadline = Deadline.objects.create(
        cycle=make_cycle(), name={"en": "To the ministers"}, date=DAY, days_before=[30, 7]
    )
    Notice.objects.all().delete()
    return deadline


@pytest.mark.parametrize(
    ("left", "days_before", "due"),
    [
        (31, [30, 7], None),
        (30, [30, 7], 30),
        (24, [30, 7], 30),
        (23, [30, 7], None),
        (8, [10, 7], 10),
        (7, [10, 7], 7),
        (1, [30, 7], 7),
        (0, [30, 7], None),
        (0, [0], 0),
        (0, [], None),
        (-1, [0], None),
    ],
)
def test_when_a_reminder_is_due(left, days_before, due):
    deadline = Deadline(date=DAY, days_before=days_before)
    assert find_days_due(deadline, DAY - timedelta(days=left)) == due


def test_editors_and_leads_of_plans_that_were_not_shared_are_reminded_once(cast, plan, deadline):
    other = cast.stranger_lead
    for days_left, made in ((40, 0), (30, 3), (29, 0), (7, 3), (6, 0), (0, 0), (-1, 0)):
        assert remind(today=DAY - timedelta(days=days_left)) == made
    assert told() == addresses(cast.editor, cast.lead, other)
    assert sorted(Notice.objects.filter(receiver=cast.lead).values_list("version", "days_before")) == [
        (plan.version_id, 7),
        (plan.version_id, 30),
    ]


def test_of_a_local_plan_the_municipality_is_reminded(cast, deadline):
    municipality = MunicipalityFactory(zone=cast.zone)
    mayor = UserFactory(lead_of=municipality)
    make_plan(cast.zone, municipality=municipality, edition=make_edition())
    remind(today=DAY - timedelta(days=30))
    assert told() == addresses(cast.editor, cast.lead, cast.stranger_lead, mayor)


def test_a_reminder_says_the_day_and_the_deadline(cast, plan, deadline, time_machine):
    time_machine.move_to("2026-12-01T08:00:00+01:00")
    cast.editor.language = "en"
    cast.editor.save()
    assert send() == ("3 mails sent", 0)
    [message] = [message for message in mail.outbox if message.to == [cast.editor.email]]
    assert (
        "* Deadline on 31/12/2026: To the ministers. The plan is not shared for review yet." in message.body
    )
    assert send() == ("0 mails sent", 0)


def test_a_plan_shared_before_the_mail_leaves_needs_no_reminder(cast, plan, deadline, time_machine):
    time_machine.move_to("2026-12-01T08:00:00+01:00")
    remind(today=date(2026, 12, 1))
    share_version(version=plan.version, by=cast.lead)
    Notice.objects.filter(kind="shared").delete()
    send()
    assert sent_to() == [cast.stranger_lead.email]


def test_another_day_begins_the_reminders_anew_and_drops_those_that_wait(cast, plan, deadline):
    today = DAY - timedelta(days=30)
    remind(today=today)
    values = {"name": deadline.name, "days_before": [30], "by": cast.system_administrator}
    change_deadline(deadline=deadline, revision=1, date=DAY, **values)
    assert Notice.objects.count() == 3
    change_deadline(deadline=deadline, revision=2, date=DAY + timedelta(days=5), **values)
    assert (Notice.objects.count(), remind(today=today), remind(today=today + timedelta(days=5))) == (0, 0, 3)
    remove_deadline(deadline=deadline, by=cast.system_administrator)
    assert Notice.objects.count() == 0


def test_clearing_away_never_makes_a_reminder_anew(cast, plan, deadline, time_machine):
    """A deadline far ahead: the reminder is sent, its mail cleared away, and that was it."""
    Deadline.objects.update(date=date(2027, 6, 30), days_before=[90])
    for day in range(0, 91, 3):
        time_machine.move_to(f"{date(2027, 4, 1) + timedelta(days=day)}T08:00:00+02:00")
        send()
    assert sorted(sent_to()) == sorted(addresses(cast.editor, cast.lead, cast.stranger_lead))
    assert OutboxMail.objects.count() == 0
