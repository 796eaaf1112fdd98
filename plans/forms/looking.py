"""The page of one item to look at as a form: the choice with its words, and what holds, as ticks."""

from collections.abc import Sequence

from plans.enums import Choice
from plans.forms.choices import ChoiceRowForm, Difference, differences, values_of
from plans.models import ItemChoice
from plans.selectors.choices import ChoiceRow
from plans.selectors.looking import Look
from plans.services.choices import FIELDS, ChoiceChange

LINKS, EVIDENCE, MARK = "links", "evidence", "mark"


class LookForm:
    """`data` is what was posted. The row of the choice is that of the Choices tab.

    Fresh and with one old item, the row begins with what was chosen there, not saved yet.
    """

    def __init__(self, look: Look, data=None) -> None:
        self.look, self.data = look, data
        self.begins_with = None if data is not None else _begins_with(look)
        row = ChoiceRow(
            item=look.item,
            decision=look.choice,
            level=0,
            state="",
            proposal=None,
            has_quote=False,
            is_motivation_hidden=False,
        )
        self.row = ChoiceRowForm(row, data, taken_over=self.begins_with and _as_new(look, self.begins_with))
        self.differences: list[Difference] = []
        #: After somebody else saved: the keys that they hold, and those that were not typed so.
        self.held: frozenset[str] = frozenset()
        self.others: frozenset[str] = frozenset()

    def is_valid(self) -> bool:
        return self.row.is_valid()

    @property
    def change(self) -> ChoiceChange:
        """What a valid form asks to save."""
        return ChoiceChange(
            item=self.look.item.code, revision=self.row.cleaned_data["revision"], **self.row.values
        )

    @property
    def links(self) -> Sequence[str]:
        """The keys that are ticked: as typed, else as proposed."""
        return self._ticked(LINKS, self.look.entries)

    @property
    def evidence(self) -> Sequence[str]:
        return self._ticked(EVIDENCE, self.look.passages)

    @property
    def mark(self) -> str:
        return self.look.mark

    @property
    def sent_mark(self) -> str:
        return self.data.get(MARK, "")

    def refreshed(self, stored: Look) -> "LookForm":
        """After somebody else saved: what was typed, beside what is stored; saving again replaces it.

        What they ticked is ticked as well, and marked: nobody takes it away without having seen it.
        """
        form = LookForm(stored, self.data)
        form.held = stored.held(stored.entries) | stored.held(stored.passages)
        form.others = form.held ^ {*self.links, *self.evidence}
        form.differences = list(
            differences(
                stored.item, values_of(stored.choice), {name: self.row.values[name] for name in FIELDS}
            )
        )
        return form

    def _ticked(self, name: str, offered) -> Sequence[str]:
        if self.data is not None:
            typed = self.data.getlist(name)
            return [*typed, *(one.key for one in offered if one.key in self.held and one.key not in typed)]
        return [one.key for one in offered if one.is_ticked]


def _begins_with(look: Look) -> ItemChoice | None:
    """The choice for the only old item, when nothing was decided for the new one."""
    if look.is_seen or len(look.olds) != 1 or look.choice.choice != Choice.UNDECIDED or look.choice.line:
        return None
    old = look.olds[0].choice
    return old if old.choice != Choice.UNDECIDED or old.line.strip() else None


def _as_new(look: Look, old: ItemChoice) -> ItemChoice:
    """The old choice with every confidential mark that either of them has."""
    values = {name: getattr(old, name) for name in FIELDS}
    for name in ("is_motivation_confidential", "is_item_confidential"):
        values[name] = values[name] or getattr(look.choice, name)
    return ItemChoice(item=look.item, revision=look.choice.revision, **values)
