"""All that is stored about one person, as data for a JSON file. Reads only.

What is here and what is not, and why: docs/personal-data.md.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from kiv.accounts.models import ApiToken, Membership, User
from kiv.audit.models import AuditEvent

FORMAT = "kiv-person/1"


def personal_data_of(user: User) -> dict[str, Any]:
    """Account, memberships, API tokens, what the person did, what was done to the account, other mentions.

    Moments are ISO 8601 in UTC. Events carry no details: those are about plans, not about the person.
    """
    return {
        "format": FORMAT,
        "account": {
            "id": user.pk,
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "active": user.is_active,
            "added_at": _moment(user.joined_at),
            "last_signed_in_at": _moment(user.last_login),
            "erased_at": _moment(user.erased_at),
        },
        "memberships": [
            _membership(membership) for membership in Membership.objects.filter(user=user).with_place()
        ],
        "api_tokens": [_token(token) for token in ApiToken.objects.filter(user=user).order_by("id")],
        "acts": _events(Q(actor_id=user.pk)),
        "about_the_account": _events(
            Q(on_type=User._meta.label_lower, on_id=str(user.pk))
            | Q(on_type=Membership._meta.label_lower, data__user_id=user.pk)
        ),
        "named_in": _references(user),
    }


def _membership(membership: Membership) -> dict[str, Any]:
    return {
        "role": membership.role,
        "place": str(membership.place) if membership.place else None,
        "confidential_parts": membership.has_clearance,
    }


def _token(token: ApiToken) -> dict[str, Any]:
    """Without the digest of its secret, as the account is without that of the password."""
    return {
        "name": token.name,
        "prefix": token.prefix,
        "made_at": _moment(token.created_at),
        "works_until": _moment(token.expires_at),
        "withdrawn_at": _moment(token.revoked_at),
    }


def _events(wanted: Q) -> list[dict[str, Any]]:
    fields = ("id", "at", "event", "on_type", "on_id", "zone_id", "plan_id")
    rows = AuditEvent.objects.filter(wanted).order_by("id").values(*fields)
    return [{**row, "at": _moment(row["at"])} for row in rows]


def _references(user: User) -> dict[str, int]:
    """Kind of row → how many rows of it point to this person, whatever app they are of."""
    counts = {}
    for model, field in pointing_to_people():
        if model is ApiToken:  # given in full
            continue
        if number := model._base_manager.filter(**{field: user.pk}).count():
            counts[f"{model._meta.label_lower}.{field}"] = number
    return dict(sorted(counts.items()))


def pointing_to_people() -> list[tuple[type[models.Model], str]]:
    """Every (model, field) that points to a person, without memberships and Django's unused groups."""
    relations = [field for field in User._meta.get_fields(include_hidden=True) if field.auto_created]
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if not relation.concrete
        and relation.related_model is not Membership
        and not relation.related_model._meta.auto_created
    ]


def _moment(at) -> str | None:
    return at and at.isoformat()
