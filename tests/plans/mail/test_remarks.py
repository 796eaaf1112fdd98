"""Mails of remarks and answers: they count what was written, and go to who can read it."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from kiv.accounts.models import Membership
from plans.models import Notice
from plans.services.remarks import answer_remark, ask_clarification, reply_to_remark, write_remark
from tests.plans.mail.posting import addresses, send, tell, told
from tests.plans.review.reading import Reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """Shared, and read in English on both sides; nobody was told of anything yet."""
    plan = Reviewed()
    for person in (plan.lead, plan.reviewer, plan.cleared):
        person.language = "en"
        person.save()
    Notice.objects.all().delete()
    return plan


def write(plan, item="P1", by=None, **fields):
    return write_remark(
        assessment=plan.assessment, item=item, text="SECRET", by=by or plan.reviewer, **fields
    )


def read() -> tuple[str, list[str], list[str]]:
    """The one mail that leaves now: its subject after the plan's name, and the lines of text and of HTML."""
    mail.outbox.clear()
    send()
    [message] = mail.outbox
    html = message.alternatives[0][0]
    lines = re.findall(r"^\* (.*)$", message.body, re.MULTILINE)
    assert "SECRET" not in message.subject + message.body + html
    return message.subject.partition(" · ")[2], lines, re.findall(r"<li><p>(.*?)<br>", html)


def said(subject: str, *lines: str) -> tuple[str, list[str], list[str]]:
    return subject, list(lines), list(lines)


class TestRemarksAndReplies:
    def test_a_reply_is_no_remark(self, plan):
        remark = write(plan)
        for _again in range(2):
            reply_to_remark(remark=remark, text="SECRET", by=plan.reviewer)
        write(plan)
        about = write(plan, item=None)
        reply_to_remark(remark=about, text="SECRET", by=plan.reviewer)
        assert read() == said(
            "4 notices",
            "A reviewer wrote a remark on the plan.",
            "Reviewers wrote 2 remarks on P1 short P1 en.",
            "A reviewer went on about a remark on the plan.",
            "Reviewers went on 2 times about remarks on P1 short P1 en.",
        )

    @pytest.mark.parametrize(
        ("replies", "subject", "line"),
        [
            (1, "a reviewer went on about a remark", "A reviewer went on about a remark on P1 short P1 en."),
            (
                3,
                "reviewers went on about remarks, 3 times",
                "Reviewers went on 3 times about remarks on P1 short P1 en.",
            ),
        ],
    )
    def test_replies_alone_are_called_so_in_the_subject_too(self, plan, replies, subject, line):
        remark = write(plan)
        Notice.objects.all().delete()
        for _again in range(replies):
            reply_to_remark(remark=remark, text="SECRET", by=plan.reviewer)
        assert read() == said(subject, line)

    def test_asking_on_about_a_motivation_is_a_reply(self, plan):
        about = {"assessment": plan.assessment, "item": plan.score("P1").item, "by": plan.reviewer}
        ask_clarification(**about, text="SECRET")
        assert read() == said("remark of a reviewer", "A reviewer wrote a remark on P1 short P1 en.")
        ask_clarification(**about, text="SECRET more")
        assert read() == said(
            "a reviewer went on about a remark", "A reviewer went on about a remark on P1 short P1 en."
        )

    def test_the_subject_counts_remarks_and_answers(self, plan):
        remarks = [write(plan), write(plan, item="P2")]
        assert read() == said(
            "2 remarks of reviewers",
            "A reviewer wrote a remark on P1 short P1 en.",
            "A reviewer wrote a remark on P2 short P2 en.",
        )
        answer_remark(remark=remarks[0], text="SECRET", by=plan.lead)
        assert read() == said("answer of the zone", "The zone answered a remark on P1 short P1 en.")
        for _again in range(2):
            answer_remark(remark=remarks[0], text="SECRET", by=plan.lead)
        assert read() == said(
            "2 answers of the zone", "The zone gave 2 answers to remarks on P1 short P1 en."
        )

    def test_what_waited_before_replies_were_told_apart_is_still_told(self, plan):
        tell("remark", plan.assessment, by=plan.reviewer, item="P1")
        assert read() == said("remark of a reviewer", "A reviewer wrote a remark on P1 short P1 en.")

    @pytest.mark.parametrize("values", [{"remark": None}, {"kind": "answer"}])
    def test_a_reply_is_a_reviewers_under_a_remark(self, plan, values):
        reply_to_remark(remark=write(plan), text="SECRET", by=plan.reviewer)
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(is_reply=True).update(**values)


class TestWhoMayReadTheAnswer:
    """Both asked; only one has clearance for confidential parts."""

    def ask(self, plan, item="P1", **fields):
        remark = write(plan, item, by=plan.cleared, **fields)
        if not fields:
            reply_to_remark(remark=remark, text="SECRET", by=plan.reviewer)
        Notice.objects.all().delete()
        return remark

    def test_an_open_answer_is_told_to_both(self, plan):
        answer_remark(remark=self.ask(plan), text="SECRET", by=plan.lead)
        assert told() == addresses(plan.reviewer, plan.cleared)

    def test_an_answer_that_makes_it_confidential_to_who_has_clearance(self, plan):
        answer_remark(remark=self.ask(plan), text="SECRET", is_confidential=True, by=plan.lead)
        assert told() == addresses(plan.cleared)

    def test_an_answer_to_what_was_confidential_already(self, plan):
        remark = self.ask(plan)
        answer_remark(remark=remark, text="SECRET", is_confidential=True, by=plan.lead)
        Notice.objects.all().delete()
        answer_remark(remark=remark, text="SECRET", by=plan.lead)
        assert told() == addresses(plan.cleared)

    def test_an_answer_about_a_motivation_that_became_confidential(self, plan):
        remark = self.ask(plan)
        plan.made.choices.filter(item__code="P1").update(is_motivation_confidential=True)
        answer_remark(remark=remark, text="SECRET", by=plan.lead)
        assert told() == addresses(plan.cleared)

    def test_an_answer_to_a_remark_on_the_plan_itself(self, plan):
        remark = self.ask(plan, item=None)
        answer_remark(remark=remark, text="SECRET", is_confidential=True, by=plan.lead)
        assert told() == addresses(plan.cleared)

    def test_the_zone_is_told_of_every_remark(self, plan):
        for item in ("P1", "P3"):
            remark = write(plan, item, by=plan.cleared, is_confidential=True)
            reply_to_remark(remark=remark, text="SECRET", by=plan.cleared)
        assert Notice.objects.filter(receiver=plan.lead).count() == Notice.objects.count() == 4

    def test_what_became_confidential_before_the_mail_leaves_is_not_sent(self, plan):
        """The first answer was open when it was told; the second hides it."""
        remark = self.ask(plan)
        for is_confidential in (False, True):
            answer_remark(remark=remark, text="SECRET", is_confidential=is_confidential, by=plan.lead)
        assert told() == addresses(plan.reviewer, plan.cleared)
        send()
        [message] = mail.outbox
        assert message.to == [plan.cleared.email]
        assert "* The zone gave 2 answers to remarks on P1 short P1 en.\n" in message.body

    def test_a_clearance_that_was_taken_away_before_the_mail_leaves_counts_no_more(self, plan):
        remarks = [self.ask(plan), self.ask(plan, item=None)]
        answer_remark(remark=remarks[0], text="SECRET", is_confidential=True, by=plan.lead)
        answer_remark(remark=remarks[1], text="SECRET", by=plan.lead)
        Membership.objects.filter(user=plan.cleared).update(has_clearance=False)
        send()
        bodies = {message.to[0]: message.body for message in mail.outbox}
        assert set(bodies) == addresses(plan.reviewer, plan.cleared)
        for body in bodies.values():
            assert re.findall(r"^\* (.*)$", body, re.MULTILINE) == ["The zone answered a remark."]
