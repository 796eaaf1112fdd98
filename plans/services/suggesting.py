"""Bringing what the matcher says into the rows, without ever touching what a person decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from plans.enums import Verdict
from plans.matching import MATCHER_VERSION, Match
from plans.models import Assessment, Document, Passage, Suggestion
from plans.selectors.lexicons import ReadyLexicon, lexicon_in_force
from plans.selectors.suggestions import match_detail, match_rows

#: What a fresh answer of the matcher replaces.
COLUMNS = ("lexicon_id", "matcher", "tier", "score", "rule", "criterion", "is_lead", "detail")

#: Code of an item → the values of COLUMNS, for one passage.
Answers = Mapping[str, Mapping[str, Any]]


def suggest_for_document(*, assessment: Assessment, document: Document) -> None:
    """Match all passages of the document again and store what differs. Inside a change.

    Without a lexicon for the edition nothing is suggested. Decided suggestions stay as they are.
    """
    lexicon = lexicon_in_force(assessment.edition)
    if lexicon is None:
        return
    rows = list(document.passages.order_by("position"))
    store_answers(assessment, document, rows, answers_of(document, rows, lexicon))


def answers_of(document: Document, rows: Sequence[Passage], lexicon: ReadyLexicon) -> list[Answers]:
    """What the matcher says of each passage, ready to be stored. Reads and writes nothing."""
    return [
        {match.item: _columns(match, lexicon) for match in matches}
        for matches in match_rows(document, rows, lexicon.compiled)
    ]


def store_answers(
    assessment: Assessment, document: Document, rows: Sequence[Passage], answers: Sequence[Answers]
) -> None:
    """Make the open suggestions those of `answers`, one per row; what is stored already is not written."""
    ids = dict(assessment.edition.items.values_list("code", "pk"))
    stored = {
        (row.passage_id, row.item_id): row
        for row in Suggestion.objects.filter(assessment=assessment, passage__document=document)
    }
    fresh, changed = [], []
    for row, answer in zip(rows, answers, strict=True):
        for code, columns in answer.items():
            # A lexicon may be older than a correction of the edition: what it names must exist.
            if (item_id := ids.get(code)) is None:
                continue
            suggestion = stored.pop((row.pk, item_id), None)
            if suggestion is None:
                fresh.append(Suggestion(assessment=assessment, passage=row, item_id=item_id, **columns))
            elif suggestion.verdict == Verdict.OPEN and _differs(suggestion, columns):
                for name, value in columns.items():
                    setattr(suggestion, name, value)
                changed.append(suggestion)
    left = [row.pk for row in stored.values() if row.verdict == Verdict.OPEN]
    Suggestion.objects.filter(pk__in=left).delete()
    Suggestion.objects.bulk_create(fresh, batch_size=500)
    # Not bulk_update: its CASE for every row and column takes ten times as long, while others wait.
    Suggestion.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=[name.removesuffix("_id") for name in COLUMNS],
    )


def _differs(suggestion: Suggestion, columns: Mapping[str, Any]) -> bool:
    return any(getattr(suggestion, name) != value for name, value in columns.items())


def _columns(match: Match, lexicon: ReadyLexicon) -> dict[str, Any]:
    values = (
        lexicon.version.pk,
        MATCHER_VERSION,
        str(match.tier or ""),
        match.score,
        str(match.rule),
        match.criterion or "",
        match.is_lead,
        match_detail(match),
    )
    return dict(zip(COLUMNS, values, strict=True))
