"""Errata: numbered corrections of official titles, which themselves stay as they were published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from framework import rules
from framework.enums import TextStatus
from framework.models import Aspect, Edition, Erratum, Item, TextPart
from framework.parsing import clean
from framework.services.editing import change_of
from kiv.audit.services import record

MAX_TITLE, MAX_REASON = 500, 2_000


def add_erratum(
    *, titled: Edition | Item | Aspect, language: str, after: str, reason: str, by: Any
) -> Erratum:
    """Say how an official title should have read. The next one about the same title corrects this one.

    Raises WrongMoment for a draft; ValidationError for a title that is not official in that language, for
    words that say the same, and for empty or too long ones. Sent twice, it is added once.
    """
    where = place_of(titled)
    with change_of(edition_of_title(titled), by=by) as edition:
        rules.check_published(edition)
        if titled.title_status.get(language) != TextStatus.OFFICIAL:
            raise ValidationError(
                {"language": _("This title is not official in that language. Correct it directly.")}
            )
        after, reason = _cleaned("after", after, MAX_TITLE), _cleaned("reason", reason, MAX_REASON)
        earlier = edition.errata.filter(language=language, **where).order_by("number").last()
        before = earlier.after if earlier else titled.title[language]
        if after == before:
            if earlier is not None and earlier.reason == reason:
                return earlier
            raise ValidationError({"after": _("This is what the title says already.")})
        number = (edition.errata.aggregate(last=Max("number"))["last"] or 0) + 1
        made = Erratum.objects.create(
            edition=edition,
            number=number,
            language=language,
            before=before,
            after=after,
            reason=reason,
            made_by=by,
            made_at=timezone.now(),
            **where,
        )
        record("edition.erratum_added", by=by, on=edition, code=edition.code, number=number)
        return made


def edition_of_title(titled: Edition | Item | Aspect) -> Edition:
    if isinstance(titled, Aspect):
        return titled.item.edition
    return titled.edition if isinstance(titled, Item) else titled


def place_of(titled: Edition | Item | Aspect) -> dict[str, str]:
    """Which title, in the columns of an erratum."""
    if isinstance(titled, Aspect):
        return {"part": TextPart.ASPECT, "code": titled.item.code, "aspect": titled.code}
    if isinstance(titled, Item):
        return {"part": TextPart.ITEM, "code": titled.code, "aspect": ""}
    return {"part": TextPart.EDITION, "code": "", "aspect": ""}


def _cleaned(name: str, text: str, limit: int) -> str:
    try:
        words = clean(text)
    except ValueError:
        raise ValidationError({name: _("Type a text without hidden control characters.")}) from None
    if len(words) > limit:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": limit}})
    return words
