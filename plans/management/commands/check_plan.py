"""`manage.py check_plan FILE [--edition CODE] [--language nl|fr|de] [--json|--csv]`

What a document seems to contain for each item, with page and quote. Needs no account, no server and no
database, and writes nothing. Suggestions are not evidence: nothing here scores.
"""

import csv
import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from plans import extraction
from plans.management.check_text import check_data, check_lines, check_rows
from plans.selectors.suggestions import NoLexicon, shipped_lexicon, suggest

REFUSED = 2
EDITION = "kiv-2022-2024"


class Command(BaseCommand):
    help = (
        "Reads a plan (PDF, DOCX, ODT, text or Markdown) and lists the passages that seem to address "
        "each item of the edition. Changes nothing."
    )
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--edition", default=EDITION, help=f"the edition to look for ({EDITION})")
        parser.add_argument("--language", choices=("nl", "fr", "de"), help="of the whole document")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="print JSON instead of lines")
        form.add_argument("--csv", action="store_true", help="print CSV instead of lines")

    def handle(self, *args, file: str, edition: str, language: str | None, **options) -> None:
        try:
            data = Path(file).read_bytes()
        except (OSError, ValueError) as error:
            self._refuse(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}")
        try:
            lexicon = shipped_lexicon(edition)
        except NoLexicon:
            self._refuse(f"{edition}: there is no lexicon of this edition")
        try:
            document = extraction.extract(data, name=Path(file).name)
        except extraction.Refused as refused:
            self._refuse(f"{file}: {REASONS[refused.code]}")
        items = suggest(document, lexicon, language=language)
        if options["json"]:
            content = check_data(file, edition, document, items)
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=2))
        elif options["csv"]:
            csv.writer(self.stdout, lineterminator="\n").writerows(check_rows(items))
        else:
            self.stdout.write("\n".join(check_lines(file, edition, document, items)))

    def _refuse(self, line: str) -> None:
        self.stderr.write(line)
        sys.exit(REFUSED)


#: One sentence per refusal, for a terminal.
REASONS = {
    extraction.Code.EMPTY: "is empty",
    extraction.Code.TOO_LARGE: "is too large",
    extraction.Code.TOO_SLOW: "takes too long to read; split it",
    extraction.Code.TOO_MANY_PAGES: "has too many pages; split it",
    extraction.Code.ENCRYPTED: "is protected with a password; save it without",
    extraction.Code.TRUNCATED: "is incomplete; copy or download it again",
    extraction.Code.ZIP_BOMB: "unpacks to far more than a plan can hold",
    extraction.Code.FORBIDDEN_XML: "holds XML that is not read; save it anew from the word processor",
    extraction.Code.NO_TEXT: "has no text: a scan must go through text recognition first",
    extraction.Code.WRONG_KIND: "is not what its name says; give it the right ending",
    extraction.Code.UNSUPPORTED: "is of a kind that is not read: use PDF, DOCX, ODT, text or Markdown",
    extraction.Code.UNREADABLE: "could not be read; save it anew and try again",
}
