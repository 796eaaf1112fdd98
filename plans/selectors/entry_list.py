"""What the Objectives tab shows of a plan to one reader.

What a reader may not see is left out or emptied here, so that no template has to think of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from framework.models import Item
from plans.enums import ChainLink, DiagnosisKind, Element
from plans.models import Assessment, ItemLink, Objective, PassageEvidence
from plans.models.assessment import SOURCES
from plans.selectors.disclosure import Reader
from plans.selectors.entries import SLUGS, Entry, diagnosis_anchor, objective_anchor
from plans.selectors.scoring_input import in_plan_order

#: Kind of entry → the field whose words stand for it, and the fields shown below when they hold something.
HEADINGS = {"objective": "title", "action": "title", "indicator": "title", "diagnosis": "text"}
FACTS = {
    "objective": ("result", "target_group", "due"),
    "action": ("target_group", "links", "responsible", "due", "capacity", "partners"),
    "indicator": ("target_value", "baseline", "source", "frequency"),
    "diagnosis": ("figure", "source"),
}


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item an entry names; `short` and `aspects` are texts by language."""

    code: str
    short: dict[str, str]
    aspects: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that holds something; `is_typed`: in the plan's own words, not ours."""

    label: Any
    value: str
    is_typed: bool


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry as this reader may see it: words and facts are empty when `is_hidden`."""

    kind: str
    pk: int
    words: str
    items: tuple[NamedItem, ...]
    facts: tuple[Fact, ...]
    is_confidential: bool
    is_hidden: bool

    @property
    def slug(self) -> str:
        return SLUGS[self.kind]

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, slots=True)
class ShownDiagnosis(ShownEntry):
    """`position` counts the plan's entries from 1, as evidence does: also those this reader never sees."""

    position: int

    @property
    def number_anchor(self) -> str:
        return diagnosis_anchor(self.position)


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """An accepted passage that hangs on an objective."""

    quote: str
    document: str
    page: int | None
    item: NamedItem
    elements: tuple[Any, ...]
    is_confidential: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownObjective(ShownEntry):
    """`is_own_priority`: neither it nor anything on it names an item, so it is not compared."""

    number: str
    actions: tuple[ShownEntry, ...]
    indicators: tuple[ShownEntry, ...]
    passages: tuple[ShownPassage, ...]
    is_own_priority: bool

    @property
    def anchor(self) -> str:
        return objective_anchor(self.number)


@dataclass(frozen=True, slots=True)
class EntryList:
    """`diagnoses` pairs the word for a kind with its entries; kinds without entries are left out."""

    objectives: tuple[ShownObjective, ...]
    diagnoses: tuple[tuple[Any, tuple[ShownDiagnosis, ...]], ...]


def entry_list(assessment: Assessment, reader: Reader, items: Sequence[Item]) -> EntryList:
    """The plan's objectives in its own order with what hangs on them, and its diagnosis by kind.

    `items` are those of the edition. Six queries, one more for readers outside the zone.
    """
    showing = _Showing(assessment, reader, items)
    diagnoses = defaultdict(list)
    for position, diagnosis in enumerate(assessment.version.diagnoses.all(), 1):
        if not showing.leaves_out(diagnosis):
            diagnoses[diagnosis.kind].append(showing.entry(diagnosis, ShownDiagnosis, position=position))
    return EntryList(
        objectives=tuple(showing.objectives(assessment.version.objectives.all())),
        diagnoses=tuple((kind.label, tuple(diagnoses[kind])) for kind in DiagnosisKind if diagnoses[kind]),
    )


def shown_objective(
    assessment: Assessment, reader: Reader, items: Sequence[Item], objective: Objective
) -> ShownObjective:
    """One objective as `entry_list` has it. Five queries."""
    showing = _Showing(assessment, reader, items)
    return next(iter(showing.objectives(Objective.objects.filter(pk=objective.pk))))


def shown_entry(assessment: Assessment, reader: Reader, items: Sequence[Item], entry: Entry) -> ShownEntry:
    """One entry of any kind as `entry_list` has it."""
    if isinstance(entry, Objective):
        return shown_objective(assessment, reader, items, entry)
    return _Showing(assessment, reader, items).entry(entry)


class _Showing:
    """The links of an assessment, and what one reader is shown of the entries they hang on."""

    def __init__(self, assessment: Assessment, reader: Reader, items: Sequence[Item]) -> None:
        self.assessment = assessment
        self.reader = reader
        self.items = {item.pk: item for item in items}
        self.hidden_items = _hidden_items(assessment, reader)
        self.links: dict[tuple[str, int], list[ItemLink]] = defaultdict(list)
        for link in assessment.links.all():
            for source in SOURCES:
                if (entry := getattr(link, f"{source}_id")) is not None:
                    self.links[source, entry].append(link)

    def named(self, entry: Entry) -> set[int]:
        return {link.item_id for link in self.links[entry._meta.model_name, entry.pk]}

    def leaves_out(self, entry: Entry) -> bool:
        """It names items, all of them wholly confidential to this reader: it does not exist for them.

        Or it names none any more, and is withheld since the edition before (Assessment.withheld).
        """
        return self._is_kept_back(entry, self.named(entry))

    def _is_kept_back(self, entry: Entry, named: set[int]) -> bool:
        if named:
            return named <= self.hidden_items
        return not self.reader.is_inside and self.assessment.withholds(entry._meta.model_name, entry.pk)

    def entry(self, entry: Entry, shown_as: type[ShownEntry] = ShownEntry, **more: Any) -> ShownEntry:
        kind = entry._meta.model_name
        is_confidential = _is_confidential(entry)
        # An objective of hidden items may carry an action for a shown one: then only its words are hidden.
        is_hidden = self.reader.hides_words(is_confidential=is_confidential) or self.leaves_out(entry)
        return shown_as(
            kind=kind,
            pk=entry.pk,
            words="" if is_hidden else getattr(entry, HEADINGS[kind]),
            items=tuple(self._items(self.links[kind, entry.pk], is_hidden=is_hidden)),
            facts=() if is_hidden else tuple(_facts(entry, FACTS[kind])),
            is_confidential=is_confidential,
            is_hidden=is_hidden,
            **more,
        )

    def objectives(self, objectives) -> Iterable[ShownObjective]:
        """In the plan's own order. Four queries."""
        passages = PassageEvidence.objects.filter(assessment=self.assessment)
        rows = objectives.prefetch_related("actions", "indicators", Prefetch("passages", passages))
        for objective in in_plan_order(rows):
            parts = [*objective.actions.all(), *objective.indicators.all()]
            named = self.named(objective).union(*map(self.named, parts))
            named |= {passage.item_id for passage in objective.passages.all()}
            if self._is_kept_back(objective, named):
                continue
            yield self.entry(
                objective,
                ShownObjective,
                number=objective.number,
                actions=self._parts(objective, objective.actions.all()),
                indicators=self._parts(objective, objective.indicators.all()),
                passages=tuple(self._passages(objective)),
                is_own_priority=not named,
            )

    def _parts(self, objective: Objective, parts) -> tuple[ShownEntry, ...]:
        for part in parts:
            part.objective = objective  # known already: asking for it again would cost a query each
        return tuple(self.entry(part) for part in parts if not self.leaves_out(part))

    def _passages(self, objective: Objective) -> Iterable[ShownPassage]:
        for passage in objective.passages.all():
            if passage.item_id in self.hidden_items:
                continue
            is_confidential = passage.is_confidential or objective.is_confidential
            is_hidden = self.reader.hides_words(is_confidential=is_confidential)
            yield ShownPassage(
                quote="" if is_hidden else passage.quote,
                document="" if is_hidden else passage.document,
                page=passage.page,
                item=self._item(passage.item_id, passage.aspects, is_hidden=is_hidden),
                elements=tuple(Element(element).label for element in passage.elements),
                is_confidential=is_confidential,
                is_hidden=is_hidden,
            )

    def _items(self, links: Iterable[ItemLink], *, is_hidden: bool) -> Iterable[NamedItem]:
        for link in sorted(links, key=lambda link: self.items[link.item_id].position):
            if link.item_id not in self.hidden_items:
                yield self._item(link.item_id, link.aspects, is_hidden=is_hidden)

    def _item(self, item_id: int, aspects: Sequence[str], *, is_hidden: bool) -> NamedItem:
        item = self.items[item_id]
        ticked = () if is_hidden else [a.title for a in item.aspects.all() if a.code in aspects]
        return NamedItem(code=item.code, short=item.short or item.title, aspects=tuple(ticked))


def _hidden_items(assessment: Assessment, reader: Reader) -> set[int]:
    """Ids of the items that do not exist for this reader."""
    if reader.is_inside:
        return set()
    return {
        choice.item_id
        for choice in assessment.choices.all()
        if reader.hides_item(is_item_confidential=choice.is_item_confidential)
    }


def _is_confidential(entry: Entry) -> bool:
    """Itself, or because of the objective it hangs on."""
    objective = getattr(entry, "objective", None)
    return getattr(entry, "is_confidential", False) or (objective is not None and objective.is_confidential)


def _facts(entry: Entry, names: Sequence[str]) -> Iterable[Fact]:
    for name in names:
        value = getattr(entry, name)
        is_typed = isinstance(value, str)
        text = value.strip() if is_typed else ", ".join(str(ChainLink(link).label) for link in value)
        if text:
            yield Fact(entry._meta.get_field(name).verbose_name, text, is_typed)
