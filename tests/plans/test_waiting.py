"""The strip "waits for you": what waits for whom, on whose first screen, and at what cost."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from framework.models import Publication
from kiv.accounts.services import add_person
from plans.models import Deadline, OutboxMail
from plans.selectors.waiting import Kind, Waiting, waiting_for
from plans.services.readings import ask_second_reading
from plans.services.remarks import answer_remark, close_remark, write_remark
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import ZoneFactory
from tests.plans.carrying.succeeding import carry, follow, look, make_plan_to_carry
from tests.plans.cast import Cast, make_cycle, make_edition, make_plan
from tests.plans.review.reading import Reviewed
from tests.plans.strip import STRIP, TODAY, add_deadline, strip_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-12-01T12:00:00+01:00")


@pytest.fixture
def cast():
    return Cast(ZoneFactory())


class TestEditions:
    def test_items_to_look_at_wait_for_editors(self, cast, client_of):
        carrying = carry(make_plan_to_carry(zone=cast.zone))
        plan = carrying.assessment.version.plan
        line = (
            f"5 items to look at under a new edition: {plan}",
            reverse("plans:carrying", args=[plan.pk]),
        )
        check = reverse("plans:check", args=[plan.pk])
        for user, expected in ((cast.lead, [line]), (cast.editor, [line]), (cast.reader, [])):
            assert strip_of(client_of, user, check) == expected
        look(carrying, "N3")
        (waiting,) = waiting_for(cast.lead)
        assert (waiting.kind, waiting.count) == (Kind.TO_LOOK, 4)
        share_version(version=carrying.assessment.version, by=None)
        assert waiting_for(cast.lead) == ()

    def test_of_a_plan_that_goes_on_only_the_latest_version(self, cast):
        carrying = carry(make_plan_to_carry(zone=cast.zone, shared=True))
        start_version(version=carrying.assessment.version, kind="addendum", reason="x", by=None)
        assert [(one.kind, one.count) for one in waiting_for(cast.lead)] == [(Kind.TO_LOOK, 5)]

    def test_a_publication_waits_for_a_second_administrator(self, client_of):
        asking, other = (UserFactory(is_framework_administrator=True) for _ in range(2))
        edition = EditionFactory(code="next")
        Publication.objects.create(edition=edition, asked_by=asking, asked_at=timezone.now(), digest="0" * 64)
        address = reverse("framework:edition_list")
        page = reverse("framework:edition_publish", args=["next"])
        lines = strip_of(client_of, other, address)
        assert lines[0] == ("1 publication to confirm, asked by a colleague on 01/12/2026: next", page)
        assert Kind.TO_CONFIRM not in [one.kind for one in waiting_for(asking)]
        Publication.objects.update(confirmed_at=timezone.now(), confirmed_by=other)
        assert Kind.TO_CONFIRM not in [one.kind for one in waiting_for(other)]

    def test_where_plans_of_an_old_edition_are_carried_over(self, cast):
        administrator = UserFactory(is_framework_administrator=True)
        edition = follow(make_plan_to_carry(zone=cast.zone).edition)
        (waiting,) = waiting_for(administrator)
        url = reverse("plans:carrying_all", args=[edition.code])
        assert (waiting.kind, waiting.count, waiting.url) == (Kind.OLD_EDITION, 1, url)


class TestToReview:
    def test_plans_of_the_area_that_nobody_reviewed(self, cast, client_of):
        others, own = [ZoneFactory(), ZoneFactory()], ZoneFactory()
        plans = [make_plan(zone) for zone in (cast.zone, *others, own)]
        for day, plan in enumerate(plans, start=1):
            share_version(version=plan.version, by=None)
            type(plan.version).objects.filter(pk=plan.version_id).update(
                shared_at=datetime(2026, 11, day, 12, tzinfo=timezone.get_current_timezone())
            )
        type(plan.version).objects.filter(pk=plans[2].version_id).update(status="reviewed")
        make_plan(ZoneFactory())
        share_version(version=make_plan(cast.zone, first_year=2020).version, by=None)  # a cycle that is over
        reviewer = UserFactory(coordinator_of="country", reader_of=own)
        many = Waiting(Kind.TO_REVIEW, 2, "/review/", date(2026, 11, 1))
        one = Waiting(Kind.TO_REVIEW, 1, f"/plans/{plans[0].version.plan_id}/review/", date(2026, 11, 1))
        assert waiting_for(reviewer) == (many,)
        assert waiting_for(cast.coordinator) == waiting_for(cast.cleared) == (one,)
        for name in (*Cast.INSIDE, "framework_administrator", "system_administrator", "stranger_coordinator"):
            assert waiting_for(cast[name]) == ()
        line = ("2 plans to review, the first shared on 01/11/2026", "/review/")
        assert strip_of(client_of, reviewer, reverse("plans:list")) == [line]

    def test_a_new_version_in_preparation_hides_nothing(self, cast):
        assessment = make_plan(cast.zone)
        share_version(version=assessment.version, by=None)
        start_version(version=assessment.version, kind="addendum", reason="more", by=None)
        assert [entry.count for entry in waiting_for(cast.coordinator)] == [1]
        type(assessment.version).objects.filter(number=1).update(status="reviewed")
        assert waiting_for(cast.coordinator) == ()


def test_the_matrix_fetches_the_strip_and_without_a_script_leads_to_it(cast, client_of):
    share_version(version=make_plan(cast.zone).version, by=None)
    client = client_of(cast.coordinator)
    page = client.get("/coverage/").content.decode()
    assert STRIP.search(page) is None
    assert page.count('data-hx-get="/waiting/"') == page.count('<a href="/waiting/">') == 1
    line = "1 plan to review, shared on 01/12/2026"
    assert [text for text, _url in strip_of(client_of, cast.coordinator, "/waiting/")] == [line]
    part = client.get("/waiting/", headers={"HX-Request": "true"}).content.decode()
    assert (line in part, "<html" in part) == (True, False)


class TestReview:
    """Whose turn it is: the zone's for what is open, the reviewer's for what is answered, nobody's else."""

    @pytest.fixture
    def plan(self):
        return Reviewed()

    def test_remarks_wait_for_the_zone_and_answers_for_the_reviewer(self, plan, client_of):
        stranger = UserFactory(coordinator_of=ZoneFactory())
        other = Reviewed()
        remarks = [
            write_remark(assessment=one.assessment, item=item, text="SECRET", by=one.reviewer)
            for one, item in ((plan, "P1"), (plan, None), (other, "P1"))
        ]
        url, name = f"/plans/{plan.made.version.plan_id}/review/", str(plan.made.version.plan)
        assert waiting_for(plan.lead) == (Waiting(Kind.REMARKS, 2, url, TODAY, name),)
        assert waiting_for(plan.reviewer) == (Waiting(Kind.TO_REVIEW, 1, url, TODAY),)
        answer_remark(remark=remarks[0], text="SECRET", by=plan.lead)
        assert waiting_for(plan.lead) == (Waiting(Kind.REMARKS, 1, url, TODAY, name),)
        assert waiting_for(plan.reviewer)[1:] == (Waiting(Kind.ANSWERS, 1, url, TODAY),)
        close_remark(remark=remarks[0], by=plan.reviewer)
        assert [entry.kind for entry in waiting_for(plan.reviewer)] == [Kind.TO_REVIEW]
        assert waiting_for(stranger) == ()
        assert strip_of(client_of, plan.lead, url.replace("review/", "")) == [
            (f"1 remark of a reviewer to answer, since 01/12/2026: {name}", url)
        ]

    def test_a_second_reading_waits_for_its_reader_alone(self, plan):
        ask_second_reading(assessment=plan.assessment, reader=plan.colleague, by=plan.reviewer)
        url = f"/plans/{plan.made.version.plan_id}/review/"
        assert waiting_for(plan.colleague)[1:] == (Waiting(Kind.TO_READ, 1, url, TODAY),)
        assert [entry.kind for entry in waiting_for(plan.reviewer)] == [Kind.TO_REVIEW]


class TestAdministrators:
    def test_drafts_and_plans_under_an_edition_with_a_successor(self, cast, client_of):
        old = make_edition(code="old")
        for zone in (cast.zone, ZoneFactory()):
            make_plan(zone, edition=old)
        make_plan(cast.zone, edition=old, first_year=2020)  # of a cycle that is over
        make_plan(ZoneFactory())
        EditionFactory(code="successor", predecessor=old, published=True)
        EditionFactory(code="draft")
        assert waiting_for(cast.framework_administrator) == (
            Waiting(Kind.DRAFT_EDITIONS, 1, "/framework/draft/"),
            Waiting(Kind.OLD_EDITION, 2, "/editions/successor/carrying/"),
        )
        assert strip_of(client_of, cast.framework_administrator, "/editions/") == [
            ("1 edition to publish", "/framework/draft/"),
            (
                "2 plans are checked against an edition that has a successor",
                "/editions/successor/carrying/",
            ),
        ]
        assert strip_of(client_of, cast.system_administrator, "/editions/") == []

    def test_mails_that_failed_and_people_who_never_came(self, cast, client_of):
        admin = cast.system_administrator
        add_person(
            by=None, email="new@example.be", name="N", language="nl", role="zone_reader", zone=cast.zone
        )
        UserFactory(last_login=None)
        add_person(
            by=None, email="shut@example.be", name="S", language="nl", role="zone_reader", zone=cast.zone
        )
        type(admin).objects.filter(email="shut@example.be").update(is_active=False)
        mails = {"receiver": cast.lead, "subject": "SECRET", "text": "SECRET", "html": "SECRET"}
        OutboxMail.objects.create(attempts=2, last_error="receiver", **mails)
        OutboxMail.objects.create(attempts=2, sent_at=timezone.now(), **mails)
        OutboxMail.objects.create(**mails)
        assert waiting_for(admin) == (
            Waiting(Kind.FAILED_MAILS, 1, "/mails/", TODAY),
            Waiting(Kind.UNUSED_LINKS, 1, "/people/?unused=1", TODAY),
        )
        assert strip_of(client_of, admin, "/zones/") == [
            ("1 mail could not be sent, made on 01/12/2026", "/mails/"),
            ("1 person never used the link to sign in, added on 01/12/2026", "/people/?unused=1"),
        ]
        assert strip_of(client_of, cast.lead, "/zones/") == []
        people = client_of(admin).get("/people/?unused=1").content.decode()
        assert re.findall(r"[\w.]+@example\.be", people) == ["new@example.be"]
        page = client_of(admin).get("/mails/").content.decode()
        assert ("the mail server refuses the receiver" in page, "SECRET" in page) == (True, False)

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_of_mails_costs_the_same(self, cast, client_of, django_assert_num_queries, number):
        for _ in range(number):
            OutboxMail.objects.create(receiver=UserFactory(), subject="a", text="a", html="a", attempts=1)
        client = client_of(cast.system_administrator)
        with django_assert_num_queries(5):  # session, user, memberships, count, mails
            client.get("/mails/")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("make", "queries"),
    [
        (lambda zones: UserFactory(lead_of=zones), 2),
        (lambda zones: UserFactory(coordinator_of=zones), 4),
        (lambda zones: UserFactory(is_framework_administrator=True), 4),
        (lambda zones: UserFactory(is_system_administrator=True), 3),
        (lambda zones: UserFactory(), 1),
    ],
)
def test_each_thing_that_can_wait_costs_one_query(django_assert_num_queries, number, make, queries):
    """The first is that for the memberships."""
    zones = [ZoneFactory() for _ in range(number)]
    for zone in zones:
        share_version(version=make_plan(zone).version, by=None)
        make_plan(zone, first_year=2032)
    add_deadline(5, first_year=2032)
    user = type(UserFactory()).objects.get(pk=make(zones).pk)
    with django_assert_num_queries(queries):
        waiting_for(user)


def test_a_strip_that_is_read_in_another_language_says_the_name_there(cast, client_of):
    make_plan(cast.zone)
    Deadline.objects.create(cycle=make_cycle(), name={"nl": "Delen", "fr": "Partager"}, date=TODAY)
    for language, word in (("nl", "Delen"), ("fr", "Partager"), ("de", "Delen")):
        client = client_of(cast.editor)
        assert word in STRIP.search(client.get("/plans/", {"lang": language}).content.decode()).group()
