"""Correspondences in an edition file: read with every error, stored, given back, fixed once published."""

import json

import pytest

from framework.export import edition_as_data, edition_as_json
from framework.models import Edition
from framework.parsing import parse_edition
from framework.services import Outcome, load_edition
from kiv.datafile import FileRefused
from tests.factories.framework import EditionFactory
from tests.framework.sample import changed

pytestmark = pytest.mark.django_db
BEFORE = ("predecessor: null", "predecessor: test-2026")
SAID = """correspondences:
  - {old: X.1, new: X.1, relation: equal, confidence: high}
  - {old: Y-2, new: Y-2, relation: superset, confidence: low, rationale: {nl: breder}, decided: false}
  - {old: Z3, relation: none}
"""


@pytest.fixture(autouse=True)
def predecessor():
    return EditionFactory(
        code="test-2026", framework__code="test", items=("X.1", "Y-2", "Z3", "Z4"), published=True
    )


def file(said: str = SAID) -> bytes:
    return changed(BEFORE) + said.encode()


def load(said: str = SAID, **options):
    return load_edition(data=file(said), by=None, **options)


def told(said: str, **options) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        load(said, **options)
    return [f"{each.place}: {each.code}" for each in refused.value.problems]


def stored() -> list[tuple]:
    entries = edition_as_data(Edition.objects.get(code="test-2030"))["correspondences"] or []
    return [(each["old"], each["new"], each["relation"], each["decided"]) for each in entries]


ALL = [("X.1", "X.1", "equal", True), ("Y-2", "Y-2", "superset", False), ("Z3", None, "none", True)]


def test_a_file_and_back_is_the_same_byte_for_byte():
    result = load()
    assert stored() == ALL
    exported = edition_as_json(result.edition)
    assert json.loads(exported) == parse_edition(file()).as_data()
    assert load_edition(data=exported, by=None).outcome == Outcome.UNCHANGED
    copy = exported.replace(b'"code": "test-2030"', b'"code": "copy-2030"')
    assert edition_as_json(load_edition(data=copy, by=None).edition) == copy


def test_every_error_is_told_at_its_place():
    assert told("""correspondences:
  - {old: X.1, new: none, relation: equal}
  - {old: Y-2, relation: equal}
  - {old: Z3, new: Y-2, relation: none}
  - {old: Y-2, new: X.1, relation: similar}
  - {old: Z4, new: Y-2, relation: subset, confidence: certain, more: 1}
""") == [
        "correspondences[1].new: unknown_item",
        "correspondences[2]: no_target",
        "correspondences[3]: target_of_none",
        "correspondences[4].relation: not_one_of",
        "correspondences[5].confidence: not_one_of",
        "correspondences[5].more: unknown_field",
    ]
    assert not Edition.objects.filter(code="test-2030").exists()


def test_contradictions_within_the_file():
    assert told("""correspondences:
  - {old: X.1, new: X.1, relation: equal}
  - {old: X.1, new: X.1, relation: subset}
  - {old: X.1, new: Y-2, relation: equivalent}
  - {old: Z3, new: X.1, relation: equal}
  - {old: Z4, relation: none}
  - {old: Z4, new: Y-2, relation: subset}
""") == [
        "correspondences[2]: double",
        "correspondences[3]: second_new",
        "correspondences[4]: second_old",
        "correspondences[6]: ended",
    ]


def test_old_items_are_those_of_the_predecessor():
    assert told("correspondences: [{old: Q7, relation: none}, {old: Z3, relation: none}]") == [
        "correspondences[1].old: unknown_item"
    ]


def test_without_a_predecessor_nothing_can_correspond():
    with pytest.raises(FileRefused) as refused:
        load_edition(data=changed() + SAID.encode(), by=None)
    assert [each.code for each in refused.value.problems] == ["no_predecessor"]


def test_a_draft_takes_over_what_the_file_says_and_keeps_it_when_it_says_nothing():
    load()
    assert load("").outcome == Outcome.UNCHANGED
    assert stored() == ALL
    assert load("correspondences: [{old: Z3, new: Y-2, relation: subset}]").outcome == Outcome.UPDATED
    assert stored() == [("Z3", "Y-2", "subset", True)]
    assert load("correspondences: []").outcome == Outcome.UPDATED
    assert stored() == []


def test_a_draft_that_follows_another_edition_forgets_them():
    load()
    load_edition(data=changed(), by=None)
    assert not Edition.objects.get(code="test-2030").correspondences.exists()


def test_a_published_edition_learns_what_was_never_decided_and_keeps_the_rest():
    load("correspondences: [{old: X.1, new: X.1, relation: equal}]", should_publish=True)
    assert load().outcome == Outcome.UPDATED
    assert stored() == ALL
    assert load().outcome == Outcome.UNCHANGED
    assert told("""correspondences:
  - {old: X.1, new: X.1, relation: equivalent}
  - {old: Y-2, new: Y-2, relation: subset}
  - {old: Z3, new: Y-2, relation: subset}
""") == [
        "correspondences[1].relation: published",
        "correspondences[3]: published",
        "correspondences: published",
    ]
    assert stored() == ALL


def test_a_published_edition_learns_the_part_of_a_split_that_was_left_open():
    split = """correspondences:
  - {old: X.1, new: X.1, relation: superset}
  - {old: X.1, new: Y-2, relation: superset, decided: %s}
"""
    load(split % "false", should_publish=True)
    assert load(split % "true").outcome == Outcome.UPDATED
    assert stored() == [("X.1", "X.1", "superset", True), ("X.1", "Y-2", "superset", True)]
    assert told(split % "false") == ["correspondences[2].decided: published"]


def test_a_rationale_is_a_text_like_others():
    said = "correspondences: [{old: X.1, new: X.1, relation: equal, rationale: {nl: %s}}]"
    load(said % "een", should_publish=True)
    assert [each.place for each in load(said % "twee").kept] == ["correspondences[1].rationale"]
    edition = load(said % "twee", should_update_texts=True).edition
    assert edition.correspondences.get().rationale == {"nl": "twee"}
