"""`manage.py load_lexicon [EDITION…]`: the shipped lexicons into the database. May be repeated at will."""

from django.core.management.base import BaseCommand, CommandError

from framework.models import Edition
from kiv.datafile import FileRefused
from plans.services.lexicons import load_shipped_lexicon


class Command(BaseCommand):
    help = "Stores the shipped lexicon of each edition (or of those named) that has none of that number yet."

    def add_arguments(self, parser) -> None:
        parser.add_argument("editions", nargs="*", metavar="EDITION")

    def handle(self, *args, editions: list[str], **options) -> None:
        known = Edition.objects.in_bulk(field_name="code")
        if unknown := sorted(set(editions) - set(known)):
            raise CommandError(f"{', '.join(unknown)}: not loaded")
        for code in editions or sorted(known):
            try:
                version = load_shipped_lexicon(edition=known[code], by=None)
            except FileRefused as refused:
                raise CommandError("\n".join(f"{code}: {problem}" for problem in refused.problems)) from None
            if version is not None and options["verbosity"]:
                self.stdout.write(f"{code}: version {version.number} stored and in force")
