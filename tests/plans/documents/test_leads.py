"""A passage that says "not retained" begins a motivation: shown in the row, saved by a person."""

import pytest

from plans.enums import Choice, Reason
from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.choosing import address, decide, shown_values, stored
from tests.plans.papers import EMPTY, passage_with, seen, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
QUOTE = "Mensenhandel wordt niet weerhouden."


@pytest.fixture
def passage(world):
    return passage_with(upload(world.assessment), "Mensenhandel")


@pytest.fixture
def editing(client_of, world):
    return client_of(UserFactory(editor_of=world.zone))


def follow(client, world, passage, item="A3"):
    return client.get(address(world.assessment), {"lead": passage.pk, "item": item})


def values_shown(response, code="A3") -> tuple:
    form = next(form for form in response.context["table"].forms if form.row.item.code == code)
    names = ("choice", "reason", "line", "is_motivation_confidential", "is_item_confidential")
    return tuple(form[name].value() for name in names)


def test_the_row_begins_with_the_quote_and_nothing_is_saved(world, passage, editing):
    response = follow(editing, world, passage)
    assert values_shown(response) == ("not_retained", "", QUOTE, False, False)
    assert [form.row.item.code for form in response.context["table"].taken_over] == ["A3"]
    assert stored(world.assessment) == {}
    html = " ".join(response.content.decode().split())
    assert "A3 begins with a passage of your document and is not saved yet." in html
    assert f"from {passage.document.title}</a>" in html
    assert html.count("from your document, not saved yet") == 1
    assert "data-warn-unsaved data-unsaved " in html
    editing.post(address(world.assessment), shown_values(response) | {"A3-reason": "capacity"})
    assert stored(world.assessment) == {"A3": ("not_retained", "capacity", "", QUOTE)}


@pytest.mark.parametrize("what", ["passage", "document"])
def test_a_confidential_passage_makes_a_confidential_motivation(world, passage, editing, what):
    if what == "passage":
        change_passage(
            assessment=world.assessment,
            passage=passage,
            language="",
            is_confidential=True,
            by=world.lead,
            **seen(passage),
        )
    else:
        passage.document.is_confidential = True
        passage.document.save()
    response = follow(editing, world, passage)
    assert values_shown(response) == ("not_retained", "", QUOTE, True, False)
    editing.post(address(world.assessment), shown_values(response))
    assert world.assessment.choices.get().is_motivation_confidential


def test_what_was_written_stays_above_the_quote(world, passage, editing):
    decide(
        world.assessment,
        world.lead,
        "A3",
        Choice.RETAINED,
        reason=Reason.OTHER,
        line="Typed before",
        is_item_confidential=True,
    )
    response = follow(editing, world, passage)
    assert values_shown(response) == ("not_retained", "other", f"Typed before\n{QUOTE}", False, True)
    assert stored(world.assessment) == {"A3": ("retained", "other", "", "Typed before")}


@pytest.mark.parametrize("line", [QUOTE, f"As the plan says: {QUOTE}", "y" * 4990])
def test_a_quote_that_stands_there_or_does_not_fit_is_not_added(world, passage, editing, line):
    decide(world.assessment, world.lead, "A3", Choice.UNDECIDED, line=line)
    assert values_shown(follow(editing, world, passage)) == ("not_retained", "", line, False, False)


def test_a_saved_row_that_says_the_same_asks_nothing_new(world, passage, editing):
    decide(world.assessment, world.lead, "A3", Choice.NOT_RETAINED, line=QUOTE)
    revision = world.assessment.choices.get().revision
    editing.post(address(world.assessment), shown_values(follow(editing, world, passage)))
    assert world.assessment.choices.get().revision == revision


@pytest.mark.parametrize("case", ["another zone", "gone", "no number", "no item", "unknown item"])
def test_what_is_not_there_or_not_theirs_is_ignored(world, passage, editing, case):
    other = make_world(EMPTY)
    theirs = passage_with(upload(other.assessment, "OTHERZONE drugs niet weerhouden.\n"), "OTHERZONE")
    number, item = {
        "another zone": (theirs.pk, "A1"),
        "gone": (10**9, "A1"),
        "no number": ("x", "A1"),
        "no item": (passage.pk, ""),
        "unknown item": (passage.pk, "Z9"),
    }[case]
    response = editing.get(address(world.assessment), {"lead": number, "item": item})
    assert (response.status_code, response.context["lead"]) == (200, None)
    assert response.context["table"].taken_over == []
    html = response.content.decode()
    assert ("OTHERZONE" in html, QUOTE in html) == (False, False)


@pytest.mark.parametrize("role", ["reader_of", "coordinator_of", "cleared_coordinator_of"])
def test_readers_get_the_table_as_it_is(client_of, world, passage, role):
    share_version(version=world.assessment.version, by=world.lead)
    response = follow(client_of(UserFactory(**{role: world.zone})), world, passage)
    assert (response.status_code, response.context["table"]) == (200, None)
    assert QUOTE not in response.content.decode()


def test_a_shared_plan_has_no_row_to_fill(world, passage, editing):
    share_version(version=world.assessment.version, by=world.lead)
    response = follow(editing, world, passage)
    assert (response.context["table"], QUOTE in response.content.decode()) == (None, False)


def test_queries(world, passage, editing, django_assert_num_queries):
    url, lead = address(world.assessment), {"lead": passage.pk, "item": "A3"}
    with django_assert_num_queries(11):  # nine, the passage and its item
        editing.get(url, lead)
