"""The score as JSON: exactly these keys."""

import json

import pytest

from plans.scoring import RUBRIC_VERSION, Decision, score_as_json
from plans.scoring.enums import Choice

from .builders import EDITION, action, diagnosis, indicator, objective, passage, retained, score


def test_the_whole_shape():
    pieces = (objective("1", "P1 T1", text="Fewer burglaries"), action("1.1", "T1", "action", "reaction"))
    decisions = [*retained("P1"), Decision("T1", Choice.REGULAR)]
    document = score_as_json(score(*pieces, decisions=decisions, items=(EDITION[0], EDITION[3])))
    assert document == {
        "plan": "plan",
        "edition": "edition",
        "rubric": RUBRIC_VERSION,
        "states": {"elaborated": 0, "to_elaborate": 1, "regular": 0, "motivated": 0, "open": 1},
        "items": [
            {
                "code": "P1",
                "choice": "retained",
                "state": "to_elaborate",
                "level": 1,
                "digits": {"D": 0, "G": 1, "A": 0, "I": 0, "M": 0, "C": 0},
                "objective": "1",
                "reach": None,
                "advice": [
                    {
                        "kind": "action_plan",
                        "criterion": "A",
                        "missing": ["action"],
                        "objective": "1",
                        "level": 2,
                        "objectives": [],
                    }
                ],
                "evidence": [
                    {
                        "criterion": "G",
                        "elements": ["objective"],
                        "quote": "Fewer burglaries",
                        "where": "objective 1",
                    }
                ],
            },
            {
                "code": "T1",
                "choice": "regular",
                "state": "open",
                "level": 2,
                "digits": {"D": 0, "G": 1, "A": 1, "I": 0, "M": 0, "C": 0},
                "objective": "1",
                "reach": 1,
                "advice": [
                    {
                        "kind": "add_line",
                        "criterion": None,
                        "missing": [],
                        "objective": "1",
                        "level": None,
                        "objectives": [],
                    }
                ],
                "evidence": [
                    {
                        "criterion": "G",
                        "elements": ["objective"],
                        "quote": "Fewer burglaries",
                        "where": "objective 1",
                    },
                    {"criterion": "G", "elements": ["action"], "quote": "action 1.1", "where": "action 1.1"},
                    {
                        "criterion": "A",
                        "elements": ["action", "chain_link"],
                        "quote": "action 1.1",
                        "where": "action 1.1",
                    },
                    {
                        "criterion": "C",
                        "elements": ["chain_link"],
                        "quote": "action 1.1",
                        "where": "action 1.1",
                    },
                ],
            },
        ],
    }
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize(
    ("piece", "where"),
    [
        (diagnosis("3"), "diagnosis 3"),
        (objective("1"), "objective 1"),
        (action("1.2"), "action 1.2"),
        (indicator("1.1"), "indicator 1.1"),
        (passage("4", page=12), "page 12"),
        (passage("4"), "passage 4"),
    ],
)
def test_where_a_piece_stands(piece, where):
    pieces = [piece] if piece.kind == "objective" else [objective("1", ""), piece]
    (item, *_) = score_as_json(score(*pieces))["items"]
    assert {line["where"] for line in item["evidence"]} == {where}
