"""Input that contradicts itself is refused on construction, with a message that says where."""

import dataclasses

import pytest

from plans.scoring import (
    Choice,
    Decision,
    Digits,
    Element,
    Item,
    ItemKind,
    Naming,
    Piece,
    PieceKind,
)

from .builders import (
    EDITION,
    action,
    diagnosis,
    indicator,
    item_score,
    objective,
    passage,
    plan_of,
    retained,
    score,
)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: plan_of(decisions=retained("P1", "P1")), "duplicate decision on item 'P1'"),
        (lambda: plan_of(decisions=retained("X")), "decision on unknown item 'X'"),
        (lambda: plan_of(objective("1", "X")), "objective '1' names unknown item 'X'"),
        (lambda: plan_of(objective("1"), objective("1")), "duplicate objective '1'"),
        (lambda: plan_of(action("1.1")), "action '1.1' hangs on unknown objective '1'"),
        (lambda: plan_of(indicator("1.1")), "indicator '1.1' hangs on unknown objective '1'"),
        (lambda: plan_of(passage("4", objective="9")), "passage '4' hangs on unknown objective '9'"),
        (lambda: plan_of(items=(*EDITION, EDITION[0])), "duplicate item 'P1'"),
        (lambda: objective(""), "objective '' needs the number of its objective"),
        (lambda: action("1.1", objective=None), "action '1.1' needs the number of its objective"),
        (lambda: indicator("1.1", objective=None), "indicator '1.1' needs the number of its objective"),
        (lambda: diagnosis("1", objective="1"), "diagnosis '1' cannot hang on objective '1'"),
        (lambda: passage("1", elements=""), "passage '1' was accepted without any element"),
        (lambda: diagnosis("1", is_in_text=False), "diagnosis '1' stands in no document that could lose it"),
        (lambda: objective("1", is_in_text=False), "objective '1' stands in no document that could lose it"),
        (lambda: action("1.1", is_in_text=False), "action '1.1' stands in no document that could lose it"),
        (
            lambda: indicator("1.1", is_in_text=False),
            "indicator '1.1' stands in no document that could lose it",
        ),
        (
            lambda: plan_of(passage("4", objective="9", is_in_text=False)),
            "passage '4' hangs on unknown objective '9'",
        ),
        (lambda: plan_of(passage("4", "X", is_in_text=False)), "passage '4' names unknown item 'X'"),
    ],
)
def test_contradictions_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()


def _ticking(*aspects, item="P1"):
    return Piece(PieceKind.PASSAGE, "1", "text", frozenset({Element.ACTION}), (Naming(item, aspects),))


def test_an_unknown_aspect_is_refused():
    with pytest.raises(ValueError, match="passage '1' ticks unknown aspects of 'P1': up, west"):
        plan_of(_ticking("north", "west", "up"))


def test_ticked_aspects_in_edition_order():
    scored = item_score(_ticking("east"), _ticking("north", "east"))
    assert scored.aspects == ("north", "east")
    assert item_score(_ticking("north"), item="P2").aspects == ()


def test_naming_an_item_twice_is_naming_it_once():
    twice = item_score(objective("1", "P1 P1"))
    assert twice == item_score(objective("1", "P1"))


def test_items_come_in_edition_order_and_positions_decide():
    items = (Item("B", ItemKind.THEME, 3), Item("A", ItemKind.PRIORITY, 20), Item("C", ItemKind.PRIORITY, -1))
    assert [one.item for one in score(items=items).items] == ["C", "B", "A"]


def test_everything_is_frozen():
    scored = score(objective("1"))
    for thing in (
        scored,
        scored.items[0],
        scored.items[0].digits,
        EDITION[0],
        Decision("P1", Choice.REGULAR),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, dataclasses.fields(thing)[0].name, None)
        assert not hasattr(thing, "__dict__")


def test_digits_read_as_on_the_page():
    digits = Digits(D=2, G=2, A=1, I=1, M=0, C=2)
    assert str(digits) == "D2 G2 A1 I1 M0 C2"
    assert list(digits.as_dict().items()) == [("D", 2), ("G", 2), ("A", 1), ("I", 1), ("M", 0), ("C", 2)]
