"""Choosing what one is told of, and how often."""

from collections.abc import Mapping

from django.db import transaction

from kiv.accounts.models import User
from kiv.audit.services import record
from plans.models import NoticeSetting
from plans.selectors.notices import frequencies_of, kinds_for


@transaction.atomic
def choose_notices(*, by: User, frequencies: Mapping[str, str]) -> bool:
    """Store how often `by` wants to hear of which kinds; whether that changed anything.

    Kinds that this person is never told of are left out. ValidationError for a word that is no frequency.
    """
    # Two windows of one person: the second waits, and what it says holds.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    stored = frequencies_of(by)
    changed = {
        kind.value: frequencies[kind]
        for kind in kinds_for(by)
        if kind in frequencies and frequencies[kind] != stored[kind]
    }
    for kind, frequency in changed.items():
        setting = NoticeSetting(user=by, kind=kind, frequency=frequency)
        setting.clean_fields(exclude=["user"])
        NoticeSetting.objects.update_or_create(user=by, kind=kind, defaults={"frequency": frequency})
    if changed:
        record("person.notices_chosen", by=by, on=by, kinds=len(changed))
    return bool(changed)
