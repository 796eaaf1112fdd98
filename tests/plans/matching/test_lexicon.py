"""Lexicon files: how terms are written, what is refused and where, and the shipped lexicon itself."""

import ast
from pathlib import Path

import pytest

import plans.matching
from framework.parsing import parse_edition
from kiv.datafile import FileRefused
from plans.matching import TermKind, parse_lexicon_file, read_lexicon
from plans.matching.automaton import Compiled
from plans.matching.lexicon import LanguageLexicon, Term
from plans.matching.patterns import TermSyntaxError, expand
from tests.plans.matching.shipped import EDITION, FOLDER, shipped

SMALL = """\
format: kiv-lexicon/1
edition: kiv-2022-2024
version: 1
language: {language}
stems: {{milieu: []}}
common: [rad, weg]
contexts:
  near: [afval]
items:
  P8:
    - weight: 90
      terms: [sluikstort{more}]
    - weight: 50
      kind: needs_context
      terms: [netheid]
      context: [near]
  P10:
    - weight: 90
      terms: [overlast{other}]
"""


def small(language="nl", more="", other=""):
    return SMALL.format(language=language, more=more, other=other)


def problems_of(text):
    with pytest.raises(FileRefused) as refused:
        parse_lexicon_file(text.encode())
    return [(problem.place, problem.code, problem.line) for problem in refused.value.problems]


def found(term, text, language="nl", stems=None, parts=()):
    compiled = Compiled(LanguageLexicon(language, (Term("X", term, 90),), stems=stems or {}, parts=parts))
    tokens = compiled.tokens_of(text)
    return [text[tokens[one.first].start : tokens[one.last].end] for one in compiled.find(tokens)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("inbraak", "Inbraken en een inbraak, geen inbraakje", ["Inbraken", "inbraak"]),
        ("handel in drugs", "handel in de drugs; handel, in drugs", ["handel in de drugs"]),
        ("terror~", "terrorisme en contraterror", ["terrorisme"]),
        ("~diefstal", "koperdiefstallen en diefstalpreventie", ["koperdiefstallen"]),
        ("=wiet", "wiet, wieten", ["wiet"]),
        ("milieu-", "milieudossier, drugsmilieu, milieu", ["milieudossier", "milieu"]),
        ("-overlast", "parkeeroverlast, overlastteam, overlast", ["parkeeroverlast", "overlast"]),
        (
            "rijden .. drugs",
            "rijden onder invloed van drugs. Rijden mag. Drugs niet.",
            ["rijden onder invloed van drugs"],
        ),
        ("fraude + uitkering", "Een uitkering door fraude. Fraude. Uitkering.", ["uitkering door fraude"]),
        ("boze/stille burger", "boze burgers, stille burger, burger", ["boze burgers", "stille burger"]),
        ("bob actie", "Een Bob-actie", ["Bob-actie"]),
        ("drugshandel", "drugshandelaar drugs-handel drugs handel", ["drugs-handel", "drugs handel"]),
    ],
)
def test_ways_of_writing_a_term(term, text, expected):
    parts = ("milieu", "dossier", "drugs", "handel", "parkeer", "overlast", "team")
    assert found(term, text, parts=parts) == expected


@pytest.mark.parametrize(
    "term", ["", "a .. b + c", ".. b", "een drugs", "~drugs handel", " ", "..", "!", "a+ + "]
)
def test_terms_that_cannot_be_read(term):
    with pytest.raises(TermSyntaxError):
        found(term, "drugs")


def test_alternatives_are_bounded():
    with pytest.raises(TermSyntaxError):
        expand("a/b/c/d/e a/b/c/d/e a/b/c/d/e")


def test_a_sound_file_is_read():
    lexicon = read_lexicon([small().encode(), small("fr").encode()])
    assert (lexicon.edition, lexicon.version, lexicon.items) == (EDITION, 1, ("P8", "P10"))
    assert [(term.item, term.text, term.kind) for term in lexicon.languages["nl"].terms] == [
        ("P8", "sluikstort", TermKind.POSITIVE),
        ("P8", "netheid", TermKind.NEEDS_CONTEXT),
        ("P10", "overlast", TermKind.POSITIVE),
    ]


@pytest.mark.parametrize(
    ("more", "other", "place", "code", "line"),
    [
        (", sluikstorten", "", "items.P8[1].terms[2]", "duplicate", 12),
        ("", ", sluikstorten", "items.P10[1].terms[2]", "claimed_twice", 19),
        (", de wegen", "", "items.P8[1].terms[2]", "syntax", 12),
        (", wegen", "", "items.P8[1].terms[2]", "everyday_word", 12),
        (", raden", "", "items.P8[1].terms[2]", "everyday_word", 12),
        (", a .. b + c", "", "items.P8[1].terms[2]", "syntax", 12),
        (", weg~", "", "items.P8[1].terms[2]", "everyday_word", 12),
    ],
)
def test_guards_tell_the_place(more, other, place, code, line):
    assert problems_of(small(more=more, other=other)) == [(place, code, line)]


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("weight: 50", "weight: 0", "items.P8[2].weight", "too_small"),
        ("weight: 50", "weight: 101", "items.P8[2].weight", "too_big"),
        ("context: [near]", "context: [far]", "items.P8[2].context[1]", "unknown_context"),
        ("      context: [near]\n", "", "items.P8[2].context", "context"),
        ("      kind: needs_context\n", "", "items.P8[2].context", "context"),
        ("language: nl", "language: en", "language", "not_one_of"),
        ("near: [afval]", "near: [afval, afval]", "contexts.near[2]", "duplicate"),
        ("near: [afval]", "near: [radden]", "contexts.near[1]", "everyday_word"),
        ("version: 1", "version: 0", "version", "too_small"),
        ("common:", "comon:", "comon", "unknown_field"),
    ],
)
def test_the_form_is_checked(old, new, place, code):
    assert [problem[:2] for problem in problems_of(small().replace(old, new))] == [(place, code)]


def test_an_item_has_a_positive_term():
    text = small().replace(
        "    - weight: 90\n      terms: [overlast]",
        "    - weight: 90\n      kind: negative\n      terms: [overlast]",
    )
    assert problems_of(text) == [("items.P10", "no_positive", 17)]


@pytest.mark.parametrize(
    ("other", "place"),
    [
        (small("fr").replace("version: 1", "version: 2"), "version"),
        (small("fr").replace("kiv-2022-2024", "kiv-2016-2019"), "edition"),
        (small("fr").replace("  P10:", "  P11:"), "items"),
        (small("nl"), "language"),
    ],
)
def test_languages_that_do_not_belong_together(other, place):
    with pytest.raises(FileRefused) as refused:
        read_lexicon([small().encode(), other.encode()])
    assert [problem.place for problem in refused.value.problems] == [place]


def test_the_shipped_lexicon_holds_every_item_and_aspect_of_its_edition():
    edition = plain_edition()
    lexicon = shipped().lexicon
    assert list(lexicon.items) == [item.code for item in edition.items]
    known = {(item.code, aspect.code) for item in edition.items for aspect in item.aspects}
    for own in lexicon.languages.values():
        named = {(term.item, term.aspect) for term in own.terms if term.aspect}
        assert named <= known
        assert {item for item, _ in named} == {item for item, _ in known}


@pytest.mark.parametrize(("language", "least"), [("nl", 60), ("fr", 60), ("de", 40)])
def test_the_shipped_lexicon_is_broad(language, least):
    counts = {}
    for term in shipped().languages[language].lexicon.terms:
        counts[term.item] = counts.get(term.item, 0) + (term.kind is not TermKind.NEGATIVE)
    assert {item: count for item, count in counts.items() if count < least and not item.startswith("T")} == {}


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_titles_are_those_of_the_edition(language):
    titles = {item.code: item.title[language] for item in plain_edition().items}
    assert dict(shipped().lexicon.languages[language].titles) == titles


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_a_shipped_file_stays_small_enough_to_review(language):
    assert (FOLDER / f"lexicon-{EDITION}.{language}.yaml").stat().st_size < 500_000


def plain_edition():
    return parse_edition((FOLDER / f"{EDITION}.yaml").read_bytes())


def test_matching_knows_neither_django_nor_extraction():
    folder = Path(plans.matching.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert [
                name for name in names if name.startswith(("django", "framework", "plans.extraction"))
            ] == []
