"""Forms of signing in and of the people pages."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiv.accounts import throttle
from kiv.accounts.enums import Role
from kiv.accounts.models import User
from kiv.accounts.rules import find_membership_problem
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province


class SignInForm(AuthenticationForm):
    """E-mail and password, with the limit on wrong attempts (`throttle`)."""

    error_title = _("You are not signed in yet")
    error_messages = {
        "invalid_login": _("E-mail address and password do not go together. Check both and try again."),
        "inactive": _("This account is closed."),
        "throttled": _(
            "Too many wrong passwords for this e-mail address. Wait five minutes, then try again. "
            "Other people can sign in meanwhile."
        ),
    }

    def __init__(self, request=None, *args, **kwargs) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = forms.EmailInput(
            attrs={**self.fields["username"].widget.attrs, "autocomplete": "username"}
        )
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("username")
        if not email or not self.cleaned_data.get("password"):
            return self.cleaned_data
        address = throttle.network_address(self.request)
        if not throttle.take_attempt(email, address):
            raise ValidationError(self.error_messages["throttled"], code="throttled")
        cleaned = super().clean()
        throttle.give_back(email, address)
        return cleaned


class ZoneChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, zone: PoliceZone) -> str:
        return zone.label


class MembershipForm(forms.Form):
    """A role and its place. Which places go with a role is checked by `rules`."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    zone = ZoneChoiceField(
        PoliceZone.objects.none(), label=_("Police zone"), required=False, empty_label=_("no police zone")
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Municipality (local plan only)"),
        required=False,
        empty_label=_("no municipality"),
    )
    province = forms.ModelChoiceField(
        Province.objects.none(), label=_("Province"), required=False, empty_label=_("no province")
    )
    district = forms.ModelChoiceField(
        JudicialDistrict.objects.none(),
        label=_("Judicial district"),
        required=False,
        empty_label=_("no judicial district"),
    )
    has_clearance = forms.BooleanField(label=_("May see confidential parts (coordinator)"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = PoliceZone.objects.current().order_by(Lower("name"), "id")
        self.fields["municipality"].queryset = Municipality.objects.order_by("name")
        self.fields["province"].queryset = Province.objects.order_by("code")
        self.fields["district"].queryset = JudicialDistrict.objects.order_by("code")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        values = {name: cleaned.get(name) for name in ("zone", "municipality", "province", "district")}
        if "role" in cleaned and not self.errors:
            clearance = cleaned["has_clearance"]
            if problem := find_membership_problem(cleaned["role"], has_clearance=clearance, **values):
                raise ValidationError(problem)
        return cleaned


class PersonForm(MembershipForm):
    """A new person with a first membership."""

    field_order = ["name", "email", "language", "role"]
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language"), choices=User._meta.get_field("language").choices)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("There is already an account with this e-mail address."))
        return email


class TokenForm(forms.Form):
    """A new API token: what it is for, and how long it works."""

    LIFETIMES = (
        (30, _("30 days")),
        (90, _("90 days")),
        (180, _("180 days")),
        (365, _("a year")),
    )
    name = forms.CharField(
        label=pgettext_lazy("of a token", "What is it for?"),
        max_length=60,
        help_text=_("For example the name of the program that uses it."),
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"), choices=LIFETIMES, coerce=int, initial=90
    )
