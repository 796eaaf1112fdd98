"""`manage.py coverage --edition CODE --cycle NAME [--format json|csv|xlsx] [--out FILE]`

Where the plans of the whole country stand, as a coordinator of the country reads it: an operator's command
that shows nothing confidential and writes nothing but its file.
"""

import sys
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from framework.models import Edition
from kiv.accounts.access import WholeCountry
from kiv.localized import LANGUAGES
from kiv.territory.models import Province
from plans.enums import PlanKind
from plans.models import Cycle
from plans.reports.coverage import coverage_of
from plans.reports.coverage_csv import write_coverage_csv
from plans.reports.coverage_json import write_coverage_json
from plans.reports.coverage_paper import CoveragePaper, paper_of
from plans.reports.coverage_xlsx import write_coverage_xlsx
from plans.selectors.area_words import area_words
from plans.selectors.coverage import Basis, Scope

REFUSED = 2
FORMATS = {"json": write_coverage_json, "csv": write_coverage_csv, "xlsx": write_coverage_xlsx}


class Command(BaseCommand):
    help = "Writes where the plans of the country stand, item by item, as JSON, CSV or XLSX. Changes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--edition", required=True, metavar="CODE", help="checked against which edition")
        parser.add_argument("--cycle", required=True, metavar="NAME", help="plans of which cycle")
        parser.add_argument("--format", choices=tuple(FORMATS), default="json")
        parser.add_argument("--basis", choices=[basis.value for basis in Basis], default=Basis.SHARED.value)
        parser.add_argument("--kind", choices=PlanKind.values, default=PlanKind.ZONAL.value)
        parser.add_argument("--province", metavar="CODE", help="only zones of this province")
        parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="of the words in it")
        parser.add_argument("--out", metavar="FILE", help="write to this file, not to the standard output")

    def handle(self, *args, **options) -> None:
        province = None
        if options["province"]:
            province = self._found(Province.objects.all(), "code", options["province"])
        editions = Edition.objects.filter(published_at__isnull=False)
        scope = Scope(
            cycle=self._found(Cycle.objects.all(), "name", options["cycle"]),
            edition=self._found(editions, "code", options["edition"]),
            basis=Basis(options["basis"]),
            kind=options["kind"],
            province_id=province.pk if province else None,
        )
        if options["format"] == "xlsx" and not options["out"]:
            self._refuse("a spreadsheet is no text: name a file for it with --out")
        with override(options["language"]):
            data = FORMATS[options["format"]](self._paper(scope, province))
        if not options["out"]:
            self.stdout.write(data.decode(), ending="")
            return
        try:
            Path(options["out"]).write_bytes(data)
        except OSError as error:
            self._refuse(f"{options['out']}: cannot be written: {error.strerror}")

    def _paper(self, scope: Scope, province: Province | None) -> CoveragePaper:
        user = WholeCountry()
        filters = ((_("Province"), str(province)),) if province else ()
        return paper_of(coverage_of(user, scope), area=area_words(user), filters=filters, made_at=now())

    def _found(self, rows, field: str, value: str):
        """The row with this value; otherwise the command ends and says which there are."""
        found = rows.filter(**{field: value}).first()
        if found is None:
            known = ", ".join(rows.order_by(field).values_list(field, flat=True))
            self._refuse(f"{value}: not known; there is: {known or 'none'}")
        return found

    def _refuse(self, line: str) -> NoReturn:
        self.stderr.write(line)
        sys.exit(REFUSED)
