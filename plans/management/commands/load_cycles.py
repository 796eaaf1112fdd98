"""`manage.py load_cycles [FILE]`: the cycles that plans can be made for. May be repeated at will."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kiv.datafile import FileRefused
from plans.services.cycles import load_cycles

SHIPPED = Path("plans", "data", "cycles.yaml")


class Command(BaseCommand):
    help = "Adds the cycles of a file that are not there yet; without a file those of the product."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", nargs="?", default=str(settings.BASE_DIR / SHIPPED))

    def handle(self, *args, **options) -> None:
        name = options["file"]
        try:
            added = load_cycles(data=Path(name).read_bytes(), by=None)
        except OSError as error:
            raise CommandError(f"{name}: cannot be read: {error.strerror}") from None
        except FileRefused as refused:
            raise CommandError("\n".join(f"{name}: {problem}" for problem in refused.problems)) from None
        if options["verbosity"]:
            self.stdout.write(f"{len(added)} cycles added")
