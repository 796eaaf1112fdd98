"""What of an earlier plan can be carried into another one: compared, and mapped to the items of its edition.

Two PlanContents in, an Offer out (carrying_types). Accepted passages are never offered: they belong to the
documents of the earlier plan. Which items are the same in both editions is the caller's to say
(plans.selectors.copying); what is stored, plans.services.copying.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from plans.planformat.carrying_types import Early, Lost, Offer, Offered, OfferedChoice
from plans.planformat.types import (
    UNDECIDED,
    ActionEntry,
    ChoiceEntry,
    DiagnosisEntry,
    Entry,
    ItemRef,
    ObjectiveEntry,
    PlanContent,
)
from plans.scoring import Choice

#: Code of an item that is the same in both editions → the codes of its aspects in the new one.
Same = Mapping[str, Collection[str]]
#: Code of an item that is the same under another code → that code. The others keep theirs.
Renamed = Mapping[str, str]

NOTHING: Renamed = MappingProxyType({})
#: A year as people write it into a due date: "2024", "eind 2024", "31/12/2024".
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_KEY_LENGTH = 16


def offer(
    source: PlanContent, here: PlanContent, same: Same, *, first_year: int, renamed: Renamed = NOTHING
) -> Offer:
    """What `source` can give to the plan `here`, whose cycle begins in `first_year`."""
    carrier = _Carrier(source, same, renamed)
    planned = {ref.item for row in here.objectives for part in (row, *row.actions) for ref in part.items}
    return Offer(
        objectives=tuple(_objectives(source, here, carrier, first_year)),
        diagnoses=tuple(_diagnoses(source, here, carrier)),
        choices=tuple(
            _choice(
                code,
                into,
                row,
                here.choices.get(into, UNDECIDED),
                is_lost=code not in same,
                is_planned=into in planned,
            )
            for code, row in source.choices.items()
            if row != UNDECIDED and (into := renamed.get(code, code))
        ),
    )


def is_touched(row: ChoiceEntry) -> bool:
    """Whether something was decided or written about an item."""
    return row.choice != UNDECIDED.choice or bool(row.reason or row.pointer or row.line)


def early_year(due: str, first_year: int) -> int | None:
    """The last year that a due date names, when the plan begins after it; else None."""
    years = [int(year) for year in _YEAR.findall(due)]
    return max(years) if years and max(years) < first_year else None


def _objectives(
    source: PlanContent, here: PlanContent, carrier: "_Carrier", first_year: int
) -> Iterator[Offered]:
    numbers = [here.objective_number(at) for at in range(len(here.objectives))]
    known = _Known(zip(map(_identity, here.objectives), numbers, strict=True))
    titles = dict(zip(map(_title, reversed(here.objectives)), reversed(numbers), strict=True))
    keys = _Keys()
    for at, row in enumerate(source.objectives):
        row = row.model_copy(update={"number": source.objective_number(at)})
        carried = carrier.objective(row)
        found = known.take(_identity(carried), preferred=row.number)
        yield Offered(
            key=keys.make("objective", row),
            entry=carried,
            lost=tuple(lost for part in _with_parts(row) for lost in carrier.losses(part)),
            early=tuple(early for part in (row, *row.actions) for early in _early(part, first_year)),
            here=found,
            namesake="" if found else titles.get(_title(row), ""),
            has_taken_number=row.number in numbers,
            is_sealed=any(map(carrier.seals, _with_parts(row))),
        )


def _diagnoses(source: PlanContent, here: PlanContent, carrier: "_Carrier") -> Iterator[Offered]:
    known = _Known((_identity(row), str(at)) for at, row in enumerate(here.diagnosis, 1))
    keys = _Keys()
    for row in source.diagnosis:
        carried = carrier.entry(row)
        yield Offered(
            key=keys.make("diagnosis", row),
            entry=carried,
            lost=tuple(carrier.losses(row)),
            here=known.take(_identity(carried)),
            is_sealed=carrier.seals(row),
        )


def _choice(
    code: str, into: str, row: ChoiceEntry, present: ChoiceEntry, *, is_lost: bool, is_planned: bool
) -> OfferedChoice:
    """`into` is the item's code here. `is_planned`: this plan has an objective or action for it."""
    carried = row.model_copy(
        update={
            "confidential": row.confidential or present.confidential,
            "item_confidential": row.item_confidential or present.item_confidential,
            "clarification_open": False,
        }
    )
    is_here = not is_lost and carried == present
    return OfferedChoice(
        item=code,
        into=into,
        entry=carried,
        is_lost=is_lost,
        is_decided=not is_here and is_touched(present),
        is_here=is_here,
        is_exposed=not is_lost and row.item_confidential and not present.item_confidential,
        contradicts=not is_lost and is_planned and row.choice == Choice.NOT_RETAINED,
    )


class _Carrier:
    """What becomes of the items that entries of the earlier plan name."""

    def __init__(self, source: PlanContent, same: Same, renamed: Renamed) -> None:
        self.same, self.renamed = same, renamed
        self.hidden = {code for code, row in source.choices.items() if row.item_confidential}

    def objective(self, row: ObjectiveEntry) -> ObjectiveEntry:
        """An indicator has no flag of its own: its objective is sealed for it."""
        carried = self.entry(row)
        return carried.model_copy(
            update={
                "confidential": carried.confidential or any(map(self.seals, row.indicators)),
                "actions": tuple(map(self.entry, row.actions)),
                "indicators": tuple(map(self.entry, row.indicators)),
            }
        )

    def entry(self, entry: Entry) -> Entry:
        """The entry with the items that are the same, and those of their aspects that exist."""
        items = tuple(
            ItemRef(
                item=self.renamed.get(ref.item, ref.item),
                aspects=[code for code in ref.aspects if code in self.same[ref.item]],
            )
            for ref in entry.items
            if ref.item in self.same
        )
        sealed = {"confidential": True} if self.seals(entry) and hasattr(entry, "confidential") else {}
        return entry.model_copy(update={"items": items, **sealed})

    def seals(self, entry: Entry) -> bool:
        """It named nothing but wholly confidential items, and one of them, which hid it, is lost."""
        named = {ref.item for ref in entry.items}
        return bool(named) and named <= self.hidden and not named <= set(self.same)

    def losses(self, entry: Entry) -> Iterator[Lost]:
        title = entry.text if isinstance(entry, DiagnosisEntry) else entry.title
        for ref in entry.items:
            if ref.item not in self.same:
                yield Lost(title, ref.item)
                continue
            for aspect in ref.aspects:
                if aspect not in self.same[ref.item]:
                    yield Lost(title, ref.item, aspect)


def _with_parts(row: ObjectiveEntry) -> tuple[Entry, ...]:
    return (row, *row.actions, *row.indicators)


def _early(entry: ObjectiveEntry | ActionEntry, first_year: int) -> Iterator[Early]:
    if (year := early_year(entry.due, first_year)) is not None:
        yield Early(entry.title, entry.due, year)


def _title(row: ObjectiveEntry) -> str:
    return " ".join(row.title.casefold().split())


def _identity(entry: ObjectiveEntry | DiagnosisEntry) -> str:
    """Equal for entries that say the same: an objective's number is none of it, nor the order of items."""
    values = entry.model_dump(mode="json", exclude={"number"})
    for part in (values, *values.get("actions", ()), *values.get("indicators", ())):
        part["items"] = sorted((ref["item"], sorted(ref["aspects"])) for ref in part["items"])
    return repr(values)


class _Known:
    """What the plan holds, by what it says; each is found once, so that twins stay twins."""

    def __init__(self, places: Iterable[tuple[str, str]]) -> None:
        self.places: dict[str, list[str]] = {}
        for identity, place in places:
            self.places.setdefault(identity, []).append(place)

    def take(self, identity: str, *, preferred: str = "") -> str:
        places = self.places.get(identity, [])
        if not places:
            return ""
        return places.pop(places.index(preferred) if preferred in places else 0)


class _Keys:
    """Names for the entries of a plan that say what these hold; twins are counted."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    def make(self, kind: str, entry: Entry) -> str:
        digest = hashlib.sha256(entry.model_dump_json().encode()).hexdigest()[:_KEY_LENGTH]
        self.made[digest] += 1
        return f"{kind}-{digest}-{self.made[digest]}"
