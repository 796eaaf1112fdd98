"""What a person decides about a passage: evidence for an item, not about it, later; and taking that back.

Accepting is the only way from a suggestion to evidence, one passage and one item at a time: there is no
service that confirms many.
"""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pydantic
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from framework.models import Item
from kiv.audit.services import record
from plans import rules
from plans.enums import Verdict
from plans.models import Assessment, Document, Objective, Passage, PassageEvidence, Suggestion
from plans.planformat import PassageEntry, passage_identity
from plans.planformat.types import MAX_PASSAGES
from plans.services.editing import StaleEdit, TooMany, change_of, lock_version
from plans.services.laying import attach_evidence, quote_of

#: Decisions that leave the plan as it is.
PLAIN = (Verdict.REJECTED, Verdict.SET_ASIDE, Verdict.ENTERED)


@dataclass(frozen=True, slots=True)
class Ticks:
    """What the reader ticked: elements of the method, links of the safety chain, aspects of the item."""

    elements: Sequence[str]
    links: Sequence[str] = ()
    aspects: Sequence[str] = ()


def accept_passage(
    *,
    assessment: Assessment,
    passage: Passage,
    item: Item,
    ticks: Ticks,
    by,
    objective: Objective | None = None,
    instead_of: Item | None = None,
) -> Suggestion:
    """Make the passage evidence for an item. `instead_of`: the item it was suggested for, wrongly.

    Raises ValidationError without a ticked element (or with what does not belong here), StaleEdit when it was
    decided otherwise meanwhile, TooMany, and what `change_of` raises. The same decision twice is made once.
    """
    version = assessment.version
    instead_of = None if instead_of == item else instead_of
    with change_of(version, by=by):
        source = _stored_passage(passage, assessment)
        suggestion = _suggestion(assessment, source, item)
        if suggestion.verdict == Verdict.ACCEPTED and instead_of is None:
            return suggestion
        if suggestion.verdict != Verdict.ACCEPTED:
            _check_open(suggestion)
        wrong = None
        if instead_of is not None:
            wrong = _suggestion(assessment, source, instead_of)
            if wrong.verdict == Verdict.MOVED and wrong.moved_to_id == item.pk:
                return wrong
            _check_open(wrong)
        now = timezone.now()
        if suggestion.verdict != Verdict.ACCEPTED:
            evidence = _evidence(assessment, source, item, ticks, objective)
            _decide(suggestion, Verdict.ACCEPTED, by, at=now, evidence=evidence)
        if wrong is not None:
            _decide(wrong, Verdict.MOVED, by, at=now, evidence=suggestion.evidence, moved_to=item)
        _record("passage.accepted", source, by, item=item.code, moved_from=wrong and wrong.item.code)
    return wrong or suggestion


def decide(*, assessment: Assessment, passage: Passage, item: Item, verdict: str, by) -> Suggestion:
    """Not about this item, set aside, or entered by hand as an objective, action, indicator or diagnosis.

    Changes no score. Raises StaleEdit when it was decided otherwise meanwhile, rules.NotAllowed and
    rules.WrongMoment.
    """
    if verdict not in PLAIN:
        raise ValidationError(f"{verdict}: no such decision")
    with _deciding(assessment, by):
        source = _stored_passage(passage, assessment)
        suggestion = _suggestion(assessment, source, item)
        if suggestion.verdict == verdict:
            return suggestion
        _check_open(suggestion)
        _decide(suggestion, verdict, by, at=timezone.now())
        _record(f"passage.{verdict}", source, by, item=item.code)
    return suggestion


def take_back(*, assessment: Assessment, suggestion: Suggestion, by) -> Suggestion:
    """Undo a decision: the evidence it made goes, and the suggestion is open again.

    Whatever stands on the same evidence is open again too; only what was moved to an item for which the
    passage had been accepted before goes back alone. An entry made of the passage stays in the plan. What is
    open stays so. Raises StaleEdit when the suggestion is gone.
    """
    with change_of(assessment.version, by=by):
        stored = (
            assessment.suggestions.select_related("passage__document__version__plan", "item")
            .filter(pk=suggestion.pk)
            .first()
        )
        if stored is None:
            raise StaleEdit(suggestion)
        if stored.verdict == Verdict.OPEN:
            return stored
        _record("passage.reopened", stored.passage, by, item=stored.item.code, verdict=stored.verdict)
        evidence_id = None if _was_accepted_before(stored) else stored.evidence_id
        others = assessment.suggestions.filter(evidence=evidence_id).exclude(pk=stored.pk)
        reopen([stored, *(others if evidence_id else ())])
        PassageEvidence.objects.filter(pk=evidence_id).delete()
    return stored


def _was_accepted_before(suggestion: Suggestion) -> bool:
    """Moved to an item whose evidence somebody had made by an earlier decision."""
    if suggestion.verdict != Verdict.MOVED:
        return False
    made = Suggestion.objects.filter(evidence=suggestion.evidence_id, verdict=Verdict.ACCEPTED)
    return not made.filter(decided_at=suggestion.decided_at).exists()


def undo_last(*, assessment: Assessment, document: Document, by) -> Suggestion | None:
    """Take back this person's last decision in the document; None when there is none."""
    with _deciding(assessment, by):
        last = (
            assessment.suggestions.filter(passage__document=document, decided_by=by)
            .exclude(verdict=Verdict.OPEN)
            .order_by("-decided_at", "-pk")
            .first()
        )
        return last and take_back(assessment=assessment, suggestion=last, by=by)


def remove_evidence(*, assessment: Assessment, evidence: PassageEvidence, by) -> None:
    """Remove an accepted passage, wherever it came from; its suggestions are open again."""
    with change_of(assessment.version, by=by):
        stored = assessment.passages.select_related("item").filter(pk=evidence.pk).first()
        if stored is None:
            return
        plan = assessment.version.plan
        record("passage.removed", by=by, on=stored, zone_id=plan.zone_id, plan=plan.pk, item=stored.item.code)
        reopen(list(stored.suggestions.all()))
        stored.delete()


@contextmanager
def _deciding(assessment: Assessment, by) -> Iterator[None]:
    """The frame of a decision that changes no content: locked and allowed like one that does."""
    version = assessment.version
    with transaction.atomic():
        lock_version(version)
        if by is None:
            rules.check_in_preparation(version)
        else:
            rules.check_can_edit(by, version)
        yield


def _stored_passage(passage: Passage, assessment: Assessment) -> Passage:
    """The passage as it stands under the lock, of this version."""
    stored = Passage.objects.select_related("document__version__plan").filter(pk=passage.pk).first()
    if stored is None:
        raise StaleEdit(passage)
    if stored.document.version_id != assessment.version_id:
        raise ValidationError("the passage belongs to another version")
    return stored


def _suggestion(assessment: Assessment, passage: Passage, item: Item) -> Suggestion:
    """The row of this pair; a new one, not stored yet, when the matcher suggested nothing."""
    if item.edition_id != assessment.edition_id:
        raise ValidationError(f"{item.code}: not in this edition")
    return (
        assessment.suggestions.select_related("item", "evidence").filter(passage=passage, item=item).first()
    ) or Suggestion(assessment=assessment, passage=passage, item=item)


def _check_open(suggestion: Suggestion) -> None:
    """What was set aside is as open as what nobody looked at."""
    if suggestion.verdict not in (Verdict.OPEN, Verdict.SET_ASIDE):
        raise StaleEdit(suggestion)


def _decide(suggestion: Suggestion, verdict: str, by, *, at: datetime.datetime, **more) -> None:
    suggestion.verdict, suggestion.decided_at, suggestion.decided_by = verdict, at, by
    for name, value in more.items():
        setattr(suggestion, name, value)
    suggestion.save()


def reopen(suggestions: Sequence[Suggestion]) -> None:
    """Back to what the matcher said; what only a person saw leaves no row."""
    for suggestion in suggestions:
        if suggestion.tier or suggestion.is_lead:
            suggestion.verdict = Verdict.OPEN
            suggestion.decided_at = suggestion.decided_by = suggestion.moved_to = suggestion.evidence = None
            suggestion.save()
        else:
            suggestion.verdict = Verdict.OPEN
            suggestion.delete()


def _evidence(
    assessment: Assessment, source: Passage, item: Item, ticks: Ticks, objective: Objective | None
) -> PassageEvidence:
    """The piece, checked as a plan file would be; when the plan holds it already, that one."""
    if objective is not None and not assessment.version.objectives.filter(pk=objective.pk).exists():
        raise ValidationError("the objective is not, or no longer, one of this version")
    if not set(ticks.aspects) <= {aspect.code for aspect in item.aspects.all()}:
        raise ValidationError(f"{item.code}: has no such aspect")
    document = source.document
    try:
        entry = PassageEntry(
            item=item.code,
            aspects=tuple(ticks.aspects),
            elements=tuple(ticks.elements),
            links=tuple(ticks.links),
            quote=quote_of(source),
            page=source.page,
            document=document.title,
        )
    except pydantic.ValidationError as error:
        raise ValidationError([detail["msg"] for detail in error.errors()]) from None
    identity = passage_identity(document=entry.document, page=entry.page, quote=entry.quote)
    evidence = assessment.passages.filter(item=item, passage=identity).first()
    if evidence is None:
        if assessment.passages.count() >= MAX_PASSAGES:
            raise TooMany(MAX_PASSAGES)
        evidence = PassageEvidence(assessment=assessment, item=item, passage=identity)
    elif evidence.is_gone:
        attach_evidence(evidence, source)
    else:
        return _accept_again(evidence, entry, objective)
    evidence.objective, evidence.quote = objective, entry.quote
    evidence.document, evidence.page = entry.document, entry.page
    evidence.aspects = list(entry.aspects)
    evidence.elements = [str(element) for element in entry.elements]
    evidence.links = [str(link) for link in entry.links]
    evidence.is_confidential = source.is_confidential or document.is_confidential
    evidence.source, evidence.origin, evidence.identity = source, document, source.identity
    evidence.save()
    return evidence


def _accept_again(same: PassageEvidence, entry: PassageEntry, objective: Objective | None) -> PassageEvidence:
    """The same sentence twice on one page is one piece for the plan, with the ticks of both."""
    for name in ("aspects", "elements", "links"):
        setattr(same, name, list(dict.fromkeys([*getattr(same, name), *map(str, getattr(entry, name))])))
    same.objective = same.objective or objective
    same.save()
    return same


def _record(event: str, passage: Passage, by, **data) -> None:
    document = passage.document
    plan = document.version.plan
    record(event, by=by, on=passage, zone_id=plan.zone_id, plan=plan.pk, document=document.number, **data)
