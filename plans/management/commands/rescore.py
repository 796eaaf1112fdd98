"""`manage.py rescore [--check]`: compares the stored scores with those the scorer gives, and renews them."""

import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand

from plans.models import Assessment
from plans.scoring import Criterion
from plans.services.rescoring import rescore
from plans.services.scores import Difference, differences

#: The exit status of --check when something differs.
DIFFERENT = 1


class Command(BaseCommand):
    help = "Scores every stored plan again, each in a transaction of its own. With --check: only compares."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; report the differences; exit status 1 when there are any",
        )

    def handle(self, *args, **options) -> None:
        only_check = options["check"]
        seen = found = 0
        for assessment in _assessments():
            seen += 1
            changes = differences(assessment) if only_check else rescore(assessment=assessment, by=None)
            for difference in changes:
                found += 1
                self.stdout.write(_line(assessment, difference))
        self.stdout.write(
            f"{found} differences in {seen} assessments{'' if only_check else ', scored again'}"
        )
        if only_check and found:
            sys.exit(DIFFERENT)


def _assessments() -> Iterator[Assessment]:
    """One after the other, each read when its turn comes: the command may run while people work."""
    related = Assessment.objects.select_related(
        "edition", "version__plan__zone", "version__plan__municipality", "version__plan__cycle"
    )
    for pk in list(Assessment.objects.order_by("pk").values_list("pk", flat=True)):
        if assessment := related.filter(pk=pk).first():
            yield assessment


def _line(assessment: Assessment, difference: Difference) -> str:
    return (
        f"plan {assessment.version.plan_id}, {assessment.edition.code}, {difference.item}: "
        f"stored {_short(difference.stored)}, computed {_short(difference.computed)}"
    )


def _short(row) -> str:
    """Level, state and digits of an item's score: never the words of a plan."""
    if not isinstance(row, dict):
        return "nothing" if row is None else str(row)
    if "level" not in row:
        return "another summary"
    digits = " ".join(f"{criterion}{row['digits'].get(criterion)}" for criterion in Criterion)
    return f"level {row['level']} {row['state']} {digits}"
