"""What reviewers make of a shared version, and what they and the zone write to each other about it.

Every digit that is changed goes from 2 to 1 or back, of the objective that earned the level. Nothing is said
of what has a confidential part: it is confirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from plans.fiction.dice import Dice
from plans.fiction.files import CycleShares, Phrases, RemarkPhrase
from plans.planformat import PlanContent
from plans.scoring import Choice, Criterion, ItemScore, PlanScore
from plans.scoring.review import Judgement

#: A review is over, or well on its way, so long after sharing.
LONGEST = timedelta(days=120)
#: What nobody answered for so long was closed.
FORGOTTEN = timedelta(days=365)
READ_IN = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class PlannedDigit:
    criterion: Criterion
    digit: int
    reason: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRemark:
    """What was asked about an item (None: the plan), and what became of it. No answer: nobody answered."""

    item: str | None
    ask: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item that was read by itself. `objective` earned its level (None: the implicit one)."""

    item: str
    at: datetime
    objective: str | None = None
    judged: tuple[PlannedDigit, ...] = ()
    clarification: PlannedRemark | None = None

    def judgements(self) -> list[Judgement]:
        return [
            Judgement(
                None if one.criterion is Criterion.DIAGNOSIS else self.objective, one.criterion, one.digit
            )
            for one in self.judged
        ]


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """`items` were read first, each by itself, then `confirmed` in one step. `finished_at` None: at work."""

    opened_at: datetime
    items: tuple[PlannedItem, ...]
    confirmed: tuple[str, ...]
    confirmed_at: datetime
    remarks: tuple[PlannedRemark, ...]
    finished_at: datetime | None

    def all_remarks(self) -> tuple[tuple[PlannedRemark, bool], ...]:
        """Each remark with whether it is a clarification, in the order in which they are numbered."""
        asked = tuple((one.clarification, True) for one in self.items if one.clarification)
        return asked + tuple((remark, False) for remark in self.remarks)

    def clarifying(self) -> set[str]:
        """Codes of the items of which a clarification waits for the zone."""
        return {remark.item for remark, is_asked in self.all_remarks() if is_asked and remark.is_open}


def plan_review(
    content: PlanContent,
    score: PlanScore,
    phrases: Phrases,
    shares: CycleShares,
    dice: Dice,
    *,
    shared_at: datetime,
    until: datetime,
) -> PlannedReview | None:
    """The review of a version that was shared; None: nobody began one.

    `until`: when the next version was started, or now.
    """
    stages = {"reviewed": shares.reviewed, "in_review": shares.in_review}
    stage = dice.weighted({**stages, "none": 100 - sum(stages.values())}, "stage")
    if stage == "none":
        return None
    window = min(until - shared_at, LONGEST)
    opened = shared_at + window * dice.between(5, 30, "opened") / 100
    finished = None
    if stage == "reviewed":
        finished = shared_at + window * dice.between(60, 95, "finished") / 100
    return _Reader(content, score, phrases, dice, opened, finished, until).read()


def hidden_items(content: PlanContent) -> set[str]:
    """Codes of the items of which some part is confidential."""
    hidden = {code for code, one in content.choices.items() if one.confidential or one.item_confidential}
    for objective in content.objectives:
        if objective.confidential or any(action.confidential for action in objective.actions):
            hidden |= {named.item for named in objective.items}
    for entry in content.diagnosis:
        if entry.confidential:
            hidden |= {named.item for named in entry.items}
    return hidden | {entry.item for entry in content.passages if entry.confidential}


@dataclass(frozen=True, slots=True)
class _Reader:
    content: PlanContent
    score: PlanScore
    phrases: Phrases
    dice: Dice
    opened: datetime
    finished: datetime | None
    until: datetime

    def read(self) -> PlannedReview:
        choices = self.content.choices
        readable = [
            item
            for item in self.score.items
            if not (item.item in choices and choices[item.item].item_confidential)
        ]
        read = readable if self.finished else readable[: self.dice.between(2, len(readable) - 1, "read")]
        hidden = hidden_items(self.content)
        span = min((self.finished or self.until) - self.opened, READ_IN * 2) / 2
        moments = {item.item: self.opened + span * at / (len(read) + 1) for at, item in enumerate(read, 1)}
        open_to_words = [item for item in read if item.item not in hidden]
        items = tuple(
            one
            for item in read
            if (one := self._item(item, moments[item.item], is_silent=item.item in hidden)) is not None
        )
        singly = {one.item for one in items}
        done = self.opened + span
        return PlannedReview(
            opened_at=self.opened,
            items=items,
            confirmed=tuple(item.item for item in read if item.item not in singly),
            confirmed_at=done,
            remarks=tuple(self._remarks(open_to_words, done)),
            finished_at=self.finished,
        )

    def _item(self, item: ItemScore, at: datetime, *, is_silent: bool) -> PlannedItem | None:
        """What is said of the item; None: it is confirmed with others. Motivations are read one by one."""
        dice = self.dice.of(item.item)
        if item.choice == Choice.NOT_RETAINED:
            if is_silent or not dice.chance(20, "clarification"):
                return PlannedItem(item.item, at)
            reason = self.content.choices[item.item].reason
            phrase = dice.pick(self.phrases.review.clarifications[reason], "asked")
            return PlannedItem(item.item, at, clarification=self._remark(item.item, phrase, at, dice))
        if not is_silent and item.choice == Choice.RETAINED and dice.chance(30, "judged"):
            judged = self._judged(item, dice)
            if judged is not None:
                return PlannedItem(item.item, at, item.objective, judged=(judged,))
        return None

    def _judged(self, item: ItemScore, dice: Dice) -> PlannedDigit | None:
        words = self.phrases.review
        digits = next(one.digits for one in item.objective_levels if one.number == item.objective).as_dict()
        quotes = self._quotes(item.objective)
        down = [criterion for criterion in words.lowered if digits[criterion] == 2]
        up = [criterion for criterion in words.raised if digits[criterion] == 1 and criterion in quotes]
        if up and (not down or dice.chance(30, "up")):
            criterion = dice.pick(up, "raised")
            reason = dice.pick(words.raised[criterion], "reason")
            return PlannedDigit(criterion, 2, reason, quotes[criterion])
        if not down:
            return None
        criterion = dice.pick(down, "lowered")
        return PlannedDigit(criterion, 1, dice.pick(words.lowered[criterion], "reason"))

    def _quotes(self, number: str | None) -> dict[Criterion, str]:
        """What the objective says that a reason can lean on; one-word bullets say nothing."""
        for objective in self.content.objectives:
            if objective.number == number and " " in objective.title:
                quotes = {Criterion.GOAL: objective.title, Criterion.CHAIN: objective.title}
                return quotes | ({Criterion.MONITORING: objective.result} if objective.result else {})
        return {}

    def _remarks(self, read: list[ItemScore], at: datetime) -> Iterator[PlannedRemark]:
        for item in read:
            dice = self.dice.of(item.item)
            if item.choice == Choice.RETAINED and dice.chance(10, "remark"):
                phrase = dice.pick(self.phrases.review.remarks, "remarked")
                yield self._remark(item.item, phrase, at, dice)
        dice = self.dice.of("plan")
        if dice.chance(25, "remark"):
            yield self._remark(None, dice.pick(self.phrases.review.general, "remarked"), at, dice)

    def _remark(self, code: str | None, phrase: RemarkPhrase, at: datetime, dice: Dice) -> PlannedRemark:
        fate = dice.weighted({"open": 45, "answered": 25, "closed": 30}, "fate")
        if self.until - at > FORGOTTEN or (self.finished and fate == "open" and dice.chance(60, "settled")):
            fate = "closed"
        name = self.phrases.items[code].name if code else ""
        ask = phrase.ask.format(name=name)
        if fate == "open":
            return PlannedRemark(code, ask, at)
        left = min(self.until - at, LONGEST)
        answered = at + left * dice.between(10, 45, "answered") / 100
        closed = answered + left * dice.between(5, 40, "closed") / 100 if fate == "closed" else None
        return PlannedRemark(code, ask, at, phrase.answer.format(name=name), answered, closed)
