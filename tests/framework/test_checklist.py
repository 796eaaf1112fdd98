"""What the check list finds, check by check; nothing in it knows which codes or how many items there are."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from framework import checklist
from framework.checklist import Finding, Weight, find_all, find_blockers
from framework.models import Edition, LexiconVersion
from tests.factories.framework import (
    AspectFactory,
    AttachmentFactory,
    CorrespondenceFactory,
    EditionFactory,
    ItemFactory,
    in_all_languages,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def complete():
    edition = EditionFactory(
        code="draft", items=("Q2", "Q10"), themes=("Q1",), criteria=True, approved="2030-01-01"
    )
    AttachmentFactory(edition=edition, name="NOTE", uploaded=True)
    moments = dict.fromkeys(("made_at", "in_force_since"), datetime(2030, 1, 1, tzinfo=UTC))
    LexiconVersion.objects.create(edition=edition, number=1, content={}, sha256="", **moments)
    return Edition.objects.get(pk=edition.pk)


def told(edition) -> list[tuple[str, str]]:
    return [(finding.weight.value, finding.sentence) for finding in find_all(edition)]


def test_a_complete_edition_gives_no_finding(complete):
    assert told(complete) == []


def title_of_an_aspect(edition):
    AspectFactory(item=edition.items.get(code="Q2"), code="one", title={"nl": "x", "fr": "x"})


def a_draft_before(edition):
    edition.predecessor = EditionFactory(code="before")
    edition.save()


def a_predecessor_half_decided(edition):
    edition.predecessor = EditionFactory(code="before", items=("Q1", "Q2", "Q3", "Q4"), published=True)
    edition.save()
    CorrespondenceFactory(edition=edition, old="Q1", new="Q10")
    CorrespondenceFactory(edition=edition, old="Q3", new=None)
    CorrespondenceFactory(edition=edition, old="Q4", new="Q1", is_decided=False)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda e: e.items.all().delete(), ("blocker", "This edition has no items yet.")),
        (
            lambda e: e.criteria.get(code="M").delete(),
            ("blocker", "This edition does not explain all criteria yet."),
        ),
        (
            lambda e: e.items.filter(code="Q1").update(title={"nl": "x"}),
            ("blocker", "A title is missing: Q1, Français, Deutsch, English."),
        ),
        (title_of_an_aspect, ("blocker", "A title is missing: Q2 one, Deutsch, English.")),
        (a_draft_before, ("blocker", "The predecessor is still a draft. Publish that first.")),
        (
            lambda e: e.items.filter(code="Q1").update(summary={"nl": "x"}),
            ("warning", "3 texts are missing in one of the languages; readers see them in another."),
        ),
        (
            lambda e: e.items.filter(code="Q1").update(example={}),
            ("warning", "Without a worked example: Q1."),
        ),
        (
            lambda e: e.items.filter(code="Q1").update(title_status={}),
            ("warning", "No language has an official title: Q1."),
        ),
        (
            lambda e: e.items.filter(code="Q1").update(title=in_all_languages("title Q2")),
            ("warning", "Q2 and Q1 have the same title (Nederlands)."),
        ),
        (
            lambda e: ItemFactory(edition=e, code="Q9"),
            ("warning", "These codes do not stand in their order: Q2, Q10, Q9."),
        ),
        (
            lambda e: EditionFactory(code="before", items=("A",), published=True),
            ("warning", "No predecessor is named, though the series has published editions."),
        ),
        (
            a_predecessor_half_decided,
            (
                "warning",
                "Not decided yet what became of: Q2, Q4. Until then nothing is carried over from them.",
            ),
        ),
        (
            lambda e: Edition.objects.filter(pk=e.pk).update(approved=None),
            ("warning", "The date of approval is not known."),
        ),
        (
            lambda e: e.attachments.all().delete(),
            ("warning", "There is no attachment: readers cannot find the official document here."),
        ),
        (
            lambda e: e.lexicons.all().delete(),
            (
                "warning",
                "No word list of this edition is in force: nothing will be suggested in uploaded documents.",
            ),
        ),
        (
            lambda e: AttachmentFactory(edition=e, name="SECOND"),
            ("warning", "The file is still to be uploaded: SECOND. It can be given after publication, once."),
        ),
    ],
)
def test_each_check_finds_its_own(complete, spoil, expected):
    spoil(complete)
    found = told(Edition.objects.get(pk=complete.pk))
    assert expected in found
    assert {weight for weight, _ in found} == {expected[0]}


def test_other_apps_add_checks_of_their_own_and_blockers_come_first(complete, monkeypatch):
    monkeypatch.setattr(checklist, "_checks", list(checklist._checks))
    blocker = Finding(Weight.BLOCKER, "There is no lexicon.")
    checklist.register(lambda subject: [blocker] if subject.edition == complete else [])
    Edition.objects.filter(pk=complete.pk).update(approved=None)
    edition = Edition.objects.get(pk=complete.pk)
    assert [weight for weight, _ in told(edition)] == ["blocker", "warning"]
    assert find_blockers(edition) == [blocker]
