"""Word lists led over to the edition that follows."""

from hypothesis import given
from hypothesis import strategies as st

from plans.matching import LexiconFile, NewItem, content_of, lead_over


def group(*terms: str, aspect: str = "", context: tuple[str, ...] = ()) -> dict:
    kind = "needs_context" if context else "positive"
    return {"terms": list(terms), "weight": 50, "kind": kind, "aspect": aspect, "context": list(context)}


def content(**items: list[dict]) -> dict:
    own = {"format": "kiv-lexicon/1", "edition": "old", "version": 1, "language": "nl", "items": items}
    own |= {"contexts": {"P9": ["straat"]}, "titles": dict.fromkeys(items, "een oude titel")}
    return content_of([LexiconFile.model_validate(own)])


def new(code: str, *aspects: str, **titles: str) -> NewItem:
    return NewItem(code, frozenset(aspects), titles)


def terms(led_over: dict) -> dict[str, list[str]]:
    return {
        code: [term for one in groups for term in one["terms"]]
        for code, groups in led_over["nl"]["items"].items()
    }


def test_renamed_merged_split_ended_and_new():
    old = content(P1=[group("drugs")], P2=[group("dealen")], P3=[group("fraude")], P4=[group("overlast")])
    led_over = lead_over(
        old,
        leads={"P1": ["A1"], "P2": ["A1"], "P3": ["A2", "A3"]},
        items=[new("A1", nl="drugs en handel"), new("A2", nl="", fr="fraude"), new("A3"), new("A4")],
    )
    assert terms(led_over) == {"A1": ["drugs", "dealen"], "A2": ["fraude"], "A3": ["fraude"]}
    assert led_over["nl"]["titles"] == {"A1": "drugs en handel"}


def test_an_aspect_that_is_gone_leaves_its_terms_to_the_item():
    old = content(P1=[group("teelt", aspect="supply"), group("gebruik", aspect="demand")])
    led_over = lead_over(old, leads={"P1": ["A1"]}, items=[new("A1", "demand")])
    assert [one["aspect"] for one in led_over["nl"]["items"]["A1"]] == ["", "demand"]


def test_a_context_follows_the_item_it_names_and_a_name_of_words_stays():
    named = group("bende", context=("P2", "P3", "P4", "P9", "@short"))
    # P9 is both: the words of that name go before the item.
    old = content(P1=[named], P2=[group("b")], P3=[group("c")], P4=[group("d")], P9=[group("e")])
    led_over = lead_over(
        old, leads={"P1": ["A1"], "P2": ["A2"], "P3": ["A2", "A3"], "P9": ["A9"]}, items=[new("A1")]
    )
    assert led_over["nl"]["items"]["A1"][0]["context"] == ["A2", "A3", "P9", "@short"]


CODES = st.sampled_from(("P1", "P2", "P3"))
WORDS = st.lists(st.text("abcdef", min_size=3, max_size=6), min_size=1, max_size=4, unique=True)


@given(st.dictionaries(CODES, WORDS, min_size=1), st.permutations(("A1", "A2", "A3")))
def test_one_to_one_keeps_every_term_and_invents_none(items, codes):
    old = content(**{code: [group(*words)] for code, words in items.items()})
    leads = {old_code: [code] for old_code, code in zip(("P1", "P2", "P3"), codes, strict=True)}
    led_over = lead_over(old, leads=leads, items=[new(code) for code in codes])
    assert terms(led_over) == {leads[code][0]: words for code, words in items.items()}
    again = LexiconFile.model_validate(led_over["nl"])
    assert content_of([again]) == led_over
