"""The effect of a version, counted over several documents in turns: the same as at once."""

import pytest

from plans.models import Document, ItemChoice, Objective, PassageEvidence
from plans.selectors import lexicon_effect
from plans.selectors.lexicon_effect import begin_effect, effect_from, go_on
from plans.selectors.lexicons import compiled_version
from plans.services.decisions import accept_passage
from tests.plans.documents.acting import ACTION
from tests.plans.papers import EMPTY, LEXICON, PAPER, item_of, passage_with, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


@pytest.fixture
def world():
    world = make_world(EMPTY)
    in_force = store_lexicon(world.edition)
    draft = store_lexicon(world.edition, LEXICON.replace("zwerfvuil", "sluikstort"), number=2, is_draft=True)
    world.versions = [compiled_version(draft), compiled_version(in_force)]
    return world


def decide(world, documents: int) -> None:
    """In each of so many documents litter and burglary are accepted."""
    for number in range(documents):
        document = upload(world.assessment, f"{PAPER}\nBijlage {number}.\n", name=f"plan{number}.md")
        for words, code in (("zwerfvuil", "A4"), ("inbraak", "A2")):
            accept_passage(
                assessment=world.assessment,
                passage=passage_with(document, words),
                item=item_of(world.assessment, code),
                ticks=ACTION,
                by=world.lead,
            )


def test_counted_in_turns_it_is_the_same_as_at_once(world, monkeypatch):
    decide(world, 3)
    at_once = go_on(begin_effect(world.edition), world.edition, *world.versions)
    assert {code: (tally.right_still, tally.right_lost) for code, tally in at_once.items.items()} == {
        "A2": (3, 0),
        "A4": (0, 3),
    }
    monkeypatch.setattr(lexicon_effect, "TURN", 1)
    effect, done = begin_effect(world.edition), []
    while not effect.is_complete:
        effect = effect_from(go_on(effect, world.edition, *world.versions).as_data())
        done.append(effect.documents)
    assert done == [1, 2, 3]
    assert effect.items == at_once.items
    assert (effect.lost, effect.passages) == (at_once.lost, at_once.passages)


@pytest.mark.parametrize(("documents", "queries"), [(1, 6), (3, 14)])
def test_each_document_costs_four_queries(world, documents, queries, django_assert_num_queries):
    decide(world, documents)
    effect = begin_effect(world.edition)
    with django_assert_num_queries(queries):
        go_on(effect, world.edition, *world.versions)
    assert effect.documents == documents


@pytest.mark.parametrize("hidden", ["document", "evidence", "objective", "item"])
def test_what_a_zone_hides_is_not_counted(world, hidden):
    """The litter of one document is hidden, in turn by each thing that can hide it; the rest stays."""
    decide(world, 2)
    kept = world.assessment.suggestions.filter(item__code="A4", verdict="accepted").order_by("pk").first()
    if hidden == "document":
        Document.objects.filter(pk=kept.passage.document_id).update(is_confidential=True)
    elif hidden == "evidence":
        PassageEvidence.objects.filter(pk=kept.evidence_id).update(is_confidential=True)
    elif hidden == "objective":
        objective = Objective.objects.create(
            version=world.assessment.version, number="9", title="Schoon", is_confidential=True
        )
        PassageEvidence.objects.filter(pk=kept.evidence_id).update(objective=objective)
    else:
        ItemChoice.objects.update_or_create(
            assessment=world.assessment, item=kept.item, defaults={"is_item_confidential": True}
        )
    effect = go_on(begin_effect(world.edition), world.edition, *world.versions)
    litter = {"document": 1, "evidence": 1, "objective": 1, "item": 0}[hidden]
    burglary = 1 if hidden == "document" else 2
    lost = {code: tally.right_lost for code, tally in effect.items.items() if tally.right_lost}
    assert lost == ({"A4": litter} if litter else {})
    assert effect.items["A2"].right_still == burglary
