"""Changing accounts and memberships: one transaction each, with its audit event. Not here: erasing.

Who may do this is decided by the caller: the people pages are for system administrators, the command line
for operators (`by=None`).
"""

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from kiv.accounts.access import forget_access
from kiv.accounts.enums import Role
from kiv.accounts.models import Membership, User
from kiv.accounts.rules import find_membership_problem
from kiv.audit.services import record

ERASED = _("This person was erased. Add a new account instead.")


class ChangeRefused(Exception):
    """The change is not possible; the text says why and is meant to be shown."""


@transaction.atomic
def add_person(
    *, by: Any, email: str, name: str, language: str, role: str, has_clearance: bool = False, **place: Any
) -> User:
    """An account without a password and its first membership. Raises ValidationError.

    `place`: zone, municipality, province or district, as in `add_membership`.
    """
    user = User(email=email.strip().lower(), name=name.strip(), language=language)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    record("person.added", by=by, on=user)
    add_membership(by=by, user=user, role=role, has_clearance=has_clearance, **place)
    return user


@transaction.atomic
def add_membership(
    *,
    by: Any,
    user: User,
    role: str,
    zone: models.Model | None = None,
    municipality: models.Model | None = None,
    province: models.Model | None = None,
    district: models.Model | None = None,
    has_clearance: bool = False,
) -> Membership:
    """Give somebody a role at a place. Raises ValidationError when they do not go together."""
    if user.erased_at is not None:
        raise ValidationError(ERASED)
    places = {"zone": zone, "municipality": municipality, "province": province, "district": district}
    if problem := find_membership_problem(role, has_clearance=has_clearance, **places):
        raise ValidationError(problem)
    membership = Membership(user=user, role=Role(role), has_clearance=has_clearance, **places)
    membership.full_clean()
    membership.save()
    forget_access(user)
    record("membership.added", by=by, on=membership, **_as_data(membership))
    return membership


@transaction.atomic
def remove_membership(*, by: Any, membership: Membership) -> None:
    """Take a role away. Nobody removes their own system administration: somebody must be left."""
    if membership.role == Role.SYSTEM_ADMINISTRATOR and membership.user_id == getattr(by, "pk", None):
        raise ChangeRefused(_("You cannot take system administration away from yourself. Ask a colleague."))
    record("membership.removed", by=by, on=membership, **_as_data(membership))
    forget_access(membership.user)
    membership.delete()


@transaction.atomic
def deactivate_person(*, by: Any, user: User) -> None:
    """Close an account: its sessions end at once, its memberships stay for when it is opened again."""
    if user.pk == getattr(by, "pk", None):
        raise ChangeRefused(_("You cannot close your own account. Ask a colleague."))
    _set_active(user, False)
    record("person.deactivated", by=by, on=user)


@transaction.atomic
def activate_person(*, by: Any, user: User) -> None:
    """Open a closed account again; that of an erased person stays closed."""
    if user.erased_at is not None:
        raise ChangeRefused(ERASED)
    _set_active(user, True)
    record("person.activated", by=by, on=user)


@transaction.atomic
def issue_password_link(*, by: Any, user: User) -> str:
    """The path on which this person sets a password, once, within three days.

    It stops working as soon as a password was set or the person signed in.
    """
    if not user.is_active:
        raise ChangeRefused(_("This account is closed. Open it first."))
    record("person.link_issued", by=by, on=user)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("accounts:password_set", args=[uid, default_token_generator.make_token(user)])


def find_user_of_link(uid: str, token: str) -> User | None:
    """The person a one-time link belongs to, as long as it works."""
    try:
        user = User.objects.filter(is_active=True).get(pk=int(urlsafe_base64_decode(uid)))
    except (User.DoesNotExist, ValueError, OverflowError):
        return None
    return user if default_token_generator.check_token(user, token) else None


@transaction.atomic
def set_password(*, by: Any, user: User, password: str) -> None:
    """Store a new password, already checked against the validators."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("person.password_set", by=by, on=user)


def _set_active(user: User, is_active: bool) -> None:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    forget_access(user)


def _as_data(membership: Membership) -> dict[str, Any]:
    fields = ("user_id", "role", "municipality_id", "province_id", "district_id", "has_clearance")
    return {field: getattr(membership, field) for field in fields}
