"""What one decision on a passage posts: bounded, and only what exists in this plan and edition."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from framework.models import Item
from plans.enums import ChainLink, Element, Verdict
from plans.models import Objective, PlanVersion
from plans.services.decisions import Ticks

#: The passage is about another item than the one it was suggested for.
MOVE = "move"
TAKE_BACK = "take_back"
ACTS = (Verdict.ACCEPTED, MOVE, Verdict.REJECTED, Verdict.SET_ASIDE, TAKE_BACK)


class DecisionForm(forms.Form):
    """`item`: what it was suggested for; `other`: what it is about instead, when it is moved."""

    verdict = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    item = forms.ChoiceField()
    other = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("Choose an item.")})
    elements = forms.MultipleChoiceField(choices=Element.choices, required=False)
    links = forms.MultipleChoiceField(choices=ChainLink.choices, required=False)
    aspects = forms.MultipleChoiceField(required=False)
    objective = forms.ModelChoiceField(Objective.objects.none(), required=False)

    def __init__(self, data, *, items: Sequence[Item], version: PlanVersion) -> None:
        super().__init__(data)
        self.by_code = {item.code: item for item in items}
        codes = [(code, code) for code in self.by_code]
        self.fields["item"].choices = self.fields["other"].choices = codes
        aspects = {aspect.code for item in items for aspect in item.aspects.all()}
        self.fields["aspects"].choices = [(code, code) for code in sorted(aspects)]
        self.fields["objective"].queryset = version.objectives.all()

    def clean(self):
        cleaned = super().clean()
        verdict = cleaned.get("verdict")
        if verdict == MOVE and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Choose the item that this passage is about."))
        if verdict in (Verdict.ACCEPTED, MOVE) and not (cleaned.get("elements") or cleaned.get("links")):
            self.add_error("elements", _("Tick at least one thing that stands in the passage."))
        return cleaned

    @property
    def suggested_for(self) -> Item:
        return self.by_code[self.cleaned_data["item"]]

    @property
    def accepted_for(self) -> Item:
        return self.by_code[self.cleaned_data["other"]] if self.is_move else self.suggested_for

    @property
    def is_move(self) -> bool:
        return self.cleaned_data["verdict"] == MOVE

    @property
    def ticks(self) -> Ticks:
        """Aspects belong to their item: those of another one do not go along."""
        own = {aspect.code for aspect in self.accepted_for.aspects.all()}
        return Ticks(
            elements=self.cleaned_data["elements"],
            links=self.cleaned_data["links"],
            aspects=[code for code in self.cleaned_data["aspects"] if code in own],
        )

    @property
    def sentence(self) -> str:
        """What is wrong, in one sentence."""
        return " ".join(dict.fromkeys(str(error) for errors in self.errors.values() for error in errors))
