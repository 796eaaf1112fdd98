"""`manage.py export_edition CODE`: an edition as the file that `load_edition` reads."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from framework.export import edition_as_json, edition_as_yaml
from framework.models import Edition
from framework.parsing import parse_edition
from kiv.datafile import FileRefused

FORMATS = {"yaml": edition_as_yaml, "json": edition_as_json}


class Command(BaseCommand):
    help = (
        "Writes the edition CODE as a file (docs/edition-format.md), in all languages. Loading that file and "
        "exporting again gives the same bytes. An incomplete draft is refused, exit status 2."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--format", choices=FORMATS, default="yaml", help="yaml (the default) or json")
        parser.add_argument("--output", metavar="FILE", help="write to FILE instead of the standard output")

    def handle(self, *args, code: str, format: str, output: str | None, **options) -> None:
        edition = Edition.objects.filter(code=code).first()
        if edition is None:
            raise CommandError(f"{code}: there is no such edition", returncode=2)
        content = FORMATS[format](edition)
        try:
            parse_edition(content)
        except FileRefused as refused:
            for problem in refused.problems:
                self.stderr.write(f"{code}: {problem.place}: expected {problem.expected}")
            raise CommandError(
                f"{code}: this draft is not complete enough for a file", returncode=2
            ) from None
        if output is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}", returncode=2) from None
