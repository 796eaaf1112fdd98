"""The workflow against a table written by hand from SCORING, DOMAIN and the wish: every status, act and fact.

The table says what must be, not what the code says: it is not made from `plans.workflow`.
"""

from itertools import chain, combinations, product
from pathlib import Path

import pytest

import plans.workflow
from plans.enums import VersionStatus
from plans.workflow import Act, Fact, Part, Refusal, Status, diagram, follows, may, permission_matrix, refusal

PAGE = Path(plans.workflow.__file__).resolve().parents[1] / "docs" / "workflow.md"

#: What may be so about a version at once, in a word: nothing, there is a newer one, it is the first, both.
FACTS = {
    "-": frozenset(),
    "newer": frozenset({"has_newer"}),
    "first": frozenset({"is_first"}),
    "both": frozenset({"has_newer", "is_first"}),
}
Y, STATUS, NEWER, FIRST = None, "wrong_status", "has_newer", "is_first"

#: Per act and status, under each of FACTS: Y when it can be taken, else why not.
EXPECTED = {
    # What is in preparation is worked on and can be shared. What was shared stays as it was shared.
    ("edit", "preparation"): (Y, Y, Y, Y),
    ("edit", "shared"): (STATUS, STATUS, STATUS, STATUS),
    ("edit", "reviewed"): (STATUS, STATUS, STATUS, STATUS),
    ("share", "preparation"): (Y, Y, Y, Y),
    ("share", "shared"): (STATUS, STATUS, STATUS, STATUS),
    ("share", "reviewed"): (STATUS, STATUS, STATUS, STATUS),
    # A new version starts as a copy of the last one, once others can read that.
    ("start_version", "preparation"): (STATUS, STATUS, STATUS, STATUS),
    ("start_version", "shared"): (Y, NEWER, Y, NEWER),
    ("start_version", "reviewed"): (Y, NEWER, Y, NEWER),
    # A copy that was started by mistake goes; the first version and what others have read stay.
    ("discard_version", "preparation"): (Y, Y, FIRST, FIRST),
    ("discard_version", "shared"): (STATUS, STATUS, STATUS, STATUS),
    ("discard_version", "reviewed"): (STATUS, STATUS, STATUS, STATUS),
    # Formal steps are dated facts in any order, never preconditions.
    ("record_step", "preparation"): (Y, Y, Y, Y),
    ("record_step", "shared"): (Y, Y, Y, Y),
    ("record_step", "reviewed"): (Y, Y, Y, Y),
    # A review is of what was shared, and is taken up again only as long as it is about the last word.
    ("review", "preparation"): (STATUS, STATUS, STATUS, STATUS),
    ("review", "shared"): (Y, Y, Y, Y),
    ("review", "reviewed"): (STATUS, STATUS, STATUS, STATUS),
    ("finish_review", "preparation"): (STATUS, STATUS, STATUS, STATUS),
    ("finish_review", "shared"): (Y, Y, Y, Y),
    ("finish_review", "reviewed"): (STATUS, STATUS, STATUS, STATUS),
    ("reopen_review", "preparation"): (STATUS, STATUS, STATUS, STATUS),
    ("reopen_review", "shared"): (STATUS, STATUS, STATUS, STATUS),
    ("reopen_review", "reviewed"): (Y, NEWER, Y, NEWER),
    # The zone answers remarks on whatever others could read.
    ("answer", "preparation"): (STATUS, STATUS, STATUS, STATUS),
    ("answer", "shared"): (Y, Y, Y, Y),
    ("answer", "reviewed"): (Y, Y, Y, Y),
    # A remark can be closed after the review: the answer may come late.
    ("close_remark", "preparation"): (STATUS, STATUS, STATUS, STATUS),
    ("close_remark", "shared"): (Y, Y, Y, Y),
    ("close_remark", "reviewed"): (Y, Y, Y, Y),
    # The zone divides its work and talks about it at any moment: answering remarks is work too.
    ("assign", "preparation"): (Y, Y, Y, Y),
    ("assign", "shared"): (Y, Y, Y, Y),
    ("assign", "reviewed"): (Y, Y, Y, Y),
    ("comment", "preparation"): (Y, Y, Y, Y),
    ("comment", "shared"): (Y, Y, Y, Y),
    ("comment", "reviewed"): (Y, Y, Y, Y),
    # Only what others read already is an example to other zones; a newer version does not take it away.
    ("offer_example", "preparation"): (STATUS, STATUS, STATUS, STATUS),
    ("offer_example", "shared"): (Y, Y, Y, Y),
    ("offer_example", "reviewed"): (Y, Y, Y, Y),
    # A new edition comes at any moment; only the last version goes on under it.
    ("carry_over", "preparation"): (Y, NEWER, Y, NEWER),
    ("carry_over", "shared"): (Y, NEWER, Y, NEWER),
    ("carry_over", "reviewed"): (Y, NEWER, Y, NEWER),
}

#: Who ever takes an act. Nobody of the zone reviews; no reviewer changes, shares or answers.
WHO = {
    "edit": {"editor", "lead"},
    "share": {"lead"},
    "start_version": {"editor", "lead"},
    "discard_version": {"lead"},
    "record_step": {"editor", "lead"},
    "review": {"reviewer"},
    "finish_review": {"reviewer"},
    "reopen_review": {"reviewer"},
    "answer": {"editor", "lead"},
    "close_remark": {"reviewer"},
    "assign": {"editor", "lead"},
    "comment": {"editor", "lead"},
    "offer_example": {"lead"},
    "carry_over": {"editor", "lead"},
}

#: The only acts that move a version, and whereto.
MOVES = {
    ("share", "preparation"): "shared",
    ("finish_review", "shared"): "reviewed",
    ("reopen_review", "reviewed"): "shared",
}

TRIPLES = [
    (act, status, facts, why)
    for (act, status), row in EXPECTED.items()
    for facts, why in zip(FACTS, row, strict=True)
]


def test_the_table_is_complete():
    assert set(EXPECTED) == set(product(map(str, Act), map(str, Status)))
    assert set(WHO) == set(map(str, Act))
    assert set(FACTS.values()) == {
        frozenset(some) for some in chain(*(combinations(map(str, Fact), n) for n in range(len(Fact) + 1)))
    }
    assert {STATUS, NEWER, FIRST} == set(map(str, Refusal))


@pytest.mark.parametrize(("act", "status", "facts", "why"), TRIPLES)
def test_every_act_at_every_status_with_every_fact(act, status, facts, why):
    assert refusal(Act(act), Status(status), {Fact(fact) for fact in FACTS[facts]}) == why


def test_without_facts_the_moment_is_that_of_a_version_about_which_nothing_is_so():
    for (act, status), row in EXPECTED.items():
        assert refusal(Act(act), Status(status)) == row[0]


@pytest.mark.parametrize("act", WHO)
def test_who_ever_takes_an_act(act):
    some = [frozenset(parts) for n in range(4) for parts in combinations(("editor", "lead", "reviewer"), n)]
    assert {parts for parts in some if may(Act(act), {Part(part) for part in parts})} == {
        parts for parts in some if parts & WHO[act]
    }


@pytest.mark.parametrize(("act", "status"), EXPECTED)
def test_what_a_version_becomes(act, status):
    if EXPECTED[act, status][0] == STATUS:
        with pytest.raises(ValueError, match=act):
            follows(Act(act), Status(status))
    else:
        assert follows(Act(act), Status(status)) == MOVES.get((act, status), status)


def test_stored_statuses_are_those_of_the_workflow():
    assert VersionStatus.values == list(map(str, Status))


def test_a_reason_names_the_fact_that_forbids():
    assert {fact.value for fact in Fact} == {why.value for why in Refusal} - {STATUS}


def test_diagram():
    assert diagram() == (
        "stateDiagram-v2\n"
        "    [*] --> preparation\n"
        "    preparation --> shared: share\n"
        "    shared --> reviewed: finish_review\n"
        "    reviewed --> shared: reopen_review"
    )


def test_permission_matrix():
    head, line, *rows = permission_matrix().splitlines()
    assert (head, line) == ("| act | preparation | shared | reviewed | not when |", "|---|---|---|---|---|")
    cells = {row.split("|")[1].strip(): [cell.strip() for cell in row.split("|")[2:-1]] for row in rows}
    for act, found in cells.items():
        who = ", ".join(part for part in ("editor", "lead", "reviewer") if part in WHO[act])
        firsts = [EXPECTED[act, status][0] for status in ("preparation", "shared", "reviewed")]
        assert found[:3] == ["–" if why else who for why in firsts]
        forbids = {why for status in map(str, Status) for why in EXPECTED[act, status]} - {Y, STATUS}
        assert found[3] == (", ".join(sorted(forbids)) or "–")
    assert list(cells) == list(map(str, Act))


def test_the_page_shows_diagram_and_matrix():
    """Made anew when the table changes; the page says how."""
    text = PAGE.read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}\n```" in text
    assert f"\n\n{permission_matrix()}\n" in text
    assert text.count("```mermaid") == 1
    assert sum(line.startswith("| ") for line in text.splitlines()) == len(Act) + 1
