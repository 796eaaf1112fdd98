"""`manage.py evaluate_matching FILE.jsonl [--json]`: how good the suggestions are on labelled passages.

An operator's command: it needs no database and writes nothing. What the figures mean lives in
`plans.matching.evaluate`, how they look in `plans.management.matching_text`.
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from kiv.datafile import FileRefused
from plans import matching
from plans.management.matching_text import evaluation_lines

#: The exit status when there is nothing to evaluate.
REFUSED = 2
#: The edition whose lexicon the product ships.
EDITION = "kiv-2022-2024"


class Command(BaseCommand):
    help = (
        "Compares the suggestions with labels: one JSON object per line with id, lang, text and labels. "
        "Precision, recall and F1 for any tier and for the strong tier. Changes nothing."
    )
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
        parser.add_argument("--edition", default=EDITION, help=f"the edition of the lexicon ({EDITION})")

    def handle(self, *args, file: str, edition: str, **options) -> None:
        try:
            data = Path(file).read_bytes()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._refuse(f"{file}: cannot be read: {reason}")
        folder = settings.BASE_DIR / "framework" / "data"
        try:
            lexicon = matching.compile_lexicon(matching.read_shipped_lexicon(folder, edition))
        except (FileNotFoundError, FileRefused):
            self._refuse(f"{edition}: there is no lexicon of this edition")
        try:
            rows = matching.parse_rows(data, lexicon.items)
        except matching.BadRows as reason:
            self._refuse(f"{file}: {reason}")
        result = matching.evaluate(rows, matching.suggest(rows, lexicon), lexicon.items)
        if options["json"]:
            self.stdout.write(json.dumps(matching.as_data(result), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(evaluation_lines(result, len(rows))))

    def _refuse(self, line: str) -> None:
        self.stderr.write(line)
        sys.exit(REFUSED)
