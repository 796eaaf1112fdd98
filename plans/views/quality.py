"""How good are the suggestions: on labelled passages, and by what people decided here. Aggregates only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from framework.models import Edition, Item
from plans.selectors.quality import count_decisions, editions_with_lexicon
from plans.selectors.shipped_figures import (
    SetFigures,
    item_rows,
    language_rows,
    read_shipped_figures,
    share_of,
    total_row,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: of an item, of a language ("" when it is not known), or of all together."""

    row: Any
    item: Item | None = None
    language: str | None = None


@require_safe
def suggestion_quality(request):
    """For everybody who is signed in; `?edition=` is the code of a published edition with a lexicon."""
    editions = list(editions_with_lexicon())
    edition = _asked_edition(editions, request.GET.get("edition", ""))
    context = {"editions": editions, "edition": edition}
    if edition is not None:
        items = list(edition.items.all())
        context |= _measured(edition, items) | {"decisions": _decided(edition, items)}
    return render(request, "plans/suggestion_quality.html", context)


def _asked_edition(editions: list[Edition], code: str) -> Edition | None:
    if not code:
        return editions[0] if editions else None
    for edition in editions:
        if edition.code == code:
            return edition
    raise Http404


def _measured(edition: Edition, items: list[Item]) -> dict[str, Any]:
    """What the template says of the shipped figures, of which there may be none."""
    figures = read_shipped_figures(edition.code)
    if figures is None:
        return {"figures": None, "independent": None, "developed": None, "is_other_lexicon": False}
    return {
        "figures": figures,
        "independent": _shown(figures.sets.get("independent"), items),
        "developed": _shown(figures.sets.get("developed"), items),
        "is_other_lexicon": figures.lexicon.sha256 != edition.lexicon_sha256,
    }


def _shown(measured: SetFigures | None, items: list[Item]) -> dict[str, Any] | None:
    if measured is None:
        return None
    total = total_row(measured)
    by_code = {row.key: row for row in item_rows(measured)}
    return {
        "passages": measured.passages,
        "unlabelled": measured.unlabelled,
        "total": total,
        "items": [Line(by_code[item.code], item=item) for item in items if item.code in by_code]
        + [Line(total)],
        "languages": [Line(row, language=row.key) for row in language_rows(measured)],
        "alarms": share_of(measured.any.alarms, measured.unlabelled),
        "strong_alarms": share_of(measured.strong.alarms, measured.unlabelled),
    }


def _decided(edition: Edition, items: list[Item]) -> Mapping[str, Any] | None:
    """None when nobody decided anything yet."""
    found = count_decisions(edition)
    if found.total.is_empty:
        return None
    return {
        "items": [Line(found.items[item.pk], item=item) for item in items if item.pk in found.items]
        + [Line(found.total)],
        "languages": [Line(row, language=language) for language, row in found.languages.items()],
    }
