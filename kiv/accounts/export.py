"""All that is stored about one person, as data for a JSON file. Reads only.

What is here and what is not, and why: docs/personal-data.md.
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from kiv.accounts.models import KeptForPerson, Membership, User
from kiv.audit.models import AuditEvent

FORMAT = "kiv-person/1"


def personal_data_of(user: User) -> dict[str, Any]:
    """Account, memberships, what the person did and what was done to the account, and where else they stand.

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
        "acts": _events(Q(actor_id=user.pk)),
        "about_the_account": _events(
            Q(on_type=User._meta.label_lower, on_id=str(user.pk))
            | Q(on_type=Membership._meta.label_lower, data__user_id=user.pk)
        ),
        "kept_for_you": {
            model._meta.label_lower: [row.as_personal_data() for row in rows_kept_for(user, model)]
            for model in models_kept_for_people()
        },
        "named_in": _references(user),
    }


def _membership(membership: Membership) -> dict[str, Any]:
    return {
        "role": membership.role,
        "place": str(membership.place) if membership.place else None,
        "confidential_parts": membership.has_clearance,
    }


def _events(wanted: Q) -> list[dict[str, Any]]:
    fields = ("id", "at", "event", "on_type", "on_id", "zone_id", "plan_id")
    rows = AuditEvent.objects.filter(wanted).order_by("id").values(*fields)
    return [{**row, "at": _moment(row["at"])} for row in rows]


def _references(user: User) -> dict[str, int]:
    """Kind of row → how many rows of it point to this person, whatever app they are of."""
    counts = {}
    for model, field in pointing_to_people():
        if number := model._base_manager.filter(**{field: user.pk}).count():
            counts[f"{model._meta.label_lower}.{field}"] = number
    return dict(sorted(counts.items()))


def pointing_to_people() -> list[tuple[type[models.Model], str]]:
    """Every (model, field) that points to a person, whoever's row it is: no memberships, nothing of the

    person's own (`models_kept_for_people`), none of Django's unused groups.
    """
    relations = [field for field in User._meta.get_fields(include_hidden=True) if field.auto_created]
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if not relation.concrete
        and relation.related_model is not Membership
        and not issubclass(relation.related_model, KeptForPerson)
        and not relation.related_model._meta.auto_created
    ]


def models_kept_for_people() -> list[type[KeptForPerson]]:
    """The kinds of row that are there for one person alone, by their label."""
    kept = [model for model in apps.get_models() if issubclass(model, KeptForPerson)]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def rows_kept_for(user: User, model: type[KeptForPerson]) -> models.QuerySet:
    return model._base_manager.filter(**{model.person_field: user.pk}).order_by("pk")


def _moment(at) -> str | None:
    return at and at.isoformat()
