"""What was hidden outside the zone under the edition before is not read under the new one.

A coordinator without clearance looks for the words everywhere; the zone itself reads them.
"""

from copy import deepcopy

import pytest
from django.urls import reverse

from framework.models import Edition
from plans.models import ItemChoice
from plans.selectors.check import check_of
from plans.selectors.disclosure import Reader
from plans.selectors.entries import edition_items
from plans.selectors.entry_list import entry_list
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.kiv.api.asking import Program
from tests.plans.answers import words_in
from tests.plans.carrying.succeeding import carry, follow, fresh_carrying, look, make_plan_to_carry

pytestmark = pytest.mark.django_db

OUTSIDE = Reader(is_inside=False, has_clearance=False)
CLEARED = Reader(is_inside=False, has_clearance=True)
#: A2 leads to N2, A4 nowhere; both are wholly confidential. Nothing else of it is.
SECRETS = {
    "objectives": [
        {"title": "Open work", "items": ["A1"]},
        {
            "title": "SECRET one",
            "items": ["A4"],
            "actions": [{"title": "SECRET two", "items": ["A4"]}],
            "indicators": [{"title": "SECRET three", "items": ["A4"]}],
        },
        {"title": "SECRET four", "items": ["A2"], "actions": [{"title": "SECRET five", "items": ["A2"]}]},
        {"title": "SECRET six", "items": ["A4"], "actions": [{"title": "Lessons", "items": ["A1"]}]},
        {"title": "SECRET seven", "actions": [{"title": "SECRET eight", "items": ["A4"]}]},
        {"title": "Open, and more", "items": ["A1"], "actions": [{"title": "SECRET nine", "items": ["A4"]}]},
        {"title": "An own priority"},
    ],
    "diagnosis": [{"text": "SECRET ten", "items": ["A4"]}, {"text": "SECRET eleven", "items": ["A2"]}],
    "choices": {
        "A1": "retained",
        "A2": {
            "choice": "not_retained",
            "reason": "capacity",
            "line": "SECRET twelve",
            "item_confidential": True,
        },
        "A4": {"choice": "regular", "line": "SECRET thirteen", "item_confidential": True},
    },
    "passages": [
        {"item": "A2", "elements": ["action"], "quote": "SECRET fourteen", "page": 3},
        {"item": "A4", "elements": ["action"], "quote": "SECRET fifteen", "page": 3},
    ],
}
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]


@pytest.fixture(scope="module")
def carried_once(once_per_module):
    return once_per_module(lambda: carry(make_plan_to_carry(shared=True, **SECRETS)))


@pytest.fixture
def carrying(carried_once):
    return deepcopy(carried_once)


def pages(version_of):
    plan = version_of.assessment.version.plan
    edition = version_of.assessment.edition.code
    codes = [item.code for item in version_of.assessment.edition.items.all()]
    coverage = f"?cycle={plan.cycle.name}&edition={edition}"
    names = ("check", "objectives", "choices", "chapters", "history", "versions", "review")
    yield from (reverse(f"plans:{name}", args=[plan.pk]) for name in names)
    yield from (reverse("plans:item", args=[plan.pk, code]) for code in codes)
    yield from (reverse("plans:chapters_file", args=[plan.pk, kind]) for kind in ("docx", "pdf"))
    yield from (reverse("plans:check_file", args=[plan.pk, kind]) for kind in ("xlsx", "pdf"))
    yield reverse("plans:coverage") + coverage
    yield from (reverse("plans:coverage_item", args=[code]) + coverage for code in codes)
    yield reverse("plans:coverage_zone", args=[plan.zone_id]) + coverage
    yield reverse("plans:agenda_file", args=[plan.zone_id]) + coverage
    yield from (
        reverse("plans:coverage_file", args=[kind]) + coverage for kind in ("json", "csv", "xlsx", "pdf")
    )


def asked_of_the_api(version_of):
    plan = version_of.assessment.version.plan
    return (
        (f"plans/{plan.pk}", {}),
        (f"plans/{plan.pk}/items", {}),
        ("coverage", {"cycle": plan.cycle.name, "edition": version_of.assessment.edition.code}),
    )


def test_no_page_file_or_program_outside_the_zone_says_a_word(carrying, client_of):
    zone = carrying.assessment.version.plan.zone
    coordinator, lead = UserFactory(coordinator_of=zone), UserFactory(lead_of=zone)
    outside, inside = client_of(coordinator), client_of(lead)
    hidden = []
    for address in pages(carrying):
        answer = outside.get(address)
        if answer.status_code == 404:
            hidden.append(address.rsplit("/", 2)[1])
            continue
        assert (answer.status_code, "SECRET" in words_in(answer)) == (200, False), address
    assert hidden == ["N2"], "the item that A2 leads to has no page"
    program = Program(coordinator)
    for what, query in asked_of_the_api(carrying):
        assert "SECRET" not in str(program.read(what, **query)), what
    plan = carrying.assessment.version.plan_id
    for address in (
        reverse("plans:objectives", args=[plan]),
        reverse("plans:chapters_file", args=[plan, "docx"]),
        reverse("plans:check_file", args=[plan, "xlsx"]),
    ):
        assert "SECRET" in words_in(inside.get(address)), f"{address}: there is nothing to leak"


@pytest.mark.parametrize("reader", [OUTSIDE, CLEARED])
def test_entries(carrying, reader):
    """Clearance opens confidential words, not what is wholly confidential."""
    after = carrying.assessment
    shown = entry_list(after, reader, edition_items(after.edition))
    assert [(one.words, [part.words for part in one.actions]) for one in shown.objectives] == [
        ("Open work", []),
        ("", ["Lessons"]),
        ("Open, and more", []),
        ("An own priority", []),
    ]
    assert shown.diagnoses == ()
    assert [own.title for own in check_of(after, reader).own_priorities] == ["An own priority"]


def test_as_before(carrying):
    """Under the edition before the same entries were shown."""
    lists = [
        [
            (one.words, [part.words for part in one.actions])
            for one in entry_list(each, OUTSIDE, edition_items(each.edition)).objectives
        ]
        for each in (carrying.source, carrying.assessment)
    ]
    assert lists[0] == lists[1]


def test_an_item_that_it_leads_to_is_hidden_until_somebody_says_otherwise(carrying):
    choice = ItemChoice.objects.get(assessment=carrying.assessment, item__code="N2")
    assert (choice.choice, choice.is_item_confidential, choice.is_motivation_confidential, choice.line) == (
        "undecided",
        True,
        True,
        "",
    )
    row = check_of(carrying.assessment, OUTSIDE).row("N2")
    assert row.is_hidden
    look(carrying, "N2", choice="retained", is_item_confidential=False)
    after = fresh_carrying(carrying).assessment
    assert not check_of(after, OUTSIDE).row("N2").is_hidden
    words = [one.words for one in entry_list(after, OUTSIDE, edition_items(after.edition)).objectives]
    assert "SECRET four" in words, "what was ticked for an item that is open is open"


def test_what_is_not_ticked_stays_hidden_although_the_item_is_opened(carrying):
    look(carrying, "N2", links=[], evidence=[], choice="retained")
    after = fresh_carrying(carrying).assessment
    shown = entry_list(after, OUTSIDE, edition_items(after.edition))
    assert not any("SECRET" in one.words for one in shown.objectives)
    assert shown.diagnoses == ()


def test_a_proposal_of_the_program_hides_too():
    """Nobody decided what A2 became; the new item could still be it."""
    assessment = make_plan_to_carry(shared=True, edition__code="edition-of-secrets", **SECRETS)
    edition = follow(assessment.edition, "of-nobody", links=(("A2", "N2", "equal", False),))
    after = carry(assessment, edition).assessment
    assert check_of(after, OUTSIDE).row("N2").is_hidden


def test_it_goes_along_into_the_next_version_and_the_next_edition(carrying, client_of):
    version = carrying.assessment.version
    started = start_version(version=version, kind="addendum", reason="x", by=None)
    share_version(version=started, by=None)
    copied = started.assessments.select_related("edition", "version__plan").latest("pk")
    assert copied.edition.code == "invented"
    assert [own.title for own in check_of(copied, OUTSIDE).own_priorities] == ["An own priority"]
    assert "SECRET" not in str(entry_list(copied, OUTSIDE, edition_items(copied.edition)))
    last = follow_to_nothing(Edition.objects.get(code="invented"))
    after = carry(copied, last).assessment
    assert "SECRET" not in str(entry_list(after, OUTSIDE, edition_items(after.edition)))
    coordinator = client_of(UserFactory(coordinator_of=version.plan.zone))
    compared = coordinator.get(reverse("plans:version_compare", args=[version.plan_id]) + "?from=1&to=2")
    assert (compared.status_code, b"SECRET" in compared.content) == (200, False)


def follow_to_nothing(old):
    from tests.factories.framework import EditionFactory, publish

    edition = EditionFactory(code="bare", items=("Z1",), predecessor=old)
    publish(edition)
    return edition


def test_the_words_are_there_to_leak(carrying):
    """Else nothing above would say anything."""
    inside = entry_list(carrying.assessment, Reader(True, True), edition_items(carrying.assessment.edition))
    assert all(f"SECRET {word}'" in str(inside) for word in WORDS)
