"""Choosing what one is told of by mail: one question per kind of thing."""

from django import forms

from plans.enums import Frequency
from plans.selectors.notices import frequencies_of, kinds_for


class NoticesForm(forms.Form):
    """A field per kind that `user` can be told of; its label says when, its answer how often.

    Without an answer a kind stays as it is.
    """

    use_required_attribute = False

    def __init__(self, *args, user, **kwargs) -> None:
        kinds = kinds_for(user)
        frequencies = frequencies_of(user) if kinds else {}
        super().__init__(*args, initial={kind.value: frequencies[kind] for kind in kinds}, **kwargs)
        for kind in kinds:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, required=False, choices=Frequency.choices, widget=forms.RadioSelect
            )

    def chosen(self) -> dict[str, str]:
        """Kind → frequency, where there is an answer."""
        return {kind: frequency for kind, frequency in self.cleaned_data.items() if frequency}
