"""The forms of objectives, actions, indicators and diagnosis entries.

Each help text says which criterion a field feeds (SCORING section 1). Not here: saving (services.entries),
which checks the stored object once more under its lock.
"""

from collections.abc import Iterable

from crispy_forms.layout import Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plans.enums import ChainLink
from plans.forms.entry_form import EntryForm
from plans.forms.fields import ChosenItemField, VisibleTextField
from plans.models import Action, Diagnosis, Indicator, Objective
from plans.planformat import is_blank
from plans.planformat.types import MAX_PARTNERS, TITLE_LENGTH

LINK_EXPLANATIONS = {
    ChainLink.PROACTION: _("taking away causes and opportunities"),
    ChainLink.PREVENTION: _("making it harder, warning, informing"),
    ChainLink.PREPARATION: _("plans, training and agreements for when it happens"),
    ChainLink.REACTION: _("controls, intervention, investigation"),
    ChainLink.AFTERCARE: _("victims, offenders and neighbourhood afterwards"),
}
CONFIDENTIAL_HELP = _(
    "Outside the zone only people with clearance read the words; others see “confidential element”. "
    "It counts all the same."
)
COUNTS_ONLY_FOR = _("It counts only for the items ticked here; without any it counts for none.")


class ObjectiveForm(EntryForm):
    items_help = _(
        "What the objective is about. One is enough; without any it is an own priority and not compared."
    )
    heading_new = _("New objective")
    heading_change = _("Change objective")
    heading_remove = _("Remove objective")
    save_and_add = _("Save and add an action")
    added = _("The objective was added.")
    saved = _("The objective was saved.")
    removed = _("The objective was removed.")
    too_many = _("This plan holds %(limit)s objectives already, the most it can.")
    essential = ("title",)
    rest = ("result", Row("target_group", "due"), "number", "is_confidential")

    class Meta:
        model = Objective
        fields = ("number", "title", "result", "target_group", "due", "is_confidential")
        field_classes = dict.fromkeys(("number", "title", "result", "target_group", "due"), VisibleTextField)
        widgets = {"result": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("One word is enough, the rest can follow. Counts for G: objective."),
            "result": _("What will be different, with a figure if you can. Counts for G: result."),
            "target_group": _("For whom or where. Counts for G: target group or area."),
            "due": _("For example “end of 2027” or “31/12/2027”. Counts for G: due date."),
            "number": _("The plan's own number, such as 2 or 2.3."),
            "is_confidential": _(
                "Outside the zone only people with clearance read the words, also those of its actions, "
                "indicators and passages; others see “confidential element”. It counts all the same."
            ),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["number"].required = False
            self.fields["number"].help_text = _(
                "The plan's own number, such as 2 or 2.3. Left empty, it becomes the next number."
            )

    def add_refusal(self, error: ValidationError) -> None:
        if any(one.code == "unique_together" for one in _all_errors(error)):
            self.add_error("number", _("Another objective of this plan has this number. Choose another."))
        else:
            super().add_refusal(error)


def _all_errors(error: ValidationError) -> Iterable[ValidationError]:
    if hasattr(error, "error_dict"):
        return [one for errors in error.error_dict.values() for one in errors]
    return error.error_list


class QuickObjectiveForm(ObjectiveForm):
    """A title and an item: the entry above the list. An own priority is chosen, never the default."""

    items_field = ChosenItemField


class ActionForm(EntryForm):
    items_help = COUNTS_ONLY_FOR
    heading_new = _("New action")
    heading_change = _("Change action")
    heading_remove = _("Remove action")
    save_and_add = _("Save and add another action")
    added = _("The action was added.")
    saved = _("The action was saved.")
    removed = _("The action was removed.")
    too_many = _("This objective holds %(limit)s actions already, the most it can.")
    essential = ("title",)
    rest = (
        "target_group",
        "links",
        Row("responsible", "due"),
        "capacity",
        "partners",
        "is_confidential",
    )

    links = forms.MultipleChoiceField(
        label=_("Links of the safety chain"),
        help_text=_(
            "Counts for A: link of the safety chain. Two different links under one objective count for C."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Action
        fields = (
            "title",
            "target_group",
            "links",
            "responsible",
            "due",
            "capacity",
            "partners",
            "is_confidential",
        )
        field_classes = dict.fromkeys(
            ("title", "target_group", "responsible", "due", "capacity", "partners"), VisibleTextField
        )
        widgets = {"partners": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("What will be done. Counts for A: action."),
            "target_group": _("For whom or where. Counts for A: target group or area."),
            "responsible": _("Who sees to it. Counts for I: responsible."),
            "due": _("For example “end of 2027” or “31/12/2027”. Counts for I: due date."),
            "capacity": _("People, hours or budget. Shown under I; not asked for."),
            "partners": _("One per line. Counts for C: partner outside the police."),
            "is_confidential": CONFIDENTIAL_HELP,
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["links"].choices = [
            (link.value, f"{link.label}: {LINK_EXPLANATIONS[link]}") for link in ChainLink
        ]

    def clean_links(self) -> list[str]:
        """In the order of the chain, so that the same links are always stored alike."""
        return [link.value for link in ChainLink if link.value in self.cleaned_data["links"]]

    def clean_partners(self) -> str:
        """One partner a line, blank lines left out; bounded as in a plan file."""
        partners = [line.strip() for line in self.cleaned_data["partners"].splitlines() if not is_blank(line)]
        if len(partners) > MAX_PARTNERS:
            raise ValidationError(
                _("Name at most %(limit)s partners; these are %(count)s."),
                params={"limit": MAX_PARTNERS, "count": len(partners)},
            )
        if any(len(partner) > TITLE_LENGTH for partner in partners):
            raise ValidationError(
                _("One line names one partner, in at most %(limit)s characters."),
                params={"limit": TITLE_LENGTH},
            )
        return "\n".join(partners)


class IndicatorForm(EntryForm):
    items_help = COUNTS_ONLY_FOR
    heading_new = _("New indicator")
    heading_change = _("Change indicator")
    heading_remove = _("Remove indicator")
    save_and_add = _("Save and add another indicator")
    added = _("The indicator was added.")
    saved = _("The indicator was saved.")
    removed = _("The indicator was removed.")
    too_many = _("This objective holds %(limit)s indicators already, the most it can.")
    essential = ("title",)
    rest = (Row("target_value", "baseline"), Row("source", "frequency"))
    closing_note = _("An indicator is as confidential as its objective.")

    class Meta:
        model = Indicator
        fields = ("title", "target_value", "baseline", "source", "frequency")
        field_classes = dict.fromkeys(fields, VisibleTextField)
        help_texts = {
            "title": _("What will be measured. Counts for M: indicator."),
            "target_value": _("Where it should be. Counts for M: target value."),
            "baseline": _("Where it is now; 0 is a value. Shown under M; not asked for."),
            "source": _("Where the figure comes from. Counts for M: source."),
            "frequency": _("How often it is measured. Counts for M: frequency."),
        }


class DiagnosisForm(EntryForm):
    items_help = COUNTS_ONLY_FOR
    heading_new = _("New diagnosis")
    heading_change = _("Change diagnosis")
    heading_remove = _("Remove diagnosis")
    save_and_add = _("Save and add another")
    added = _("The diagnosis entry was added.")
    saved = _("The diagnosis entry was saved.")
    removed = _("The diagnosis entry was removed.")
    too_many = _("This plan holds %(limit)s diagnosis entries already, the most it can.")
    essential = ("text", "kind")
    rest = (Row("figure", "source"), "is_confidential")

    class Meta:
        model = Diagnosis
        fields = ("kind", "text", "figure", "source", "is_confidential")
        field_classes = dict.fromkeys(("text", "figure", "source"), VisibleTextField)
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "text": _("What the problem is in the zone, or what is expected. Counts for D: description."),
            "kind": _("The column of the argumentation matrix where it stands."),
            "figure": _("For example “214 facts in 2025”. Counts for D: figure, together with its source."),
            "source": _("Where it comes from. Counts for D: source, together with a figure."),
            "is_confidential": CONFIDENTIAL_HELP,
        }


FORMS: dict[str, type[EntryForm]] = {
    "objective": ObjectiveForm,
    "action": ActionForm,
    "indicator": IndicatorForm,
    "diagnosis": DiagnosisForm,
}
