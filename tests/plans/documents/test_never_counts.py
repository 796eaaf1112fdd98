"""Whatever the matcher suggests: without a person's yes to one passage it counts for nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.models import PassageEvidence, Suggestion
from plans.services import decisions
from plans.services.choices import confirm_proposals
from plans.services.entries import add_entry
from tests.plans.documents.acting import accept, replace, say, scores
from tests.plans.papers import EMPTY, PAPER, store_lexicon, upload
from tests.plans.services.acting import refs
from tests.plans.world import PLAN, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


SENTENCES = [part for part in PAPER.split("\n\n") if part.strip()]


@pytest.fixture(params=[EMPTY, PLAN], ids=["empty", "entered"])
def assessment(request):
    assessment = make_world(request.param).assessment
    store_lexicon(assessment.edition)
    return assessment


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), tier=st.sampled_from(["strong", ""])
)
def test_suggestions_change_no_score(assessment, parts, tier):
    before, evidence = scores(assessment), PassageEvidence.objects.count()
    document = upload(assessment, "\n\n".join(parts) + f"\n\nVersie {assessment.version_id}.\n")
    try:
        Suggestion.objects.update(tier=tier, score=100, criterion="G")
        for suggestion in assessment.suggestions.all()[:3]:
            say_no(assessment, suggestion)
        assert scores(assessment) == before
        replace(document, "\n\n".join(reversed(parts)) + "\n\nDrugs en inbraak.\n")
        assert scores(assessment) == before
        assert PassageEvidence.objects.count() == evidence
    finally:
        assessment.version.documents.all().delete()


def say_no(assessment, suggestion):
    decisions.decide(
        assessment=assessment,
        passage=suggestion.passage,
        item=suggestion.item,
        verdict="rejected",
        by=None,
    )


def test_confirming_what_the_plan_shows_is_about_choices_only():
    assessment = make_world(EMPTY).assessment
    store_lexicon(assessment.edition)
    document = upload(assessment)
    open_before = list(Suggestion.objects.order_by("pk").values())
    assert confirm_proposals(assessment=assessment, by=None) == []
    add_entry(
        assessment=assessment, kind="objective", values={"title": "Minder inbraak"}, items=refs("A2"), by=None
    )
    assert confirm_proposals(assessment=assessment, by=None) == ["A2"]
    accept(assessment, document, "zwerfvuil", "A4")
    say(assessment, document, "camera", "B1", "entered")
    assert confirm_proposals(assessment=assessment, by=None) == ["A4"]
    assert list(assessment.choices.values_list("item__code", "choice").order_by("item__code")) == [
        ("A2", "retained"),
        ("A4", "regular"),
    ]
    assert PassageEvidence.objects.count() == 1
    untouched = {row["id"]: row for row in Suggestion.objects.filter(verdict="open").values()}
    assert len(untouched) == len(open_before) - 2
    assert all(untouched[row["id"]] == row for row in open_before if row["id"] in untouched)
