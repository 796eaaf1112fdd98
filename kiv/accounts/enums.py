"""The closed list of roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does, at one place. A lead may all an editor may; an editor all a reader may."""

    ZONE_READER = "zone_reader", _("reader")
    ZONE_EDITOR = "zone_editor", _("editor")
    ZONE_LEAD = "zone_lead", _("lead (shares plans)")
    COORDINATOR = "coordinator", _("coordinator")
    FRAMEWORK_ADMINISTRATOR = "framework_administrator", _("framework administrator")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("system administrator")


ZONE_ROLES = (Role.ZONE_READER, Role.ZONE_EDITOR, Role.ZONE_LEAD)
ADMINISTRATOR_ROLES = (Role.FRAMEWORK_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
