"""The figures of an evaluation against cases worked out by hand, and the command."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from plans.matching import BadRows, Tier, as_data, evaluate, parse_rows, wilson
from plans.matching.evaluate import Row

ITEMS = ("A", "B", "C")
ROWS = [
    Row("1", "nl", "", frozenset("A")),
    Row("2", "nl", "", frozenset("AB")),
    Row("3", "fr", "", frozenset()),
    Row("4", "fr", "", frozenset()),
]
SUGGESTED = [
    {"A": Tier.STRONG},
    {"A": Tier.POSSIBLE, "C": Tier.STRONG},
    {"B": Tier.POSSIBLE},
    {},
]


def test_figures_by_hand():
    # any: A 2 right; B 1 wrong, 1 missed; C 1 wrong. strong: A 1 right, 1 missed; B 1 missed; C 1 wrong.
    data = as_data(evaluate(ROWS, SUGGESTED, ITEMS))
    assert data["any"] == {
        "micro": {"precision": 0.5, "recall": 0.6667, "f1": 0.5714},
        "macro": {"precision": 0.3333, "recall": 0.3333, "f1": 0.3333},
        "per_item": {
            "A": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
            "B": {"precision": 0.0, "recall": 0.0, "f1": 0.0},
            "C": {"precision": 0.0, "recall": 0.0, "f1": 0.0},
        },
        "per_language": {
            "fr": {"precision": 0.0, "recall": 0.0, "f1": 0.0},
            "nl": {"precision": 0.6667, "recall": 0.6667, "f1": 0.6667},
        },
        "negative_false_alarm": 0.5,
    }
    assert data["strong"]["micro"] == {"precision": 0.5, "recall": 0.3333, "f1": 0.4}
    assert data["strong"]["negative_false_alarm"] == 0.0


def test_an_item_that_nobody_names_does_not_count_in_the_mean():
    data = as_data(evaluate(ROWS[:1], SUGGESTED[:1], ITEMS))
    assert data["any"]["macro"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_interval_of_a_share():
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)


def test_interval_of_f1_is_the_same_every_time_and_holds_the_value():
    one, two = (evaluate(ROWS * 20, SUGGESTED * 20, ITEMS)["any"] for _ in range(2))
    assert one.f1_interval == two.f1_interval
    low, high = one.f1_interval
    assert low < one.micro.f1 < high


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff", "not UTF-8 text (byte 0)"),
        (b"{", "line 1: not JSON"),
        (b"[]", "line 1: expected an object with id, lang, text and labels"),
        (b'{"text": "x"}', "line 1: labels must be a list of item codes"),
        (
            b'{"text": "x", "labels": ["A"]}\n{"text": "x", "labels": ["Z"]}',
            "line 2: the edition has no item Z",
        ),
        (b"\n\n", "no passages"),
        (b"[" * 100_000, "line 1: not JSON"),
    ],
)
def test_files_that_cannot_be_read(data, message):
    with pytest.raises(BadRows) as reason:
        parse_rows(data, ITEMS)
    assert str(reason.value) == message


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("evaluate_matching", *map(str, arguments), stdout=out, stderr=err)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labelled.jsonl"
    rows = [
        {"id": "1", "lang": "nl", "text": "Woninginbraken", "labels": ["P7"]},
        {"id": "2", "lang": "nl", "text": "De korpschef tekent.", "labels": []},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_command_prints_json(labelled):
    status, out, err = run(labelled, "--json")
    data = json.loads(out)
    assert (status, err, set(data)) == (0, "", {"any", "strong"})
    assert list(data["any"]) == ["micro", "macro", "per_item", "per_language", "negative_false_alarm"]
    assert len(data["any"]["per_item"]) == 15
    assert (data["any"]["per_item"]["P7"]["f1"], data["any"]["negative_false_alarm"]) == (1.0, 0.0)


def test_command_prints_lines_with_intervals(labelled):
    status, out, err = run(labelled)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "2 passages; 95 % intervals in brackets"
    assert "  P7        precision 1.000 [0.21-1.00]  recall 1.000 [0.21-1.00]  f1 1.000" in out.splitlines()


@pytest.mark.parametrize("content", [None, b"{", b"\xff\xfe"])
def test_command_says_in_one_line_what_it_cannot_read(tmp_path, content):
    path = tmp_path / "bad.jsonl"
    if content is not None:
        path.write_bytes(content)
    status, out, err = run(path)
    assert (status, out, len(err.splitlines())) == (2, "", 1)


def test_command_knows_only_editions_with_a_lexicon(labelled):
    status, out, err = run(labelled, "--edition", "kiv-1999")
    assert (status, out, err) == (2, "", "kiv-1999: there is no lexicon of this edition\n")
