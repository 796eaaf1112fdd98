"""Accounts, memberships, API tokens. What a membership allows: `access`; changing is in `services`."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiv.accounts.access import Access, access_of
from kiv.accounts.enums import ADMINISTRATOR_ROLES, ZONE_ROLES, Role
from kiv.accounts.querysets import ApiTokenQuerySet, MembershipQuerySet, UserManager
from kiv.localized import LANGUAGES
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province

LANGUAGE_NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address, always stored in lower case.

    Rights come from memberships only; Django's groups and permissions are not used by the product.
    """

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        default="nl",
    )
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("added on"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased on"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(is_active=False), name="erased_users_are_inactive"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def access(self) -> Access:
        """What this person may (see `kiv.accounts.access`)."""
        return access_of(self)


def _only(*fields: str) -> Q:
    """Exactly the named places are given, of the four there are."""
    places = ("zone", "municipality", "province", "district")
    return Q(**{f"{place}__isnull": place not in fields for place in places})


class Membership(models.Model):
    """One role of one person at one place.

    A zone role is held at a zone, or at a municipality (its local plan only). A coordinator has a zone,
    a province or a judicial district; none of them means the whole country; several zones are several
    memberships. Administrators have no place. Clearance opens confidential parts to a coordinator.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    zone = models.ForeignKey(
        PoliceZone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("police zone")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    district = models.ForeignKey(
        JudicialDistrict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("judicial district"),
    )
    has_clearance = models.BooleanField(_("may see confidential parts"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(role__in=ZONE_ROLES) & (_only("zone") | _only("municipality")))
                | (
                    Q(role=Role.COORDINATOR)
                    & (_only() | _only("zone") | _only("province") | _only("district"))
                )
                | (Q(role__in=ADMINISTRATOR_ROLES) & _only()),
                name="membership_place_fits_role",
                violation_error_message=_("This place does not go with this role."),
            ),
            models.CheckConstraint(
                condition=Q(has_clearance=False) | Q(role=Role.COORDINATOR),
                name="membership_clearance_of_coordinator",
                violation_error_message=_("Only a coordinator can be given clearance."),
            ),
            models.UniqueConstraint(
                # An empty place is a value too: SQLite and PostgreSQL would let NULLs repeat.
                "user",
                "role",
                Coalesce("zone", 0),
                Coalesce("municipality", 0),
                Coalesce("province", 0),
                Coalesce("district", 0),
                name="membership_once",
                violation_error_message=_("This person already has this membership."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def place(self):
        """The zone, municipality, province or district of the membership, or None."""
        return self.zone or self.municipality or self.province or self.district


class KeptForPerson(models.Model):
    """A row that is there for one person alone, whatever app it is of.

    `person_field` names the foreign key. Such rows are in that person's data (kiv.accounts.export) and go
    when the person is erased (kiv.accounts.services.erasing).
    """

    person_field: str

    class Meta:
        abstract = True

    def as_personal_data(self) -> dict[str, Any]:
        """What is told the person of this row: plain values, moments as ISO 8601."""
        raise NotImplementedError


class ApiToken(KeptForPerson):
    """Lets a program read over the API what this person may read, until it expires or is withdrawn.

    Only the SHA-256 of the secret is stored: it has 256 random bits, so nothing slower is needed. `prefix`,
    its first characters, tells its owner which one it is.
    """

    person_field = "user"

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=60)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made on"))
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="api_tokens_have_a_name"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="api_tokens_expire_after_they_were_made"
            ),
            models.UniqueConstraint(
                fields=["user", "name"],
                condition=Q(revoked_at=None),
                name="api_token_names_unique_until_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.prefix}"

    def as_personal_data(self) -> dict[str, Any]:
        """Without the digest of its secret, as the account is without that of the password."""
        return {
            "name": self.name,
            "prefix": self.prefix,
            "made_at": self.created_at.isoformat(),
            "works_until": self.expires_at.isoformat(),
            "withdrawn_at": self.revoked_at and self.revoked_at.isoformat(),
        }

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()
