"""What a system administrator types about a deadline, and comparing it with what is stored."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kiv.localized import LANGUAGES
from plans.forms.entry_form import Difference
from plans.forms.fields import VisibleTextField
from plans.models import Deadline
from plans.models.deadline import DAYS_BEFORE, MAX_DAYS_BEFORE, MAX_REMINDERS, NAME_LENGTH
from plans.services.deadlines import FIRST_DAY, LAST_DAY

NAME_LABELS = {
    "nl": _("Name in Dutch"),
    "fr": _("Name in French"),
    "de": _("Name in German"),
    "en": _("Name in English"),
}


class DaysField(forms.CharField):
    """Whole numbers, separated by commas or spaces; none is an answer too."""

    def clean(self, value: Any) -> list[int]:
        words = super().clean(value).replace(",", " ").replace(";", " ").split()
        if any(not word.isascii() or not word.isdecimal() for word in words):
            raise ValidationError(_("Give whole numbers, separated by commas: 30, 7"))
        days = sorted({int(word) for word in words}, reverse=True)
        if len(days) > MAX_REMINDERS or any(day > MAX_DAYS_BEFORE for day in days):
            raise ValidationError(_("Give at most five reminders, each at most 365 days ahead."))
        return days


class DeadlineForm(forms.Form):
    """`deadline` is the one that is changed; without it one is added."""

    use_required_attribute = False

    def __init__(self, *args, deadline: Deadline | None = None, **kwargs) -> None:
        super().__init__(*args, initial=values_of(deadline), **kwargs)
        for language in LANGUAGES:
            self.fields[f"name_{language}"] = VisibleTextField(
                label=NAME_LABELS[language], max_length=NAME_LENGTH, required=False
            )
        self.fields["date"] = forms.DateField(
            label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        self.fields["days_before"] = DaysField(
            label=_("Remind how many days ahead"),
            required=False,
            max_length=40,
            help_text=_("Numbers separated by commas. Empty: nobody is reminded by mail."),
        )

    def clean_date(self):
        day = self.cleaned_data["date"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Give a day between 2000 and 2200."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = [f"name_{language}" for language in LANGUAGES]
        if not any(cleaned.get(name) or self.has_error(name) for name in names):
            self.add_error(names[0], _("Give the deadline a name in at least one language."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """`name`, `date` and `days_before` as the services take them."""
        cleaned = self.cleaned_data
        return {
            "name": {language: cleaned[f"name_{language}"].strip() for language in LANGUAGES},
            "date": cleaned["date"],
            "days_before": cleaned["days_before"],
        }

    def differences(self, stored: Deadline) -> list[Difference]:
        """What was typed beside what is stored now, for every field in which they differ."""
        typed = self.wanted()
        pairs = [
            (f"name_{language}", typed["name"][language], stored.name.get(language, ""))
            for language in LANGUAGES
        ]
        pairs += [
            ("date", _day(typed["date"]), _day(stored.date)),
            ("days_before", _days(typed["days_before"]), _days(stored.days_before)),
        ]
        return [
            Difference(name, self.fields[name].label, stored=theirs, typed=mine)
            for name, mine, theirs in pairs
            if mine != theirs
        ]


def values_of(deadline: Deadline | None) -> dict[str, Any]:
    """What is stored, as the form's initial values; for a new one the usual reminders."""
    if deadline is None:
        return {"days_before": _days(DAYS_BEFORE)}
    names = {f"name_{language}": deadline.name.get(language, "") for language in LANGUAGES}
    return {**names, "date": deadline.date, "days_before": _days(deadline.days_before)}


def _days(days) -> str:
    return ", ".join(map(str, days))


def _day(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
