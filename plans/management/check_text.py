"""What `check_plan` prints: as data, as rows, as lines. What was found comes from selectors.suggestions."""

from collections.abc import Iterator, Sequence
from typing import Any

from plans.extraction import Document
from plans.selectors.suggestions import ItemSuggestions

#: Passages per item in the text form; the others are counted.
SHOWN = 5
#: A cell that begins so is taken for a formula by a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def check_data(
    file: str, edition: str, document: Document, items: Sequence[ItemSuggestions]
) -> dict[str, Any]:
    """The JSON of the command: every item of the edition, each with all its passages."""
    return {
        "file": file,
        "edition": edition,
        "passages": len(document.passages),
        "items": [
            {
                "code": one.item,
                "tier": one.tier and one.tier.value,
                "passages": [
                    {
                        "page": suggestion.passage.page,
                        "quote": suggestion.quote,
                        "tier": suggestion.match.tier.value,
                        "terms": list(suggestion.terms),
                    }
                    for suggestion in one.suggestions
                ],
            }
            for one in items
        ],
    }


def check_rows(items: Sequence[ItemSuggestions]) -> Iterator[tuple[str, ...]]:
    """The CSV of the command: a row for every passage, and one for an item without any."""
    yield ("item", "tier", "page", "quote", "terms")
    for one in items:
        for suggestion in one.suggestions:
            yield tuple(
                _defused(cell)
                for cell in (
                    one.item,
                    suggestion.match.tier.value,
                    "" if suggestion.passage.page is None else str(suggestion.passage.page),
                    suggestion.quote,
                    "; ".join(suggestion.terms),
                )
            )
        if not one.suggestions:
            yield (one.item, "", "", "", "")


def check_lines(
    file: str, edition: str, document: Document, items: Sequence[ItemSuggestions]
) -> Iterator[str]:
    """The text of the command."""
    found = sum(one.tier is not None for one in items)
    yield f"{file}: {len(document.passages)} passages; seems to contain {found} of {len(items)} of {edition}"
    yield "Suggestions, not evidence: a person decides."
    for one in items:
        yield ""
        yield f"{one.item}  {one.tier.value if one.tier else '–'}"
        for suggestion in one.suggestions[:SHOWN]:
            page = f"p. {suggestion.passage.page}  " if suggestion.passage.page else ""
            yield f"    {suggestion.match.tier.value:8}  {page}{suggestion.quote}"
            yield f"              {', '.join(suggestion.terms)}"
        if len(one.suggestions) > SHOWN:
            yield f"    and {len(one.suggestions) - SHOWN} more"


def _defused(cell: str) -> str:
    """An apostrophe keeps a spreadsheet from reading words of a plan as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
