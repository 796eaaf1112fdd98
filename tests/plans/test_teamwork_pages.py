"""Who has which item, as pages show it and as the page "Divide the work" changes it."""

import pytest
from django.urls import reverse
from django.utils import translation

from kiv.accounts.models import Membership
from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english, make_edition, make_plan, share
from tests.plans.choosing import address, shown_values, stored, texts
from tests.plans.history.pages import text, whats
from tests.plans.teamwork import give, holders, make_colleague, say

pytestmark = pytest.mark.django_db
#: Who did something is told administrators, as of any event.
INGE = "Inge INSIDE"


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory())


@pytest.fixture
def assessment(people):
    return make_plan(people.zone)


def at(assessment, name="check", *more):
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *more])


def posted(client, assessment, *ticked, person="nobody"):
    """What a browser sends when these rows are ticked on the page as it stands."""
    team = client.get(at(assessment, "assignments")).context["team"]
    codes = {item.pk: item.code for item in assessment.edition.items.all()}
    shown = [f"{codes[pk]}:{work.person_id or ''}" for pk, work in team.items.items()]
    return {"shown": shown, "ticked_rows": list(ticked), "person": person}


PAGES = [("check",), ("check", "?mine=1"), ("item", "P1"), ("choices",), ("choices", "?mine=1"), ("history",)]


class TestInsideTheZone:
    @pytest.mark.parametrize("role", Cast.INSIDE)
    def test_the_check_page_says_who_has_what(self, client_of, people, assessment, role):
        inge = make_colleague(people.zone)
        give(assessment, inge, "P1")
        give(assessment, people.editor, "P2")
        say(assessment, inge, "Words", "P1")
        say(assessment, inge, "Words on all")
        page = text(client_of(people[role]).get(at(assessment)))
        you = " (you)" if role == "editor" else ""
        assert "Assigned to Inge INSIDE 1 comment : P1" in page.replace("  ", " ")
        assert f"Assigned to {people.editor.name}{you} " in page
        assert page.count("Assigned to") == 2
        assert "1 comment on the whole plan" in page
        assert ("Divide the work" in page) is (role != "reader")

    def test_who_left_is_a_former_colleague(self, client_of, people, assessment):
        inge = make_colleague(people.zone)
        give(assessment, inge, "P1")
        Membership.objects.filter(user=inge).delete()
        for name in (("check",), ("item", "P1"), ("choices",), ("assignments",)):
            assert "Inge INSIDE (former colleague)" in text(client_of(people.lead).get(at(assessment, *name)))

    def test_my_items(self, client_of, people, assessment):
        give(assessment, people.editor, "P2")
        give(assessment, people.lead, "P1", "T1")
        client = client_of(people.editor)
        check = client.get(at(assessment) + "?mine=1")
        assert [row.item.code for group in check.context["groups"] for row in group.rows] == ["P2"]
        # What is said of the plan as a whole is not narrowed.
        assert [group.total for group in check.context["check"].groups] == [2, 1]
        choices = client.get(at(assessment, "choices") + "?mine=1")
        assert [form.row.item.code for form in choices.context["table"].forms] == ["P2"]
        reading = client_of(people.reader).get(at(assessment) + "?mine=1")
        assert "Nobody gave you an item of this plan." in text(reading)

    def test_choices_of_my_items_are_saved_and_the_page_stays_narrow(self, client_of, people, assessment):
        give(assessment, people.editor, "P2")
        client, mine = client_of(people.editor), address(assessment) + "?mine=1"
        data = shown_values(client.get(mine)) | {"P2-choice": "retained"}
        answer = client.post(mine, data)
        assert (answer.status_code, answer.url, stored(assessment)) == (
            302,
            mine,
            {"P2": ("retained", "", "", "")},
        )

    def test_what_was_typed_stays_when_the_item_went_to_somebody_else(self, client_of, people, assessment):
        give(assessment, people.editor, "P2")
        client, mine = client_of(people.editor), address(assessment) + "?mine=1"
        data = shown_values(client.get(mine)) | {"P2-choice": "perhaps", "P2-line": "typed"}
        give(assessment, people.lead, "P2")
        refused = client.post(mine, data)
        assert shown_values(refused)["P2-line"] == "typed"

    def test_an_older_version_is_read_and_not_divided(self, client_of, people, assessment):
        give(assessment, people.lead, "P1")
        page = client_of(people.lead).get(at(assessment) + "?version=1")
        assert "Divide the work" not in text(page)
        assert client_of(people.lead).get(at(assessment, "assignments") + "?version=1").status_code == 302


class TestOutside:
    """A plan full of names and comments; nothing of them is on any page of those who read along."""

    @pytest.fixture
    def full(self, people, assessment):
        inge = make_colleague(people.zone)
        give(assessment, inge, "P1", "P2", by=inge)
        say(assessment, inge, "INSIDE words", "P1")
        say(assessment, inge, "INSIDE words on all")
        share(assessment)
        return assessment

    @pytest.mark.parametrize("role", Cast.READING_SHARED)
    @pytest.mark.parametrize("page", PAGES, ids=" ".join)
    def test_nothing_is_said(self, client_of, people, full, role, page):
        name, *more = page
        query = more.pop() if more and more[-1].startswith("?") else ""
        answer = client_of(people[role]).get(at(full, name, *more) + query)
        assert answer.status_code == 200
        words = ("Assigned", "omment", "My items", "Divide the work", "None of the items", "(you)")
        assert [word for word in words if word in text(answer)] == []
        assert "INSIDE" not in answer.content.decode()
        assert "P1" in text(answer) or name == "history"

    @pytest.mark.parametrize("page", [page for page in PAGES if "?mine=1" not in page], ids=" ".join)
    def test_inside_the_same_pages_say_it(self, client_of, people, full, page):
        assert "INSIDE" in text(client_of(people.reader).get(at(full, *page)))

    def test_nor_in_the_history(self, client_of, people, full):
        assert whats(client_of(people.cleared).get(at(full, "history"))) == [
            "Version 1 was shared for review."
        ]
        file = client_of(people.cleared).get(at(full, "history_file")).text
        assert [word for word in ("INSIDE", "ssigned", "omment") if word in file] == []

    def test_administrators_are_not_told_that_something_was_said(self, client_of, people, full):
        page = client_of(people.system_administrator).get(reverse("plans:audit_list"))
        assert whats(page)[:2] == ["A version was shared for review.", "Items were assigned to a colleague."]
        assert [word for word in ("omment", "INSIDE", "P1") if word in text(page).replace(INGE, "")] == []
        asked = client_of(people.system_administrator).get(reverse("plans:audit_list"), {"about": "comments"})
        assert len(whats(asked)) == len(whats(page))

    def test_inside_the_history_says_it(self, client_of, people, full):
        assert whats(client_of(people.reader).get(at(full, "history")))[1:4] == [
            "A comment was made.",
            "A comment was made about P1.",
            "Assigned to Inge INSIDE: P1 and P2.",
        ]


class TestDividing:
    def test_several_items_at_once(self, client_of, people, assessment):
        inge, client = make_colleague(people.zone), client_of(people.editor)
        answer = client.post(
            at(assessment, "assignments"), posted(client, assessment, "P1", "T1", person=inge.pk), follow=True
        )
        assert holders(assessment) == {"P1": inge.pk, "T1": inge.pk}
        assert texts(answer) == ["Assigned to Inge INSIDE: P1 and T1."]
        answer = client.post(at(assessment, "assignments"), posted(client, assessment, "P1"), follow=True)
        assert texts(answer) == ["No longer assigned to anybody: P1."]
        assert holders(assessment) == {"T1": inge.pk}

    def test_after_sharing_too(self, client_of, people, assessment):
        share(assessment)
        client = client_of(people.lead)
        client.post(at(assessment, "assignments"), posted(client, assessment, "P1", person=people.lead.pk))
        assert holders(assessment) == {"P1": people.lead.pk}

    def test_sent_twice_is_once(self, client_of, people, assessment):
        client = client_of(people.lead)
        data = posted(client, assessment, "P1", person=people.lead.pk)
        for _ in range(2):
            answer = client.post(at(assessment, "assignments"), data, follow=True)
        assert texts(answer)[-1] == "Nothing was changed: it stood so already."
        assert AuditEvent.objects.filter(event="assignment.set").count() == 1

    def test_what_somebody_else_did_meanwhile_is_said_and_ticks_stay(self, client_of, people, assessment):
        inge, client = make_colleague(people.zone), client_of(people.lead)
        data = posted(client, assessment, "P1", "P2", person=people.lead.pk)
        give(assessment, inge, "P2")
        refused = client.post(at(assessment, "assignments"), data)
        assert (refused.status_code, refused.context["stale"]) == (409, ["P2"])
        assert (refused.context["form"].ticked, holders(assessment)) == (["P1", "P2"], {"P2": inge.pk})
        again = posted(client, assessment, *refused.context["form"].ticked, person=people.lead.pk)
        client.post(at(assessment, "assignments"), again)
        assert holders(assessment) == {"P1": people.lead.pk, "P2": people.lead.pk}

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"ticked_rows": []}, "Tick the items first."),
            ({"person": ""}, "Choose a colleague, or nobody."),
            ({"person": "0"}, "This person can no longer be given items."),
            ({"person": "x\0"}, "This person can no longer be given items."),
            ({"shown": []}, "This page is out of date."),
            ({"shown": ["P1:x", "P1"]}, "Somebody else assigned these meanwhile"),
            ({"ticked_rows": ["P1", "P9"]}, "Select a valid choice."),
        ],
    )
    def test_what_cannot_be_done_changes_nothing_and_keeps_the_ticks(
        self, client_of, people, assessment, wrong, said
    ):
        give(assessment, people.editor, "P1")
        client = client_of(people.lead)
        answer = client.post(
            at(assessment, "assignments"), posted(client, assessment, "P1", person=people.lead.pk) | wrong
        )
        assert said in text(answer)
        assert holders(assessment) == {"P1": people.editor.pk}
        assert answer.context["form"].ticked == wrong.get("ticked_rows", ["P1"])

    def test_a_link_ticks_its_item(self, client_of, people, assessment):
        page = client_of(people.lead).get(at(assessment, "assignments") + "?tick=P2&tick=%3Cb%3E")
        assert page.content.decode().count(" checked") == 1

    def test_colleagues_of_one_name_are_told_apart(self, client_of, people, assessment):
        for number in (1, 2):
            UserFactory(name="Jan Janssens", email=f"jan{number}@zone.example", editor_of=people.zone)
        page = client_of(people.lead).get(at(assessment, "assignments"))
        choices = page.context["form"].fields["person"].choices
        with translation.override("en"):
            labels = [str(label) for _pk, label in choices]
        assert labels == [
            "Choose…",
            "Jan Janssens (jan1@zone.example)",
            "Jan Janssens (jan2@zone.example)",
            people.lead.name,
            "nobody",
        ]

    @pytest.mark.parametrize("items", [("P1",), ("P1", "P2", "P3")])
    def test_costs_the_same_for_one_item_and_for_three(
        self, client_of, people, django_assert_num_queries, items
    ):
        assessment = make_plan(people.zone, edition=make_edition(items=items, themes=()))
        for code in items:
            give(assessment, make_colleague(people.zone), code)
        client = client_of(people.lead)
        # session, user, roles, assessment, choices, scores, items, colleagues, who has what
        with django_assert_num_queries(9):
            client.get(at(assessment, "assignments"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_the_plan_cost_the_same_for_one_comment_and_for_three(
    client_of, people, assessment, django_assert_num_queries, number
):
    for at_number in range(number):
        inge = make_colleague(people.zone)
        give(assessment, inge, "P2" if at_number else "P1")
        say(assessment, inge, "Words", "P1")
        say(assessment, inge, "Words on all")
    client = client_of(people.reader)
    for name, queries in ((("check",), 10), (("item", "P1"), 12), (("choices",), 8)):
        with django_assert_num_queries(queries):
            client.get(at(assessment, *name))
