"""`manage.py score_plan FILE|ID [--json]`: the check of a plan on the command line.

An operator's command: it reads every plan uncensored and writes nothing. What its lines look like lives in
`plans.management.score_text`, what the numbers mean in `plans.scoring`.
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from framework.models import Edition
from kiv.datafile import FileProblem, FileRefused
from plans import scoring
from plans.management.score_text import score_lines
from plans.models import Assessment
from plans.planformat import read_plan, scoring_input
from plans.selectors.scoring_input import published_items
from plans.services.scores import score_of

#: The exit status when there is nothing to score.
REFUSED = 2


class Command(BaseCommand):
    help = "Scores a plan file, or a stored plan by its number, against its edition. Changes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("plan", metavar="FILE|ID", help="a plan file (YAML or JSON), or a plan's number")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args, **options) -> None:
        named = options["plan"]
        is_number = named.isascii() and named.isdecimal() and not Path(named).exists()
        score = self._score_stored(named) if is_number else self._score_file(named)
        if options["json"]:
            self.stdout.write(json.dumps(scoring.score_as_json(score), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(score_lines(score)))

    def _score_stored(self, number: str) -> scoring.PlanScore:
        assessment = (
            Assessment.objects.filter(version__plan=number)
            .select_related("edition", "version__plan__zone", "version__plan__municipality")
            .order_by("-version__number", "-pk")
            .first()
            # The databases count in 64 bits; a longer number is certainly nobody's.
            if len(number) <= 18
            else None
        )
        if assessment is None:
            self._refuse([f"{number}: there is no plan with this number"])
        return score_of(assessment)

    def _score_file(self, name: str) -> scoring.PlanScore:
        try:
            data = Path(name).read_bytes()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._refuse([f"{name}: cannot be read: {reason}"])
        editions = published_items()
        try:
            content = read_plan(data, editions)
        except FileRefused as refused:
            lines = [f"{name}: {problem}" for problem in refused.problems]
            lines += [hint for problem in refused.problems for hint in _loading_hint(name, problem)]
            self._refuse(lines)
        edition = Edition.objects.get(code=content.edition)
        return scoring.score_plan(
            scoring_input(content, editions[content.edition], has_successor=edition.has_successor)
        )

    def _refuse(self, lines: list[str]) -> None:
        self.stderr.write("\n".join(lines))
        sys.exit(REFUSED)


def _loading_hint(name: str, problem: FileProblem) -> list[str]:
    """How to load the edition that a file asks for, when the product ships it."""
    if problem.code != "unknown_edition":
        return []
    shipped = Path("framework", "data", f"{problem.found.strip(chr(34))}.yaml")
    if not (settings.BASE_DIR / shipped).is_file():
        return []
    return [f"{name}: this edition is not loaded yet; load it: manage.py load_edition {shipped} --publish"]
