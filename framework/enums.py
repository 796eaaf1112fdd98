"""The closed lists of the framework app. Codes of items are data and stand nowhere in the program."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(TextChoices):
    """What an item of an edition is: a cluster of phenomena, or a theme that runs through all of them."""

    PRIORITY = "priority", _("policy priority")
    THEME = "theme", _("transversal theme")


class EditionStatus(TextChoices):
    """A draft is seen by framework administrators only; an archived edition stays readable for everybody."""

    DRAFT = "draft", pgettext_lazy("edition", "in preparation")
    PUBLISHED = "published", pgettext_lazy("edition", "published")
    ARCHIVED = "archived", pgettext_lazy("edition", "archived")


class TextStatus(TextChoices):
    """Where a title in one language comes from. Only official titles can never change."""

    OFFICIAL = "official", _("official text")
    PARTIAL = "partial", _("partly official")
    TRANSLATION = "translation", _("our translation")


class CriterionCode(TextChoices):
    """The six things a plan is read for. What earns a 1 or a 2 is text of the edition."""

    DIAGNOSIS = "D", _("diagnosis")
    GOAL = "G", _("goal")
    ACTIONS = "A", _("actions")
    IMPLEMENTATION = "I", _("implementation")
    MONITORING = "M", _("monitoring")
    CHAIN = "C", _("chain and partners")
