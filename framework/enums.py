"""The closed lists of the framework app. Codes of items are data and stand nowhere in the program."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.succession import Confidence, Relation


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


class CorrespondenceRelation(TextChoices):
    """How an item of the predecessor stands to an item of this edition, said of the old one."""

    EQUAL = Relation.EQUAL.value, pgettext_lazy("correspondence", "equal")
    EQUIVALENT = Relation.EQUIVALENT.value, pgettext_lazy("correspondence", "equivalent")
    SUBSET = Relation.SUBSET.value, pgettext_lazy("correspondence", "part of")
    SUPERSET = Relation.SUPERSET.value, pgettext_lazy("correspondence", "contains")
    INTERSECTS = Relation.INTERSECTS.value, pgettext_lazy("correspondence", "overlaps with")
    NONE = Relation.NONE.value, pgettext_lazy("correspondence", "has no successor")


class CorrespondenceConfidence(TextChoices):
    """How sure whoever said it is."""

    HIGH = Confidence.HIGH.value, pgettext_lazy("confidence", "sure")
    MEDIUM = Confidence.MEDIUM.value, pgettext_lazy("confidence", "likely")
    LOW = Confidence.LOW.value, pgettext_lazy("confidence", "unsure")
