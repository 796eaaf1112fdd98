"""The plans app: plans, their evidence, scoring and the pages of a zone."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Security plans")
