"""What a reviewer types about one item: six digits with reasons and quotes, and a word on the motivation.

Every digit starts as derived; only what differs is judged. Bounds and errors here, saving in
services.reviewing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.enums import Criterion, MotivationVerdict
from plans.forms.fields import VisibleTextField
from plans.planformat.types import TEXT_LENGTH
from plans.scoring.review import DIGITS
from plans.selectors.review import ReadItem, ReviewLine
from plans.selectors.shown import CriterionLines
from plans.services.reviewing import JudgedDigit

CONFIRM, SAVE = "confirm", "save"
#: For a placeholder that shows nothing: it lets the stylesheet see whether something is typed.
NOTHING = " "


@dataclass(frozen=True, slots=True)
class CriterionFields:
    """One criterion as the page lays it out: its evidence, its derived digit and the three fields."""

    criterion: str
    derived: int
    evidence: CriterionLines
    digit: forms.BoundField
    reason: forms.BoundField
    quote: forms.BoundField

    @property
    def has_errors(self) -> bool:
        return bool(self.digit.errors or self.reason.errors or self.quote.errors)


class DigitSelect(forms.Select):
    """Marks the derived digit: the stylesheet asks for a reason only beside another one."""

    derived = 0

    def create_option(self, name, value, *args, **kwargs) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) == str(self.derived):
            option["attrs"]["data-derived"] = ""
        return option


class ItemReviewForm(forms.Form):
    """`line` is the item as it stands now, `read` what was said of it before (None: nothing)."""

    use_required_attribute = False

    verdict = forms.ChoiceField(choices=[(CONFIRM, CONFIRM), (SAVE, SAVE)], widget=forms.HiddenInput)
    motivation = forms.ChoiceField(
        label=gettext_lazy("What you say of the motivation"),
        choices=[
            (MotivationVerdict.NO_REMARK, gettext_lazy("No remark")),
            (MotivationVerdict.CLARIFICATION, gettext_lazy("Ask for a clarification")),
        ],
        widget=forms.RadioSelect,
    )
    clarification = VisibleTextField(
        label=gettext_lazy("What should the zone make clear?"),
        help_text=gettext_lazy("The zone reads this and answers it. The item stays open until it does."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_confidential = forms.BooleanField(
        label=gettext_lazy("Confidential: only the zone and readers with clearance see reasons and quotes"),
        required=False,
    )

    def __init__(
        self,
        data=None,
        *,
        line: ReviewLine,
        read: ReadItem | None,
        has_clearance: bool,
        asks_motivation: bool,
        asked_already: bool = False,
    ) -> None:
        self.line, self.asked_already = line, asked_already
        self.derived: Mapping[str, int] = line.derived.digits
        super().__init__(data, initial=_initial(line, read))
        for criterion in Criterion.values:
            self._add_criterion(criterion)
        if not asks_motivation:
            del self.fields["motivation"], self.fields["clarification"]
        elif asked_already:
            self.fields["clarification"].help_text = _(
                "Your question was sent before. Leave this empty, or write what you still want to know."
            )
        if not has_clearance:
            # Who never sees confidential words has none to keep secret.
            del self.fields["is_confidential"]

    def _add_criterion(self, criterion: str) -> None:
        name = Criterion(criterion).label
        derived = self.derived[criterion]
        texts = {str(digit): str(digit) for digit in DIGITS}
        texts[str(derived)] = _("%(digit)s, as derived") % {"digit": derived}
        select = DigitSelect()
        select.derived = derived
        self.fields[f"digit_{criterion}"] = forms.ChoiceField(
            label=_("Digit for %(criterion)s") % {"criterion": name},
            choices=list(texts.items()),
            widget=select,
            initial=str(derived),
            required=False,
            error_messages={"invalid_choice": _("Choose 0, 1 or 2.")},
        )
        area = {"rows": 2, "placeholder": NOTHING}
        self.fields[f"reason_{criterion}"] = VisibleTextField(
            label=_("Reason, %(criterion)s") % {"criterion": name},
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea(attrs=area),
        )
        self.fields[f"quote_{criterion}"] = VisibleTextField(
            label=_("Quote from the plan, %(criterion)s") % {"criterion": name},
            help_text=_("Needed when your digit is higher than the derived one.") if derived < 2 else "",
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea(attrs=area),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for criterion in Criterion.values:
            self._check_criterion(criterion)
        if cleaned.get("verdict") == CONFIRM and self._changed and not self.errors:
            raise ValidationError(
                _("You also changed a criterion below. Save your reading, or set it back to confirm."),
                code="changed",
            )
        if (
            cleaned.get("motivation") == MotivationVerdict.CLARIFICATION
            and not cleaned.get("clarification")
            and "clarification" not in self.errors
            and not self.asked_already
        ):
            self.add_error("clarification", _("Write what the zone should make clear."))
        return cleaned

    def _check_criterion(self, criterion: str) -> None:
        digit = self.cleaned_data.get(f"digit_{criterion}")
        if digit is None:
            return
        reason, quote = (self.cleaned_data.get(f"{name}_{criterion}") for name in ("reason", "quote"))
        chosen, derived = int(digit or self.derived[criterion]), self.derived[criterion]
        if chosen == derived:
            if reason or quote:
                text = _("You wrote something here, but kept the derived digit. Choose another, or empty it.")
                self.add_error(f"digit_{criterion}", text)
            return
        if not reason and f"reason_{criterion}" not in self.errors:
            self.add_error(f"reason_{criterion}", _("Say why in one line."))
        if chosen > derived and not quote and f"quote_{criterion}" not in self.errors:
            self.add_error(f"quote_{criterion}", _("Quote the words of the plan that earn the higher digit."))

    @property
    def _changed(self) -> list[str]:
        return [
            criterion
            for criterion in Criterion.values
            if (digit := self.cleaned_data.get(f"digit_{criterion}"))
            and int(digit) != self.derived[criterion]
        ]

    @property
    def judged(self) -> list[JudgedDigit]:
        """The digits of a valid form that differ from the derived ones."""
        return [
            JudgedDigit(
                criterion,
                int(self.cleaned_data[f"digit_{criterion}"]),
                self.cleaned_data[f"reason_{criterion}"],
                self.cleaned_data[f"quote_{criterion}"],
            )
            for criterion in self._changed
        ]

    @property
    def values(self) -> dict[str, Any]:
        """For services.reviewing.review_item."""
        return {
            "judged": self.judged,
            "motivation": self.cleaned_data.get("motivation", ""),
            "clarification": self.cleaned_data.get("clarification", ""),
            "is_confidential": self.cleaned_data.get("is_confidential", False),
        }

    @property
    def criteria(self) -> list[CriterionFields]:
        evidence = {lines.criterion: lines for lines in self.line.row.criteria}
        return [
            CriterionFields(
                criterion,
                self.derived[criterion],
                evidence[criterion],
                *(self[f"{name}_{criterion}"] for name in ("digit", "reason", "quote")),
            )
            for criterion in Criterion.values
        ]

    @property
    def is_changed(self) -> bool:
        """Whether the part with the criteria begins open: something in it differs or is refused."""
        if any(fields.has_errors for fields in self.criteria):
            return True
        return any(
            str(fields.digit.value() or fields.derived) != str(fields.derived)
            or fields.reason.value()
            or fields.quote.value()
            for fields in self.criteria
        )

    def differences(self, stored: ReadItem | None) -> list[dict[str, str]]:
        """What was typed beside what somebody else stored meanwhile, for components/conflict.html."""
        kept = _initial(self.line, stored)
        rows = []
        for name, field in self.fields.items():
            # A digit that was not sent is the derived one.
            typed = self[name].value() or (field.initial if name.startswith("digit_") else "")
            known = kept.get(name, field.initial)
            typed, known = (_as_text(field, value) for value in (typed, known))
            if name not in ("verdict", "clarification") and typed != known:
                rows.append({"label": field.label, "typed": typed, "stored": known, "name": name})
        return rows


def _initial(line: ReviewLine, read: ReadItem | None) -> dict[str, Any]:
    if read is None:
        return {"motivation": MotivationVerdict.NO_REMARK, "is_confidential": line.has_confidential}
    values: dict[str, Any] = {
        "motivation": read.motivation or MotivationVerdict.NO_REMARK,
        "is_confidential": read.is_confidential,
    }
    for one in read.judged:
        values[f"digit_{one.criterion}"] = str(one.digit)
        values[f"reason_{one.criterion}"] = one.reason
        values[f"quote_{one.criterion}"] = one.quote
    return values


def _as_text(field: forms.Field, value: object) -> str:
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if value in (True, "on", "True") else _("no"))
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(str(value), value or ""))
    return str(value or "").replace("\r\n", "\n").strip()
