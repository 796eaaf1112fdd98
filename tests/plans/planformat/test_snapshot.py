"""A snapshot proves itself: the same input gives the same output, and what was changed since is found."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import scoring
from plans.planformat import ActionEntry, ItemRef, ObjectiveEntry, PlanContent, PlanHeader, snapshot
from plans.planformat.snapshot import canonical, digest_of, make_snapshot, problems_of
from tests.plans.planformat.editions import EDITION
from tests.plans.planformat.strategies import contents

CONTENT = PlanContent(
    plan=PlanHeader(name="Zône"),
    edition="small",
    objectives=(
        ObjectiveEntry(
            number="1",
            title="Drugs",
            items=(ItemRef(item="P1", aspects=("north",)),),
            actions=(ActionEntry(title="Lessons", items=(ItemRef(item="P1"),), links=("prevention",)),),
        ),
    ),
    choices={"P1": {"choice": "retained"}, "P2": {"choice": "retained"}},
)


def take(content=CONTENT, items=EDITION, *, has_successor=False):
    return make_snapshot(content, items, has_successor=has_successor)


def changed(text, change):
    """A tampered snapshot that carries the digest of its new text."""
    values = json.loads(text)
    change(values)
    text = canonical(values)
    return text, digest_of(text)


class TestMaking:
    @given(contents(), st.booleans())
    def test_whatever_a_plan_holds_its_snapshot_verifies(self, content, has_successor):
        text = take(content, has_successor=has_successor)
        assert problems_of(text, digest_of(text)) == []

    @given(contents())
    def test_canonical_and_repeatable(self, content):
        text = take(content)
        assert take(content) == text
        assert canonical(json.loads(text)) == text
        assert digest_of(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()

    @given(contents())
    def test_holds_the_whole_content(self, content):
        assert PlanContent.model_validate(json.loads(take(content))["input"]["content"]) == content

    def test_keys_in_order_no_white_space_no_escapes(self):
        assert canonical({"b": [1, "é\n"], "a": {"d": None, "c": True}}) == (
            '{"a":{"c":true,"d":null},"b":[1,"é\\n"]}'
        )

    def test_what_it_says(self):
        values = json.loads(take(has_successor=True))
        assert list(values) == ["format", "input", "output", "rubric"]
        assert (values["format"], values["rubric"]) == ("kiv-snapshot/1", scoring.RUBRIC_VERSION)
        assert list(values["input"]) == ["content", "has_successor", "items"]
        assert values["input"]["has_successor"] is True
        assert values["input"]["items"] == [
            {"aspects": ["north", "south"], "code": "P1", "kind": "priority", "position": 1},
            {"aspects": [], "code": "P2", "kind": "priority", "position": 2},
            {"aspects": [], "code": "T1", "kind": "theme", "position": 3},
        ]
        found = [(item["item"], item["state"], item["level"]) for item in values["output"]["items"]]
        assert found == [("P1", "elaborated", 2), ("P2", "to_elaborate", 0), ("T1", "open", 0)]
        assert values["output"]["worth_a_look"] == ["edition_superseded"]

    def test_the_digest_of_a_known_text(self):
        assert digest_of("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


class TestVerifying:
    @given(contents(), st.data())
    @settings(max_examples=25)
    def test_any_other_sign_is_found(self, content, data):
        text = take(content)
        at = data.draw(st.integers(0, len(text) - 1))
        sign = data.draw(st.characters(exclude_categories=("Cs",)).filter(lambda sign: sign != text[at]))
        assert problems_of(text[:at] + sign + text[at + 1 :], digest_of(text)) == ["digest"]
        assert problems_of(text[:at], digest_of(text)) == ["digest"]
        assert problems_of(text + " ", digest_of(text)) == ["digest"]

    @pytest.mark.parametrize("digest", ["", "0" * 64, digest_of("")])
    def test_another_digest_is_found(self, digest):
        assert problems_of(take(), digest) == ["digest"]

    @pytest.mark.parametrize(
        "change",
        [
            lambda values: values["output"]["items"][0].update(level=4),
            lambda values: values["output"]["items"].pop(),
            lambda values: values["output"].update(extra=1),
            lambda values: values["input"]["content"]["objectives"][0].update(actions=[]),
            lambda values: values["input"]["content"]["choices"].pop("P2"),
            lambda values: values["input"].update(has_successor=True),
            lambda values: values["input"]["items"].pop(2),
        ],
    )
    def test_what_does_not_follow_from_the_input_is_found(self, change):
        """Even under a digest that was made to fit."""
        assert problems_of(*changed(take(), change)) == ["output"]

    @pytest.mark.parametrize(
        "change",
        [
            lambda values: values.pop("rubric"),
            lambda values: values.pop("format"),
            lambda values: values.update(format="kiv-snapshot/2"),
            lambda values: values.pop("input"),
            lambda values: values.pop("output"),
            lambda values: values.update(input=[]),
            lambda values: values["input"].pop("content"),
            lambda values: values["input"].pop("has_successor"),
            lambda values: values["input"].update(items=None),
            lambda values: values["input"].update(items=["P1"]),
            lambda values: values["input"]["items"][0].update(kind="region"),
            lambda values: values["input"]["items"][0].update(aspects=None),
            lambda values: values["input"]["items"][0].pop("code"),
            lambda values: values["input"]["items"][0].update(position="first"),
            lambda values: values["input"]["items"][0].update(more=1),
            lambda values: values["input"]["items"].pop(0),
            lambda values: values["input"]["content"].update(objectives=[{"items": ["P1"]}]),
            lambda values: values["input"]["content"].update(choices=[]),
            lambda values: values["input"]["content"]["choices"].update(P9={"choice": "retained"}),
        ],
    )
    def test_what_is_no_snapshot_is_said_so(self, change):
        assert problems_of(*changed(take(), change)) == ["unreadable"]

    @pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '"x"', "{}", "\0", "NaN", "[["])
    def test_what_is_no_json_is_said_so(self, text):
        text += "[" * 100_000 if text == "[[" else ""
        assert problems_of(text, digest_of(text)) == ["unreadable"]

    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda some: st.lists(some)))
    def test_never_a_crash(self, value):
        for where in ("items", "content", "has_successor"):
            text, digest = changed(take(), lambda values, at=where: values["input"].update({at: value}))
            assert problems_of(text, digest) in (["unreadable"], ["output"], [])


class TestAnotherRubric:
    @pytest.fixture
    def old(self, monkeypatch):
        """A snapshot made under an earlier rubric."""
        with monkeypatch.context() as earlier:
            earlier.setattr(scoring, "RUBRIC_VERSION", "0")
            return take()

    def test_its_output_stands_as_it_was(self, old):
        assert json.loads(old)["rubric"] == "0"
        text, digest = changed(old, lambda values: values["output"].update(items=[]))
        assert problems_of(text, digest) == []
        text, digest = changed(old, lambda values: values.update(input={"of": "another time"}))
        assert problems_of(text, digest) == []

    def test_its_digest_is_checked(self, old):
        assert problems_of(old.replace("Drugs", "Drogs"), digest_of(old)) == ["digest"]

    def test_a_rubric_that_answers_otherwise_is_found(self, monkeypatch):
        """A change of the scorer that forgot to change the version of the rubric."""
        text = take()
        real = snapshot.scoring.score_plan
        monkeypatch.setattr(snapshot.scoring, "score_plan", lambda given: real(replace(given, pieces=())))
        assert problems_of(text, digest_of(text)) == ["output"]
