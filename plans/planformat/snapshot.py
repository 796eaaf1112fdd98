"""What is kept of a plan at the moment it is shared: the scorer's input and output, in canonical JSON.

Canonical: keys in order, no white space, UTF-8. The same rubric gives the same output from the same input,
now and later (SCORING section 6); `problems_of` proves it. Uncensored: it never leaves the database as it is.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pydantic

from plans import scoring
from plans.planformat.scoring_input import scoring_input
from plans.planformat.types import PlanContent
from plans.scoring import Item, ItemKind

FORMAT = "kiv-snapshot/1"


def make_snapshot(
    content: PlanContent,
    items: Sequence[Item],
    *,
    has_successor: bool,
    output: dict[str, Any] | None = None,
) -> str:
    """The canonical JSON of a plan's content under the edition made of `items`, with its score.

    `output` is that score as `plain_score` gives it, for a caller that has it already.
    """
    values = {
        "format": FORMAT,
        "rubric": scoring.RUBRIC_VERSION,
        "input": {
            "content": content.model_dump(mode="json"),
            "items": [asdict(item) for item in items],
            "has_successor": has_successor,
        },
        "output": output or _output(content, items, has_successor=has_successor),
    }
    return canonical(values)


def canonical(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 (hexadecimal) of a snapshot's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def problems_of(text: str, digest: str) -> list[str]:
    """What is wrong with a kept snapshot: nothing, or codes.

    `digest`: the text is not what was kept. `unreadable`: it is no snapshot. `output`: this rubric gives
    another answer. A snapshot of another rubric is only checked for its digest: its output stands as it was.
    """
    if digest_of(text) != digest:
        return ["digest"]
    try:
        values = json.loads(text)
        if values["format"] != FORMAT:
            return ["unreadable"]
        if values["rubric"] != scoring.RUBRIC_VERSION:
            return []
        given = values["input"]
        content = PlanContent.model_validate(given["content"])
        items = tuple(
            Item(**{**item, "kind": ItemKind(item["kind"]), "aspects": tuple(item["aspects"])})
            for item in given["items"]
        )
        again = _output(content, items, has_successor=given["has_successor"])
        is_same = canonical(again) == canonical(values["output"])
    except (ValueError, KeyError, TypeError, RecursionError, pydantic.ValidationError):
        return ["unreadable"]
    return [] if is_same else ["output"]


def _output(content: PlanContent, items: Sequence[Item], *, has_successor: bool) -> dict[str, Any]:
    return plain_score(scoring.score_plan(scoring_input(content, items, has_successor=has_successor)))


def plain_score(score: scoring.PlanScore | scoring.ItemScore | scoring.Advice) -> dict[str, Any]:
    """Through JSON and back: tuples, digits and enumerations as they will be read."""
    return json.loads(json.dumps(asdict(score)))
