"""Arbitrary plan contents under the small edition of `editions`."""

from hypothesis import strategies as st

from plans.planformat import (
    ActionEntry,
    ChoiceEntry,
    DiagnosisEntry,
    IndicatorEntry,
    ItemRef,
    ObjectiveEntry,
    PassageEntry,
    PlanContent,
    PlanHeader,
    has_forbidden_signs,
    is_blank,
    passage_identity,
)
from plans.planformat.types import DIAGNOSIS_KINDS
from plans.scoring import ChainLink, Choice, Element, Reason
from tests.plans.planformat.editions import EDITION

ASPECTS = {item.code: item.aspects for item in EDITION}
# What YAML and people trip over: words that look like other things, signs of all sorts, line breaks.
ODD = st.sampled_from(
    ["no", "true", "null", "~", "1.10", "007", "+5", "-5", "2027", "2027-03-31", "1e3", "0x1F", "=", "- a"]
    + ["# a", "a: b", "a\nb", "a\n\n  b", "'", '"', "{", "[x]", "*a", "&a", "!a", "%", "@", "é", "😀", "a\tb"]
    + ["\u2028", "\u0085x", "x\ufeffy", "12:30:45", ".5", "5.", "0", "y", "on"]
)


def texts(*, least=0, most=200):
    free = st.text(
        st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t"),
        min_size=least,
        max_size=most,
    )
    return st.one_of(ODD, free).map(readable).filter(lambda text: least <= len(text) <= most)


def readable(text):
    """As the format reads it: without surrounding white space and control characters, or empty."""
    kept = "".join(sign for sign in text if sign != "\r" and not has_forbidden_signs(sign)).strip()
    return "" if is_blank(kept) else kept


SHORT = texts()
TITLE = texts(least=1)
LINKS = st.lists(st.sampled_from(ChainLink), unique=True, max_size=5).map(tuple)


@st.composite
def refs(draw):
    codes = draw(st.lists(st.sampled_from(sorted(ASPECTS)), unique=True, max_size=3))
    return tuple(
        ItemRef(
            item=code,
            aspects=draw(st.lists(st.sampled_from(ASPECTS[code]), unique=True)) if ASPECTS[code] else (),
        )
        for code in codes
    )


ACTIONS = st.builds(
    ActionEntry,
    title=TITLE,
    items=refs(),
    target_group=SHORT,
    links=LINKS,
    responsible=SHORT,
    due=SHORT,
    capacity=SHORT,
    partners=st.lists(TITLE.filter(lambda text: "\n" not in text), max_size=2),
    confidential=st.booleans(),
)
INDICATORS = st.builds(
    IndicatorEntry,
    title=TITLE,
    items=refs(),
    target_value=SHORT,
    baseline=SHORT,
    source=SHORT,
    frequency=SHORT,
)
DIAGNOSES = st.builds(
    DiagnosisEntry,
    kind=st.sampled_from(DIAGNOSIS_KINDS),
    text=TITLE,
    items=refs(),
    figure=SHORT,
    source=SHORT,
    confidential=st.booleans(),
)


def choices(clarifications):
    return st.builds(
        ChoiceEntry,
        choice=st.sampled_from(Choice),
        reason=st.sampled_from([None, *Reason]),
        pointer=SHORT,
        line=SHORT,
        confidential=st.booleans(),
        item_confidential=st.booleans(),
        clarification_open=clarifications,
    )


NONE_OPEN = st.just(False)


@st.composite
def objectives(draw, number):
    return ObjectiveEntry(
        number=number,
        title=draw(TITLE),
        items=draw(refs()),
        result=draw(SHORT),
        target_group=draw(SHORT),
        due=draw(SHORT),
        confidential=draw(st.booleans()),
        actions=draw(st.lists(ACTIONS, max_size=2)),
        indicators=draw(st.lists(INDICATORS, max_size=2)),
    )


@st.composite
def passages(draw, numbers):
    item = draw(st.sampled_from(sorted(ASPECTS)))
    links = draw(LINKS)
    elements = draw(st.lists(st.sampled_from(Element), unique=True, min_size=1))
    if not links:
        elements = [element for element in elements if element is not Element.CHAIN_LINK] or [Element.ACTION]
    return PassageEntry(
        item=item,
        aspects=ASPECTS[item][:1],
        elements=elements,
        links=links,
        quote=draw(TITLE),
        page=draw(st.sampled_from([None, 1, 100_000])),
        document=draw(SHORT),
        objective=draw(st.sampled_from([None, *numbers])),
        confidential=draw(st.booleans()),
        no_longer_in_text=draw(st.booleans()),
    )


@st.composite
def contents(draw, *, edition="small", clarifications=NONE_OPEN):
    """`clarifications`: whether one is open; an import leaves it out, so what is imported has none."""
    numbers = draw(st.lists(st.sampled_from(["1", "2.1", "1.10", "A", "007", "no"]), unique=True, max_size=3))
    accepted = {}
    for passage in draw(st.lists(passages(numbers), max_size=3)):
        identity = passage_identity(document=passage.document, page=passage.page, quote=passage.quote)
        accepted[passage.item, identity] = passage
    return PlanContent(
        plan=PlanHeader(name=draw(TITLE), zone=draw(SHORT), kind=draw(st.sampled_from(["zonal", "local"]))),
        edition=edition,
        objectives=[draw(objectives(number)) for number in numbers],
        diagnosis=draw(st.lists(DIAGNOSES, max_size=2)),
        choices=draw(st.dictionaries(st.sampled_from(sorted(ASPECTS)), choices(clarifications), max_size=3)),
        passages=tuple(accepted.values()),
    )
