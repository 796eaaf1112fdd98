"""What exists for a user: the only way views fetch editions and what hangs on them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from framework.enums import EditionStatus
from kiv.accounts.access import access_of


def visible(user, prefix: str = "") -> Q:
    """Drafts exist for framework administrators only; everything else exists for everybody."""
    if access_of(user).is_framework_administrator:
        return Q()
    return ~Q(**{f"{prefix}status": EditionStatus.DRAFT})


class EditionQuerySet(QuerySet):
    def visible_to(self, user) -> "EditionQuerySet":
        return self.filter(visible(user))

    def published(self) -> "EditionQuerySet":
        return self.filter(status=EditionStatus.PUBLISHED)

    def latest_published(self):
        """The current edition, or None: the one published last, whatever its period says."""
        return self.published().order_by("-published_at", "-pk").first()

    def with_successor(self) -> "EditionQuerySet":
        """Adds `successor_exists`, so that `has_successor` asks nothing per row."""
        successors = self.model._base_manager.filter(
            predecessor=OuterRef("pk"), status=EditionStatus.PUBLISHED
        )
        return self.annotate(successor_exists=Exists(successors))


class ItemQuerySet(QuerySet):
    def visible_to(self, user) -> "ItemQuerySet":
        return self.filter(visible(user, "edition__"))


class AttachmentQuerySet(QuerySet):
    def visible_to(self, user) -> "AttachmentQuerySet":
        return self.filter(visible(user, "edition__"))


class LexiconQuerySet(QuerySet):
    def visible_to(self, user) -> "LexiconQuerySet":
        """Versions as such are the work of framework administrators; others meet their suggestions."""
        return self if access_of(user).is_framework_administrator else self.none()

    def in_force_first(self) -> "LexiconQuerySet":
        """Those ever put in force: the one in force now, then the others, the latest first."""
        return self.filter(in_force_since__isnull=False).order_by("-in_force_since", "-number")
