"""Zones and the areas around them: reference data from a file, completed by an administrator.

Not here: who belongs to a zone (kiv.accounts) and its plans (plans).
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kiv.localized import localize
from kiv.territory.querysets import PoliceZoneQuerySet

# The official code of a zone has four digits. Merged zones get new codes from any free number:
# the form is checked, a range never.
validate_code = RegexValidator(r"^[0-9]{4}\Z", _("A zone's code has four digits, for example 5345."))


class Province(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.JSONField(_("name"), default=dict)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code"]

    def __str__(self) -> str:
        return localize(self.name, get_language() or "nl") or self.code


class JudicialDistrict(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.JSONField(_("name"), default=dict)

    class Meta:
        verbose_name = _("judicial district")
        verbose_name_plural = _("judicial districts")
        ordering = ["code"]

    def __str__(self) -> str:
        return localize(self.name, get_language() or "nl") or self.code


class PoliceZone(models.Model):
    """A local police zone, of today or discontinued. Addressed by its id, never by its code.

    `key` ties the row to the data file for good, whatever is corrected in the product; a zone that is in
    no file has none. `code` and `district` may be empty: then they are not known. `name` is the common
    name; `names` holds a name per language where it differs. `edited_fields` lists what an administrator
    completed in the product: the loader leaves those fields alone. `revision` grows by one per edit.
    """

    key = models.SlugField(_("key in the data file"), max_length=60, blank=True, editable=False)
    code = models.CharField(_("code"), max_length=4, blank=True, validators=[validate_code])
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("name per language"), default=dict, blank=True)
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, related_name="zones", verbose_name=_("province")
    )
    district = models.ForeignKey(
        JudicialDistrict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="zones",
        verbose_name=_("judicial district"),
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    facility_languages = models.JSONField(_("languages with facilities"), default=list, blank=True)
    formed_from = models.CharField(_("formed from"), max_length=200, blank=True)
    since = models.CharField(_("since"), max_length=50, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("tile column"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("tile row"), null=True, blank=True)
    is_discontinued = models.BooleanField(_("discontinued"), default=False)
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True, verbose_name=_("successors")
    )
    edited_fields = models.JSONField(_("fields completed in the product"), default=list, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    objects = PoliceZoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("police zone")
        verbose_name_plural = _("police zones")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="zone_key_unique"),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="zone_code_unique",
                violation_error_message=_("Another zone already has this code."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="zone_has_name"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        return reverse("territory:zone_detail", args=[self.pk])

    @property
    def shown_name(self) -> str:
        """The name in the reader's language where there is one, else the common name."""
        return self.names.get(get_language() or "") or self.name

    @property
    def label(self) -> str:
        """Code and name, as a person would look for it: ``5345 PZ Antwerpen``; without a code the name."""
        return f"{self.code} {self.shown_name}" if self.code else self.shown_name


class Municipality(models.Model):
    nis_code = models.CharField(_("NIS code"), max_length=5, unique=True)
    name = models.CharField(_("name"), max_length=100)
    zone = models.ForeignKey(
        PoliceZone, models.PROTECT, related_name="municipalities", verbose_name=_("police zone")
    )

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(nis_code=""), name="municipality_has_nis_code")]

    def __str__(self) -> str:
        return self.name


class ZoneLineage(models.Model):
    """`ancestor` is `zone` itself or was merged, directly or over several steps, into it.

    The transitive closure of `predecessors`, so that one join answers "whose plans does this zone see".
    Written by `services.rebuild_lineage` whenever successors change; never by hand.
    """

    zone = models.ForeignKey(PoliceZone, models.CASCADE, related_name="lineage")
    ancestor = models.ForeignKey(PoliceZone, models.CASCADE, related_name="descendants")

    class Meta:
        verbose_name = _("line of descent of a zone")
        verbose_name_plural = _("lines of descent of zones")
        constraints = [models.UniqueConstraint(F("zone"), F("ancestor"), name="zone_lineage_unique")]

    def __str__(self) -> str:
        return f"{self.zone_id} ← {self.ancestor_id}"
