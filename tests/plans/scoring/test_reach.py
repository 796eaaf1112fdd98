"""Reach of a theme and the grid (docs/scoring.md §2)."""

import pytest

from plans.scoring import Choice, Decision

from .builders import action, diagnosis, indicator, item_score, objective, passage, retained, score

TOGETHER = [
    # pieces, pairs on the grid
    ((objective("1", "P1 T1"),), [("T1", "P1")]),
    ((objective("1", "P1 P2 T1 T2"),), [("T1", "P1"), ("T1", "P2"), ("T2", "P1"), ("T2", "P2")]),
    ((objective("1", "P1"), action("1.1", "T1")), []),
    ((objective("1", "P2"), action("1.1", "P1 T1")), [("T1", "P1")]),
    ((objective("1", ""), indicator("1.1", "P1 T1")), []),
    ((diagnosis("1", "P1 T1"),), []),
    ((passage("1", "P1 T1"),), [("T1", "P1")]),
    ((passage("1", "P1", passage="a"), passage("2", "T1", passage="a")), [("T1", "P1")]),
    ((passage("1", "P1", passage="a"), passage("2", "T1", passage="b")), []),
    ((passage("1", "P1"), passage("2", "T1")), []),
    (
        (objective("1", ""), passage("1", "P1", objective="1", passage="a"), passage("2", "T1", passage="a")),
        [("T1", "P1")],
    ),
    ((diagnosis("1", "P1", passage="a"), passage("2", "T1", passage="a")), []),
    ((objective("1", "T1 T2"), objective("2", "P1 P2")), []),
]


@pytest.mark.parametrize(("pieces", "pairs"), TOGETHER)
def test_grid(pieces, pairs):
    assert list(score(*pieces).grid) == pairs


@pytest.mark.parametrize(("pieces", "pairs"), TOGETHER)
def test_reach_counts_the_retained_priorities_of_the_grid(pieces, pairs):
    themes = [priority for theme, priority in pairs if theme == "T1"]
    assert item_score(*pieces, item="T1", decisions=retained("P1", "P2", "P3")).reach == len(themes)
    assert item_score(*pieces, item="T1", decisions=retained("P2")).reach == themes.count("P2")
    assert item_score(*pieces, item="T1").reach == 0


@pytest.mark.parametrize("choice", [Choice.REGULAR, Choice.NOT_RETAINED, Choice.UNDECIDED])
def test_only_retained_priorities_count(choice):
    decisions = [Decision("P1", choice)]
    assert item_score(objective("1", "P1 T1"), item="T1", decisions=decisions).reach == 0


def test_each_priority_counts_once():
    pieces = (objective("1", "P1 T1"), action("1.1", "P1 T1"), objective("2", "P1 T1"))
    assert item_score(*pieces, item="T1", decisions=retained("P1")).reach == 1


def test_a_priority_has_no_reach():
    assert item_score(objective("1", "P1 T1"), decisions=retained("P1")).reach is None


def test_reach_never_changes_a_level():
    alone = item_score(objective("1", "T1"), item="T1")
    applied = item_score(objective("1", "P1 P2 T1"), item="T1", decisions=retained("P1", "P2"))
    assert (alone.level, alone.digits) == (applied.level, applied.digits)
