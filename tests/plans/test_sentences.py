"""The words for what the scorer says: every step in every language, and the sentences people read most."""

from itertools import combinations

import pytest
from django.utils.translation import override

from plans import sentences
from plans.scoring import AdviceKind, Criterion, Element, LookReason, State
from plans.selectors.shown import AdviceLine

#: What a criterion can ask, by criterion (SCORING section 1).
ASKED = {
    Criterion.DIAGNOSIS: ("description", "figure", "source"),
    Criterion.GOAL: ("objective", "result", "target_group", "due"),
    Criterion.ACTIONS: ("action", "target_group", "chain_link"),
    Criterion.IMPLEMENTATION: ("responsible", "due"),
    Criterion.MONITORING: ("indicator", "target_value", "source"),
    Criterion.CHAIN: ("partner", "chain_link"),
}
LANGUAGES = ("nl", "fr", "de", "en")


def step(kind=AdviceKind.ELABORATE, criterion=None, missing=(), objective="2", **more) -> AdviceLine:
    values = {"item": "A1", "item_kind": "priority", "level": 3, "objectives": ()} | more
    missing = tuple(Element(element) for element in missing)
    return AdviceLine(kind=kind, criterion=criterion, missing=missing, objective=objective, **values)


def every_step():
    for criterion, elements in ASKED.items():
        for size in range(1, len(elements) + 1):
            for missing in combinations(elements, size):
                for objective in ("2", None):
                    yield step(criterion=criterion, missing=missing, objective=objective)
    for criterion in Criterion:
        for objective in ("2", None):
            yield step(AdviceKind.AS_REVIEWED, criterion, objective=objective)
    for kind in set(AdviceKind) - {AdviceKind.ELABORATE, AdviceKind.AS_REVIEWED}:
        for objective in ("2", None):
            yield step(kind, objective=objective, objectives=(objective, "3"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_a_whole_sentence(language):
    with override(language):
        for one in every_step():
            sentence = sentences.advice_sentence(one)
            assert sentence[-1] in ".?", one
            assert "%(" not in sentence, one
            assert "None" not in sentence, one


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            step(criterion="G", missing=("target_group", "due")),
            "Doelstelling 2: vul aan met doelgroep of gebied en termijn.",
        ),
        (step(criterion="G", missing=("objective",)), "Voeg een doelstelling toe die dit item noemt."),
        (
            step(criterion="A", missing=("action", "target_group", "chain_link")),
            "Voeg aan doelstelling 2 een actie toe die dit item noemt.",
        ),
        (
            step(criterion="M", missing=("indicator", "target_value", "source")),
            "Voeg aan doelstelling 2 een indicator toe, met streefwaarde en bron of frequentie.",
        ),
        (
            step(criterion="C", missing=("chain_link",)),
            "Keten en partners van doelstelling 2: vul aan met twee verschillende schakels van de"
            " veiligheidsketen.",
        ),
        (step(AdviceKind.CONFIRM_PROPOSAL), "Doelstelling 2 noemt dit: weerhouden?"),
        (step(AdviceKind.CONFIRM_PROPOSAL, item_kind="theme"), "Doelstelling 2 noemt dit: toegepast?"),
    ],
)
def test_the_steps_people_read_most(one, sentence):
    with override("nl"):
        assert sentences.advice_sentence(one) == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_counted_and_every_reason_worded(language):
    with override(language):
        for kind in ("priority", "theme", ""):
            for n in (1, 2):
                assert all(sentences.state_count(state, n, kind).startswith(str(n)) for state in State)
        for kind in ("priority", "theme", ""):
            assert all(sentences.look_sentence(reason, kind) for reason in LookReason)


def test_french_lets_the_word_agree_with_what_is_counted():
    with override("fr"):
        assert sentences.state_count("motivated", 2, "priority") == "2 motivées"
        assert sentences.state_count("motivated", 2, "theme") == "2 motivés"
