"""Starting a plan, and looking for one."""

from collections.abc import Iterable, Sequence

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from framework.models import Edition
from kiv.localized import localize
from kiv.territory.models import Municipality, PoliceZone
from plans.enums import VersionStatus
from plans.forms.fields import VisibleTextField
from plans.models import Cycle, Plan

Place = PoliceZone | Municipality


class EditionField(forms.ModelChoiceField):
    def label_from_instance(self, edition: Edition) -> str:
        return localize(edition.title, get_language() or "nl") or edition.code


class PlanCreateForm(forms.Form):
    """`places` are the zones and municipalities whose plans the person writes; never empty.

    Places and cycles are offered as long as there is a plan to start for them; `started` are the plans
    there are. One that was started meanwhile can still be asked for: the service knows which it is.
    """

    use_required_attribute = False

    place = forms.ChoiceField(label=_("Plan of"))
    cycle = forms.ModelChoiceField(Cycle.objects.all(), label=_("Cycle"), empty_label=None)
    edition = EditionField(
        Edition.objects.published(),
        label=_("Checked against"),
        empty_label=None,
        help_text=_("The edition of the framework note that the plan is laid beside."),
    )
    language = forms.ChoiceField(
        label=_("Language of the plan"),
        required=False,
        choices=[("", _("first language of the zone")), *settings.LANGUAGES],
    )

    def __init__(self, data=None, *, places: Sequence[Place], started: Iterable[Plan] = ()) -> None:
        self.places = {key_of(place): place for place in places}
        taken = {(key_of(plan.municipality or plan.zone), plan.cycle_id) for plan in started}
        cycles = list(Cycle.objects.all())
        self.free_places = [
            place
            for key, place in self.places.items()
            if any((key, cycle.pk) not in taken for cycle in cycles)
        ]
        self.free_cycles = [
            cycle for cycle in cycles if any((key, cycle.pk) not in taken for key in self.places)
        ]
        super().__init__(data, initial=self._first_values(places))
        choose = [] if len(places) == 1 else [("", pgettext_lazy("zone or municipality", "choose"))]
        self.fields["place"].choices = [(key, label_of(place)) for key, place in self.places.items()]
        self.fields["place"].widget.choices = [
            *choose,
            *((key_of(place), label_of(place)) for place in self.free_places),
        ]
        self.fields["cycle"].widget.choices = [(cycle.pk, str(cycle)) for cycle in self.free_cycles]
        if len(places) == 1:
            self.fields["language"].choices = settings.LANGUAGES

    def _first_values(self, places: Sequence[Place]) -> dict:
        year = timezone.localdate().year
        current = [cycle for cycle in self.free_cycles if cycle.first_year <= year <= cycle.last_year]
        only = places[0] if len(places) == 1 else None
        return {
            "place": key_of(only) if only else "",
            "cycle": next(iter(current or self.free_cycles), None),
            "edition": Edition.objects.latest_published(),
            "language": first_language(only) if only else "",
        }

    def clean(self):
        """Adds `zone` and `municipality` (None for a zonal plan), and the language when none was chosen."""
        place = self.places.get(self.cleaned_data.get("place"))
        if place:
            is_local = isinstance(place, Municipality)
            self.cleaned_data["zone"] = place.zone if is_local else place
            self.cleaned_data["municipality"] = place if is_local else None
            self.cleaned_data["language"] = self.cleaned_data.get("language") or first_language(place)
        return self.cleaned_data


def key_of(place: Place) -> str:
    return f"{place._meta.model_name}-{place.pk}"


def label_of(place: Place) -> str:
    return place.name if isinstance(place, Municipality) else place.label


def first_language(place: Place) -> str:
    """The first language of the zone; Dutch where it is not known."""
    zone = place.zone if isinstance(place, Municipality) else place
    return next(iter(zone.languages), settings.LANGUAGE_CODE)


class PlanFilterForm(forms.Form):
    """The state of a list is its address. What cannot be read is as if it were not asked."""

    use_required_attribute = False

    q = VisibleTextField(label=_("Zone, code or municipality"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", pgettext_lazy("status", "all")), *VersionStatus.choices],
    )

    def asked(self) -> dict[str, str]:
        """`words` and `status` for `plans_in_area`."""
        self.is_valid()
        return {"words": self.cleaned_data.get("q", ""), "status": self.cleaned_data.get("status", "")}
