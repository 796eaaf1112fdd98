"""Small editions to compare, and hypothesis strategies that make any two with any links between them."""

from hypothesis import strategies as st

from framework.succession import Confidence, ItemText, Link, Relation

#: Few words in few languages, so that items share some and sometimes no language at all.
TEXTS = st.dictionaries(
    st.sampled_from(["nl", "fr"]),
    st.lists(st.sampled_from(["drugs", "verkeer", "overlast", "en"]), min_size=1, max_size=3).map(" ".join),
    max_size=2,
)
ASPECTS = st.dictionaries(st.sampled_from(["one", "two"]), TEXTS, max_size=2).map(lambda d: tuple(d.items()))


def item(code: str, position: int = 1, title: str = "", **more) -> ItemText:
    """An item in Dutch: its title is its code unless told."""
    return ItemText(code, more.pop("kind", "priority"), position, {"nl": title or code}, **more)


def items(*codes: str) -> list[ItemText]:
    """Items in this order, each with its code as title."""
    return [item(code, position) for position, code in enumerate(codes, start=1)]


def link(old: str, new: str | None, relation: str = "equal", *, is_decided: bool = True, **more) -> Link:
    """A stored link."""
    return Link(old, new, Relation(relation), is_stored=True, is_decided=is_decided, **more)


@st.composite
def editions(draw, most: int = 6) -> list[ItemText]:
    codes = draw(st.lists(st.sampled_from("ABCDEFGH"), max_size=most, unique=True))
    return [
        ItemText(
            code, draw(st.sampled_from(["priority", "theme"])), at, draw(TEXTS), draw(TEXTS), draw(ASPECTS)
        )
        for at, code in enumerate(codes, start=1)
    ]


@st.composite
def successions(draw):
    """(old items, new items, links between them), also links to items that are not there."""
    olds, news = draw(editions()), draw(editions())
    pairs = draw(st.sets(st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGH")), max_size=6))
    relations = st.sampled_from([each for each in Relation if each != Relation.NONE])
    links = [
        Link(old, new, draw(relations), draw(st.sampled_from(Confidence)), {}, draw(st.booleans()))
        for old, new in sorted(pairs)
    ]
    return olds, news, links
