"""Who may change an edition, and when. `check_…` raises with a sentence, `why_not_…` gives it or None.

Not here: what exists for whom (querysets), what a publication needs (checklist), what the database refuses
whatever is asked (migrations).
"""

from typing import Any

from django.utils.translation import gettext as _

from framework.models import Edition, Publication
from kiv.accounts.access import access_of


class NotAllowed(Exception):
    """This person never does this."""


class WrongMoment(Exception):
    """Not possible as things stand; the text says why, to the person."""


def check_administrator(by: Any) -> None:
    """`by` None is an operator's command."""
    if by is not None and not access_of(by).is_framework_administrator:
        raise NotAllowed("only framework administrators change editions")


def check_draft(edition: Edition) -> None:
    if not edition.is_draft:
        raise WrongMoment(_("This edition has been published. That part of it can no longer change."))


def check_published(edition: Edition) -> None:
    if edition.is_draft:
        raise WrongMoment(_("This edition is still a draft. Change it directly."))


def why_not_confirm(by: Any, publication: Publication | None, digest: str) -> str | None:
    """Why this person cannot confirm what was asked; `digest` is that of the edition as it stands now."""
    if publication is None:
        return _("Nobody has asked to publish this edition. Ask first; a second administrator confirms.")
    if publication.digest != digest:
        return _("The edition was changed after publication was asked. Ask again; then a colleague confirms.")
    if publication.asked_by_id == by.pk:
        return _("You asked for the publication yourself. A second framework administrator has to confirm.")
    return None
