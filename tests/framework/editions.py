"""Arbitrary edition files, for properties: any number of items, any codes, texts in some languages or all."""

from typing import Any

from hypothesis import strategies as st

from framework.parsing import FORMAT
from kiv.localized import LANGUAGES

STATUSES = ("official", "partial", "translation")
STEPS = ("diagnosis", "objective", "action", "indicator")
# What YAML and people trip over: words that look like other things, line breaks, signs of all sorts.
ODD = st.sampled_from(
    ["no", "true", "null", "~", "1.10", "007", "+5", "2027", "2027-03-31", "1e3", "0x1F", "=", "- a", "# a"]
    + ["a: b", "a\nb", "a\n\n  b", "'", '"', "{", "[x]", "*a", "&a", "!a", "%", "@", "é", "😀", "a\tb"]
    + ["\u2028", "x\ufeffy", "12:30:45", ".5", "0", "y", "on", "word " * 15]
)
FREE = st.text(
    st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t"), min_size=1, max_size=60
)
TEXT = st.one_of(ODD, FREE).map(str.strip).filter(bool).filter(lambda text: len(text) <= 80)
CODE = st.from_regex(r"\A[A-Za-z0-9.-]{1,8}\Z").filter(lambda code: code.strip("."))  # dots alone are no code
DATE = st.none() | st.dates().filter(lambda day: day.year >= 1000).map(lambda day: day.isoformat())


@st.composite
def texts(draw) -> dict[str, str]:
    """A text by language, in at least one of them."""
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
    return {language: draw(TEXT) for language in LANGUAGES if language in languages}


@st.composite
def titles(draw) -> dict[str, Any]:
    title = draw(texts())
    return {"title": title, "title_status": {language: draw(st.sampled_from(STATUSES)) for language in title}}


def each_once(strategy, name: str, **sizes):
    return st.lists(strategy, unique_by=lambda entry: entry[name].strip().casefold(), **sizes)


@st.composite
def items(draw) -> dict[str, Any]:
    example = {step: draw(texts()) for step in STEPS} if draw(st.booleans()) else None
    aspects = st.tuples(CODE, titles()).map(lambda pair: {"code": pair[0], **pair[1]})
    return {
        "code": draw(CODE),
        "kind": draw(st.sampled_from(["priority", "theme"])),
        **draw(titles()),
        "short": draw(texts()),
        "summary": draw(texts()),
        "example": example,
        "aspects": draw(each_once(aspects, "code", max_size=3)),
    }


@st.composite
def attachments(draw) -> dict[str, Any]:
    language = draw(st.sampled_from(LANGUAGES))
    return {"label": draw(texts()), "name": draw(TEXT), "language": language, "dated": draw(DATE)}


@st.composite
def edition_files(draw) -> dict[str, Any]:
    """The plain values of an edition file, in the order in which an export writes them."""
    first = draw(st.integers(1900, 2200))
    criterion_texts = ("name", "question", "earns_one", "earns_two")
    return {
        "format": FORMAT,
        "framework": {"code": "generated", "title": draw(texts())},
        "code": draw(st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}\Z")),
        "predecessor": None,
        "period": [first, draw(st.integers(first, 2200))],
        "approved": draw(DATE),
        **draw(titles()),
        "subtitle": draw(st.none() | texts()),
        "introduction": draw(st.none() | texts()),
        "attachments": draw(each_once(attachments(), "name", max_size=2)),
        "criteria": [
            {"code": code, **{name: draw(texts()) for name in criterion_texts}}
            for code in draw(st.permutations("DGAIMC"))
        ],
        "items": draw(each_once(items(), "code", min_size=1, max_size=4)),
        "correspondences": None,
    }
