"""The figures of a shipped lexicon on labelled passages: how they are counted, kept in a file, and read.

What lives here: the format of `framework/data/figures-<edition>.json`, which holds counts only, and the
shares with their 95 % intervals that are worked out of them. Not here: what people decided in this
installation (selectors.quality). `manage.py measure_lexicon` writes the file; a test holds it to what the
code does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

from plans import matching
from plans.matching.evaluate import Counts, Measure, Row

FORMAT = "kiv-figures/1"
FOLDER = settings.BASE_DIR / "framework" / "data"
#: Below this many passages a share says little.
FEW = 10

Number = Annotated[int, Field(strict=True, ge=0)]
SetName = Literal["independent", "developed"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tally(Strict):
    """Pairs of passage and item: suggested rightly, suggested wrongly, not suggested."""

    tp: Number
    fp: Number
    fn: Number


class TierFigures(Strict):
    """One tier over one set; `alarms`: passages without any label that got a suggestion all the same."""

    total: Tally
    items: dict[str, Tally]
    languages: dict[str, Tally]
    alarms: Number


class MeasuredFile(Strict):
    """One file of labelled passages, by its content."""

    name: str
    sha256: str
    passages: Number


class SetFigures(Strict):
    """`any` counts strong and possible suggestions together; `languages` counts passages, labelled or not."""

    files: tuple[MeasuredFile, ...]
    is_independent: bool
    passages: Number
    unlabelled: Number
    languages: dict[str, Number]
    any: TierFigures
    strong: TierFigures


class LexiconMeasured(Strict):
    number: Number
    sha256: str


class Figures(Strict):
    """What was measured, with which lexicon and matcher. `lexicon.sha256` is that of the stored version."""

    format: Literal["kiv-figures/1"] = FORMAT
    edition: str
    lexicon: LexiconMeasured
    matcher: str
    sets: dict[SetName, SetFigures]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `percent`, `low` and `high` (95 %) from 0 to 100, None when nothing was tried."""

    trials: int
    percent: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One item or language of a set; `passages` is how many address the item or are in the language."""

    key: str
    passages: int
    precision: Share
    recall: Share
    f1: Share
    strong_precision: Share
    strong_recall: Share

    @property
    def is_few(self) -> bool:
        return self.passages < FEW


def figures_path(edition: str) -> Path:
    return FOLDER / f"figures-{edition}.json"


def read_shipped_figures(edition: str) -> Figures | None:
    """The shipped figures of an edition's code, None when nothing was measured for it."""
    try:
        return Figures.model_validate_json(figures_path(edition).read_bytes())
    except FileNotFoundError:
        return None


def measure_set(
    files: Sequence[MeasuredFile],
    rows: Sequence[Row],
    lexicon: matching.CompiledLexicon,
    *,
    is_independent: bool,
) -> SetFigures:
    """Run the lexicon over labelled passages and count."""
    result = matching.evaluate(rows, matching.suggest(rows, lexicon), lexicon.items)
    return SetFigures(
        files=tuple(files),
        is_independent=is_independent,
        passages=len(rows),
        unlabelled=result["any"].unlabelled,
        languages=dict(sorted(Counter(row.lang for row in rows).items())),
        any=_tier(result["any"]),
        strong=_tier(result["strong"]),
    )


def share_of(successes: int, trials: int) -> Share:
    """A share with its Wilson interval."""
    if not trials:
        return Share(0)
    low, high = matching.wilson(successes, trials)
    return Share(trials, 100 * successes / trials, 100 * low, 100 * high)


def precision_of(tally: Tally) -> Share:
    """Of what was suggested, how much is right."""
    return share_of(tally.tp, tally.tp + tally.fp)


def recall_of(tally: Tally) -> Share:
    """Of what should be suggested, how much is."""
    return share_of(tally.tp, tally.tp + tally.fn)


def f1_of(tally: Tally) -> Share:
    """F1 = 2J / (1 + J) with J the share tp of tp + fp + fn, so the Wilson interval of J carries over."""
    inner = share_of(tally.tp, tally.tp + tally.fp + tally.fn)
    if not inner.trials:
        return inner
    ends = (200 * value / (100 + value) for value in (inner.percent, inner.low, inner.high))
    return Share(inner.trials, *ends)


def total_row(figures: SetFigures) -> FigureRow:
    """The whole set."""
    return _row("", figures.passages, figures.any.total, figures.strong.total)


def item_rows(figures: SetFigures) -> list[FigureRow]:
    """By item code, in the order of the lexicon."""
    return [
        _row(code, tally.tp + tally.fn, tally, figures.strong.items[code])
        for code, tally in figures.any.items.items()
    ]


def language_rows(figures: SetFigures) -> list[FigureRow]:
    """By language, most passages first."""
    ordered = sorted(figures.languages.items(), key=lambda pair: -pair[1])
    return [
        _row(language, passages, figures.any.languages[language], figures.strong.languages[language])
        for language, passages in ordered
    ]


def _row(key: str, passages: int, any_tier: Tally, strong: Tally) -> FigureRow:
    return FigureRow(
        key,
        passages,
        precision_of(any_tier),
        recall_of(any_tier),
        f1_of(any_tier),
        precision_of(strong),
        recall_of(strong),
    )


def _tier(measured: Measure) -> TierFigures:
    return TierFigures(
        total=_tally(measured.micro),
        items={item: _tally(counts) for item, counts in measured.per_item.items()},
        languages={language: _tally(counts) for language, counts in measured.per_language.items()},
        alarms=measured.alarms,
    )


def _tally(counts: Counts) -> Tally:
    return Tally(tp=counts.tp, fp=counts.fp, fn=counts.fn)
