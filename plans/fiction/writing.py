"""From what was decided to the words of a plan, in the order in which a stored plan reads back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.fiction.dice import Dice
from plans.fiction.fates import Fate
from plans.fiction.files import ItemPhrases, Phrases
from plans.fiction.places import Place
from plans.planformat import (
    ActionEntry,
    ChoiceEntry,
    DiagnosisEntry,
    IndicatorEntry,
    ItemRef,
    ObjectiveEntry,
    PassageEntry,
    PlanContent,
    PlanHeader,
)
from plans.scoring import Choice, ItemKind

#: From this depth on an item has actions, is operational, is followed up (SCORING section 2).
WITH_ACTIONS, OPERATIONAL, FOLLOWED_UP = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Writer:
    """One plan's words. `first_year` and `last_year` are those of its cycle."""

    place: Place
    phrases: Phrases
    cycle: str
    first_year: int
    last_year: int
    edition: str
    dice: Dice

    def write(self, fates: Sequence[Fate]) -> PlanContent:
        """The content, entries named in the edition's order, objectives numbered from 1."""
        themes = self._hosted_themes(fates)
        hosted = {fate.item.code for guests in themes.values() for fate in guests}
        written = [fate for fate in fates if fate.depth and fate.item.code not in hosted]
        order = self.dice.shuffled([fate.item.code for fate in written], "order")
        written.sort(key=lambda fate: order.index(fate.item.code))
        parts = {fate.item.code: self._objective(fate, themes.get(fate.item.code, [])) for fate in written}
        late = [fate.item.code for fate in written if fate.is_late]
        # What an addendum brings comes last: the plan before it keeps its numbers.
        listed = [(code, part) for code, part in parts.items() if code not in late]
        listed += [("", part) for part in self._own_priorities()]
        listed += [(code, parts[code]) for code in late]
        numbers = {code: str(number) for number, (code, _) in enumerate(listed, 1) if code}
        return PlanContent(
            plan=PlanHeader(
                name=f"{self.place.label} · {self.cycle} {self.phrases.fictional}",
                zone=self.place.code,
                cycle=self.cycle,
                language=self.phrases.language,
            ),
            edition=self.edition,
            objectives=tuple(
                part.model_copy(update={"number": str(number)}) for number, (_, part) in enumerate(listed, 1)
            ),
            diagnosis=tuple(entry for fate in fates for entry in self._diagnoses(fate)),
            choices={fate.item.code: self._choice(fate) for fate in fates if fate.choice != Choice.UNDECIDED},
            passages=tuple(entry for fate in fates for entry in self._passages(fate, numbers)),
        )

    def _hosted_themes(self, fates: Sequence[Fate]) -> dict[str, list[Fate]]:
        """Priority → the themes applied on its objective. A theme is a way of working on something."""
        hosts = [
            fate.item.code
            for fate in fates
            if fate.item.kind == ItemKind.PRIORITY
            and fate.choice == Choice.RETAINED
            and fate.depth >= WITH_ACTIONS
            and not fate.is_late
        ]
        themes: dict[str, list[Fate]] = {}
        for fate in fates:
            dice = self.dice.of(fate.item.code)
            if fate.item.kind == ItemKind.THEME and fate.depth >= WITH_ACTIONS and dice.chance(60, "hosted"):
                for host in dice.shuffled(hosts, "hosts")[: dice.between(1, 3, "reach")]:
                    themes.setdefault(host, []).append(fate)
        return themes

    def _objective(self, fate: Fate, themes: Sequence[Fate]) -> ObjectiveEntry:
        phrases, dice = self._item(fate), self.dice.of(fate.item.code)
        phrase = dice.pick(phrases.objectives, "objective")
        is_operational = fate.depth >= OPERATIONAL
        is_bullet = not is_operational and dice.chance(70 if fate.depth == 1 else 35, "bullet")
        guests = [ItemRef(item=guest.item.code) for guest in themes]
        named = [ItemRef(item=fate.item.code), *guests]
        return ObjectiveEntry(
            title=dice.pick(phrases.words, "word") if is_bullet else self._say(phrase.title, dice),
            items=[ItemRef(item=fate.item.code, aspects=() if is_bullet else phrase.aspects), *guests],
            result=phrase.result if is_operational or dice.chance(25, "result") else "",
            target_group=self._say(phrase.target, dice)
            if is_operational or dice.chance(30, "target")
            else "",
            due=self._due(dice, "due") if is_operational else "",
            confidential=fate.is_objective_hidden,
            actions=list(self._actions(fate, phrases, named, dice)),
            indicators=list(self._indicators(fate, phrases, dice)),
        )

    def _actions(
        self, fate: Fate, phrases: ItemPhrases, named: Sequence[ItemRef], dice: Dice
    ) -> Iterator[ActionEntry]:
        if fate.depth < WITH_ACTIONS:
            return
        count = 1 + dice.below(2, "actions")
        chosen = dice.shuffled(range(len(phrases.actions)), "which actions")[:count]
        for position, at in enumerate(chosen):
            phrase, mine = phrases.actions[at], dice.of("action", position)
            # The first action earns the depth; the others are as bare as in real plans.
            is_full = position == 0 and fate.depth >= OPERATIONAL
            is_followed = position == 0 and fate.depth >= FOLLOWED_UP
            links = phrase.links if is_full else phrase.links[:1]
            if is_followed and len(links) == 1:
                links = (*links, *(link for link in ("prevention", "reaction") if link != links[0]))[:2]
            yield ActionEntry(
                title=self._say(phrase.title, dice),
                items=list(named) if position == 0 else list(named)[:1],
                target_group=self._target(phrases, dice) if is_full else "",
                links=links if is_full or mine.chance(40, "links") else (),
                responsible=mine.pick(self.phrases.responsible, "who")
                if is_full or mine.chance(40, "responsible")
                else "",
                due=self._due(mine, "due") if is_followed or mine.chance(25, "has due") else "",
                capacity=mine.pick(self.phrases.capacities, "what") if mine.chance(20, "capacity") else "",
                partners=phrase.partners if is_full or mine.chance(40, "partners") else (),
                confidential=mine.chance(2, "hidden"),
            )

    def _indicators(self, fate: Fate, phrases: ItemPhrases, dice: Dice) -> Iterator[IndicatorEntry]:
        is_followed = fate.depth >= FOLLOWED_UP
        if not is_followed and not (fate.depth >= WITH_ACTIONS and dice.chance(35, "indicator")):
            return
        phrase = dice.pick(phrases.indicators, "which indicator")
        low, high = phrase.count
        base = dice.between(low, high, "baseline")
        other = max(1, base * dice.between(75, 90, "aim") // 100)
        # Which of the two is the aim, the words of the phrase say: at most {n}, at least {m}.
        numbers = dict(zip("nm", sorted((base, other)), strict=True))
        has_target = is_followed or dice.chance(50, "target value")
        yield IndicatorEntry(
            title=phrase.title,
            items=[ItemRef(item=fate.item.code)],
            target_value=phrase.target.format(**numbers) if has_target else "",
            baseline=phrase.baseline.format(**numbers) if is_followed else "",
            source=phrase.source if is_followed or dice.chance(50, "indicator source") else "",
            frequency=dice.pick(self.phrases.frequencies, "frequency") if is_followed else "",
        )

    def _diagnoses(self, fate: Fate) -> Iterator[DiagnosisEntry]:
        phrases, dice = self._item(fate), self.dice.of(fate.item.code)
        named = [ItemRef(item=fate.item.code)]
        if fate.depth >= FOLLOWED_UP or (fate.depth and dice.chance(50, "diagnosis")):
            phrase = dice.pick(phrases.diagnosis, "which diagnosis")
            year, count = self.first_year - 1, dice.between(*phrase.count, "figure")
            yield DiagnosisEntry(
                kind="figure",
                text=phrase.text,
                items=named,
                figure=phrase.figure.format(n=count, year=year),
                source=phrase.source,
                confidential=fate.is_objective_hidden,
            )
        if dice.chance(30 if fate.depth else 6, "expectation"):
            kind = dice.pick(sorted(self.phrases.expectations), "whose")
            text = dice.pick(self.phrases.expectations[kind], "words of", kind)
            yield DiagnosisEntry(kind=kind, text=text.format(name=phrases.name), items=named)

    def _choice(self, fate: Fate) -> ChoiceEntry:
        phrases, dice = self._item(fate), self.dice.of(fate.item.code)
        hidden = {"item_confidential": fate.is_hidden, "confidential": fate.is_motivation_hidden}
        if fate.choice == Choice.NOT_RETAINED:
            motivation = dice.pick(phrases.motivations, "motivation")
            line = motivation.line if fate.is_explained else ""
            return ChoiceEntry(
                choice=fate.choice, reason=motivation.reason, pointer=motivation.pointer, line=line, **hidden
            )
        is_told = fate.choice == Choice.REGULAR and fate.is_explained
        return ChoiceEntry(
            choice=fate.choice, line=dice.pick(phrases.regular, "regular") if is_told else "", **hidden
        )

    def _passages(self, fate: Fate, numbers: dict[str, str]) -> Iterator[PassageEntry]:
        """Some plans were entered beside their document: quotes of it, with their page."""
        dice = self.dice.of(fate.item.code)
        if not (self.dice.chance(60, "document") and fate.depth and dice.chance(55, "quoted")):
            return
        phrase = dice.pick(self._item(fate).quotes, "quote")
        yield PassageEntry(
            item=fate.item.code,
            elements=phrase.elements,
            links=phrase.links,
            quote=phrase.text,
            page=dice.between(6, 64, "page"),
            document=self.phrases.document.format(cycle=self.cycle),
            objective=numbers.get(fate.item.code),
            confidential=fate.is_objective_hidden,
        )

    def _own_priorities(self) -> list[ObjectiveEntry]:
        """What every zone works on and no framework note asks for."""
        count = self.dice.weighted({0: 55, 1: 30, 2: 15}, "own priorities")
        return [
            ObjectiveEntry(title=title)
            for title in self.dice.shuffled(self.phrases.own_priorities, "which own")[:count]
        ]

    def _item(self, fate: Fate) -> ItemPhrases:
        return self.phrases.items[fate.item.code]

    def _target(self, phrases: ItemPhrases, dice: Dice) -> str:
        return self._say(dice.pick(phrases.objectives, "objective").target, dice)

    def _due(self, dice: Dice, question: str) -> str:
        due = dice.between(self.first_year + 1, self.last_year, question)
        return dice.pick(self.phrases.due, question, "words").format(due=due)

    def _say(self, text: str, dice: Dice) -> str:
        """The phrase, with a municipality of the zone where it wants one."""
        return text.format(place=dice.pick(self.place.municipalities, "place"))
