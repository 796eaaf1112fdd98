"""The shipped figures: never stale, and the shares worked out of them."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from plans.selectors.shipped_figures import (
    FigureRow,
    Figures,
    Tally,
    f1_of,
    item_rows,
    language_rows,
    precision_of,
    read_shipped_figures,
    recall_of,
    share_of,
    total_row,
)
from tests.plans.matching.shipped import DATA, EDITION, FOLDER

DEVELOPED = (
    "independent.jsonl",
    "passages.jsonl",
    "probes.jsonl",
    "unrelated.jsonl",
    "unrelated_prose.jsonl",
)
INDEPENDENT = "fresh.jsonl"


def measure(out, *files, independent=(), edition=EDITION):
    more = {"independent": [str(path) for path in independent]} if independent else {}
    call_command(
        "measure_lexicon",
        *map(str, files),
        edition=edition,
        out=str(out),
        stdout=StringIO(),
        **more,
    )


def test_the_shipped_figures_are_those_of_the_shipped_lexicon(tmp_path):
    # docs/development.md says how they are written anew.
    again = tmp_path / "figures.json"
    measure(again, *(DATA / name for name in DEVELOPED), independent=[DATA / INDEPENDENT])
    assert again.read_text() == (FOLDER / f"figures-{EDITION}.json").read_text()


def test_every_file_of_labelled_passages_is_measured():
    figures = read_shipped_figures(EDITION)
    names = {name: [file.name for file in one.files] for name, one in figures.sets.items()}
    assert names == {"independent": [INDEPENDENT], "developed": list(DEVELOPED)}
    assert {path.name for path in DATA.glob("*.jsonl")} == {INDEPENDENT, *DEVELOPED}


def test_an_edition_without_figures():
    assert read_shipped_figures("kiv-2016-2019") is None


@pytest.fixture
def labelled(tmp_path):
    """Three passages: one right, one missed for T5, one about nothing."""
    rows = [
        {"lang": "nl", "text": "Wij pakken de drugshandel aan.", "labels": ["P3"]},
        {"lang": "nl", "text": "Wij pakken de drugshandel aan, ook elders.", "labels": ["P3", "T5"]},
        {"lang": "fr", "text": "Le poste est ouvert le lundi.", "labels": []},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def test_counts_of_a_small_set(labelled, tmp_path):
    out = tmp_path / "out.json"
    measure(out, independent=[labelled])
    figures = Figures.model_validate_json(out.read_bytes())
    assert list(figures.sets) == ["independent"]
    measured = figures.sets["independent"]
    assert (measured.is_independent, measured.passages, measured.unlabelled) == (True, 3, 1)
    assert measured.languages == {"fr": 1, "nl": 2}
    assert measured.any.total == Tally(tp=2, fp=0, fn=1)
    assert measured.any.items["T5"] == Tally(tp=0, fp=0, fn=1)
    assert measured.any.languages == {"fr": Tally(tp=0, fp=0, fn=0), "nl": Tally(tp=2, fp=0, fn=1)}
    assert measured.any.alarms == 0
    rows = {row.key: row for row in item_rows(measured)}
    assert (rows["P3"].passages, rows["T5"].passages, rows["P1"].passages) == (2, 1, 0)
    assert [(row.key, row.passages) for row in language_rows(measured)] == [("nl", 2), ("fr", 1)]
    assert total_row(measured).passages == 3


def test_developed_passages_are_never_called_independent(labelled, tmp_path):
    out = tmp_path / "out.json"
    measure(out, labelled)
    figures = Figures.model_validate_json(out.read_bytes())
    assert {name: one.is_independent for name, one in figures.sets.items()} == {"developed": False}


@pytest.mark.parametrize(
    ("content", "edition", "line"),
    [
        (None, EDITION, "cannot be read: No such file or directory"),
        ('{"lang": "nl", "text": "x", "labels": ["Z9"]}', EDITION, "line 1: the edition has no item Z9"),
        ('{"lang": "nl", "text": "x", "labels": []}', "kiv-9", "kiv-9: there is no lexicon of this edition"),
    ],
)
def test_what_cannot_be_measured_writes_nothing(content, edition, line, tmp_path, capsys):
    path, out = tmp_path / "rows.jsonl", tmp_path / "out.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SystemExit) as stopped:
        measure(out, path, edition=edition)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.strip().endswith(line)
    assert not out.exists()


def test_shares_by_hand():
    tally = Tally(tp=8, fp=2, fn=0)
    found = [(share.trials, round(share.percent, 1)) for share in (precision_of(tally), recall_of(tally))]
    assert found == [(10, 80.0), (8, 100.0)]
    share = precision_of(tally)
    assert (round(share.low, 1), round(share.high, 1)) == (49.0, 94.3)


def test_f1_with_its_interval():
    share = f1_of(Tally(tp=8, fp=2, fn=2))
    inner = share_of(8, 12)
    assert share.percent == pytest.approx(80)
    ends = [2 * one / (100 + one) * 100 for one in (inner.low, inner.high)]
    assert [share.low, share.high] == pytest.approx(ends)
    assert share.low < share.percent < share.high


def test_nothing_of_nothing_is_no_share():
    nothing = Tally(tp=0, fp=0, fn=0)
    shares = [precision_of(nothing), recall_of(nothing), f1_of(nothing)]
    assert [(share.trials, share.percent) for share in shares] == [(0, None)] * 3


@pytest.mark.parametrize(("passages", "is_few"), [(0, True), (9, True), (10, False)])
def test_few_passages_are_marked(passages, is_few):
    assert FigureRow("A", passages, *[share_of(1, 1)] * 5).is_few is is_few
