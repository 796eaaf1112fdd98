"""The framework app: editions of the framework notes that plans are compared with. Knows nothing of plans."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameworkConfig(AppConfig):
    name = "framework"
    verbose_name = _("Framework editions")
