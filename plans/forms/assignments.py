"""Giving the ticked items to one colleague."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kiv.accounts.models import User

#: Taking items back: chosen on purpose, so that it is no slip of the hand.
NOBODY = "nobody"
#: Between an item's code, which cannot contain it, and the id of whoever had it when the page was made.
SEPARATOR = ":"


class AssignForm(forms.Form):
    """`shown` holds, for every item of the page, who had it: what was read is what is changed."""

    use_required_attribute = False

    ticked_rows = forms.MultipleChoiceField(
        label=gettext_lazy("Items"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick the items first.")},
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Give the ticked items to"),
        error_messages={
            "required": gettext_lazy("Choose a colleague, or nobody."),
            "invalid_choice": gettext_lazy("This person can no longer be given items. Choose somebody else."),
        },
    )

    def __init__(self, data=None, *, codes: Iterable[str], colleagues: Sequence[User], ticked=()) -> None:
        super().__init__(data, initial={"ticked_rows": list(ticked)})
        self.fields["ticked_rows"].choices = [(code, code) for code in codes]
        self.fields["person"].choices = [
            ("", _("Choose…")),
            *named(colleagues),
            (NOBODY, pgettext_lazy("person", "nobody")),
        ]

    def clean(self):
        if not set(self.cleaned_data.get("ticked_rows", ())) <= set(self.shown):
            raise forms.ValidationError(
                _("This page is out of date. Load it again; copy what you typed first.")
            )
        return self.cleaned_data

    @property
    def shown(self) -> dict[str, int | None]:
        """Code → the id of who had the item; without what cannot be read."""
        pairs = (value.partition(SEPARATOR) for value in self.data.getlist("shown"))
        return {code: int(pk) if pk else None for code, _sign, pk in pairs if not pk or is_id(pk)}

    @property
    def ticked(self) -> list[str]:
        return [str(code) for code in self["ticked_rows"].value() or ()]

    @property
    def items(self) -> dict[str, int | None]:
        """The ticked items of a valid form, each with who had it."""
        return {code: self.shown[code] for code in self.cleaned_data["ticked_rows"]}

    @property
    def person_id(self) -> int | None:
        chosen = self.cleaned_data["person"]
        return None if chosen == NOBODY else int(chosen)


def is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def named(people: Sequence[User]) -> list[tuple[str, str]]:
    """Choices by name; with the e-mail address where two share a name."""
    names = [str(person) for person in people]
    return [
        (str(person.pk), f"{name} ({person.email})" if names.count(name) > 1 else name)
        for person, name in zip(people, names, strict=True)
    ]
