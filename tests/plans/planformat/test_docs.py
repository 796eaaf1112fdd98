"""docs/plan-format.md: every example is read as the page says, and the page names every field and value."""

import re

import pytest
import yaml

from kiv.datafile import FileRefused
from plans.planformat import dump_plan, read_plan, types
from plans.planformat.scoring_input import scoring_input
from plans.planformat.sheet_layout import LAYOUTS
from plans.scoring import ChainLink, Choice, Element, Reason, score_plan
from tests.plans.planformat.editions import ROOT, shipped_editions

PAGE = (ROOT / "docs" / "plan-format.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
HEADER = BLOCKS[0]
FRAGMENTS = [block for block in BLOCKS if block.startswith("# fragment")]
REFUSED = [block for block in BLOCKS if block.startswith("# refused")]
WHOLE = [block for block in BLOCKS if block not in FRAGMENTS and block not in REFUSED]
EDITIONS = shipped_editions()


def read(text):
    return read_plan(text.encode(), EDITIONS)


def test_the_page_has_examples_of_every_sort():
    assert (len(WHOLE), len(FRAGMENTS), len(REFUSED)) == (2, 4, 3)


@pytest.mark.parametrize("block", [*WHOLE, *(HEADER + fragment for fragment in FRAGMENTS)])
def test_examples_are_read_written_and_read_again(block):
    content = read(block)
    assert read(dump_plan(content)) == content


@pytest.mark.parametrize("block", REFUSED)
def test_mistakes_are_answered_as_the_page_says(block):
    expected = [line[4:] for line in block.splitlines() if line.startswith("# → ")]
    with pytest.raises(FileRefused) as refusal:
        read(block)
    found = [str(problem) for problem in refusal.value.problems]
    assert found == expected


def test_the_full_plan_scores_as_counted_by_hand():
    """P7: objective 1 earns G2 A2 I2 M2 C2 and the diagnosis D2; T2 is named by an action only (G1)."""
    content = read(WHOLE[1])
    score = score_plan(scoring_input(content, EDITIONS[content.edition]))
    by_code = {item.item: item for item in score.items}
    seen = {code: (by_code[code].level, str(by_code[code].digits), by_code[code].state) for code in by_code}
    assert {code: seen[code] for code in ("P1", "P4", "P7", "P10", "T2")} == {
        "P1": (1, "D0 G1 A0 I0 M0 C0", "to_elaborate"),
        "P4": (0, "D0 G0 A0 I0 M0 C0", "motivated"),
        "P7": (4, "D2 G2 A2 I2 M2 C2", "elaborated"),
        "P10": (1, "D1 G0 A0 I0 M0 C0", "regular"),
        "T2": (2, "D0 G1 A2 I2 M0 C2", "open"),
    }
    assert by_code["P7"].objective == "1"
    assert score.own_priorities == ("3",)


@pytest.mark.parametrize(
    "model",
    [
        types.PlanContent,
        types.PlanHeader,
        types.ObjectiveEntry,
        types.ActionEntry,
        types.IndicatorEntry,
        types.DiagnosisEntry,
        types.ChoiceEntry,
        types.PassageEntry,
    ],
)
def test_every_field_stands_in_a_table(model):
    rows = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE))
    assert set(model.model_fields) - rows == set()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_column_of_a_spreadsheet_stands_in_its_row(layout):
    (row,) = re.findall(rf"^\| `{layout.name}` \| .* \| (.*) \|$", PAGE, re.MULTILINE)[-1:]
    assert re.findall(r"`(\w+)`", row) == [column.field for column in layout.columns]


@pytest.mark.parametrize("values", [ChainLink, Choice, Reason, Element, types.DIAGNOSIS_KINDS])
def test_every_value_is_named(values):
    assert [str(value) for value in values if f"`{value}`" not in PAGE] == []


@pytest.mark.parametrize(
    "bound",
    [
        types.TITLE_LENGTH,
        types.SHORT_LENGTH,
        types.TEXT_LENGTH,
        types.MAX_OBJECTIVES,
        types.MAX_ON_OBJECTIVE,
        types.MAX_DIAGNOSES,
        types.MAX_PASSAGES,
        types.MAX_ITEMS,
    ],
)
def test_every_bound_is_told(bound):
    assert re.search(rf"\b{bound}\b", PAGE)


def test_examples_are_plain_yaml_too():
    """A reader's own YAML program reads the whole examples alike."""
    assert [yaml.safe_load(block)["plan"]["name"] for block in WHOLE] == ["PZ Voorbeeld · 2026-2031"] * 2
