"""How good the suggestions are on labelled passages: precision, recall, F1, with their uncertainty.

What lives here: reading `{"id","lang","text","labels"}` lines and counting. Not here: how it is printed (the
command). Ratios are floats from 0 to 1; a ratio over nothing is 0. Intervals: Wilson for shares, a bootstrap
over passages with a fixed seed for F1, both at 95 %.
"""

import json
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans.matching.enumeration import match_passage
from plans.matching.matcher import CompiledLexicon
from plans.matching.types import MatchInput, Tier

Z95 = 1.959964
RESAMPLES = 1_000
SEED = 2026


class BadRows(ValueError):
    """A file of labelled passages that cannot be read; the message is one line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled passage."""

    id: str
    lang: str
    text: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives, in pairs of passage and item."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One tier's figures. Macro: the mean over the items that were labelled or suggested at all."""

    micro: Counts
    per_item: dict[str, Counts]
    per_language: dict[str, Counts]
    alarms: int
    unlabelled: int
    f1_interval: tuple[float, float]

    @property
    def negative_false_alarm(self) -> float:
        return self.alarms / self.unlabelled if self.unlabelled else 0.0

    def macro(self, name: str) -> float:
        values = [getattr(counts, name) for counts in self.per_item.values() if counts != Counts()]
        return sum(values) / len(values) if values else 0.0


def parse_rows(data: bytes, items: Iterable[str]) -> list[Row]:
    """The rows of a JSON Lines file. Raises BadRows with the line number."""
    known = set(items)
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadRows(f"not UTF-8 text (byte {error.start})") from None
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise BadRows(f"line {number}: not JSON") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise BadRows(f"line {number}: expected an object with id, lang, text and labels")
        labels = row.get("labels")
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
            raise BadRows(f"line {number}: labels must be a list of item codes")
        if unknown := sorted(set(labels) - known):
            raise BadRows(f"line {number}: the edition has no item {unknown[0]}")
        rows.append(Row(str(row.get("id", number)), str(row.get("lang", "")), row["text"], frozenset(labels)))
    if not rows:
        raise BadRows("no passages")
    return rows


def suggest(rows: Sequence[Row], lexicon: CompiledLexicon) -> list[dict[str, Tier]]:
    """For each row: item → tier."""
    results = []
    for row in rows:
        matches = match_passage(MatchInput(row.text, row.lang or None), lexicon)
        results.append({found.item: found.tier for found in matches if found.tier})
    return results


def evaluate(
    rows: Sequence[Row], suggested: Sequence[dict[str, Tier]], items: Sequence[str]
) -> dict[str, Measure]:
    """{"any": …, "strong": …}: any tier, and the strong tier alone."""
    return {
        "any": measure(rows, [frozenset(found) for found in suggested], items),
        "strong": measure(
            rows,
            [frozenset(item for item, tier in found.items() if tier is Tier.STRONG) for found in suggested],
            items,
        ),
    }


def measure(rows: Sequence[Row], suggested: Sequence[frozenset[str]], items: Sequence[str]) -> Measure:
    """Compare labels with suggestions."""
    per_row = [
        Counts(len(row.labels & found), len(found - row.labels), len(row.labels - found))
        for row, found in zip(rows, suggested, strict=True)
    ]
    per_item = {
        item: sum(
            (
                Counts(
                    item in row.labels and item in found,
                    item not in row.labels and item in found,
                    item in row.labels and item not in found,
                )
                for row, found in zip(rows, suggested, strict=True)
            ),
            Counts(),
        )
        for item in items
    }
    languages = sorted({row.lang for row in rows})
    per_language = {
        language: sum(
            (counts for row, counts in zip(rows, per_row, strict=True) if row.lang == language), Counts()
        )
        for language in languages
    }
    empty = [found for row, found in zip(rows, suggested, strict=True) if not row.labels]
    return Measure(
        sum(per_row, Counts()), per_item, per_language, sum(map(bool, empty)), len(empty), _bootstrap(per_row)
    )


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); (0, 1) when nothing was tried."""
    if not trials:
        return 0.0, 1.0
    share = successes / trials
    middle = share + Z95**2 / (2 * trials)
    spread = Z95 * math.sqrt(share * (1 - share) / trials + Z95**2 / (4 * trials**2))
    scale = 1 + Z95**2 / trials
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _bootstrap(per_row: Sequence[Counts]) -> tuple[float, float]:
    """The 95 % interval of micro-F1 over resampled passages; the same for the same rows."""
    rng = random.Random(SEED)  # noqa: S311 (statistics, no secret)
    values = []
    for _ in range(RESAMPLES):
        tp = fp = fn = 0
        for counts in rng.choices(per_row, k=len(per_row)):
            tp, fp, fn = tp + counts.tp, fp + counts.fp, fn + counts.fn
        values.append(Counts(tp, fp, fn).f1)
    values.sort()
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def as_data(result: dict[str, Measure]) -> dict[str, object]:
    """Plain values in the shape of the command's JSON."""
    return {tier: _as_data(figures) for tier, figures in result.items()}


def _as_data(figures: Measure) -> dict[str, object]:
    names = ("precision", "recall", "f1")

    def told(counts: Counts) -> dict[str, float]:
        return {name: round(getattr(counts, name), 4) for name in names}

    return {
        "micro": told(figures.micro),
        "macro": {name: round(figures.macro(name), 4) for name in names},
        "per_item": {item: told(counts) for item, counts in figures.per_item.items()},
        "per_language": {language: told(counts) for language, counts in figures.per_language.items()},
        "negative_false_alarm": round(figures.negative_false_alarm, 4),
    }
