"""What a zone says among itself about an item or the whole plan: added, and taken back by its writer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from framework.models import Item
from kiv.audit.services import record
from plans import rules
from plans.models import Assessment, Comment
from plans.planformat import is_blank
from plans.planformat.types import TEXT_LENGTH
from plans.services.editing import TooMany, check_storable, lock_version
from plans.workflow import Act

#: About one item, or about one plan as a whole, removed ones included: they all stand on one page.
MAX_COMMENTS = 200


@transaction.atomic
def add_comment(*, assessment: Assessment, item: Item | None, text: str, by) -> Comment:
    """Say something about an item, or with None about the whole plan.

    Raises rules.NotAllowed, rules.WrongMoment when the version is gone, ValidationError for an item of
    another edition or words that cannot be stored, and TooMany.
    """
    version = assessment.version
    lock_version(version)
    rules.check_can(by, version, Act.COMMENT)
    check_storable({"text": text})
    if item is not None and item.edition_id != assessment.edition_id:
        raise ValidationError(f"an item of {assessment.edition.code}")
    text = text.strip()
    if is_blank(text) or len(text) > TEXT_LENGTH:
        raise ValidationError("words, at most 5000 signs of them")
    if assessment.comments.filter(item=item).count() >= MAX_COMMENTS:
        raise TooMany(MAX_COMMENTS)
    comment = Comment(assessment=assessment, item=item, by=by, text=text, at=timezone.now())
    comment.full_clean()
    comment.save()
    _record("comment.added", comment, by)
    return comment


@transaction.atomic
def remove_comment(*, comment: Comment, by) -> None:
    """Take one's own words back: the place stays, the words go. What is removed already is removed.

    Raises rules.NotAllowed for anybody but the writer.
    """
    version = comment.assessment.version
    lock_version(version)
    rules.check_can(by, version, Act.COMMENT)
    if by is None or comment.by_id != by.pk:
        raise rules.NotAllowed
    if Comment.objects.filter(pk=comment.pk, removed_at=None).update(text="", removed_at=timezone.now()):
        _record("comment.removed", comment, by)


def _record(event: str, comment: Comment, by) -> None:
    version = comment.assessment.version
    item = {"item": comment.item.code} if comment.item else {}
    record(
        event,
        by=by,
        on=comment,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=version.number,
        **item,
    )
