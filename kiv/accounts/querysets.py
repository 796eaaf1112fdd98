"""Who sees which accounts: a system administrator all, everybody else only themselves. Tokens: one's own."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils import timezone

from kiv.accounts.access import access_of


class UserQuerySet(models.QuerySet):
    def visible_to(self, user) -> "UserQuerySet":
        if access_of(user).is_system_administrator:
            return self
        return self.filter(pk=user.pk) if user.is_authenticated else self.none()

    def link_unused(self) -> "UserQuerySet":
        """Open accounts whose owner never followed the link that sets a password."""
        return self.filter(is_active=True, last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Addresses are kept in lower case, so that one person cannot exist twice."""

    use_in_migrations = False

    def get_by_natural_key(self, username: str):
        return self.get(email=username.strip().lower())


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MembershipQuerySet":
        if access_of(user).is_system_administrator:
            return self
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def with_place(self) -> "MembershipQuerySet":
        return self.select_related("zone", "municipality", "province", "district")


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ApiTokenQuerySet":
        """One's own: nobody else's are anybody's business, an administrator's neither."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def working(self) -> "ApiTokenQuerySet":
        """Those that open something now."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)
