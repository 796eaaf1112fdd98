"""`manage.py load_edition FILE`: an edition of a framework note from its YAML or JSON file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from framework.services import CannotPublish, LoadResult, load_edition
from kiv.datafile import FileRefused


class Command(BaseCommand):
    help = (
        "Loads an edition from FILE (docs/edition-format.md). The same file again changes nothing. A file "
        "with errors changes nothing either: every error is told with its line and place, exit status 2."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="publish the edition if it is a draft")
        parser.add_argument(
            "--update-texts",
            action="store_true",
            help="in a published edition: take over translations, summaries and examples from FILE, also "
            "over corrections made in the product",
        )

    def handle(self, *args, file: str, publish: bool, update_texts: bool, verbosity: int, **options) -> None:
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from None
        try:
            result = load_edition(
                data=data, by=None, should_publish=publish, should_update_texts=update_texts
            )
        except FileRefused as refused:
            for problem in refused.problems:
                self.stderr.write(f"{file}: {problem}")
            raise CommandError(
                f"{file}: {len(refused.problems)} error(s), nothing was changed", returncode=2
            ) from None
        except CannotPublish as reason:
            raise CommandError(f"{file}: {reason} Nothing was changed.", returncode=2) from None
        if verbosity:
            self._tell(result)

    def _tell(self, result: LoadResult) -> None:
        published = ", published" if result.is_published_now else f" ({result.edition.status})"
        self.stdout.write(f"{result.edition.code}: {result.outcome}{published}")
        if result.kept:
            self.stdout.write(
                f"{len(result.kept)} text(s) differ from the file and were kept (--update-texts):"
            )
        for change in result.kept:
            self.stdout.write(f"  {change.place}")
