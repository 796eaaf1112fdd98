"""Which act a version allows at which moment, and who may take it: data. docs/workflow.md is made from it.

Plain Python. Not here: who somebody is and what is said of a refusal (rules), what an act does (services).
Formal steps (council, ministers …) are dated facts: no act waits for them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a version stands. It only goes forward, but for a review that is taken up again."""

    PREPARATION = "preparation"
    SHARED = "shared"
    REVIEWED = "reviewed"


class Part(StrEnum):
    """What somebody is to one plan. A reviewer belongs to no side of it."""

    EDITOR = "editor"
    LEAD = "lead"
    REVIEWER = "reviewer"


class Act(StrEnum):
    EDIT = "edit"
    SHARE = "share"
    START_VERSION = "start_version"
    DISCARD_VERSION = "discard_version"
    RECORD_STEP = "record_step"
    REVIEW = "review"
    FINISH_REVIEW = "finish_review"
    REOPEN_REVIEW = "reopen_review"
    ANSWER = "answer"
    CLOSE_REMARK = "close_remark"
    ASSIGN = "assign"
    COMMENT = "comment"
    OFFER_EXAMPLE = "offer_example"
    CARRY_OVER = "carry_over"


class Fact(StrEnum):
    """What is so about a version, besides its status."""

    #: Another version of the plan came after it.
    HAS_NEWER = "has_newer"
    #: It is the plan's first version: without it there is no plan.
    IS_FIRST = "is_first"


class Refusal(StrEnum):
    """Why an act cannot be taken now."""

    WRONG_STATUS = "wrong_status"
    HAS_NEWER = "has_newer"
    IS_FIRST = "is_first"


@dataclass(frozen=True, slots=True)
class Rule:
    """An act: whose, at which status, what the version becomes (None: stays), which facts forbid it."""

    parts: frozenset[Part]
    at: frozenset[Status]
    becomes: Status | None = None
    unless: tuple[Fact, ...] = ()


ZONE = frozenset({Part.EDITOR, Part.LEAD})
LEAD = frozenset({Part.LEAD})
REVIEWER = frozenset({Part.REVIEWER})
READ_BY_OTHERS = frozenset({Status.SHARED, Status.REVIEWED})

TABLE: Mapping[Act, Rule] = {
    Act.EDIT: Rule(ZONE, frozenset({Status.PREPARATION})),
    Act.SHARE: Rule(LEAD, frozenset({Status.PREPARATION}), becomes=Status.SHARED),
    Act.START_VERSION: Rule(ZONE, READ_BY_OTHERS, unless=(Fact.HAS_NEWER,)),
    Act.DISCARD_VERSION: Rule(LEAD, frozenset({Status.PREPARATION}), unless=(Fact.IS_FIRST,)),
    Act.RECORD_STEP: Rule(ZONE, frozenset(Status)),
    Act.REVIEW: Rule(REVIEWER, frozenset({Status.SHARED})),
    Act.FINISH_REVIEW: Rule(REVIEWER, frozenset({Status.SHARED}), becomes=Status.REVIEWED),
    Act.REOPEN_REVIEW: Rule(
        REVIEWER, frozenset({Status.REVIEWED}), becomes=Status.SHARED, unless=(Fact.HAS_NEWER,)
    ),
    Act.ANSWER: Rule(ZONE, READ_BY_OTHERS),
    Act.CLOSE_REMARK: Rule(REVIEWER, READ_BY_OTHERS),
    # Answering remarks is work too: it is divided and talked about as long as there is a plan.
    Act.ASSIGN: Rule(ZONE, frozenset(Status)),
    Act.COMMENT: Rule(ZONE, frozenset(Status)),
    # Offering an item to other zones as a good example, and withdrawing it: of what others read already.
    Act.OFFER_EXAMPLE: Rule(LEAD, READ_BY_OTHERS),
    # Looking at a plan again under a new edition changes nothing of it: at any status, of its last version.
    Act.CARRY_OVER: Rule(ZONE, frozenset(Status), unless=(Fact.HAS_NEWER,)),
}


def may(act: Act, parts: Collection[Part]) -> bool:
    """Whether somebody with these parts ever takes this act, whatever the moment."""
    return not TABLE[act].parts.isdisjoint(parts)


def refusal(act: Act, status: Status, facts: Collection[Fact] = ()) -> Refusal | None:
    """Why the act cannot be taken at this moment; None when it can."""
    rule = TABLE[act]
    if status not in rule.at:
        return Refusal.WRONG_STATUS
    return next((Refusal(fact.value) for fact in rule.unless if fact in facts), None)


def follows(act: Act, status: Status) -> Status:
    """The status after the act. ValueError when the act has no place there."""
    if status not in TABLE[act].at:
        raise ValueError(f"{act} at {status}")
    return TABLE[act].becomes or status


def diagram() -> str:
    """The statuses and the acts between them, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.PREPARATION}"]
    for act, rule in TABLE.items():
        if rule.becomes is not None:
            lines += [f"    {status} --> {rule.becomes}: {act}" for status in Status if status in rule.at]
    return "\n".join(lines)


def permission_matrix() -> str:
    """Act × status, with who may take it, as a Markdown table."""
    head = "| act | " + " | ".join(Status) + " | not when |"
    lines = [head, "|---" * (len(Status) + 2) + "|"]
    for act, rule in TABLE.items():
        who = ", ".join(part for part in Part if part in rule.parts)
        cells = [who if status in rule.at else "–" for status in Status]
        unless = ", ".join(rule.unless) or "–"
        lines.append(f"| {act} | {' | '.join(cells)} | {unless} |")
    return "\n".join(lines)
