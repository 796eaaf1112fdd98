"""Catalogues: compiled without gettext, and complete or named in what they lack."""

import gettext
import os

import pytest
from babel.messages.catalog import Catalog

from kiv import catalogues
from kiv.catalogues import compile_catalogues, find_problems, po_path
from kiv.localized import LANGUAGES

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@pytest.fixture
def write(tmp_path):
    """`write(nl=…)`: four catalogues with this text, the named languages with their own."""

    def write_all(text: str, **own: str) -> None:
        for language in LANGUAGES:
            path = po_path(language, tmp_path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HEADER + own.get(language, text), encoding="utf-8")

    return write_all


def test_compiled_catalogue_is_what_gettext_reads(write, tmp_path):
    write('msgid "Plan"\nmsgstr "Plan"\n', nl='msgctxt "deadline"\nmsgid "open"\nmsgstr "nog open"\n')
    assert compile_catalogues(tmp_path) == list(LANGUAGES)
    with po_path("nl", tmp_path).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).pgettext("deadline", "open") == "nog open"


def test_only_what_changed_is_compiled(write, tmp_path):
    write('msgid "Plan"\nmsgstr "Plan"\n')
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []
    path = po_path("fr", tmp_path)
    os.utime(path, (path.stat().st_mtime + 10,) * 2)
    assert compile_catalogues(tmp_path) == ["fr"]


def test_complete_catalogues_have_no_problems(write, tmp_path):
    write(
        'msgid "one plan"\nmsgid_plural "%(count)s plans"\n'
        'msgstr[0] "één plan"\nmsgstr[1] "%(count)s plannen"\n\nmsgid "100 %"\nmsgstr "100 %"\n'
    )
    assert find_problems(tmp_path) == []


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ('msgid "Zone %(code)s"\nmsgstr ""\n', "has no translation"),
        ('#, fuzzy\nmsgid "Zone %(code)s"\nmsgstr "Zone %(code)s"\n', "is marked fuzzy"),
        (
            'msgid "Zone %(code)s"\nmsgstr "Zone %(kode)s"\n',
            "has other placeholders in 'Zone %(kode)s'",
        ),
        ('msgid "Zone %(code)s"\nmsgstr "Zone"\n', "has other placeholders in 'Zone'"),
        (
            'msgid "Zone %(code)s"\nmsgstr "<b>Zone</b> %(code)s"\n',
            "has other placeholders in '<b>Zone</b> %(code)s'",
        ),
        (
            'msgid "Zone %(code)s"\nmsgstr "Zone %(code)s\\n"\n',
            "begins or ends on another line in 'Zone %(code)s\\n'",
        ),
        ("", "is missing"),
    ],
)
def test_each_problem_is_named(write, tmp_path, own, problem):
    write('msgid "Zone %(code)s"\nmsgstr "Zone %(code)s"\n', de=own)
    assert find_problems(tmp_path) == [f"de: 'Zone %(code)s' {problem}"]


def test_missing_catalogue_is_named(write, tmp_path):
    write('msgid "Plan"\nmsgstr "Plan"\n')
    po_path("fr", tmp_path).unlink()
    assert find_problems(tmp_path) == ["fr: no catalogue"]


@pytest.fixture
def sources(monkeypatch) -> Catalog:
    """Sources with two messages, one of them in two forms."""
    template = Catalog()
    template.add("Plan", locations=[("plans/enums.py", 3)])
    template.add(("one zone", "%(count)s zones"), flags=["python-format"])
    monkeypatch.setattr(catalogues, "extract_template", lambda: template)
    return template


def test_update_keeps_translations_drops_what_is_gone_and_fills_english(write, tmp_path, sources):
    write('msgid "Gone"\nmsgstr "Weg"\n\nmsgid "Plan"\nmsgstr "Plan (nl)"\n')
    assert catalogues.find_differences(tmp_path) == [
        "not in the catalogues: 'one zone'",
        "no longer in the sources: 'Gone'",
    ]

    catalogues.update_catalogues(tmp_path)

    assert catalogues.find_differences(tmp_path) == []
    body = po_path("nl", tmp_path).read_text().split("\n\n", 1)[1]
    assert body.strip() == (
        'msgid "Plan"\nmsgstr "Plan (nl)"\n\n'
        '#, python-format\nmsgid "one zone"\nmsgid_plural "%(count)s zones"\nmsgstr[0] ""\nmsgstr[1] ""'
    )
    assert 'msgid "Plan"\nmsgstr "Plan"\n' in po_path("en", tmp_path).read_text()
    assert find_problems(tmp_path) == [
        f"{each}: 'one zone' has no translation" for each in ("nl", "fr", "de")
    ]


def test_a_message_that_got_a_plural_is_to_be_translated_again(write, tmp_path, sources):
    write('msgid "Plan"\nmsgstr "Plan"\n\nmsgid "one zone"\nmsgstr "één zone"\n')
    catalogues.update_catalogues(tmp_path)
    fuzzy = [problem for problem in find_problems(tmp_path) if problem.endswith("is marked fuzzy")]
    assert fuzzy == [f"{each}: 'one zone' is marked fuzzy" for each in ("nl", "fr", "de")]
    assert {problem.partition(":")[0] for problem in find_problems(tmp_path)} == {"nl", "fr", "de"}


def test_update_without_news_changes_no_byte(tmp_path, sources):
    catalogues.update_catalogues(tmp_path)
    before = [po_path(language, tmp_path).read_bytes() for language in LANGUAGES]
    catalogues.update_catalogues(tmp_path)
    assert [po_path(language, tmp_path).read_bytes() for language in LANGUAGES] == before
