"""The worked examples of docs/scoring.md are true.

Notation: `items` in edition order (code: kind, or kind and aspects), `pieces` with their kind as the key
of their number, `hangs_on` an objective, the fields of the entry (a passage: `elements`, and
`no_longer_in_text` where it is gone), `choices`, and under `expect` per item, and under `plan`, only the
outcomes the example is about. A reviewer's `judgements` per item, and under `reviewed` what they make of it.
"""

import dataclasses
import re
from pathlib import Path

import pytest
import yaml

import plans.scoring
from plans.scoring import (
    ChainLink,
    Choice,
    Criterion,
    Decision,
    Element,
    Item,
    ItemKind,
    Judgement,
    Naming,
    Piece,
    PieceKind,
    PlanInput,
    Reason,
    action_elements,
    diagnosis_elements,
    indicator_elements,
    objective_elements,
    review_item,
    score_plan,
)

PAGE = Path(plans.scoring.__file__).resolve().parents[2] / "docs" / "scoring.md"
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
EXAMPLES = [yaml.safe_load(block) for block in BLOCKS]
FIELDS_TO_ELEMENTS = {
    PieceKind.DIAGNOSIS: diagnosis_elements,
    PieceKind.OBJECTIVE: objective_elements,
    PieceKind.ACTION: action_elements,
    PieceKind.INDICATOR: indicator_elements,
    PieceKind.PASSAGE: lambda elements: frozenset(map(Element, elements)),
}


def read_item(code, given, position):
    given = given if isinstance(given, dict) else {"kind": given}
    return Item(code, ItemKind(given["kind"]), position, tuple(given.get("aspects", ())))


def read_piece(row):
    fields = dict(row)
    kind = next(kind for kind in PieceKind if kind in fields)
    ref = fields.pop(kind)
    names = fields.pop("names")
    is_gone = fields.pop("no_longer_in_text", False)
    hangs_on = fields.pop("hangs_on", ref if kind is PieceKind.OBJECTIVE else None)
    return Piece(
        kind,
        ref,
        str(fields.get("title") or fields.get("text") or ""),
        FIELDS_TO_ELEMENTS[kind](**fields),
        tuple(Naming(code, tuple(names[code] if isinstance(names, dict) else ())) for code in names),
        frozenset(map(ChainLink, fields.get("links", ()))),
        hangs_on,
        passage=ref if kind is PieceKind.PASSAGE else "",
        is_in_text=not is_gone,
    )


def read_decision(code, given):
    given = given if isinstance(given, dict) else {"choice": given}
    reason = Reason(given["reason"]) if "reason" in given else None
    is_asked = given.get("clarification_open", False)
    return Decision(
        code, Choice(given["choice"]), reason, given.get("line", ""), has_open_clarification=is_asked
    )


def advice_as_data(advice, row):
    """The advice with the keys of the row; what the row leaves out must be empty."""
    fields = ("kind", "criterion", "missing", "objective", "level", "objectives")
    values = {field: getattr(advice, field) for field in fields}
    values["missing"], values["objectives"] = list(advice.missing), list(advice.objectives)
    return {field: value for field, value in values.items() if field in row or value not in (None, [])}


def test_the_page_has_examples():
    assert len(EXAMPLES) >= 10
    assert all(example["expect"] for example in EXAMPLES)


def score_of(example):
    return score_plan(
        PlanInput(
            "plan",
            "edition",
            tuple(read_item(code, given, n) for n, (code, given) in enumerate(example["items"].items())),
            tuple(map(read_piece, example["pieces"])),
            tuple(read_decision(code, given) for code, given in example.get("choices", {}).items()),
            example.get("has_successor", False),
        )
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["example"] for example in EXAMPLES])
def test_example(example):
    score = score_of(example)
    for code, expected in example["expect"].items():
        if code == "plan":
            found = {
                "states": {state.value: count for state, count in score.states().items()},
                "own_priorities": list(score.own_priorities),
                "grid": [list(pair) for pair in score.grid],
                "worth_a_look": list(score.worth_a_look),
            }
        else:
            one = next(one for one in score.items if one.item == code)
            found = {field: getattr(one, field) for field in expected}
            found |= {"digits": str(one.digits), "aspects": list(one.aspects)}
            found["worth_a_look"] = list(one.worth_a_look)
            if "advice" in expected:
                rows = expected["advice"]
                assert len(one.advice) == len(rows)
                pairs = zip(one.advice, rows, strict=True)
                found["advice"] = [advice_as_data(advice, row) for advice, row in pairs]
        assert {field: found[field] for field in expected} == expected, code


REVIEWS = [example for example in EXAMPLES if "judgements" in example]


def test_the_page_has_reviews():
    assert [example["judgements"].keys() for example in REVIEWS] == [
        example["reviewed"].keys() for example in REVIEWS
    ]
    assert len(REVIEWS) >= 2


@pytest.mark.parametrize("example", REVIEWS, ids=[example["example"] for example in REVIEWS])
def test_review(example):
    items = {one.item: one for one in score_of(example).items}
    for code, rows in example["judgements"].items():
        judgements = [Judgement(row["objective"], Criterion(row["criterion"]), row["digit"]) for row in rows]
        reviewed = review_item(items[code], judgements)
        assert {
            "level": reviewed.level,
            "digits": str(reviewed.digits),
            "objective": reviewed.objective,
            "changed": [dataclasses.asdict(one) for one in reviewed.changed],
        } == example["reviewed"][code]
