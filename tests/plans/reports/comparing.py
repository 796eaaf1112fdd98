"""Two contents of a plan laid side by side without a database: for the tests of comparing."""

from kiv.word_diff import RunKind
from plans.planformat import PlanContent
from plans.reports.compared_entries import Side, hidden_items, side_of
from plans.reports.comparison_entries import (
    changes_of,
    diagnosis_changes,
    motivation_changes,
    pair_objectives,
    passage_changes,
)
from plans.reports.comparison_types import EntryChange, PassageChange
from plans.selectors.disclosure import Reader

INSIDE = Reader(is_inside=True, has_clearance=True)
CLEARED = Reader(is_inside=False, has_clearance=True)
OUTSIDE = Reader(is_inside=False, has_clearance=False)
MARKS = {RunKind.KEPT: "{}", RunKind.REMOVED: "[-{}-]", RunKind.ADDED: "[+{}+]"}


def content(**parts) -> PlanContent:
    return PlanContent.model_validate({"plan": {"name": "a plan"}, "edition": "an edition", **parts})


def sides(old: PlanContent, new: PlanContent, reader: Reader = INSIDE) -> tuple[Side, Side]:
    hidden = hidden_items([old, new], reader)
    return side_of([old], hidden, reader), side_of([new], hidden, reader)


def objectives(old: list, new: list, reader: Reader = INSIDE, **choices) -> list[EntryChange]:
    pair = content(objectives=old, **choices), content(objectives=new, **choices)
    before, after = sides(*pair, reader)
    return list(changes_of(pair_objectives(before.objectives, after.objectives)))


def diagnoses(old: list, new: list, reader: Reader = INSIDE) -> list[EntryChange]:
    before, after = sides(content(diagnosis=old), content(diagnosis=new), reader)
    return list(diagnosis_changes(before.diagnoses, after.diagnoses))


def motivations(old: dict, new: dict, reader: Reader = INSIDE) -> list[EntryChange]:
    before, after = sides(content(choices=old), content(choices=new), reader)
    return list(motivation_changes(before.motivations, after.motivations))


def passages(old: PlanContent, new: PlanContent, reader: Reader = INSIDE) -> list[PassageChange]:
    before, after = sides(old, new, reader)
    pairs = pair_objectives(before.objectives, after.objectives)
    return list(passage_changes(before.passages, after.passages, pairs))


def told(change: EntryChange) -> tuple:
    """(change, label, words, fields as name → text with [-removed-] and [+added+])."""
    fields = {
        field.name: "".join(MARKS[run.kind].format(run.text) for run in field.runs) for field in change.fields
    }
    return str(change.change), change.label, change.words, fields


def everything(changes) -> str:
    """All that is said, to look for what must not be."""
    return repr(changes)
