"""Erasing what is known of a person, so that nobody can be recognised in what stays.

What stays and why: docs/personal-data.md. The audit trail holds ids only and is not touched.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiv.accounts.access import forget_access
from kiv.accounts.enums import Role
from kiv.accounts.export import pointing_to_people
from kiv.accounts.models import Membership, User
from kiv.accounts.services.people import ChangeRefused, remove_membership
from kiv.audit.services import record

#: No mail ever goes there (RFC 2606).
ERASED_DOMAIN = "erased.invalid"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing takes away. `left_without_lead`: zones and municipalities of which this is the last lead;
    `is_last_administrator`: nobody else could administer the site."""

    memberships: int
    sessions: int
    left_without_lead: tuple[models.Model, ...] = ()
    is_last_administrator: bool = False


def find_erasure(user: User) -> Erasure:
    """What `erase_person` would take away. Changes nothing."""
    held = list(Membership.objects.filter(user=user).with_place())
    return Erasure(
        memberships=len(held),
        sessions=len(_session_keys(user)),
        left_without_lead=tuple(
            membership.place
            for membership in held
            if membership.role == Role.ZONE_LEAD and not _others_with(membership)
        ),
        is_last_administrator=any(
            membership.role == Role.SYSTEM_ADMINISTRATOR and not _others_with(membership)
            for membership in held
        ),
    )


@transaction.atomic
def erase_person(*, by: Any, user: User) -> Erasure:
    """Close the account for good and forget whose it was; what was taken away.

    Name and address become a pseudonym made of the id; password, memberships, sessions and the moment of
    the last sign-in go. Raises ChangeRefused for oneself and for who was erased already.
    """
    if user.pk == getattr(by, "pk", None):
        raise ChangeRefused(_("You cannot erase your own account. Ask a colleague."))
    stored = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if stored.erased_at is not None:
        raise ChangeRefused(_("This person was erased already."))
    erasure = find_erasure(stored)
    for membership in Membership.objects.filter(user=stored).select_related("user"):
        remove_membership(by=by, membership=membership)
    Session.objects.filter(pk__in=_session_keys(stored)).delete()
    _delete_own_rows(stored)
    stored.name = f"erased-{stored.pk}"
    stored.email = f"erased-{stored.pk}@{ERASED_DOMAIN}"
    stored.language = User._meta.get_field("language").default
    stored.last_login = None
    stored.is_active = False
    stored.erased_at = timezone.now()
    stored.set_unusable_password()
    stored.save()
    forget_access(user)
    record("person.erased", by=by, on=stored, memberships=erasure.memberships)
    return erasure


def _delete_own_rows(user: User) -> None:
    """What a person keeps for themselves, in whatever app: what would go if the row of the person went."""
    for model, name in pointing_to_people():
        if model._meta.get_field(name).remote_field.on_delete is models.CASCADE:
            model._base_manager.filter(**{name: user}).delete()


def _others_with(membership: Membership) -> bool:
    """Whether somebody else who can sign in holds the same role at the same place."""
    same = Membership.objects.filter(
        role=membership.role, zone=membership.zone_id, municipality=membership.municipality_id
    )
    return same.filter(user__is_active=True).exclude(user=membership.user_id).exists()


def _session_keys(user: User) -> list[str]:
    """Of the sessions in the database, those of this person, expired ones too: they have to be opened."""
    return [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
