"""One notice to one person: written, put into a mail, sent, and cleared away. Two at once: test_mails.py."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.utils import timezone

from plans.mail.composing import compose_mails
from plans.mail.sending import remove_old_mails, send_mails
from plans.mail.telling import remind
from plans.models import Cycle, Deadline
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.killed.living import Act, Story

AHEAD = timedelta(days=7)


def make_world() -> SimpleNamespace:
    """A plan that is not shared yet, in the evening a week before its deadline."""
    plan = AssessmentFactory().version.plan
    UserFactory(editor_of=plan.zone)
    add_deadline(plan.cycle)
    today = timezone.localdate()
    evening = timezone.make_aware(datetime.combine(today, time(20)))
    return SimpleNamespace(plan=plan, today=today, now=evening)


def add_deadline(cycle: Cycle) -> None:
    day = timezone.localdate() + AHEAD
    Deadline.objects.create(cycle=cycle, name={"nl": "Indienen"}, date=day, days_before=[AHEAD.days])


def quietly(service, arguments) -> Act:
    """Mails leave no event in the trail: what they tell of has left one."""
    return Act(service, arguments, is_recorded=False)


STORY = Story(
    "mail",
    make_world,
    (
        quietly(remind, lambda evening: {"today": evening.today}),
        quietly(compose_mails, lambda evening: {"now": evening.now}),
        quietly(send_mails, lambda evening: {"now": evening.now}),
        quietly(remove_old_mails, lambda evening: {"now": evening.now + timedelta(days=31)}),
    ),
)
