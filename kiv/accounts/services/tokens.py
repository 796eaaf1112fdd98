"""Making and withdrawing API tokens. A person makes them for themselves only."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiv.accounts.models import ApiToken, User
from kiv.accounts.selectors import digest_of
from kiv.accounts.services.people import ChangeRefused
from kiv.audit.services import record

MAX_DAYS = 365
MAX_WORKING = 10
#: How many that no longer work are kept, for their owner to look back at.
MAX_ENDED = 20
#: So that a secret that was left somewhere can be found and recognised.
MARK = "kiv_"
PREFIX_LENGTH = len(MARK) + 4


@transaction.atomic
def issue_token(*, by: User, name: str, days: int) -> tuple[ApiToken, str]:
    """A token that works for `days` days, and its secret, which is nowhere else from now on.

    Raises ChangeRefused when the person has a token of this name or as many as one may have, and
    ValueError for more days than a year has.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(days)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two at once: the second counts the first
    own = ApiToken.objects.filter(user=by)
    if own.filter(name=name, revoked_at=None).exists():
        raise ChangeRefused(
            _("You already have a token with this name. Withdraw it, or choose another name.")
        )
    if own.working().count() >= MAX_WORKING:
        raise ChangeRefused(_("You have as many tokens as one person may have. Withdraw one first."))
    _drop_oldest_ended(by)
    now, secret = timezone.now(), MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=by,
        name=name,
        prefix=secret[:PREFIX_LENGTH],
        digest=digest_of(secret),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    record("token.issued", by=by, on=token, user_id=by.pk, days=days)
    return token, secret


@transaction.atomic
def revoke_token(*, by: User, token: ApiToken) -> None:
    """From now on the token opens nothing. Raises ChangeRefused when it was withdrawn already."""
    stored = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if stored.revoked_at is not None:
        raise ChangeRefused(_("This token was withdrawn already."))
    stored.revoked_at = timezone.now()
    stored.save(update_fields=["revoked_at"])
    record("token.revoked", by=by, on=stored, user_id=stored.user_id)


def _drop_oldest_ended(user: User) -> None:
    working = ApiToken.objects.working().values("pk")
    ended = ApiToken.objects.filter(user=user).exclude(pk__in=working)
    ApiToken.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[MAX_ENDED:])).delete()
