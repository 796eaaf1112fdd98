"""Two sides laid beside each other: which entries, motivations and passages were added, removed or changed.

Plain data in and out. What the reader may not know is gone already (compared_entries); of hidden words only
is said that they changed.
"""

from collections.abc import Iterable, Iterator, Sequence

from kiv.word_diff import Run, RunKind, diff_words, has_same_words
from plans.reports.compared_entries import Entry, Passage
from plans.reports.comparison_types import Change, EntryChange, FieldChange, Naming, PassageChange, Step
from plans.reports.pairing import pair
from plans.scoring.numbering import natural_key

Pairs = Sequence[tuple[Entry | None, Entry | None]]


def pair_objectives(olds: Sequence[Entry], news: Sequence[Entry]) -> Pairs:
    """By number and title, by title (it was renumbered), by the plan's number (it has another title)."""
    keys = (lambda entry: (entry.label, _title(entry)), _title, lambda entry: entry.label)
    return pair(olds, news, keys)


def changes_of(pairs: Pairs) -> Iterator[EntryChange]:
    """Those of the pairs that differ, in their order."""
    for old, new in pairs:
        if old is None or new is None:
            yield _one_sided(old, new)
        elif (change := _changed(old, new)) is not None:
            yield change


def diagnosis_changes(olds: Sequence[Entry], news: Sequence[Entry]) -> tuple[EntryChange, ...]:
    """Kind by kind: the same text, then the most alike one nearby."""
    kinds = dict.fromkeys(entry.label for entry in (*news, *olds))
    return tuple(
        change
        for kind in kinds
        for change in changes_of(
            _pair_by_words(
                [entry for entry in olds if entry.label == kind],
                [entry for entry in news if entry.label == kind],
            )
        )
    )


def motivation_changes(olds: Sequence[Entry], news: Sequence[Entry]) -> tuple[EntryChange, ...]:
    """Item by item."""
    return tuple(changes_of(pair(olds, news, [lambda entry: entry.label])))


def passage_changes(
    olds: Sequence[Passage], news: Sequence[Passage], objectives: Pairs
) -> tuple[PassageChange, ...]:
    """Item by item, by the quote; `objectives` say which number became which."""
    numbers = {old.label: new.label for old, new in objectives if old and new}
    keys = (
        lambda one: (one.item, _folded(one.quote), one.document, one.page),
        lambda one: (one.item, _folded(one.quote)),
    )
    changes = (_passage(old, new, numbers) for old, new in pair(olds, news, keys))
    return tuple(change for change in changes if change is not None)


def _title(entry: Entry) -> str:
    return _folded(entry.heading)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _pair_by_words(olds: Sequence[Entry], news: Sequence[Entry]) -> Pairs:
    return pair(olds, news, [_title], lambda entry: entry.words)


def _pair_parts(old: Entry, new: Entry) -> Pairs:
    """Actions, then indicators: the same title, then the most alike one."""
    return [
        each
        for kind in ("action", "indicator")
        for each in _pair_by_words(
            [part for part in old.parts if part.kind == kind],
            [part for part in new.parts if part.kind == kind],
        )
    ]


def _one_sided(old: Entry | None, new: Entry | None) -> EntryChange:
    """All there is of what was added or removed."""
    change, entry = (Change.ADDED, new) if new else (Change.REMOVED, old)
    parts = tuple(_one_sided(part if old else None, part if new else None) for part in entry.parts)
    if entry.is_hidden:
        shown = parts if entry.is_foreign else ()
        return EntryChange(entry.kind, change, entry.label, is_hidden=True, parts=shown)
    run = RunKind.ADDED if new else RunKind.REMOVED
    return EntryChange(
        kind=entry.kind,
        change=change,
        label=entry.label,
        words=entry.heading,
        fields=tuple(
            FieldChange(name, (Run(run, text),)) for name, text in entry.below_heading if text.strip()
        ),
        reason=_step("" if new else entry.reason, entry.reason if new else ""),
        named=_sorted(entry.named) if new else (),
        unnamed=() if new else _sorted(entry.named),
        links=entry.links if new else (),
        unlinked=() if new else entry.links,
        confidential=Step(entry.is_confidential, entry.is_confidential),
        parts=parts,
    )


def _changed(old: Entry, new: Entry) -> EntryChange | None:
    parts = tuple(changes_of(_pair_parts(old, new)))
    is_foreign = old.is_foreign or new.is_foreign
    has_changed = not is_foreign and _content_of(old) != _content_of(new)
    if not (has_changed or parts):
        return None
    if old.is_hidden or new.is_hidden:
        shown = parts if is_foreign else ()
        return EntryChange(new.kind, Change.CHANGED, new.label, is_hidden=True, parts=shown)
    return EntryChange(
        kind=new.kind,
        change=Change.CHANGED,
        label=new.label,
        was=old.label if old.label != new.label else "",
        words=new.heading,
        fields=tuple(
            FieldChange(name, diff_words(before, after))
            for (name, before), (_name, after) in zip(old.fields, new.fields, strict=True)
            if not has_same_words(before, after)
        ),
        reason=_step(old.reason, new.reason),
        named=_sorted(new.named - old.named),
        unnamed=_sorted(old.named - new.named),
        links=_without(new.links, old.links),
        unlinked=_without(old.links, new.links),
        confidential=Step(old.is_confidential, new.is_confidential),
        parts=parts,
    )


def _content_of(entry: Entry) -> tuple:
    """What makes two entries differ, apart from white space and what hangs on them."""
    fields = tuple(tuple(text.split()) for _name, text in entry.fields)
    return entry.label, fields, entry.named, set(entry.links), entry.reason, entry.is_confidential


def _step(old: str, new: str) -> Step[str] | None:
    return Step(old, new) if old != new else None


def _sorted(named: Iterable[Naming]) -> tuple[Naming, ...]:
    """An aspect says which item it is of: the item need not stand there a second time."""
    with_aspect = {one.item for one in named if one.aspect}
    told = [one for one in named if one.aspect or one.item not in with_aspect]
    return tuple(sorted(told, key=lambda one: (natural_key(one.item), one.aspect)))


def _without(values: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    left_out = set(others)
    return tuple(value for value in values if value not in left_out)


def _passage(old: Passage | None, new: Passage | None, numbers: dict[str, str]) -> PassageChange | None:
    one = new or old
    is_hidden = any(side.is_hidden for side in (old, new) if side)
    shown = ("", "", None) if is_hidden else (one.quote, one.document, one.page)
    if old is None or new is None:
        change = Change.ADDED if new else Change.REMOVED
        secret = Step(one.is_confidential, one.is_confidential)
        return PassageChange(change, one.item, *shown, confidential=secret, is_hidden=is_hidden)
    before = numbers.get(old.objective, old.objective)
    steps = {
        "objective": Step(before, new.objective),
        "in_text": Step(old.is_in_text, new.is_in_text),
        "confidential": Step(old.is_confidential, new.is_confidential),
    }
    lists = {
        "ticks": _without(new.ticks, old.ticks),
        "unticked": _without(old.ticks, new.ticks),
        "aspects": _without(new.aspects, old.aspects),
        "unticked_aspects": _without(old.aspects, new.aspects),
    }
    if not (any(step.is_taken for step in steps.values()) or any(lists.values())):
        return None
    if is_hidden:
        return PassageChange(Change.CHANGED, one.item, *shown, is_hidden=True)
    return PassageChange(Change.CHANGED, one.item, *shown, **steps, **lists)
