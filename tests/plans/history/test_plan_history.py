"""The History tab: what each reader is told, newest first, narrowed by person, kind and day."""

import datetime
import json

import pytest
import time_machine
from django.db import transaction
from django.utils import translation

from kiv.accounts.services import erase_person
from kiv.audit.models import AuditEvent
from kiv.audit.services import record
from plans.models import ItemChoice
from plans.services.choices import ChoiceChange, save_choices
from plans.services.entries import add_entry, change_entry, remove_entry
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english
from tests.plans.history.pages import at, lines, text, whats
from tests.plans.services.acting import ACTS, refs

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory(name="PZ Noord"))


@pytest.fixture
def assessment(people):
    return AssessmentFactory(zone=people.zone)


@pytest.fixture
def plan(assessment):
    return assessment.version.plan


def add(assessment, by, title="Drugs", items=("P1",)):
    return add_entry(
        assessment=assessment, kind="objective", by=by, values={"title": title}, items=refs(*items)
    )


def test_who_did_what_newest_first(client_of, people, assessment, plan):
    people.editor.name = "An Peeters"
    people.editor.save()
    cycle, edition = plan.cycle, assessment.edition
    entry = add(assessment, people.editor)
    change_entry(
        assessment=assessment,
        entry=entry,
        by=people.lead,
        revision=1,
        values={"result": "less"},
        items=refs("P1", "T1"),
    )
    changes = [ChoiceChange("P2", 0, choice="not_retained"), ChoiceChange("T1", 0, choice="retained")]
    save_choices(assessment=assessment, by=people.lead, changes=changes)
    share_version(version=assessment.version, by=people.lead)
    lead = people.lead.name
    assert lines(client_of(people.reader).get(at(plan))) == [
        (lead, "Version 1 was shared for review."),
        (lead, "Choices were saved: P2 not retained and T1 applied."),
        (lead, "Objective 1 was changed: intended result. It names P1 and T1."),
        ("An Peeters", "Objective 1 was added; it names P1."),
        ("an operator", f"The plan was started for {cycle}, checked against {edition.code}."),
    ]


def test_what_was_removed_is_told_without_its_number(client_of, people, assessment, plan):
    entry = add(assessment, people.editor)
    remove_entry(assessment=assessment, entry=entry, by=people.editor, revision=1)
    assert whats(client_of(people.reader).get(at(plan)))[:2] == [
        "An objective was removed, with what hung on it.",
        "An objective was added; it names P1.",
    ]


def test_another_plans_events_stay_there(client_of, people, assessment, plan):
    other = AssessmentFactory(zone=people.zone, cycle__first_year=2020, edition=assessment.edition)
    add(other, people.editor, title="elsewhere", items=("P2",))
    page = client_of(people.reader).get(at(plan))
    assert page.context["page"].paginator.count == 1
    assert "P2" not in text(page)


@pytest.mark.parametrize("name", ["history", "history_file"])
@pytest.mark.parametrize("is_shared", [False, True])
def test_for_whom_it_exists(client_of, people, assessment, plan, name, is_shared):
    if is_shared:
        share_version(version=assessment.version, by=people.lead)
    reads = {*Cast.INSIDE, *(Cast.READING_SHARED if is_shared else ())}
    roles = [*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE]
    found = {role: client_of(people[role]).get(at(plan, name)).status_code for role in roles}
    assert found == {role: 200 if role in reads else 404 for role in roles}


class TestOutsideTheZone:
    def test_the_zones_own_work_is_not_told(self, client_of, people, assessment, plan):
        add(assessment, people.editor)
        people.lead.name = "Lead of the zone"
        people.lead.save()
        share_version(version=assessment.version, by=people.lead)
        for role in Cast.READING_SHARED:
            page = client_of(people[role]).get(at(plan))
            assert lines(page) == [("Lead of the zone", "Version 1 was shared for review.")]
            assert people.editor.name not in text(page)
            assert people.editor.name not in client_of(people[role]).get(at(plan, "history_file")).text
        asked = client_of(people.coordinator).get(at(plan), {"person": people.editor.pk, "about": "entries"})
        assert asked.context["page"].paginator.count == 0

    def test_what_is_about_a_version_in_preparation_is_not_told(self, client_of, people, assessment, plan):
        share_version(version=assessment.version, by=people.lead)
        with transaction.atomic():
            for number in (1, 2):
                record(
                    "step.recorded",
                    by=None,
                    on=assessment.version,
                    kind="sent",
                    dated=f"2026-11-0{number}",
                    number=number,
                )
            record("step.recorded", by=None, on=assessment.version, kind="sent", dated="2026-11-03")
        assert client_of(people.reader).get(at(plan)).context["page"].paginator.count == 5
        assert whats(client_of(people.cleared).get(at(plan))) == [
            "A formal step was recorded: sent to the governor and the ministers on 01/11/2026.",
            "Version 1 was shared for review.",
        ]

    def test_wholly_confidential_items_are_not_named(self, client_of, people, assessment, plan):
        item = assessment.edition.items.get(code="P2")
        ItemChoice.objects.create(assessment=assessment, item=item, is_item_confidential=True)
        share_version(version=assessment.version, by=people.lead)
        with transaction.atomic():
            for code in ("P1", "P2"):
                record("step.recorded", by=None, on=assessment.version, number=1, item=code)
            record("step.removed", by=None, on=assessment.version, number=1, items=["P1", "P2"])
        told = client_of(people.cleared).get(at(plan))
        assert told.context["page"].paginator.count == 3
        assert "P2" not in told.content.decode()
        assert client_of(people.reader).get(at(plan)).context["page"].paginator.count == 5


def test_a_former_user_is_named_no_more(client_of, people, assessment, plan):
    people.editor.name = "An Peeters"
    people.editor.save()
    add(assessment, people.editor)
    erase_person(by=None, user=people.editor)
    page = client_of(people.reader).get(at(plan))
    assert lines(page)[0] == ("a former user", "Objective 1 was added; it names P1.")
    assert "Peeters" not in page.content.decode()
    assert "erased" not in text(page)
    assert whats(client_of(people.reader).get(at(plan), {"person": "former"})) == whats(page)[:1]


class TestFilter:
    @pytest.fixture
    def page(self, client_of, people, assessment, plan):
        """`page(**asked)`: what is told of an operator's start, an objective and two days later a choice."""
        day = datetime.datetime(2026, 11, 24, 23, 30, tzinfo=datetime.UTC)  # the 25th in Brussels
        with time_machine.travel(day, tick=False):
            add(assessment, people.editor)
        with time_machine.travel(day + datetime.timedelta(days=2), tick=False):
            change = ChoiceChange("P1", 0, choice="retained")
            save_choices(assessment=assessment, by=people.lead, changes=[change])
        # The start happened when this test ran; nothing below asks for that day.
        client = client_of(people.reader)
        return lambda **asked: client.get(at(plan), asked)

    OBJECTIVE, CHOICE = "Objective 1 was added; it names P1.", "Choices were saved: P1 retained."

    def test_by_person(self, page, people):
        assert whats(page(person=people.editor.pk)) == [self.OBJECTIVE]
        assert whats(page(person=people.lead.pk)) == [self.CHOICE]
        [start] = whats(page(person="operator"))
        assert start.startswith("The plan was started")

    def test_by_what_it_is_about(self, page):
        assert whats(page(about="entries")) == [self.OBJECTIVE]
        assert whats(page(about="choices")) == [self.CHOICE]
        assert whats(page(about="documents")) == []

    def test_by_day_of_the_site_both_included(self, page):
        asked = {"about": "entries"}
        assert whats(page(since="2026-11-25", until="2026-11-25", **asked)) == [self.OBJECTIVE]
        assert whats(page(until="2026-11-24", **asked)) == []
        assert whats(page(since="2026-11-26", **asked)) == []
        assert whats(page(since="2026-11-27", until="2026-11-27", about="choices")) == [self.CHOICE]

    @pytest.mark.parametrize(
        "asked",
        [
            {"person": "999999"},
            {"person": "1 OR 1=1"},
            {"about": "people"},
            {"about": "nothing"},
            {"since": "yesterday"},
            {"until": "2026-13-45"},
            {"since": "0001-01-01", "until": "9999-12-31"},
            {"page": "99999"},
            {"page": "x"},
        ],
    )
    def test_what_cannot_be_read_is_as_if_not_asked(self, page, asked):
        assert len(whats(page(**asked))) == 3

    def test_who_can_be_asked_for(self, page, people):
        choices = [label for _value, label in page().context["form"].fields["person"].choices]
        names = sorted([people.editor.name, people.lead.name])
        with translation.override("en"):
            assert [str(choice) for choice in choices] == ["everybody", *names, "an operator"]


def test_fifty_a_page(client_of, people, assessment, plan):
    with transaction.atomic():
        for number in range(60):
            record("document.removed", by=None, on=assessment, plan=plan.pk, number=number)
    client = client_of(people.reader)
    first, second = client.get(at(plan)), client.get(at(plan), {"page": 2})
    assert (len(lines(first)), len(lines(second))) == (50, 11)
    assert whats(first)[0] == "Document 59 was removed."
    assert whats(second)[0] == "Document 9 was removed."


@pytest.mark.parametrize("number", [1, 3])
def test_inside_it_costs_the_same_for_one_line_and_for_three(
    client_of, people, assessment, plan, django_assert_num_queries, number
):
    for _ in range(number):
        add(assessment, UserFactory(editor_of=people.zone))
    client = client_of(people.reader)
    # session, user, roles, assessment, who did it, their names, count, events, objectives, items, comments
    with django_assert_num_queries(11):
        assert len(whats(client.get(at(plan), {"about": "entries"}))) == number


@pytest.mark.parametrize("number", [1, 3])
def test_outside_too(client_of, people, assessment, plan, django_assert_num_queries, number):
    share_version(version=assessment.version, by=people.lead)
    with transaction.atomic():
        for _ in range(number - 1):
            record("step.removed", by=UserFactory(), on=assessment.version, number=1)
    client = client_of(people.coordinator)
    # session, user, roles, assessment, inside, cleared, hidden items, shared versions,
    # who did it, their names, count, events, items
    with django_assert_num_queries(12):
        assert len(whats(client.get(at(plan)))) == number


def test_no_act_writes_words_of_the_plan_into_the_trail():
    """The plan is full of secrets; whatever is done to it, no event holds one."""
    for act in ACTS.values():
        assessment = AssessmentFactory(elaborated=True)
        lead = UserFactory(lead_of=assessment.version.plan.zone)
        act(assessment, lead)
    held = [json.dumps([event.event, event.on_id, event.data]) for event in AuditEvent.objects.all()]
    assert len(held) > len(ACTS)
    assert [line for line in held if "secret" in line.lower() or "burglar" in line.lower()] == []
