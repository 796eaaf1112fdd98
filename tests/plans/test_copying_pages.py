"""The page that copies from an earlier plan: what it offers and says, to whom, and what comes of it."""

import pytest
from django.urls import reverse

from kiv.audit.models import AuditEvent
from plans.models import Objective
from plans.services.importing import import_plan
from tests.factories.accounts import UserFactory
from tests.factories.framework import AspectFactory, EditionFactory, publish, succeed
from tests.factories.plans import AssessmentFactory, content_of
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, share
from tests.plans.choosing import texts
from tests.plans.copying import EARLIER, address, all_ticked, sent, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def zone():
    return ZoneFactory(name="PZ Own")


@pytest.fixture
def people(zone):
    return Cast(zone)


@pytest.fixture
def assessment(zone):
    """Under an edition that has P1 without aspects, and another P4, than the one before."""
    old, edition = (EditionFactory(items=("P1", "P4"), themes=("T1",)) for _ in range(2))
    AspectFactory(item=old.items.get(code="P1"), code="north")
    succeed(old, edition, equal=("P1", "T1"))
    publish(edition)
    return AssessmentFactory(zone=zone, edition=edition)


@pytest.fixture
def earlier(zone, assessment):
    old = assessment.edition.predecessor
    return AssessmentFactory(zone=zone, edition=old, cycle__first_year=2020, **EARLIER)


def test_the_page_shows_everything_and_ticks_what_asks_nothing(client_of, people, assessment, earlier):
    response = client_of(people.editor).get(address(assessment))
    page = response.context["page"]
    assert page.plan == earlier.version.plan
    assert [row.entry.title for row in page.offer.objectives] == ["Drugs", "Computers"]
    ticked, free = sent(response), all_ticked(response)
    assert [len(free[name]) for name in ("objectives", "diagnoses", "choices")] == [2, 1, 1]
    assert [len(ticked[name]) for name in ("objectives", "diagnoses", "choices")] == [1, 1, 1]
    assert ticked["objectives"] == [page.offer.objectives[1].key]
    text = words(response)
    for sentence in (
        "What asks for your attention is not ticked: look at it, and tick it if you want it.",
        "P4 short P4 en has no counterpart: name an item yourself. Lesson",
        "The aspect “aspect north en” of P1 has no counterpart: tick one yourself.",
        "The due date “eind 2024” lies before 2026.",
        "P4 has no counterpart: this choice stays behind.",
        "Documents and accepted passages stay behind: they belong to the earlier plan.",
        "Figures are copied as they stand. They may be outdated",
        "keeps number 2",
    ):
        assert text.count(sentence) == 1, sentence
    assert text.count("has no counterpart: name an item yourself") == 2
    assert text.count("lies before") == 1


def test_after_copying_one_reads_what_came_and_what_to_look_at(client_of, people, assessment, earlier):
    client = client_of(people.editor)
    response = client.post(address(assessment), all_ticked(client.get(address(assessment))), follow=True)
    objectives = reverse("plans:objectives", args=[assessment.version.plan_id])
    assert response.redirect_chain == [(f"{objectives}?copied={earlier.version.plan_id}", 302)]
    assert texts(response) == [
        "Copied from PZ Own · 2020-2025: "
        "2 objectives, 1 action, 1 indicator, 1 diagnosis entry and 1 choice.",
        "1 entry asks for your attention: see the list.",
    ]
    assert [row.entry.title for row in response.context["copied"].to_look_at] == ["Drugs"]
    assert "The due date “eind 2024” lies before 2026." in words(response)
    assert "Check the figures of the diagnosis as well" in words(response)
    # What a person sees to leaves the list.
    Objective.objects.filter(version=assessment.version, number="2").update(due="2029")
    assert client.get(response.redirect_chain[0][0]).context["copied"].to_look_at == []


def test_what_is_here_is_said_and_not_offered_again(client_of, people, assessment, earlier):
    client = client_of(people.editor)
    client.post(address(assessment), all_ticked(client.get(address(assessment))))
    response = client.get(address(assessment))
    text = words(response)
    assert [
        text.count(f"Already here: {what}") for what in ("objective 2", "objective 5", "diagnosis 1")
    ] == [
        1,
        1,
        1,
    ]
    assert text.count("Already here.") == 1
    assert "Everything that can be copied is in this plan already." in text
    assert 'type="submit" data-tick-label' not in response.content.decode()


def test_one_title_twice_is_not_proposed(client_of, people, assessment, earlier):
    content = content_of(assessment, objectives=[{"number": "2", "title": "drugs"}])
    import_plan(assessment=assessment, content=content, by=None)
    response = client_of(people.editor).get(address(assessment))
    (key,) = sent(response)["objectives"]
    assert key == response.context["page"].offer.objectives[1].key
    assert "Objective 2 has the same title and says something else." in words(response)


def test_a_choice_that_contradicts_this_plan_is_not_proposed(client_of, people, assessment):
    """An objective of this plan names P1, which the earlier one did not retain; T1 is named nowhere."""
    not_retained = {"choice": "not_retained", "reason": "capacity", "line": "No people"}
    AssessmentFactory(
        zone=assessment.version.plan.zone,
        edition=assessment.edition,
        cycle__first_year=2020,
        choices={"P1": not_retained, "P4": "retained", "T1": not_retained},
    )
    named = [{"title": "Drugs", "items": "P1"}, {"title": "Noise", "items": "P4"}]
    import_plan(assessment=assessment, content=content_of(assessment, objectives=named), by=None)
    response = client_of(people.editor).get(address(assessment))
    assert sent(response)["choices"] == ["choice-P4", "choice-T1"]
    assert all_ticked(response)["choices"] == ["choice-P1", "choice-P4", "choice-T1"]
    sentence = "This plan has an objective or action for P1. Tick this only if you do not retain it."
    assert words(response).count("Tick this only if you do not retain it.") == 1
    assert sentence in words(response)


def test_a_double_click_copies_once(client_of, people, assessment, earlier):
    client = client_of(people.editor)
    values = all_ticked(client.get(address(assessment)))
    answers = [client.post(address(assessment), values) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert assessment.version.objectives.count() == 2
    assert AuditEvent.objects.filter(event="plan.copied_forward").count() == 1
    # Also without the mark, from another window.
    client.post(address(assessment), {name: value for name, value in values.items() if name != "submission"})
    assert assessment.version.objectives.count() == 2
    assert AuditEvent.objects.filter(event="plan.copied_forward").count() == 1
    assert texts(client.get(address(assessment)))[-1] == (
        "Nothing was copied: all that was ticked is in this plan already."
    )


def test_without_a_tick_nothing_is_copied(client_of, people, assessment, earlier):
    response = client_of(people.editor).post(address(assessment), {"from": earlier.version.plan_id})
    assert (response.status_code, response.context["error"]) == (200, "Tick at least one thing to copy.")
    assert sent(response).keys() == {"submission", "from"}


@pytest.mark.parametrize("typed", ["objective-0-1", "choice-P9", "\0", "x" * 10_000])
def test_what_the_earlier_plan_does_not_hold_is_refused(client_of, people, assessment, earlier, typed):
    client = client_of(people.editor)
    values = all_ticked(client.get(address(assessment)))
    kept = values["objectives"][:1]
    response = client.post(address(assessment), values | {"objectives": [*kept, typed]})
    assert response.status_code == 409
    assert response.context["error"] == "The earlier plan was changed meanwhile: look at what it holds now."
    assert sent(response)["objectives"] == kept
    assert assessment.version.objectives.count() == 0


def test_a_version_that_was_shared_meanwhile_refuses_and_keeps_the_ticks(
    client_of, people, assessment, earlier
):
    client = client_of(people.editor)
    values = all_ticked(client.get(address(assessment)))
    values["objectives"] = values["objectives"][1:]
    share(assessment)
    response = client.post(address(assessment), values)
    assert response.status_code == 409
    assert response.context["error"].startswith("This version was shared for review")
    assert sent(response)["objectives"] == values["objectives"]
    assert assessment.version.objectives.count() == 0
    assert client.get(address(assessment)).url == reverse(
        "plans:objectives", args=[assessment.version.plan_id]
    )


@pytest.mark.parametrize("role", ["reader", *Cast.READING_SHARED, *Cast.OUTSIDE])
def test_only_editors_have_the_page(client_of, people, assessment, earlier, role):
    client = client_of(people[role])
    assert client.get(address(assessment)).status_code == 404
    values = {"from": earlier.version.plan_id, "choices": "choice-P1"}
    assert client.post(address(assessment), values).status_code == 404
    assert assessment.choices.count() == 0


def test_plans_that_one_may_not_read_wholly_are_not_there(client_of, people, assessment):
    """A neighbour's shared plan, read as a coordinator with clearance; a local plan; a later one."""
    zone = assessment.version.plan.zone
    neighbour = ZoneFactory(name="PZ Neighbour")
    secret = {"objectives": [{"title": "SECRET words"}], "edition": assessment.edition, "shared": True}
    foreign = [
        AssessmentFactory(zone=neighbour, cycle__first_year=2020, **secret),
        AssessmentFactory(
            local=True, municipality=MunicipalityFactory(zone=zone), cycle__first_year=2020, **secret
        ),
        AssessmentFactory(zone=zone, cycle__first_year=2032, **secret),
    ]
    client = client_of(UserFactory(editor_of=zone, cleared_coordinator_of=neighbour))
    response = client.get(address(assessment))
    assert "There is no earlier plan to copy from" in words(response)
    objectives = reverse("plans:objectives", args=[assessment.version.plan_id])
    for other in foreign:
        assert client.get(address(assessment, other)).status_code == 404
        assert client.post(address(assessment), {"from": other.version.plan_id}).status_code == 404
        page = client.get(f"{objectives}?copied={other.version.plan_id}")
        assert (page.context["copied"], "SECRET" in words(page)) == (None, False)


@pytest.mark.parametrize("typed", ["0", "x", "\0", "9" * 30])
def test_no_such_plan(client_of, people, assessment, earlier, typed):
    assert client_of(people.editor).get(address(assessment), {"from": typed}).status_code == 404


def test_readers_get_no_list_of_what_was_copied(client_of, people, assessment, earlier):
    client = client_of(people.editor)
    client.post(address(assessment), all_ticked(client.get(address(assessment))))
    share(assessment)
    objectives = reverse("plans:objectives", args=[assessment.version.plan_id])
    for role in ("reader", "coordinator"):
        page = client_of(people[role]).get(objectives, {"copied": earlier.version.plan_id})
        assert ("Look at what came" in words(page), "2020-2025" in words(page)) == (False, False)


def test_predecessor_zones_come_after_the_zone_itself(client_of):
    old = ZoneFactory(name="PZ Old")
    zone = ZoneFactory(name="PZ New", predecessors=[old])
    source = AssessmentFactory(zone=old, cycle__first_year=2020, objectives=[{"title": "Old words"}])
    own = AssessmentFactory(zone=zone, cycle__first_year=2020, edition=source.edition)
    assessment = AssessmentFactory(zone=zone, edition=source.edition)
    client = client_of(UserFactory(editor_of=zone))
    response = client.get(address(assessment))
    assert response.context["page"].plan == own.version.plan
    assert response.context["earlier"] == [source.version.plan]
    assert "PZ New · 2020-2025 holds nothing to copy" in words(response)
    client.post(address(assessment), sent(client.get(address(assessment, source))))
    assert list(assessment.version.objectives.values_list("title", flat=True)) == ["Old words"]


def test_confidential_entries_say_so_and_stay_so(client_of, people, assessment):
    AssessmentFactory(
        zone=assessment.version.plan.zone,
        edition=assessment.edition,
        cycle__first_year=2020,
        objectives=[{"title": "Hush", "items": "P1", "confidential": True}],
        choices={"P1": {"choice": "retained", "item_confidential": True}},
    )
    client = client_of(people.editor)
    response = client.get(address(assessment))
    assert response.content.decode().count('class="confidential"') == 2
    values = sent(response)
    values.pop("choices")
    response = client.post(address(assessment), values, follow=True)
    assert assessment.version.objectives.get().is_confidential is True
    # Its item is open here, because the choice stayed behind: that is told.
    assert "P1 was wholly confidential there, and is not here." in words(response)
    assert "1 entry asks for your attention: see the list." in texts(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries(client_of, django_assert_num_queries, people, assessment, rows):
    AssessmentFactory(
        zone=assessment.version.plan.zone,
        edition=assessment.edition,
        cycle__first_year=2020,
        objectives=[
            EARLIER["objectives"][0] | {"number": str(n), "items": "P1"} | PARTS for n in range(rows)
        ],
        diagnosis=[{"text": f"{n}", "items": "P1"} for n in range(rows)],
        choices=dict.fromkeys(("P1", "P4", "T1")[:rows], "retained"),
    )
    client = client_of(people.editor)
    with django_assert_num_queries(QUERIES):
        client.get(address(assessment))


PARTS = {"actions": [{"title": "a", "items": "P1"}], "indicators": [{"title": "i", "items": "P4"}]}
QUERIES = 25
