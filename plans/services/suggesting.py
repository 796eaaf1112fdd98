"""Bringing what the matcher says into the rows, without ever touching what a person decided."""

from collections.abc import Sequence

from plans.enums import Verdict
from plans.matching import MATCHER_VERSION, Match
from plans.models import Assessment, Document, Passage, Suggestion
from plans.selectors.lexicons import LexiconInForce, lexicon_in_force
from plans.selectors.suggestions import match_detail, match_rows

#: What a fresh answer of the matcher replaces.
COLUMNS = ("lexicon", "matcher", "tier", "score", "rule", "criterion", "is_lead", "detail")


def suggest_for_document(*, assessment: Assessment, document: Document) -> None:
    """Match all passages of the document again and store what differs. Inside a change.

    Without a lexicon for the edition nothing is suggested. Decided suggestions stay as they are.
    """
    lexicon = lexicon_in_force(assessment.edition)
    if lexicon is None:
        return
    rows = list(document.passages.order_by("position"))
    store_matches(assessment, document, rows, match_rows(document, rows, lexicon.compiled), lexicon)


def store_matches(
    assessment: Assessment,
    document: Document,
    rows: Sequence[Passage],
    matches: Sequence[Sequence[Match]],
    lexicon: LexiconInForce,
) -> None:
    """Make the open suggestions those of `matches` (one sequence per row)."""
    ids = dict(assessment.edition.items.values_list("code", "pk"))
    stored = {
        (row.passage_id, row.item_id): row
        for row in Suggestion.objects.filter(assessment=assessment, passage__document=document)
    }
    fresh, changed = [], []
    for row, found in zip(rows, matches, strict=True):
        for match in found:
            # A lexicon may be older than a correction of the edition: what it names must exist.
            if (item_id := ids.get(match.item)) is None:
                continue
            suggestion = stored.pop((row.pk, item_id), None)
            if suggestion is None:
                suggestion = Suggestion(assessment=assessment, passage=row, item_id=item_id)
                fresh.append(suggestion)
            elif suggestion.verdict != Verdict.OPEN:
                continue
            else:
                changed.append(suggestion)
            _fill(suggestion, match, lexicon)
    left = [row.pk for row in stored.values() if row.verdict == Verdict.OPEN]
    Suggestion.objects.filter(pk__in=left).delete()
    Suggestion.objects.bulk_create(fresh, batch_size=500)
    Suggestion.objects.bulk_update(changed, COLUMNS, batch_size=200)


def _fill(suggestion: Suggestion, match: Match, lexicon: LexiconInForce) -> None:
    suggestion.lexicon = lexicon.version
    suggestion.matcher = MATCHER_VERSION
    suggestion.tier = str(match.tier or "")
    suggestion.score = match.score
    suggestion.rule = str(match.rule)
    suggestion.criterion = match.criterion or ""
    suggestion.is_lead = match.is_lead
    suggestion.detail = match_detail(match)
