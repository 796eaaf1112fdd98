"""Looking, item by item, at what a new edition asks of a plan that was carried over; and being done with it.

Only the new assessment is written to: also of a version that was shared, until it is finished. Not here: what
is carried without a look (services.carrying).
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiv.audit.services import record
from plans import rules
from plans.enums import Verdict
from plans.models import CarriedItem, Carrying, ItemLink, PassageEvidence, Suggestion
from plans.models.assessment import SOURCES
from plans.planformat.succession import Fate
from plans.planformat.types import MAX_PASSAGES
from plans.selectors.carrying import aspects_of
from plans.selectors.looking import Look, OfferedEntry, OfferedPassage, look_at
from plans.services.choices import FIELDS, ChoiceChange
from plans.services.decisions import reopen
from plans.services.editing import TooMany, check_storable, lock_version, store_checked_scores
from plans.services.sharing import keep_snapshot
from plans.workflow import Act


class StaleLook(Exception):
    """Somebody stored something of the item since it was read; nothing was saved. `look`: as it is now."""

    def __init__(self, look: Look) -> None:
        super().__init__(look.item.code)
        self.look = look


class NotAllSeen(Exception):
    """Nobody looked at `items` (their codes, in the edition's order) yet."""

    def __init__(self, items: Collection[str]) -> None:
        super().__init__(", ".join(items))
        self.items = tuple(items)


def look_at_item(
    *,
    carrying: Carrying,
    change: ChoiceChange,
    links: Collection[str],
    evidence: Collection[str],
    mark: str,
    by,
) -> CarriedItem:
    """What a person decided about one item, having read it at `mark`; from then on it counts as seen.

    `links` and `evidence` are keys of what was offered (selectors.looking) and holds for the item. Can be
    done again until the carrying is finished. Raises rules.NotAllowed, rules.WrongMoment, StaleLook, TooMany,
    and ValidationError for an item that is not looked at, or for what was not offered.
    """
    with _looking(carrying, by):
        look = look_at(carrying, change.item)
        if look is None:
            raise ValidationError(f"{change.item}: nothing to look at")
        known = {one.key for one in look.entries}, {one.key for one in look.passages}
        if not (set(links) <= known[0] and set(evidence) <= known[1]):
            if look.mark != mark:
                raise StaleLook(look)
            raise ValidationError("only what was offered")
        if look.is_seen and _says_the_same(look, change, links, evidence):
            return look.carried
        if look.mark != mark:
            raise StaleLook(look)
        _save_choice(look, change)
        _hold_entries(carrying, look, set(links))
        _hold_passages(carrying, look, set(evidence))
        look.carried.seen_at = timezone.now()
        look.carried.save(update_fields=["seen_at"])
        store_checked_scores(carrying.assessment)
        version = carrying.assessment.version
        if version.is_in_preparation:
            version.changed_at = look.carried.seen_at
            version.save(update_fields=["changed_at"])
        _record("assessment.looked_at", carrying, by, item=change.item)
    return look.carried


def finish_carrying(*, carrying: Carrying, by) -> Carrying:
    """All was looked at; a shared version gets its snapshot. From then on it stays as it is.

    Raises rules.NotAllowed, rules.WrongMoment, and NotAllSeen. Finishing what is finished changes nothing.
    """
    with transaction.atomic():
        lock_version(carrying.assessment.version)
        rules.check_can(by, carrying.assessment.version, Act.CARRY_OVER)
        carrying.refresh_from_db(fields=("finished_at",))
        if carrying.is_finished:
            return carrying
        unseen = carrying.items.filter(seen_at=None).exclude(fate=Fate.CARRIED)
        if codes := list(unseen.order_by("item__position").values_list("item__code", flat=True)):
            raise NotAllSeen(codes)
        carrying.finished_at = timezone.now()
        carrying.save(update_fields=["finished_at"])
        if carrying.assessment.version.shared_at is not None:
            keep_snapshot(carrying.assessment, carrying.finished_at)
        _record("assessment.carrying_finished", carrying, by)
    return carrying


@contextmanager
def _looking(carrying: Carrying, by) -> Iterator[None]:
    """The frame of looking at an item: lock, who, when; all or nothing."""
    version = carrying.assessment.version
    with transaction.atomic():
        lock_version(version)
        rules.check_can(by, version, Act.CARRY_OVER)
        carrying.refresh_from_db(fields=("finished_at",))
        if carrying.is_finished:
            raise rules.WrongMoment(
                _("Looking at the plan under this edition is finished. What you typed was not saved.")
            )
        yield


def _says_the_same(look: Look, change: ChoiceChange, links, evidence) -> bool:
    """A second click on the same button is no conflict."""
    return (
        all(getattr(look.choice, name) == getattr(change, name) for name in FIELDS)
        and look.held(look.entries) == set(links)
        and look.held(look.passages) == set(evidence)
    )


def _save_choice(look: Look, change: ChoiceChange) -> None:
    row, values = look.choice, {name: getattr(change, name) for name in FIELDS}
    check_storable(values)
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()


def _hold_entries(carrying: Carrying, look: Look, wanted: set[str]) -> None:
    let_go = [_source_of(one) for one in look.entries if one.is_held and one.key not in wanted]
    for source in let_go:
        carrying.assessment.links.filter(item=look.item, **source).delete()
    ItemLink.objects.bulk_create(
        ItemLink(
            assessment=carrying.assessment,
            item=look.item,
            aspects=_ticked(look, one.rows),
            **_source_of(one),
        )
        for one in look.entries
        if one.key in wanted and not one.is_held
    )


def _source_of(one: OfferedEntry) -> dict[str, int | None]:
    return {f"{name}_id": one.entry.pk if name == one.kind else None for name in SOURCES}


def _hold_passages(carrying: Carrying, look: Look, wanted: set[str]) -> None:
    for one in look.passages:
        if one.is_held and one.key not in wanted:
            reopen(list(one.passage.suggestions.all()))
            one.passage.delete()
    fresh = [one for one in look.passages if one.key in wanted and not one.is_held]
    if fresh and carrying.assessment.passages.count() + len(fresh) > MAX_PASSAGES:
        raise TooMany(MAX_PASSAGES)
    for one in fresh:
        _hold_passage(carrying, look, one)


def _hold_passage(carrying: Carrying, look: Look, one: OfferedPassage) -> None:
    """One piece of evidence with the ticks of all it is made of, and the decisions that it came from."""
    rows = list(one.rows)
    made = PassageEvidence.objects.get(pk=rows[0].pk)
    made.pk, made._state.adding = None, True
    made.assessment, made.item = carrying.assessment, look.item
    made.aspects = _ticked(look, rows)
    made.elements, made.links = _joined(rows, "elements"), _joined(rows, "links")
    made.objective = next((row.objective for row in rows if row.objective is not None), None)
    made.is_confidential = any(row.is_confidential for row in rows)
    made.save()
    decided = Suggestion.objects.filter(evidence__in=rows, verdict=Verdict.ACCEPTED).order_by("pk")
    present = {row.passage_id: row for row in carrying.assessment.suggestions.filter(item=look.item)}
    for decision in decided:
        row = present.get(decision.passage_id)
        if row is None:
            row = decision.__class__.objects.get(pk=decision.pk)
            row.pk, row._state.adding = None, True
            row.assessment, row.item = carrying.assessment, look.item
            present[decision.passage_id] = row
        row.verdict, row.evidence, row.moved_to = Verdict.ACCEPTED, made, None
        row.decided_at, row.decided_by_id = decision.decided_at, decision.decided_by_id
        row.save()


def _ticked(look: Look, rows: Iterable) -> list[str]:
    return aspects_of(look.item, _joined(rows, "aspects"))


def _joined(rows: Iterable, name: str) -> list[str]:
    return list(dict.fromkeys(value for row in rows for value in getattr(row, name)))


def _record(event: str, carrying: Carrying, by, **data: object) -> None:
    version = carrying.assessment.version
    record(
        event,
        by=by,
        on=carrying.assessment,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=version.number,
        edition=carrying.assessment.edition.code,
        **data,
    )
