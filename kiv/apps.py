"""The site itself as an app: it brings the system checks and the template tags."""

from django.apps import AppConfig


class KivConfig(AppConfig):
    name = "kiv"
    verbose_name = "KIV-toets"

    def ready(self) -> None:
        from kiv import checks  # noqa: F401 (registers itself)
