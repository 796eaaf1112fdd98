"""Drafts of a lexicon: begin, change, take files in, remove, put in force. One function per verb.

What a version may hold is said by the format of lexicon files (plans.matching); what keeps a draft from being
used by selectors.lexicon_findings. What people decided is never touched: docs/adr/0017.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pydantic
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from framework import rules
from framework.models import NOTE_LENGTH, Edition, LexiconVersion
from framework.services.requests import withdraw_pending
from kiv.audit.services import record
from kiv.datafile import MAX_BYTES, FileProblem, FileRefused
from plans import matching
from plans.selectors.lexicon_content import (
    ITEMS,
    PartName,
    content_with,
    numbered,
    part_digest,
    part_of,
    says_the_same,
)
from plans.selectors.lexicon_findings import find_blockers
from plans.selectors.lexicon_succession import words_led_over
from plans.services.editing import StaleEdit, check_storable
from plans.services.lexicons import content_digest

#: Name of a file, as it was chosen, and its bytes.
NamedFile = tuple[str, bytes]


@contextmanager
def _change_of(edition: Edition, *, by) -> Iterator[Edition]:
    """One change of an edition's lexicon, all or nothing, with the edition locked."""
    rules.check_administrator(by)
    with transaction.atomic():
        yield Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)


@contextmanager
def _change_of_draft(draft: LexiconVersion, *, by) -> Iterator[LexiconVersion]:
    """The draft as it is stored, under the lock. Raises WrongMoment; DoesNotExist when it was removed."""
    with _change_of(draft.edition, by=by) as edition:
        stored = LexiconVersion.objects.get(pk=draft.pk)
        stored.edition = edition
        if not stored.is_draft:
            raise rules.WrongMoment(
                _("Version %(number)s is in force and no longer changes. Start a new draft.")
                % {"number": stored.number}
            )
        yield stored


def start_draft(
    *, edition: Edition, by, copied_from: LexiconVersion | None = None, files: Sequence[NamedFile] = ()
) -> LexiconVersion:
    """A draft with the next number: the words of a version, with languages of files in their place.

    A version of the edition before is led over to the items of this one (selectors.lexicon_succession).
    Raises WrongMoment when there is a draft already, FileRefused with every problem of every file, and
    ValidationError when nothing was given to start from, or a version of an edition that this one does not
    follow.
    """
    with _change_of(edition, by=by) as locked:
        versions = LexiconVersion.objects.filter(edition=locked)
        if versions.filter(in_force_since=None).exists():
            raise rules.WrongMoment(_("There is a draft already. Go on with it, or remove it first."))
        before = copied_from.edition if copied_from and copied_from.edition_id != locked.pk else None
        words = _words_of(copied_from, locked) | _read(files, locked)
        if not words:
            raise ValidationError(_("Choose a version or a file to start from."))
        number = (versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
        content = _checked(numbered(words, locked, number), languages=())
        draft = LexiconVersion.objects.create(
            edition=locked,
            number=number,
            content=content,
            sha256=content_digest(content),
            based_on=copied_from.number if copied_from else None,
            based_on_edition=before,
            made_at=timezone.now(),
            made_by=by,
        )
        _record("lexicon.draft_started", draft, by, files=len(files))
        return draft


def change_part(
    *, draft: LexiconVersion, by, name: PartName, seen: str, values: Mapping[str, Any]
) -> LexiconVersion:
    """Store a part in the languages given; `seen` is the digest of the part as it was read.

    What is stored already leaves no trace, also when it is sent twice. Raises StaleEdit; ValidationError for
    what a file could not hold or nothing could read.
    """
    with _change_of_draft(draft, by=by) as stored:
        now = part_of(stored.content, name)
        content = content_with(stored.content, name, {**now, **values})
        content = _checked(numbered(content, stored.edition, stored.number), languages=tuple(values))
        if part_of(content, name) == now:
            return stored
        if part_digest(stored.content, name) != seen:
            raise StaleEdit(stored)
        return _store(stored, content, by, part=name.item or name.section)


def take_in_files(*, draft: LexiconVersion, by, files: Sequence[NamedFile]) -> LexiconVersion:
    """Languages of the draft become what files say; the others stay.

    Raises FileRefused with every problem of every file, and then nothing has changed.
    """
    with _change_of_draft(draft, by=by) as stored:
        content = numbered(stored.content | _read(files, stored.edition), stored.edition, stored.number)
        content = _checked(content, languages=())
        return stored if content == stored.content else _store(stored, content, by, part="file")


def remove_draft(*, draft: LexiconVersion, by) -> None:
    """Remove a draft. What is gone already is gone. Raises WrongMoment for a version in force."""
    try:
        with _change_of_draft(draft, by=by) as stored:
            _record("lexicon.draft_removed", stored, by)
            stored.delete()
    except LexiconVersion.DoesNotExist:
        return


def put_in_force(*, draft: LexiconVersion, by, seen: str, note: str) -> LexiconVersion:
    """From now on the draft is what suggestions are made with, and never changes again.

    `seen` is the digest of the words that were looked at, `note` says what changed. Suggestions that are
    stored, decided or not, stay as they are and keep naming the version that made them. Twice is once.
    Raises StaleEdit, and WrongMoment while something is to be solved or nothing has changed.
    """
    rules.check_administrator(by)
    with transaction.atomic():
        edition = Edition.objects.select_for_update(of=("self",)).get(pk=draft.edition_id)
        stored = LexiconVersion.objects.get(pk=draft.pk)
        stored.edition = edition
        if stored.sha256 != seen:
            raise StaleEdit(stored)
        if not stored.is_draft:
            return stored
        before = LexiconVersion.objects.in_force_first().filter(edition=edition).first()
        if before is not None and says_the_same(before.content, stored.content):
            raise rules.WrongMoment(
                _("The draft says the same as version %(number)s, which is in force.")
                % {"number": before.number}
            )
        if find_blockers(stored):
            raise rules.WrongMoment(_("Something is to be solved first: see the check list."))
        stored.note = _checked_note(note)
        stored.in_force_since, stored.put_in_force_by = timezone.now(), by
        stored.save(update_fields=["note", "in_force_since", "put_in_force_by"])
        _record("lexicon.put_in_force", stored, by, before=before.number if before else None)
        if edition.is_draft:
            withdraw_pending(edition, by=by)
        return stored


def _words_of(version: LexiconVersion | None, edition: Edition) -> dict[str, Any]:
    """What a draft of `edition` takes from a version of its own, or of the edition before."""
    if version is None:
        return {}
    if version.edition_id == edition.pk:
        return version.content
    if version.edition_id != edition.predecessor_id:
        raise ValidationError(_("Choose a version or a file to start from."))
    # A language in which none of the items had a successor has nothing to begin with.
    led_over = words_led_over(version, edition)
    return {language: own for language, own in led_over.items() if own[ITEMS]}


def _store(draft: LexiconVersion, content: dict[str, Any], by, *, part: str) -> LexiconVersion:
    draft.content, draft.sha256 = content, content_digest(content)
    draft.save(update_fields=["content", "sha256"])
    _record("lexicon.draft_changed", draft, by, of=part)
    return draft


def _read(files: Sequence[NamedFile], edition: Edition) -> dict[str, Any]:
    """Language → what its file says. Raises FileRefused with the problems of all files, each by its name."""
    read: dict[str, Any] = {}
    problems: list[FileProblem] = []
    for name, data in files:
        own: list[FileProblem] = []
        try:
            file = matching.parse_lexicon_file(data)
        except FileRefused as refused:
            own += refused.problems
        else:
            if file.edition != edition.code:
                own.append(FileProblem("edition", "other_edition", f"edition: {edition.code}", file.edition))
            if file.language in read:
                own.append(FileProblem("language", "duplicate", "each language once", file.language))
            read |= matching.content_of([file])
        problems += [replace(one, place=f"{name}: {one.place}".rstrip(": ")) for one in own]
    if problems:
        raise FileRefused(problems)
    return read


def _checked(content: dict[str, Any], *, languages: Sequence[str]) -> dict[str, Any]:
    """The content as it is stored; `languages` are those in which words were typed.

    Raises ValidationError for what a file could not hold.
    """
    files = []
    for language, own in content.items():
        if not own.get(ITEMS):
            raise ValidationError(_("A language needs the terms of at least one item."))
        try:
            file = matching.LexiconFile.model_validate(own)
        except pydantic.ValidationError as error:
            places = {".".join(map(str, one["loc"])): one["msg"] for one in error.errors(include_url=False)}
            raise ValidationError([f"{place}: {words}" for place, words in places.items()]) from None
        if language in languages:
            unread = [one.text for one in matching.find_blockers(file) if one.code == "syntax"]
            if unread:
                raise ValidationError(_("These cannot be read: %(terms)s.") % {"terms": ", ".join(unread)})
            check_storable({"words": "".join(_texts(own))})
            if len(matching.language_as_yaml(own)) > MAX_BYTES:
                raise ValidationError(_("There is room for 1 MiB of words in each language, and no more."))
        files.append(file)
    return matching.content_of(files)


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain values, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, own in value.items():
            yield from (name, *_texts(own))
    elif isinstance(value, list | tuple):
        for own in value:
            yield from _texts(own)


def _checked_note(note: str) -> str:
    note = note.strip()
    check_storable({"note": note})
    if not note or len(note) > NOTE_LENGTH:
        raise ValidationError({"note": _("Say in at most 500 characters what changed.")})
    return note


def _record(event: str, version: LexiconVersion, by, **data) -> None:
    """Codes, numbers and counts; never a word of the lists."""
    record(event, by=by, on=version, edition=version.edition.code, number=version.number, **data)
