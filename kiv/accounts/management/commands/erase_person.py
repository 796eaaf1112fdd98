"""`manage.py erase_person EMAIL [--yes]`: says what erasing a person takes away; with --yes does it."""

from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError

from kiv.accounts.models import User
from kiv.accounts.services import ChangeRefused, Erasure, erase_person, find_erasure


class Command(BaseCommand):
    help = "Erases a person (docs/personal-data.md). Without --yes nothing changes. It cannot be undone."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="erase; without it only say what would go")

    def handle(self, *, email: str, yes: bool, **options) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"{email}: nobody has this address.", returncode=2)
        try:
            erasure = erase_person(by=None, user=user) if yes else find_erasure(user)
        except ChangeRefused as refused:
            raise CommandError(str(refused), returncode=2) from None
        for line in _warnings(erasure):
            self.stderr.write(line)
        counts = f"memberships {erasure.memberships}, sessions {erasure.sessions}, other rows {erasure.rows}"
        if yes:
            self.stdout.write(f"person {user.pk} was erased: {counts}")
        else:
            self.stdout.write(f"would erase person {user.pk}: {counts}. Nothing was changed; add --yes.")


def _warnings(erasure: Erasure) -> Iterator[str]:
    for place in erasure.left_without_lead:
        yield f"Warning: {place} has no other lead; nobody else can share its plans."
    if erasure.is_last_administrator:
        yield "Warning: there is no other system administrator; make one with create_account."
