"""Deciding what became of the items of an edition's predecessor.

What lives here: when it may change and what is written. Not here: proposals (proposing), what may never be
stored (succession_models).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from framework import rules
from framework.correspondences import as_link, correspondences_between, digest_of, stored_correspondences
from framework.models import Correspondence, Edition
from framework.services.requests import withdraw_pending
from framework.succession import Link, contradictions, is_all_decided
from kiv.audit.services import record
from kiv.localized import LANGUAGES


@dataclass(frozen=True, slots=True)
class Saying:
    """All that a person says about one old item, having read what was stored under the mark `seen`.

    No links at all: nothing is said any more, and the program proposes again.
    """

    old: str
    links: tuple[Link, ...]
    seen: str


class StaleCorrespondences(Exception):
    """Others said something about these old items meanwhile; nothing was saved. `stored`: code → links."""

    def __init__(self, stored: Mapping[str, tuple[Link, ...]]) -> None:
        super().__init__(", ".join(stored))
        self.stored = stored


class CannotDecide(Exception):
    """The edition is published and what became of these items is decided, or it follows no edition."""


@transaction.atomic
def save_correspondences(*, edition: Edition, by: Any, sayings: Sequence[Saying]) -> list[str]:
    """Save all or nothing; the codes of the old items of which something else is stored now.

    In a draft everything may change. In a published edition, on which plans may lean, only what was never
    decided can still be decided. Raises CannotDecide, StaleCorrespondences, and ValidationError for items
    that are not there and links that contradict each other, also with what is stored and not sent.
    """
    rules.check_administrator(by)
    locked = _lock(edition)
    stored = _stored(locked)
    stale = {
        saying.old: stored.get(saying.old, ())
        for saying in sayings
        if digest_of(saying.links) != digest_of(stored.get(saying.old, ()))
        and saying.seen != digest_of(stored.get(saying.old, ()))
    }
    if stale:
        raise StaleCorrespondences(stale)
    changed = {
        saying.old: saying.links
        for saying in sayings
        if digest_of(saying.links) != digest_of(stored.get(saying.old, ()))
    }
    if not locked.is_draft:
        _check_missing_only(changed, stored)
    write_links(edition=locked, by=by, links=changed)
    if changed:
        withdraw_pending(locked, by=by)
        _tell_trail(locked, by, changed)
    return list(changed)


@transaction.atomic
def decide_sure_proposals(*, edition: Edition, by: Any) -> list[str]:
    """Decide every proposal of the program that is sure, of items about which nobody said anything.

    The codes of the old items. What stands on the page is computed again here, from the two editions as they
    are now. Raises CannotDecide when the edition follows no other.
    """
    rules.check_administrator(by)
    locked = _lock(edition)
    succession = correspondences_between(locked.predecessor, locked)
    sure = {
        item.code: tuple(replace(link, is_stored=True, is_decided=True) for link in succession.links_of(item))
        for item in succession.sure
    }
    write_links(edition=locked, by=by, links=sure)
    if sure:
        withdraw_pending(locked, by=by)
        _tell_trail(locked, by, sure)
    return list(sure)


def write_links(*, edition: Edition, by: Any, links: Mapping[str, Sequence[Link]]) -> None:
    """Make these old items say exactly this; the caller checked that they may change, and tells the trail.

    A link that was decided before in the same words keeps who decided it and when. Raises ValidationError.
    """
    olds = {item.code: item for item in edition.predecessor.items.all()}
    news = {item.code: item for item in edition.items.all()}
    rows = list(stored_correspondences(edition))
    _check_links(links, [as_link(row) for row in rows], olds, news)
    now = timezone.now()
    before = {(row.source.code, row.target.code if row.target else None): row for row in rows}
    Correspondence.objects.filter(pk__in=[row.pk for row in rows if row.source.code in links]).delete()
    made = []
    for link in (each for several in links.values() for each in several):
        row = Correspondence(
            edition=edition,
            source=olds[link.old],
            target=news[link.new] if link.new is not None else None,
            relation=link.relation.value,
            confidence=link.confidence.value,
            rationale={each: link.rationale[each] for each in LANGUAGES if link.rationale.get(each)},
        )
        if link.is_decided:
            known = before.get((link.old, link.new))
            is_known = known is not None and known.is_decided and known.relation == row.relation
            row.decided_at = known.decided_at if is_known else now
            row.decided_by = known.decided_by if is_known else by
        made.append(row)
    Correspondence.objects.bulk_create(made)


def _lock(edition: Edition) -> Edition:
    locked = Edition.objects.select_for_update(of=("self",)).select_related("predecessor").get(pk=edition.pk)
    if locked.predecessor is None:
        raise CannotDecide(_("This edition follows no other edition."))
    return locked


def _stored(edition: Edition) -> dict[str, tuple[Link, ...]]:
    stored: dict[str, tuple[Link, ...]] = {}
    for row in stored_correspondences(edition):
        stored[row.source.code] = (*stored.get(row.source.code, ()), as_link(row))
    return stored


def _check_missing_only(changed: Mapping[str, Sequence[Link]], stored: Mapping[str, Sequence[Link]]) -> None:
    fixed = [old for old in changed if is_all_decided(stored.get(old, ()))]
    if fixed:
        text = _("This edition is published and %(codes)s is decided: that can no longer change.")
        raise CannotDecide(text % {"codes": ", ".join(fixed)})
    if not all(link.is_decided for links in changed.values() for link in links):
        raise CannotDecide(_("This edition is published: what you add now must be decided."))


def _check_links(links, stored: Sequence[Link], olds: Mapping, news: Mapping) -> None:
    """Nothing unknown, and no contradiction among what will be stored."""
    for old, several in links.items():
        for link in several:
            if link.old != old or old not in olds or (link.new is not None and link.new not in news):
                raise ValidationError(f"items that are not there: {link.old} {link.new}")
            if any("\0" in words for words in link.rationale.values()):
                raise ValidationError(f"{link.old}: text without NUL characters")
    after = [link for link in stored if link.old not in links]
    after += [link for several in links.values() for link in several]
    for at, contradiction in contradictions([(link.old, link.new, link.relation) for link in after]):
        raise ValidationError(f"{after[at].old} {after[at].new}: {contradiction.value}")


def _tell_trail(edition: Edition, by: Any, changed: Mapping[str, Sequence[Link]]) -> None:
    decided = sum(map(is_all_decided, changed.values()))
    record(
        "edition.correspondences_saved",
        by=by,
        on=edition,
        code=edition.code,
        decided=decided,
        undecided=len(changed) - decided,
    )
