"""Django system checks: settings with which the site must not run."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

MIN_SECRET_LENGTH = 50
LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1", "[::1]", ".localhost"}


@register
def check_secret_key(app_configs, **kwargs) -> list[Error]:
    """Outside the demonstration a short secret could be guessed: sessions and links hang on it."""
    if settings.DEMO or len(settings.SECRET_KEY) >= MIN_SECRET_LENGTH:
        return []
    return [
        Error(
            f"KIV_SECRET_KEY has {len(settings.SECRET_KEY)} characters and needs {MIN_SECRET_LENGTH}.",
            hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
            id="kiv.E001",
        )
    ]


@register
def check_demo_is_local(app_configs, **kwargs) -> list[Error]:
    """The demonstration has public accounts: it belongs on one's own machine, with a database of its own."""
    if not settings.DEMO:
        return []
    found = []
    strangers = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS - {"testserver"})
    if strangers:
        found.append(
            Error(
                f"KIV_DEMO is on, but KIV_HOSTS names {', '.join(strangers)}.",
                hint="Switch KIV_DEMO off, or let the demonstration answer on localhost only.",
                id="kiv.E002",
            )
        )
    database = settings.DATABASES["default"]
    host = database.get("HOST") or ""
    if host not in LOCAL_HOSTS and not host.startswith("/"):
        found.append(
            Error(
                "KIV_DEMO is on, but DATABASE_URL names a database on another machine.",
                hint="Demonstration data never goes into a shared database: switch KIV_DEMO off.",
                id="kiv.E003",
            )
        )
    return found


MAIL = "mail"


@register(MAIL, deploy=True)
def check_site_url(app_configs, **kwargs) -> list[Error]:
    """Without the site's own address no mail can hold a link: `send_notices` runs this check first."""
    parts = urlsplit(settings.SITE_URL)
    schemes = {"http", "https"} if settings.IS_LOCAL_HTTP else {"https"}
    if parts.scheme in schemes and parts.hostname and not (parts.path or parts.query or parts.fragment):
        return []
    return [
        Error(
            f"KIV_URL is {settings.SITE_URL!r}: the links of mails need the address of the site.",
            hint="Set it to scheme and host, as in KIV_URL=https://kiv.example.org",
            id="kiv.E004",
        )
    ]
