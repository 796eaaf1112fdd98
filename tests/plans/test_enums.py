"""The closed lists that stand in more than one layer, because no layer may reach for another's, are one."""

import pytest
from django.utils.translation import override

from framework.enums import CriterionCode
from framework.enums import ItemKind as FrameworkItemKind
from kiv.templatetags import kiv_ui
from plans import enums, scoring
from plans.planformat.types import DIAGNOSIS_KINDS


@pytest.mark.parametrize("name", ["Choice", "Reason", "ChainLink", "Criterion", "Element"])
def test_stored_values_are_those_of_the_scorer(name):
    assert set(getattr(enums, name).values) == {member.value for member in getattr(scoring, name)}


def test_the_framework_and_the_scorer_speak_of_the_same_kinds_and_criteria():
    assert set(FrameworkItemKind.values) == {kind.value for kind in scoring.ItemKind}
    assert CriterionCode.values == [criterion.value for criterion in scoring.Criterion]


def test_the_kinds_of_diagnosis_are_those_of_the_plan_format():
    assert enums.DiagnosisKind.values == list(DIAGNOSIS_KINDS)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_choice_and_a_criterion_have_one_word_wherever_they_are_shown(language):
    with override(language):
        for kind, labels in (("priority", kiv_ui.CHOICES), ("theme", kiv_ui.THEME_CHOICES)):
            shown = {choice: str(label) for choice, label in labels.items()}
            assert shown == {choice: str(enums.choice_label(choice, kind)) for choice in enums.Choice.values}
        criteria = {code: str(label) for code, label in kiv_ui.CRITERIA.items()}
        assert criteria == {member.value: str(member.label) for member in enums.Criterion}
        assert criteria == {member.value: str(member.label) for member in CriterionCode}


def test_every_state_and_level_has_its_mark():
    assert set(kiv_ui.STATES) == {state.value for state in scoring.State}
    assert set(kiv_ui.LEVELS) == set(range(5))
