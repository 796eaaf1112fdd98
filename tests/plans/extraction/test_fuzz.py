"""Whatever bytes come: a Document or Refused, never another exception."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.extraction import Document, Limits, Refused, extract
from plans.extraction.inline import extract_inline
from tests.plans.extraction.making_pdf import write_plan
from tests.plans.extraction.making_zip import (
    odt_xml,
    word_xml,
    write_docx,
    write_odt,
    write_word_plan,
    write_writer_plan,
)

VALID = {
    "plan.pdf": write_plan(2),
    "plan.docx": write_word_plan(),
    "plan.odt": write_writer_plan(),
    "plan.txt": b"Prioriteiten:\n1. Drugs\n- Verkeer\n\nA.1 Kop\nTekst ... 4\n",
    "plan.md": b"# Kop\n\n- [x] *a*\n\n|a|b|\n|-|-|\n|c|d|\n\n> q\n```\nx\n",
}
#: In this process PDFium may abort all tests: mutated PDFs are read in the child only.
INLINE = sorted(set(VALID) - {"plan.pdf"})
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
CALM = settings(
    max_examples=EXAMPLES,
    deadline=timedelta(seconds=20),
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
FEW = settings(CALM, max_examples=max(25, EXAMPLES // 6))
LIMITS = Limits(seconds=10)


def check(read, data: bytes, name: str) -> None:
    try:
        document = read(data, name=name, limits=LIMITS)
    except Refused:
        return
    assert isinstance(document, Document)
    assert document.passages
    for passage in document.passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert 0 < len(passage.text) <= LIMITS.passage


edits = st.lists(
    st.tuples(
        st.sampled_from(["set", "cut", "insert", "repeat"]), st.integers(0, 10**6), st.binary(max_size=12)
    ),
    min_size=1,
    max_size=8,
)


def mutate(data: bytes, changes) -> bytes:
    for kind, place, some in changes:
        place %= len(data) + 1
        if kind == "set":
            data = data[:place] + some + data[place + len(some) :]
        elif kind == "cut":
            data = data[:place] + data[place + 10 * len(some) + 1 :]
        elif kind == "insert":
            data = data[:place] + some + data[place:]
        else:
            data = data[:place] + data[place : place + 40] * (len(some) + 1) + data[place:]
    return data


@CALM
@given(st.sampled_from(INLINE), edits)
def test_mutated_files(name, changes):
    check(extract_inline, mutate(VALID[name], changes), name)


@FEW
@given(edits)
def test_mutated_pdfs(changes):
    check(extract, mutate(VALID["plan.pdf"], changes), "plan.pdf")


@CALM
@given(st.binary(max_size=400), st.sampled_from(INLINE))
def test_random_bytes(data, name):
    check(extract_inline, data, name)


@FEW
@given(st.binary(max_size=400))
def test_random_bytes_as_pdf(data):
    check(extract, b"%PDF-1.4\n" + data + b"\n%%EOF", "plan.pdf")


@CALM
@given(st.text(max_size=300), st.sampled_from(["plan.txt", "plan.md"]))
def test_random_text(text, name):
    check(extract_inline, text.encode("utf-8", "replace"), name)


#: Lines from which structure is made.
pieces = st.sampled_from(
    [
        "# a",
        "- a",
        "  - b",
        "1. c",
        "| a | b |",
        "|---|",
        "> ",
        "```",
        "---",
        "===",
        "",
        "A b.",
        "\tx",
        "a ... 3",
        "*",
        "\\",
    ]
)


@CALM
@given(st.lists(pieces, max_size=30), st.sampled_from(["plan.txt", "plan.md"]))
def test_random_structure(lines, name):
    check(extract_inline, "\n".join(lines).encode(), name)


def trees(tags: list[str], attributes: list[str]):
    """XML in which every element may stand anywhere."""
    leaves = st.sampled_from(["Drugs", "- a", "1. b", " ", "Verkeer in de zone."])
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda tag, attribute, parts: f"<{tag} {attribute}>{''.join(parts)}</{tag}>",
            st.sampled_from(tags),
            st.sampled_from(attributes),
            st.lists(inner, max_size=4),
        ),
        max_leaves=25,
    )


WORD = [
    f"w:{name}"
    for name in ("p", "r", "t", "tbl", "tr", "tc", "tcPr", "pPr", "numPr", "vMerge", "gridSpan", "del", "br")
]
WRITER = [
    f"text:{name}"
    for name in ("p", "h", "list", "list-item", "span", "tracked-changes", "table-of-content", "note")
]
WRITER += [f"table:{name}" for name in ("table", "table-row", "table-cell")]


@CALM
@given(trees(WORD, ["", 'w:val="3"', 'w:val="x"', 'w:val="-1"', 'w:val="99999999999"']))
def test_word_elements_anywhere(body):
    check(extract_inline, write_docx(document=word_xml(body)), "plan.docx")


@CALM
@given(
    trees(
        WRITER,
        ["", 'text:outline-level="0"', 'text:outline-level="²"', 'table:number-columns-spanned="99999999"'],
    )
)
def test_writer_elements_anywhere(body):
    check(extract_inline, write_odt(content=odt_xml(body)), "plan.odt")


@pytest.mark.parametrize("name", VALID)
def test_every_cut_of_a_small_file(name):
    data = VALID[name]
    read, step = (
        (extract, len(data) // 12) if name == "plan.pdf" else (extract_inline, max(1, len(data) // 80))
    )
    for end in range(0, len(data), step):
        check(read, data[:end], name)
