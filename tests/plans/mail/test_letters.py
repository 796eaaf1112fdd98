"""What a mail says, in whose language, and that nothing of a plan is in it."""

import re

import pytest
from django.core import mail

from kiv.accounts.enums import Role
from plans.models import NoticeSetting
from plans.services.sharing import share_version
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.plans.mail.posting import send, tell
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db
SITE = "https://kiv.example.be"


@pytest.fixture
def world():
    return make_world(shared=True, name="PZ Noord", code="5345")


@pytest.fixture
def reviewer(world):
    return UserFactory(coordinator_of=world.zone, language="en")


def alternatives(message):
    return {kind: body for body, kind in message.alternatives}


def test_one_mail_about_one_plan_with_numbers_codes_and_links(world, reviewer):
    lead = world.lead
    lead.language = "en"
    lead.save()
    for item in ("A1", "A1", None, "A2"):
        tell("remark", world.assessment, by=reviewer, item=item)
    tell("reviewed", world.assessment, by=reviewer)
    assert send() == ("1 mails sent", 0)
    [message] = mail.outbox
    review = f"{SITE}/plans/{world.plan.pk}/review/"
    assert (message.subject, message.to) == ("5345 PZ Noord 2026-2031 · 4 notices", [lead.email])
    assert message.body == (
        "Zonal security plan 2026-2031 · 5345 PZ Noord\n\n"
        f"* A reviewer wrote a remark on the plan.\n  {review}\n\n"
        f"* Reviewers wrote 2 remarks on A1 short A1 en.\n  {review}\n\n"
        f"* A reviewer wrote a remark on A2 short A2 en.\n  {review}\n\n"
        f"* The review of the plan is finished.\n  {review}\n\n"
        "--\nYou receive this because of your role in KIV-toets. "
        f"Choose what you are told of, and how often:\n{SITE}/people/me/notices/\n"
    )
    html = alternatives(message)["text/html"]
    assert re.findall(r'href="([^"]+)"', html) == [*[review] * 4, f"{SITE}/people/me/notices/"]
    assert '<html lang="en">' in html
    assert re.search(r"<(style|script|img)|style=", html) is None
    headers = message.extra_headers
    assert re.fullmatch(r"<[0-9a-f-]{36}@kiv\.example\.be>", headers["Message-ID"])
    assert headers["Auto-Submitted"] == "auto-generated"


def test_two_answers_to_one_remark_are_not_two_remarks(world, reviewer):
    for _answer in range(2):
        tell("answer", world.assessment, item="A1", to=[reviewer])
    send()
    [message] = mail.outbox
    assert "* The zone gave 2 answers to remarks on A1 short A1 en.\n" in message.body


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_mail_is_in_the_language_of_its_receiver(world, language):
    """The item's name has its language in it; the sender's own language is another."""
    writer = UserFactory(coordinator_of=world.zone, language="nl" if language != "nl" else "fr")
    receiver = UserFactory(editor_of=world.zone, language=language)
    tell("assigned", world.assessment, by=writer, item="A1", to=[receiver])
    send()
    [message] = mail.outbox
    assert f"short A1 {language}" in message.body
    assert f"short A1 {language}" in alternatives(message)["text/html"]
    assert f'lang="{language}"' in alternatives(message)["text/html"]


def test_names_are_text_in_the_one_and_escaped_in_the_other():
    world = make_world(name="PZ Rhône & <b>Meuse</b>", code="5346")
    tell("assigned", world.assessment, to=[world.lead])
    send()
    [message] = mail.outbox
    assert "5346 PZ Rhône & <b>Meuse</b>" in message.body
    assert "5346 PZ Rhône &amp; &lt;b&gt;Meuse&lt;/b&gt;" in alternatives(message)["text/html"]
    assert message.subject.startswith("5346 PZ Rhône & <b>Meuse</b> 2026-2031 · ")


def test_no_word_of_a_plan_is_in_any_mail(reviewer):
    """Everything of this plan that could leak is told of, to everybody, in every language."""
    world = make_world()
    people = [
        UserFactory(**{right: world.zone}, language=language)
        for right in ("reader_of", "editor_of", "coordinator_of", "cleared_coordinator_of")
        for language in ("nl", "fr", "de", "en")
    ]
    share_version(version=world.assessment.version, by=world.lead)
    for kind in ("remark", "answer", "reviewed", "assigned"):
        for item in (None, "A1", "A2", "A3", "A4", "B2"):
            tell(kind, world.assessment, by=reviewer, item=item, to=people)
    send()
    assert len(mail.outbox) == len(people)
    for message in mail.outbox:
        everything = "\n".join([message.subject, message.body, alternatives(message)["text/html"]])
        words = ("SECRET", "drugs", "Lessons", "exchanged", "Possession", "capacity", reviewer.name)
        assert [word for word in words if word in everything] == []
        is_inside = message.to[0] in {person.email for person in people[:8]}
        assert ("A4" in everything) is is_inside


def test_who_chose_one_mail_a_day_gets_one_about_all_plans(world, reviewer, time_machine):
    """Made from seven o'clock in Brussels on, once a day; what comes later waits for the next day."""
    other = make_world(shared=True, name="PZ Zuid", code="5347")
    for kind in ("shared", "answer"):
        NoticeSetting.objects.create(user=reviewer, kind=kind, frequency="daily")
    MembershipFactory(user=reviewer, role=Role.COORDINATOR, zone=other.zone)
    tell("answer", world.assessment, item="A1", to=[reviewer])
    tell("answer", other.assessment, to=[reviewer])
    time_machine.move_to("2026-12-01T05:59:00+00:00", tick=False)
    assert send() == ("0 mails sent", 0)
    time_machine.move_to("2026-12-01T06:01:00+00:00", tick=False)
    assert send() == ("1 mails sent", 0)
    tell("answer", world.assessment, item="A2", to=[reviewer])
    time_machine.move_to("2026-12-01T20:00:00+00:00", tick=False)
    assert send() == ("0 mails sent", 0)
    [message] = mail.outbox
    assert message.subject == "Your notices of 01/12/2026"
    assert re.findall(r"^(?:Zonal.*|\* .*)$", message.body, re.MULTILINE) == [
        "Zonal security plan 2026-2031 · 5345 PZ Noord",
        "* The zone answered a remark on A1 short A1 en.",
        "Zonal security plan 2026-2031 · 5347 PZ Zuid",
        "* The zone answered a remark.",
    ]
    time_machine.move_to("2026-12-02T07:00:00+00:00", tick=False)
    assert send() == ("1 mails sent", 0)
    assert "A2" in mail.outbox[1].body
