"""The figures of an evaluation as lines for a terminal. What they mean lives in plans.matching.evaluate."""

from collections.abc import Iterator

from plans.matching import wilson
from plans.matching.evaluate import Counts, Measure

_NAMES = {"any": "any tier", "strong": "strong tier"}


def evaluation_lines(result: dict[str, Measure], rows: int) -> Iterator[str]:
    """Every line, from the totals to the single items; intervals at 95 %."""
    yield f"{rows} passages; 95 % intervals in brackets"
    for tier, figures in result.items():
        yield ""
        yield _NAMES[tier]
        low, high = figures.f1_interval
        yield f"  micro     {_told(figures.micro)} F1 [{low:.2f}-{high:.2f}]"
        yield "  macro     " + "  ".join(
            f"{name} {figures.macro(name):.3f}" for name in ("precision", "recall", "f1")
        )
        for language, counts in figures.per_language.items():
            yield f"  {language or '?':<9} {_told(counts)}"
        for item, counts in figures.per_item.items():
            yield f"  {item:<9} {_told(counts)}"
        low, high = wilson(figures.alarms, figures.unlabelled)
        share = figures.negative_false_alarm
        yield (
            f"  false alarms on {figures.unlabelled} passages without label: "
            f"{share:.3f} [{low:.2f}-{high:.2f}]"
        )


def _told(counts: Counts) -> str:
    precision, recall = wilson(counts.tp, counts.tp + counts.fp), wilson(counts.tp, counts.tp + counts.fn)
    return (
        f"precision {counts.precision:.3f} [{precision[0]:.2f}-{precision[1]:.2f}]  "
        f"recall {counts.recall:.3f} [{recall[0]:.2f}-{recall[1]:.2f}]  f1 {counts.f1:.3f}"
    )
