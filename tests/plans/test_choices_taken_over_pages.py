"""Choices that are not typed: taken over from an earlier plan, or proposed by the plan itself."""

import pytest
from django.urls import reverse

from plans.enums import Choice, Reason
from plans.planformat import ItemRef
from plans.services.entries import add_entry
from tests.factories.framework import CorrespondenceFactory, publish, succeed
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_edition, make_plan, share
from tests.plans.choosing import address, decide, shown_values, stored, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def zone():
    return ZoneFactory()


@pytest.fixture
def people(zone):
    return Cast(zone)


@pytest.fixture
def old_edition():
    return make_edition(("P1", "P2", "P3"))


@pytest.fixture
def assessment(zone, old_edition):
    """Under the next edition, of which is decided that P1 and P2 are what they were."""
    edition = make_edition(published=False, predecessor=old_edition)
    succeed(old_edition, edition, equal=("P1", "P2"))
    publish(edition)
    return make_plan(zone, edition=edition)


@pytest.fixture
def earlier(zone, people, old_edition):
    plan = make_plan(zone, edition=old_edition, first_year=2020)
    decide(plan, people.editor, "P1", Choice.RETAINED)
    decide(plan, people.editor, "P2", Choice.NOT_RETAINED, reason=Reason.OTHER, line="as before")
    decide(plan, people.editor, "P3", Choice.RETAINED)
    return plan


def take_over(client, assessment, earlier):
    return client.get(address(assessment), {"from": earlier.version.plan_id})


def test_undecided_rows_are_filled_but_not_saved(client_of, people, earlier, assessment):
    decide(assessment, people.editor, "P1", Choice.REGULAR, line="decided now")
    client = client_of(people.editor)
    response = take_over(client, assessment, earlier)
    assert [form.row.item.code for form in response.context["table"].taken_over] == ["P2"]
    assert response.content.count(b"taken over, not saved yet") == 1
    assert b"data-warn-unsaved data-unsaved " in response.content
    assert stored(assessment) == {"P1": ("regular", "", "", "decided now")}
    client.post(address(assessment), shown_values(response))
    assert stored(assessment) == {
        "P1": ("regular", "", "", "decided now"),
        "P2": ("not_retained", "other", "", "as before"),
    }


@pytest.mark.parametrize("said", [{"relation": "superset"}, {"is_decided": False}, {"new": None}])
def test_only_the_same_item_is_taken_over_under_whatever_code(
    client_of, people, earlier, zone, old_edition, said
):
    edition = make_edition(("V1", "P2"), published=False, predecessor=old_edition)
    CorrespondenceFactory(edition=edition, old="P1", new="V1", relation="equivalent")
    CorrespondenceFactory(edition=edition, old="P2", **{"new": "P2", **said})
    publish(edition)
    assessment = make_plan(zone, edition=edition)
    response = take_over(client_of(people.editor), assessment, earlier)
    assert [form.row.item.code for form in response.context["table"].taken_over] == ["V1"]


def test_plan_of_a_predecessor_zone_is_offered(client_of):
    old, stranger = ZoneFactory(), ZoneFactory()
    zone = ZoneFactory(predecessors=[old])
    people = Cast(zone)
    edition = make_edition()
    earlier = make_plan(old, edition=edition, first_year=2020)
    foreign = make_plan(stranger, edition=edition, first_year=2020)
    decide(earlier, Cast(old).editor, "P1", Choice.RETAINED)
    decide(foreign, Cast(stranger).editor, "P1", Choice.RETAINED)
    assessment = make_plan(zone, edition=edition)
    client = client_of(people.editor)
    assert client.get(address(assessment)).context["earlier"] == [earlier.version.plan]
    assert [
        form.row.item.code for form in take_over(client, assessment, earlier).context["table"].taken_over
    ] == ["P1"]
    assert take_over(client, assessment, foreign).status_code == 404


def test_nothing_is_taken_over_from_later_or_local_plans(client_of, people, zone, assessment):
    municipality = MunicipalityFactory(zone=zone)
    later = make_plan(zone, first_year=2032)
    local = make_plan(zone, first_year=2020, municipality=municipality)
    client = client_of(people.editor)
    assert client.get(address(assessment)).context["earlier"] == []
    assert [take_over(client, assessment, other).status_code for other in (later, local)] == [404, 404]


def test_readers_are_offered_nothing(client_of, people, earlier, assessment):
    assert take_over(client_of(people.reader), assessment, earlier).context["table"] is None


def confirm(client, assessment, **options):
    return client.post(reverse("plans:proposals_confirm", args=[assessment.version.plan_id]), **options)


@pytest.fixture
def proposed(assessment, people):
    for code in ("P1", "T1"):
        add_entry(
            assessment=assessment,
            kind="objective",
            by=people.editor,
            values={"title": code},
            items=[ItemRef(item=code)],
        )
    return assessment


def test_proposals_are_confirmed_at_once(client_of, people, proposed):
    client = client_of(people.editor)
    response = confirm(client, proposed)
    assert response.url == reverse("plans:check", args=[proposed.version.plan_id])
    assert stored(proposed) == {"P1": ("retained", "", "", ""), "T1": ("retained", "", "", "")}
    assert texts(confirm(client, proposed, follow=True)) == [
        "2 items decided: P1, T1.",
        "There was nothing left to confirm.",
    ]


def test_proposals_of_a_shared_plan_stay_open(client_of, people, proposed):
    share(proposed)
    response = confirm(client_of(people.editor), proposed, follow=True)
    assert texts(response) == ["This version was shared for review and can no longer be changed."]
    assert stored(proposed) == {}


@pytest.mark.parametrize("role", ["reader", *Cast.READING_SHARED, *Cast.OUTSIDE])
def test_only_editors_confirm(client_of, people, proposed, role):
    share(proposed)
    assert confirm(client_of(people[role]), proposed).status_code == 404
    assert stored(proposed) == {}


def test_confirming_is_no_link(client_of, people, proposed):
    address = reverse("plans:proposals_confirm", args=[proposed.version.plan_id])
    assert client_of(people.editor).get(address).status_code == 405
