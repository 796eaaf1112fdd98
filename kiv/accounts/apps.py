from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "kiv.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from kiv.accounts import demo  # noqa: F401 (registers its check; needs the models)
