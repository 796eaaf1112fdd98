"""`manage.py export_person EMAIL`: all that is stored about a person, as JSON on standard output."""

import json

from django.core.management.base import BaseCommand, CommandError

from kiv.accounts.export import personal_data_of
from kiv.accounts.models import User


class Command(BaseCommand):
    help = "Prints everything that is stored about a person, as JSON (docs/personal-data.md)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"{email}: nobody has this address.", returncode=2)
        self.stdout.write(json.dumps(personal_data_of(user), ensure_ascii=False, indent=2))
