"""The open items of an area: which they are, and why each is open."""

import pytest

from plans.selectors.coverage_lists import open_points
from plans.services.reviewing import review_item
from tests.plans.coverage_lists.area import FULL, OBJECTIVE, entries, lay
from tests.plans.services.versioning import fresh

pytestmark = pytest.mark.django_db


def rows(found):
    return [(entry.row.place_name, entry.item.code) for entry in found]


def test_each_open_item_of_shared_plans(everywhere, edition):
    lay("B", edition, **FULL)
    lay("A", edition, **FULL)
    lay("C", edition, **FULL, shared=False)
    found = entries(everywhere, edition, "open")
    assert rows(found) == [("A", "P2"), ("A", "T1"), ("B", "P2"), ("B", "T1")]
    assert rows(entries(everywhere, edition, "open", item=edition.items.get(code="T1"))) == [
        ("A", "T1"),
        ("B", "T1"),
    ]


def test_never_an_item_that_is_wholly_confidential(cleared, edition):
    hidden = {"choices": {"P1": {"choice": "undecided", "item_confidential": True}}}
    assessment = lay("A", edition, **hidden)
    assert assessment.scores.get(item__code="P1").state == "open"
    assert [code for _place, code in rows(entries(cleared, edition, "open"))] == ["P2", "P3", "T1", "T2"]


def test_why_each_is_open(everywhere, edition, django_assert_num_queries):
    """One reason of each kind, and two at once."""
    lay("A", edition, objectives=[OBJECTIVE | {"title": "Aim", "confidential": True}])
    choices = {
        "P1": {"choice": "not_retained", "reason": "capacity", "confidential": True},
        "P2": {"choice": "not_retained", "reason": "capacity", "line": "Too few people"},
        "P3": {"choice": "not_retained", "line": "Without a code"},
        "T1": "regular",
    }
    told = lay("B", edition, objectives=[OBJECTIVE], choices=choices)
    for code in ("P2", "P3"):
        review_item(
            assessment=fresh(told),
            item=code,
            motivation="clarification",
            clarification="Since when?",
            by=everywhere,
        )
    found = entries(everywhere, edition, "open")
    with django_assert_num_queries(1):
        points = open_points(found)
    assert [point.entry for point in points] == found
    assert [
        (point.entry.row.place_name, point.entry.item.code, point.why, point.looks) for point in points
    ] == [
        ("A", "P1", ("confirm_proposal",), ()),
        *(("A", code, ("choose",), ()) for code in ("P2", "P3", "T1", "T2")),
        ("B", "P1", ("complete_motivation",), ("not_retained_but_elaborated",)),
        ("B", "P2", ("answer_clarification",), ()),
        ("B", "P3", ("complete_motivation", "answer_clarification"), ()),
        ("B", "T1", ("add_line",), ()),
        ("B", "T2", ("choose",), ()),
    ]


def test_without_open_items_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert open_points([]) == []
