"""A version's content as one reader may know it, ready to be laid beside another version.

From the plan format to entries with fields, without what does not exist for the reader. Plain data: nothing
is compared here, nothing read from the database.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from plans.planformat import PlanContent
from plans.reports.comparison_types import Naming
from plans.selectors.disclosure import Reader

#: Kind of entry → its fields with words, the heading first.
FIELDS = {
    "objective": ("title", "result", "target_group", "due"),
    "action": ("title", "target_group", "responsible", "due", "capacity", "partners"),
    "indicator": ("title", "target_value", "baseline", "source", "frequency"),
    "diagnosis": ("text", "figure", "source"),
    "motivation": ("pointer", "line"),
}


#: Where an entry stands in a PlanContent: its kind, its place or that of its objective, its place there.
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `is_hidden`: this reader does not read its words; `is_foreign`: because it names only items
    that do not exist for this reader, so that nothing is said of it but what hangs on it.
    """

    kind: str
    label: str
    fields: tuple[tuple[str, str], ...]
    named: frozenset[Naming] = frozenset()
    links: tuple[str, ...] = ()
    reason: str = ""
    is_confidential: bool = False
    is_hidden: bool = False
    is_foreign: bool = False
    parts: tuple["Entry", ...] = ()

    @property
    def heading(self) -> str:
        """What stands for the entry; a motivation has none: its item is."""
        return "" if self.kind == "motivation" else self.fields[0][1]

    @property
    def below_heading(self) -> tuple[tuple[str, str], ...]:
        return self.fields if self.kind == "motivation" else self.fields[1:]

    @property
    def words(self) -> str:
        return " ".join(text for _name, text in self.fields)


@dataclass(frozen=True, slots=True)
class Passage:
    """An accepted passage; `ticks` are values of elements and links."""

    item: str
    quote: str
    document: str
    page: int | None
    objective: str | None
    ticks: tuple[str, ...]
    aspects: tuple[str, ...]
    is_in_text: bool
    is_confidential: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One version, as far as the reader may know it."""

    objectives: tuple[Entry, ...]
    diagnoses: tuple[Entry, ...]
    motivations: tuple[Entry, ...]
    passages: tuple[Passage, ...]


def hidden_items(contents: Sequence[PlanContent], reader: Reader) -> frozenset[str]:
    """Codes of the items that one of these versions, under one of its editions, keeps from the reader."""
    return frozenset(
        code
        for content in contents
        for code, choice in content.choices.items()
        if reader.hides_item(is_item_confidential=choice.item_confidential)
    )


def side_of(
    contents: Sequence[PlanContent],
    hidden: frozenset[str],
    reader: Reader,
    *,
    withheld: frozenset[Place] = frozenset(),
    with_items: bool = True,
) -> Side:
    """`contents` are one version under each of its editions, the compared one first.

    What an entry names under any of them may keep it from the reader; so may its place being `withheld` when
    it names nothing. Without `with_items` everything that depends on the edition is left out.
    """
    side = _Reading(contents, hidden, withheld, reader).side()
    return side if with_items else _without_items(side)


def _without_items(side: Side) -> Side:
    def strip(entry: Entry) -> Entry:
        return replace(entry, named=frozenset(), parts=tuple(map(strip, entry.parts)))

    return Side(tuple(map(strip, side.objectives)), tuple(map(strip, side.diagnoses)), (), ())


class _Reading:
    """One version under each of its editions, read for one reader."""

    def __init__(
        self,
        contents: Sequence[PlanContent],
        hidden: frozenset[str],
        withheld: frozenset[Place],
        reader: Reader,
    ) -> None:
        self.contents, self.content = contents, contents[0]
        self.hidden, self.withheld, self.reader = hidden, withheld, reader

    def side(self) -> Side:
        objectives = tuple(self._objectives())
        return Side(
            objectives=objectives,
            diagnoses=tuple(self._diagnoses()),
            motivations=tuple(self._motivations()),
            passages=tuple(self._passages({entry.label for entry in objectives})),
        )

    def _is_kept_back(self, place: Place, named: Callable[[PlanContent], set[str]]) -> bool:
        """Under one of the editions it names items, all of them hidden; or it names none and is withheld."""
        every = [named(content) for content in self.contents]
        if place in self.withheld and not self.reader.is_inside and not any(every):
            return True
        return any(codes and codes <= self.hidden for codes in every)

    def _entry(self, place: Place, label: str, row, named, *, is_confidential: bool, **more) -> Entry:
        kind, is_foreign = place[0], self._is_kept_back(place, named)
        return Entry(
            kind=kind,
            label=label,
            fields=tuple((name, _text(getattr(row, name))) for name in FIELDS[kind]),
            named=frozenset(
                Naming(ref.item, aspect)
                for ref in row.items
                if ref.item not in self.hidden
                for aspect in ("", *ref.aspects)
            ),
            is_confidential=is_confidential,
            is_hidden=is_foreign or self.reader.hides_words(is_confidential=is_confidential),
            is_foreign=is_foreign,
            **more,
        )

    def _objectives(self) -> Iterator[Entry]:
        for i, row in enumerate(self.content.objectives):
            number = self.content.objective_number(i)
            place = "objective", i, 0
            if self._is_kept_back(
                place, lambda content, i=i, number=number: _named_with_parts(content, i, number)
            ):
                continue
            yield self._entry(
                place,
                number,
                row,
                lambda content, i=i: _codes(content.objectives[i]),
                is_confidential=row.confidential,
                parts=tuple(self._parts(i, row)),
            )

    def _parts(self, i: int, objective) -> Iterator[Entry]:
        for kind, name in (("action", "actions"), ("indicator", "indicators")):
            for j, row in enumerate(getattr(objective, name)):
                part = self._entry(
                    (kind, i, j),
                    "",
                    row,
                    lambda content, j=j, name=name: _codes(getattr(content.objectives[i], name)[j]),
                    is_confidential=objective.confidential or getattr(row, "confidential", False),
                    links=tuple(getattr(row, "links", ())),
                )
                if not part.is_foreign:
                    yield part

    def _diagnoses(self) -> Iterator[Entry]:
        for i, row in enumerate(self.content.diagnosis):
            entry = self._entry(
                ("diagnosis", i, 0),
                row.kind,
                row,
                lambda content, i=i: _codes(content.diagnosis[i]),
                is_confidential=row.confidential,
            )
            if not entry.is_foreign:
                yield entry

    def _motivations(self) -> Iterator[Entry]:
        """Of items about which something was written."""
        for code, row in self.content.choices.items():
            if code in self.hidden or not (row.reason or row.pointer or row.line.strip()):
                continue
            is_confidential = row.confidential or row.item_confidential
            yield Entry(
                kind="motivation",
                label=code,
                fields=(("pointer", row.pointer), ("line", row.line)),
                reason=row.reason or "",
                is_confidential=is_confidential,
                is_hidden=self.reader.hides_words(is_confidential=is_confidential),
            )

    def _passages(self, numbers: set[str]) -> Iterator[Passage]:
        """`numbers` are those of the objectives that the reader may know."""
        secret = {
            self.content.objective_number(i)
            for i, row in enumerate(self.content.objectives)
            if row.confidential
        }
        for row in self.content.passages:
            if row.item in self.hidden:
                continue
            is_confidential = row.confidential or row.objective in secret
            yield Passage(
                item=row.item,
                quote=row.quote,
                document=row.document,
                page=row.page,
                objective=row.objective if row.objective in numbers else None,
                ticks=tuple(tick for tick in (*row.elements, *row.links) if tick != "chain_link"),
                aspects=row.aspects,
                is_in_text=not row.no_longer_in_text,
                is_confidential=is_confidential,
                is_hidden=self.reader.hides_words(is_confidential=is_confidential),
            )


def _codes(entry) -> set[str]:
    return {ref.item for ref in entry.items}


def _named_with_parts(content: PlanContent, i: int, number: str) -> set[str]:
    """The items that an objective, its parts or the passages on it name."""
    row = content.objectives[i]
    codes = set().union(*(_codes(entry) for entry in (row, *row.actions, *row.indicators)))
    return codes | {passage.item for passage in content.passages if passage.objective == number}


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
