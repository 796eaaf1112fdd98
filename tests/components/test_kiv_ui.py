"""Tags and filters: what a value reads like, to the eye and to the ear."""

import re

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from kiv.templatetags import kiv_ui
from plans.scoring.enums import Choice, Criterion, State


def render(source: str, **context) -> str:
    with translation.override("en"):
        return Template(source).render(Context(context)).strip()


def spoken(html: str) -> str:
    """The text a screen reader says: without what is aria-hidden."""
    html = re.sub(r'<span class="digits__row" aria-hidden="true">.*</span>', "", html, flags=re.DOTALL)
    html = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 not addressed"),
        (1, "1 mentioned"),
        (2, "2 objective and action"),
        (3, "3 operational"),
        (4, "4 followed up"),
    ],
)
def test_level_says_digit_and_words(value, words):
    assert spoken(render("{% level_mark value %}", value=value)) == words
    compact = render("{% level_mark value compact=True %}", value=value)
    assert spoken(compact) == words
    assert f'<span class="visually-hidden">{words[2:]}</span>' in compact
    assert f'href="#level-{value}"' in compact


@pytest.mark.parametrize("value", [-1, 5])
def test_level_outside_the_scale_is_refused(value):
    with pytest.raises(KeyError):
        render("{% level_mark value %}", value=value)


@pytest.mark.parametrize(
    "digits", [{"C": 2, "D": 2, "G": 2, "A": 1, "I": 1, "M": 0}, "D2 G2 A1 I1 M0 C2"], ids=["mapping", "text"]
)
def test_digits_name_their_criteria(digits):
    html = render("{% digits_mark digits %}", digits=digits)

    assert (
        spoken(html) == "diagnosis 2, goal 2, actions 1, implementation 1, monitoring 0, chain and partners 2"
    )
    assert re.findall(r'title="([^"]+)">(\w)</abbr>(\d)', html) == [
        ("diagnosis", "D", "2"),
        ("goal", "G", "2"),
        ("actions", "A", "1"),
        ("implementation", "I", "1"),
        ("monitoring", "M", "0"),
        ("chain and partners", "C", "2"),
    ]


def test_digits_without_a_criterion_are_refused():
    with pytest.raises(KeyError):
        render("{% digits_mark digits %}", digits={"D": 1})


@pytest.mark.parametrize(
    ("choice", "kind", "words"),
    [
        ("retained", "priority", "retained"),
        ("retained", "theme", "applied"),
        ("regular", "priority", "regular policing"),
        ("regular", "theme", "regular policing"),
        ("not_retained", "priority", "not retained"),
        ("not_retained", "theme", "not applied"),
        ("undecided", "priority", "still open"),
        ("undecided", "theme", "still open"),
    ],
)
def test_choice_is_said_in_the_words_of_its_kind(choice, kind, words):
    html = render("{% choice_chip choice kind %}", choice=choice, kind=kind)

    assert spoken(html) == words
    assert f'href="#choice-{choice}"' in html


def test_every_value_of_the_method_has_a_mark():
    """The layers keep the words here and the values there: a new value must not stay without words."""
    choices = [spoken(render("{% choice_chip c %}", c=choice)) for choice in Choice]
    states = [spoken(render("{% state_chip s %}", s=state)) for state in State]
    criteria = [render("{% criterion_name c %}", c=criterion) for criterion in Criterion]

    assert len(set(choices)) == len(Choice)
    assert len(set(states)) == len(State)
    assert len(set(criteria)) == len(Criterion)


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ({"nl": "overlast", "en": "public nuisance"}, "public nuisance", "en"),
        ({"nl": "overlast", "fr": "les incivilités"}, "overlast", "nl"),
        ({"de": "Umwelt"}, "Umwelt", "de"),
        ({"nl": "", "fr": "l'environnement"}, "l&#x27;environnement", "fr"),
        ({}, "", "en"),
        (None, "", "en"),
        ("as it is", "as it is", "en"),
    ],
)
def test_localized_text_and_its_language(text, words, language):
    assert render("{{ text|localized }}", text=text) == words
    assert render("{{ text|localized_lang }}", text=text) == language


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "not known"), ("", "not known"), ("  ", "not known"), (0, "0"), ("5345", "5345")],
)
def test_unknown_is_said_and_zero_is_known(value, words):
    assert render("{% unknown value %}", value=value) == words


def test_unknown_escapes():
    assert render("{% unknown value %}", value="<b>") == "&lt;b&gt;"


def test_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icon "arrow" %}')
    labelled = render('{% icon "done" "applied" %}')
    assert 'role="img" aria-label="applied"' in labelled
    assert "aria-hidden" not in labelled


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "a: b"), ("fr", "a\u00a0: b"), ("de", "a: b"), ("en", "a: b")]
)
def test_colon_stands_as_the_language_sets_it(language, words):
    with translation.override(language):
        assert Template("a{% colon %} b").render(Context()) == words


def test_many_pages_are_elided():
    page = Paginator(range(1000), 10).get_page(50)
    assert list(kiv_ui.elided_pages(page)) == [1, "…", 48, 49, 50, 51, 52, "…", 100]
    short = Paginator(range(30), 10).get_page(2)
    assert list(kiv_ui.elided_pages(short)) == [1, 2, 3]
