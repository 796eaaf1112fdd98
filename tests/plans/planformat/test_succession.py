"""What becomes of a plan under the edition that follows: plain values, by example and by property."""

from hypothesis import given
from hypothesis import strategies as st

from framework.succession import Link, Relation, carried
from plans import scoring
from plans.planformat import PlanContent, scoring_input
from plans.planformat.succession import Fate, Road, carried_content, roads, said_of
from tests.framework.succeeding import link
from tests.plans.planformat.editions import EDITION
from tests.plans.planformat.strategies import ASPECTS, contents

OLDS = tuple(item.code for item in EDITION)


def plan(**parts) -> PlanContent:
    return PlanContent.model_validate({"plan": {"name": "x"}, "edition": "small", **parts})


class TestRoads:
    def test_each_fate(self):
        links = (
            link("A", "V"),
            link("B", "W", "subset"),
            link("C", "W", "subset"),
            link("D", "X", is_decided=False),
            link("E", None, "none"),
        )
        content = plan(choices=dict.fromkeys("ABDE", "retained"))
        found = roads("ABCDE", "VWXYZ", links, content)
        assert found.items == (
            Road("V", Fate.CARRIED, links[:1]),
            Road("W", Fate.LOOK, links[1:3]),
            Road("X", Fate.LOOK, links[3:4]),
            Road("Y", Fate.NEW),
            Road("Z", Fate.NEW),
        )
        assert found.ended == ("E",)
        assert found.of(Fate.LOOK, Fate.NEW) == ("W", "X", "Y", "Z")

    def test_what_says_nothing_asks_nothing(self):
        """A new item that comes from items of which nothing is said; an old one that ends unsaid."""
        found = roads("AB", "VW", (link("A", "V", "subset"), link("B", None, "none")), plan())
        assert [road.fate for road in found.items] == [Fate.NEW, Fate.NEW]
        assert found.ended == ()

    def test_without_any_link_all_ends(self):
        found = roads("AB", "V", (), plan(choices={"B": "retained"}))
        assert (found.items, found.ended) == ((Road("V", Fate.NEW),), ("B",))


class TestSaidOf:
    def test_everything_that_says_something(self):
        content = plan(
            objectives=[
                {
                    "title": "x",
                    "items": ["A"],
                    "actions": [{"title": "x", "items": ["B"]}],
                    "indicators": [{"title": "x", "items": ["C"]}],
                }
            ],
            diagnosis=[{"text": "x", "items": ["D"]}],
            choices={"E": {"choice": "undecided", "line": "x"}, "F": "retained", "G": "undecided"},
            passages=[{"item": "H", "elements": ["action"], "quote": "x"}],
        )
        assert said_of(content) == frozenset("ABCDEFH")

    def test_a_wholly_confidential_item_is_said_something_of(self):
        content = plan(choices={"A": {"choice": "undecided", "item_confidential": True}})
        assert said_of(content) == {"A"}


class TestCarriedContent:
    def test_what_holds_and_nothing_else(self):
        content = plan(
            objectives=[
                {
                    "title": "x",
                    "items": [{"item": "A", "aspects": ["one", "two"]}, "B"],
                    "actions": [{"title": "y", "items": ["B"]}],
                }
            ],
            diagnosis=[{"text": "z", "items": ["A"]}],
            choices={"A": {"choice": "not_retained", "clarification_open": True}, "B": "retained"},
            passages=[
                {"item": "A", "aspects": ["two"], "elements": ["action"], "quote": "q", "objective": "1"},
                {"item": "B", "elements": ["action"], "quote": "r"},
            ],
        )
        found = carried_content(content, "next", {"A": "V"}, {"V": ("two",)})
        assert found == plan(
            objectives=[
                {
                    "title": "x",
                    "items": [{"item": "V", "aspects": ["two"]}],
                    "actions": [{"title": "y", "items": []}],
                }
            ],
            diagnosis=[{"text": "z", "items": ["V"]}],
            choices={"V": {"choice": "not_retained"}},
            passages=[
                {"item": "V", "aspects": ["two"], "elements": ["action"], "quote": "q", "objective": "1"}
            ],
        ).model_copy(update={"edition": "next"})


@st.composite
def renamings(draw):
    """Each old item to a new code, or to none: (links, same, the new items, in another order)."""
    kept = draw(st.lists(st.sampled_from(OLDS), unique=True))
    same = {code: f"N{at}" for at, code in enumerate(kept)}
    items = [item for item in EDITION if item.code in same]
    news = tuple(
        scoring.Item(code=same[item.code], kind=item.kind, position=at, aspects=item.aspects)
        for at, item in enumerate(items, start=1)
    )
    links = [Link(old, new, Relation.EQUAL, is_stored=True, is_decided=True) for old, new in same.items()]
    return links, same, news


@given(contents(), renamings())
def test_items_that_go_along_keep_digits_level_and_choice(content, renaming):
    """Whatever the codes are; and each new item has exactly one fate."""
    links, same, news = renaming
    found = roads(OLDS, [item.code for item in news], links, content)
    assert carried(links) == same
    assert found.of(Fate.CARRIED) == tuple(item.code for item in news)
    assert set(found.ended) == said_of(content) - set(same)
    moved = carried_content(content, "next", same, {item.code: item.aspects for item in news})
    assert said_of(moved) == {same[code] for code in said_of(content) if code in same}
    before = {row.item: row for row in _scores(content, EDITION)}
    after = {row.item: row for row in _scores(moved, news)}
    for old, new in same.items():
        assert (after[new].level, after[new].digits) == (before[old].level, before[old].digits)
        assert after[new].choice == before[old].choice


@given(contents(), st.data())
def test_every_new_item_has_one_road_and_no_link_is_lost(content, data):
    pairs = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(OLDS), st.sampled_from(["V", "W", "X", None]), st.sampled_from(Relation)
            ),
            max_size=6,
        )
    )
    links = [
        Link(old, new, relation if new else Relation.NONE, is_stored=stored, is_decided=stored and decided)
        for (old, new, relation) in pairs
        for stored, decided in [data.draw(st.tuples(st.booleans(), st.booleans()))]
    ]
    found = roads(OLDS, ("V", "W", "X"), links, content)
    assert [road.item for road in found.items] == ["V", "W", "X"]
    assert sum(len(road.links) for road in found.items) == sum(each.new is not None for each in links)
    said = said_of(content)
    for road in found.items:
        if road.fate == Fate.CARRIED:
            assert all(each.is_decided for each in road.links if each.is_stored)
        else:
            assert (road.fate == Fate.LOOK) == any(each.old in said for each in road.links)
    assert set(found.ended) <= said


def test_aspects_of_the_small_edition_are_used():
    """Else the properties above would say nothing of ticks."""
    assert any(ASPECTS.values())


def _scores(content, items):
    return scoring.score_plan(scoring_input(content, items)).items
