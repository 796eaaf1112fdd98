"""``manage.py load_zones [FILE]``: the product's file of zones into the database, as often as you like."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kiv.datafile import FileRefused
from kiv.territory.loading import load_zones

OWN_FILE = Path(__file__).resolve().parents[2] / "data" / "zones.yaml"


class Command(BaseCommand):
    help = "Load provinces, judicial districts, police zones and municipalities. What was completed stays."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=OWN_FILE, help="default: the product's own")

    def handle(self, *, file: Path, **options) -> None:
        try:
            result = load_zones(data=file.read_bytes(), by=None)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except FileRefused as refused:
            for problem in refused.problems:
                self.stderr.write(f"{file.name}: {problem}")
            raise CommandError(
                f"{len(refused.problems)} error(s); nothing was changed.", returncode=2
            ) from None
        self.stdout.write(
            f"{result.zones} zones, {result.municipalities} municipalities: {result.added} added, "
            f"{result.changed} changed, {result.kept} field(s) kept as completed in the product."
        )
