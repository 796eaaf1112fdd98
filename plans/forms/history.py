"""Narrowing a history: by person, by what it is about, by day."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.history_sentences import GROUP_LABELS, person_words
from plans.selectors.history import FORMER, OPERATOR, Asked, People


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO dates."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HistoryFilterForm(forms.Form):
    """The state of the list is its address. What cannot be read is as if it were not asked."""

    use_required_attribute = False

    person = forms.ChoiceField(label=_("Person"), required=False)
    about = forms.ChoiceField(label=_("About"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Up to and including"), required=False, widget=DayInput)

    def __init__(self, data, *, people: People, groups: Iterable[str]) -> None:
        super().__init__(data)
        choices = [("", pgettext_lazy("person", "everybody"))]
        choices += [(str(pk), name) for pk, name in people.names.items()]
        if people.former:
            choices.append((FORMER, person_words(FORMER, is_named=False)))
        if people.has_operator:
            choices.append((OPERATOR, person_words(OPERATOR, is_named=False)))
        self.fields["person"].choices = choices
        self.fields["about"].choices = [
            ("", pgettext_lazy("history", "everything")),
            *((group, GROUP_LABELS[group]) for group in groups),
        ]

    def asked(self) -> Asked:
        self.is_valid()
        return Asked(
            person=self.cleaned_data.get("person", ""),
            group=self.cleaned_data.get("about", ""),
            since=self.cleaned_data.get("since"),
            until=self.cleaned_data.get("until"),
        )
