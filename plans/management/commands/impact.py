"""`manage.py impact CODE [--json] [--cycle NAME] [--province CODE]`: what an edition does to shared plans.

An operator's command with the figures of the page; writes nothing. How far it is goes to the error output.
"""

import sys
from collections.abc import Iterator
from typing import NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import override

from framework.models import Edition
from kiv.localized import LANGUAGES
from kiv.templatetags.kiv_ui import STATES
from kiv.territory.models import Province
from plans.impact_sentences import FATES, headline, notes, over_sentence, progress_sentence
from plans.models import Cycle
from plans.reports.impact import Counting, Figures, Impact, PlanImpact
from plans.reports.impact_json import write_impact_json
from plans.selectors.impact import BATCH, EVERY_CYCLE, ImpactScope, UnknownCycle, cycles_asked

REFUSED = 2


class Told(Counting):
    """Says on the way how far it is."""

    def __init__(self, scope: ImpactScope, tell) -> None:
        super().__init__(scope)
        self._tell = tell

    def plans(self) -> Iterator[PlanImpact]:
        for done, plan in enumerate(super().plans(), start=1):
            yield plan
            if done % BATCH == 0 or done == self.total:
                self._tell(progress_sentence(done, self.total))


class Command(BaseCommand):
    help = "Computes how the shared plans would stand under an edition, drafts included. Changes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("edition", metavar="CODE", help="of the edition, published or not")
        parser.add_argument("--json", action="store_true", help="kiv-impact/1 instead of lines to read")
        parser.add_argument(
            "--cycle", default="", metavar="NAME", help=f"without it those not over; {EVERY_CYCLE}: every one"
        )
        parser.add_argument("--province", metavar="CODE", help="only zones of this province")
        parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="of the lines")

    def handle(self, *args, **options) -> None:
        with override(options["language"]):
            counting = Told(self._scope(options), self.stderr.write)
            pieces = write_impact_json(counting) if options["json"] else _lines(counting)
            for piece in pieces:
                self.stdout.write(piece, ending="" if options["json"] else "\n")

    def _scope(self, options) -> ImpactScope:
        edition = self._found(Edition.objects.select_related("predecessor"), options["edition"])
        if edition.predecessor is None:
            self._refuse(f"{edition.code}: follows no other edition")
        province = options["province"] and self._found(Province.objects.all(), options["province"])
        try:
            cycles = cycles_asked(options["cycle"])
        except UnknownCycle:
            known = ", ".join(Cycle.objects.values_list("name", flat=True))
            self._refuse(f"{options['cycle']}: not known; there is: {known or 'none'}")
        return ImpactScope(edition, cycles, province or None)

    def _found(self, rows, code: str):
        """The row with this code; otherwise the command ends and says which there are."""
        found = rows.filter(code=code).first()
        if found is None:
            known = ", ".join(rows.order_by("code").values_list("code", flat=True))
            self._refuse(f"{code}: not known; there is: {known or 'none'}")
        return found

    def _refuse(self, line: str) -> NoReturn:
        self.stderr.write(line)
        sys.exit(REFUSED)


def _lines(counting: Counting) -> Iterator[str]:
    for _plan in counting.plans():
        pass
    impact = counting.result()
    yield headline(impact.plans, impact.figures.fates)
    if over := over_sentence(impact.over):
        yield over
    yield from notes(
        undecided=len(impact.proposed),
        already=impact.already,
        apart=impact.apart,
        has_hidden=impact.has_hidden,
    )
    yield from _tables(impact)


def _tables(impact: Impact) -> Iterator[str]:
    for item in impact.items:
        yield f"{item.item.code}: {_figures(item.figures)}"
    for ended in impact.ended:
        yield f"{ended.edition.code} {ended.item.code} → –: {ended.plans}"
    for place in impact.places:
        yield f"{place.province or '?'} ({place.plans}): {_figures(place.figures)}"


def _figures(figures: Figures) -> str:
    fates = ", ".join(f"{figures.fates[fate]} {words}" for fate, words in FATES.items())
    return f"{fates} ({', '.join(f'{n} {STATES[state]}' for state, n in figures.states.items() if n)})"
