"""The process that typesets: what it is given, what it may not reach, and that it ends."""

import logging
import time
from datetime import UTC, datetime

import pytest

from plans.reports import typesetting
from plans.reports.typesetting import NotTypeset, typeset
from tests.plans.reports.reading import pdf_text

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)
#: What the frame of every template asks.
FRAME = {"title": "T", "place": "PZ", "language": "en"}


@pytest.fixture
def set_template(tmp_path, monkeypatch):
    """Sets a template of the test's own."""
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)

    def run(text: str, data=None) -> bytes:
        (tmp_path / "own.typ").write_text(text)
        return typeset("own.typ", FRAME | (data or {}), MOMENT)

    return run


def test_data_become_text(set_template):
    assert pdf_text(set_template("#data.words", {"words": "*not* #markup"})) == "*not* #markup T 1 / 1"


def test_the_moment_decides_the_date_and_nothing_else_changes(set_template):
    assert set_template("words") == set_template("words")


@pytest.mark.parametrize(
    "text", ['#read("/etc/hostname")', '#read("own.typ")', '#import "@preview/cetz:0.3.0"', "#panic()"]
)
def test_files_and_packages_are_out_of_reach(set_template, text):
    with pytest.raises(NotTypeset):
        set_template(text)


def test_it_ends(set_template, monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 1)
    begin = time.monotonic()
    with pytest.raises(NotTypeset):
        set_template("#for x in range(100000) { for y in range(100000) { lorem(99) } }")
    assert time.monotonic() - begin < 10


def test_no_words_of_the_document_reach_the_log(set_template, caplog):
    with caplog.at_level(logging.ERROR), pytest.raises(NotTypeset):
        set_template("#panic(data.words)", {"words": "SECRET"})
    assert "ended with status" in caplog.text
    assert "SECRET" not in caplog.text
