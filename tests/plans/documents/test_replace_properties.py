"""Any documents after each other: what both hold keeps rows and decisions, and only what is there counts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import extraction
from plans.planformat import scoring_input
from plans.scoring import score_as_json, score_plan
from plans.selectors.scoring_input import plan_content, scoring_items
from plans.services.decisions import Ticks, accept_passage, decide
from plans.services.editing import StaleEdit
from tests.plans.documents.acting import (
    bare,
    check_consistent,
    replace,
    scores,
)
from tests.plans.papers import EMPTY, item_of, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

WORDS = ("Wij controleren drugs.", "Er ligt zwerfvuil.", "Inbraak daalt.", "Het onthaal is open.")
BLOCKS = st.one_of(st.sampled_from(WORDS), st.sampled_from(["# Een", "# Twee"]))
PAPERS = st.lists(BLOCKS, min_size=1, max_size=7).filter(lambda blocks: any(b in WORDS for b in blocks))
DECISIONS = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from(["A1", "A4", "B1"]), st.sampled_from("aarsm")), max_size=8
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=st.lists(PAPERS, min_size=2, max_size=3), wanted=DECISIONS)
def test_any_papers_after_each_other(blank, blocks, wanted):
    """Passages in both files keep rows and decisions; the rest is gone; returning brings all back."""
    texts = ["\n\n".join(one) + f"\n\nVersie {number}.\n" for number, one in enumerate(blocks)]
    document = upload(blank, texts[0], name=f"{len(blank.version.documents.all())}.md")
    try:
        decide_some(blank, document, wanted)
        check_consistent(blank)
        for text in [*texts[1:], texts[0]]:
            before = keep(blank, document)
            evidence = {piece.pk: piece for piece in blank.passages.all()}
            replace(document, text)
            check_consistent(blank)
            after = keep(blank, document)
            now = {row.identity for row in extraction.extract(text.encode(), name="x.md").passages}
            assert set(after) == now
            for identity in set(before) & now:
                assert after[identity] == before[identity]
            for piece in blank.passages.exclude(is_gone=True):
                assert piece.identity in now
            for piece in blank.passages.filter(is_gone=True):
                assert piece.identity not in now
            assert {piece.pk for piece in blank.passages.all()} <= set(evidence)
            assert counted(blank) == scores_without_gone(blank)
    finally:
        blank.version.documents.all().delete()
        blank.passages.all().delete()


def decide_some(assessment, document, wanted):
    rows = list(document.passages.all())
    for at, code, what in wanted:
        values = {"assessment": assessment, "passage": rows[at % len(rows)], "by": None}
        item = item_of(assessment, code)
        try:
            if what == "m":
                other = item_of(assessment, "B2")
                accept_passage(**values, item=other, ticks=Ticks(["due"]), instead_of=item)
            elif what == "a":
                accept_passage(**values, item=item, ticks=Ticks(["action"]))
            else:
                decide(**values, item=item, verdict={"r": "rejected", "s": "set_aside"}[what])
        except StaleEdit:
            continue


def keep(assessment, document):
    """identity → (row, decisions on it)"""
    rows = document.passages.prefetch_related("suggestions")
    return {
        row.identity: (
            row.pk,
            sorted(
                (one.pk, one.item_id, one.verdict, one.moved_to_id, one.decided_at)
                for one in row.suggestions.all()
                if one.verdict != "open"
            ),
        )
        for row in rows
    }


def counted(assessment):
    return bare(scores(assessment))


def scores_without_gone(assessment):
    """Of a plan that never had the pieces that are gone."""
    content = plan_content(assessment)
    left = tuple(entry for entry in content.passages if not entry.no_longer_in_text)
    content = content.model_copy(update={"passages": left})
    return bare(score_as_json(score_plan(scoring_input(content, scoring_items(assessment.edition)))))


@pytest.fixture
def blank():
    assessment = make_world(EMPTY).assessment
    store_lexicon(assessment.edition)
    return assessment
