"""From an edition file to rows: creates a draft, replaces what a draft says, or compares with what is fixed.

What lives here: what loading may do to which edition. Not here: reading the file (parsing), what differs
(diff), writing the rows (storing).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from framework import rules
from framework.diff import Change, compare_editions
from framework.export import edition_as_data
from framework.models import Edition, Framework
from framework.parsing import EditionFile, parse_edition
from framework.services.editing import note_all_corrections
from framework.services.publishing import publish_edition
from framework.services.requests import withdraw_pending
from framework.services.storing import store_contents, store_links, store_texts
from kiv.audit.services import record
from kiv.datafile import FileProblem, FileRefused, load, problem_at


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading did. `kept`: texts of a published edition that differ from the file and were left."""

    edition: Edition
    outcome: Outcome
    is_published_now: bool = False
    kept: tuple[Change, ...] = ()


@transaction.atomic
def load_edition(
    *, data: bytes, by: Any, should_publish: bool = False, should_update_texts: bool = False
) -> LoadResult:
    """Load the bytes of an edition file; loading the same file again changes nothing.

    A draft takes over all that the file says. A published or archived edition refuses a file that differs
    in what is fixed; other texts that differ are kept as they are, and replaced only on
    `should_update_texts`. Raises FileRefused with every problem at once, and then nothing has changed.
    """
    rules.check_administrator(by)
    file = parse_edition(data)
    framework = _lock_framework(file)
    edition = Edition.objects.select_for_update(of=("self",)).filter(code=file.code).first()
    predecessor = _find_predecessor(file, framework, data)
    _check_old_items(file, predecessor, data)
    if edition is None:
        edition = Edition(framework=framework, predecessor=predecessor, code=file.code)
        store_contents(edition, file)
        store_links(edition, file, by=by)
        outcome, kept = Outcome.CREATED, ()
    elif edition.is_draft:
        outcome, kept = _update_draft(edition, framework, predecessor, file, data, by), ()
    else:
        outcome, kept = _update_published(edition, file, data, by, should_update_texts)
    if outcome != Outcome.UNCHANGED:
        if edition.is_draft:
            withdraw_pending(edition, by=by)
        record("edition.loaded", by=by, on=edition, code=edition.code, outcome=outcome, items=len(file.items))
    is_published_now = should_publish and edition.is_draft
    if is_published_now:
        edition = publish_edition(edition=edition, by=by)
    return LoadResult(edition, outcome, is_published_now, kept)


def _lock_framework(file: EditionFile) -> Framework:
    """Every loader of this framework waits here, also when its edition does not exist yet."""
    Framework.objects.get_or_create(code=file.framework.code, defaults={"title": file.framework.title})
    return Framework.objects.select_for_update().get(code=file.framework.code)


def _find_predecessor(file: EditionFile, framework: Framework, data: bytes) -> Edition | None:
    if file.predecessor is None:
        return None
    found = Edition.objects.filter(code=file.predecessor, framework=framework).first()
    if found is None:
        expected = f"an edition of {framework.code} that is loaded"
        raise FileRefused(
            [problem_at(load(data), ("predecessor",), "unknown_edition", expected, file.predecessor)]
        )
    ancestor, seen = found, {file.code}
    while ancestor is not None:
        if ancestor.code in seen:
            expected = "an edition that does not come after this one"
            raise FileRefused(
                [problem_at(load(data), ("predecessor",), "circle", expected, file.predecessor)]
            )
        seen.add(ancestor.code)
        ancestor = ancestor.predecessor
    return found


def _check_old_items(file: EditionFile, predecessor: Edition | None, data: bytes) -> None:
    """Correspondences speak of items that the predecessor has."""
    if not file.correspondences or predecessor is None:
        return
    codes = set(predecessor.items.values_list("code", flat=True))
    loaded = load(data)
    problems = [
        problem_at(
            loaded,
            ("correspondences", at, "old"),
            "unknown_item",
            f"the code of an item of {file.predecessor}",
            entry.old,
        )
        for at, entry in enumerate(file.correspondences)
        if entry.old not in codes
    ]
    if problems:
        raise FileRefused(problems)


def _update_draft(edition, framework, predecessor, file: EditionFile, data: bytes, by) -> Outcome:
    if not compare_editions(edition_as_data(edition), file.as_data()):
        return Outcome.UNCHANGED
    edition.framework, edition.predecessor = framework, predecessor
    try:
        with transaction.atomic():
            store_contents(edition, file)
            store_links(edition, file, by=by)
    except ProtectedError:
        expected = "every item that plans already name (load the edition under another code instead)"
        raise FileRefused([problem_at(load(data), ("items",), "in_use", expected)]) from None
    return Outcome.UPDATED


def _update_published(
    edition: Edition, file: EditionFile, data: bytes, by: Any, should_update_texts: bool
) -> tuple[Outcome, tuple[Change, ...]]:
    stored = edition_as_data(edition)
    changes = compare_editions(stored, file.as_data())
    fixed = [change for change in changes if change.is_fixed]
    if fixed:
        loaded = load(data)
        raise FileRefused([_as_problem(change, loaded) for change in fixed])
    texts = tuple(change for change in changes if not change.is_missing)
    is_learning = len(texts) < len(changes)
    is_replacing = bool(texts) and should_update_texts
    if is_learning or is_replacing:
        store_links(edition, file, by=by, should_update_texts=should_update_texts)
    if is_replacing:
        store_texts(edition, file)
        note_all_corrections(edition, stored, file.as_data(), by=by)
    outcome = Outcome.UPDATED if is_learning or is_replacing else Outcome.UNCHANGED
    return outcome, () if is_replacing else texts


def _as_problem(change: Change, loaded) -> FileProblem:
    if change.stored is None:
        expected = "nothing new here: this edition is published"
    elif isinstance(change.stored, str):
        expected = f"“{change.stored}”, as published"
    else:
        expected = f"{change.stored}, as published"
    found = "nothing" if change.wanted is None else change.wanted
    return problem_at(loaded, change.path, "published", expected, found)
