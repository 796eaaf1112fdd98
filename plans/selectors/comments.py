"""What colleagues said about an item or about the whole plan: for readers inside the zone only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from framework.models import Item
from plans.models import Assessment, Comment


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment. `name` is empty for whoever was erased; `text` is empty when `is_removed`."""

    pk: int
    name: str
    at: datetime
    text: str
    is_removed: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class EarlierComments:
    """How many comments, not removed, stand with an earlier version."""

    version: int
    number: int


def earlier_comments(assessment: Assessment, item: Item | None, user) -> list[EarlierComments]:
    """Per earlier version of the plan what was said there of the same item (None: of the plan). One query."""
    version = assessment.version
    earlier = Comment.objects.visible_to(user).filter(
        assessment__version__plan=version.plan,
        assessment__version__number__lt=version.number,
        item=item,
        removed_at=None,
    )
    counted = earlier.order_by().values_list("assessment__version__number").annotate(number=Count("pk"))
    return [EarlierComments(*row) for row in counted.order_by("assessment__version__number")]


def comments_of(assessment: Assessment, item: Item | None, user) -> list[CommentLine]:
    """The comments about the item (None: about the whole plan), the newest last. One query."""
    comments = Comment.objects.visible_to(user).filter(assessment=assessment, item=item)
    return [
        CommentLine(
            pk=comment.pk,
            name=str(comment.by) if comment.by and comment.by.erased_at is None else "",
            at=comment.at,
            text=comment.text,
            is_removed=comment.removed_at is not None,
            is_own=comment.by_id == user.pk,
        )
        for comment in comments.select_related("by").order_by("at", "pk")
    ]
