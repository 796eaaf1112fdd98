"""Demo accounts have a public password: outside the demonstration nobody signs in with one.

Here: the refusal, and the check that finds such accounts. Not here: making them (plans.services.demo).
"""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.checks import Error, Tags, register
from django.db import connections

from kiv.accounts.models import User

#: Reserved for examples (RFC 2606): no real person can have an address in it.
DEMO_DOMAIN = "demo.example"


def is_demo_address(email: str) -> bool:
    return email.strip().lower().endswith(f"@{DEMO_DOMAIN}")


class AccountBackend(ModelBackend):
    """Signing in by e-mail and password; a session of a demo account ends with the demonstration too."""

    def user_can_authenticate(self, user) -> bool:
        if is_demo_address(user.email) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)


@register(Tags.database, deploy=True)
def check_no_demo_accounts(app_configs, databases=None, **kwargs) -> list[Error]:
    """`check --deploy --database default`: a database that was once a demonstration is no production."""
    if settings.DEMO:
        return []
    found = []
    for alias in databases or ():
        if User._meta.db_table not in connections[alias].introspection.table_names():
            continue
        count = User.objects.using(alias).filter(email__endswith=f"@{DEMO_DOMAIN}").count()
        if count:
            found.append(
                Error(
                    f"The database holds {count} demo accounts, and KIV_DEMO is off.",
                    hint="Begin with an empty database (DATABASE_URL or KIV_DATA_DIR).",
                    id="kiv.E010",
                )
            )
    return found
