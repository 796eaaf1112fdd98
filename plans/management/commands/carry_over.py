"""`manage.py carry_over --edition CODE [--dry-run] [--json]`: carries all plans over to an edition.

What is done to a plan lives in `plans.services.leading_over`. Never prints the words of a plan.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from framework.models import Edition
from plans.planformat.succession import Fate
from plans.selectors.carrying import Obstacle, versions_to_carry
from plans.services.leading_over import Tally, foresee_plan, lead_plan_over

#: One line per reason, for a terminal.
WORDS = {
    Obstacle.ALREADY: "checked under this edition already",
    Obstacle.NOT_PUBLISHED: "the edition is not published",
    Obstacle.NOT_AFTER: "checked under an edition that this one does not follow",
    Obstacle.UNFINISHED: "the zone still looks at the edition before",
}


class Command(BaseCommand):
    help = (
        "Carries every plan over to an edition: its latest version, and the latest shared one. Each plan in "
        "a transaction of its own; run again, it goes on with what is left."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--edition", required=True, metavar="CODE", help="the edition to carry over to")
        parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be done")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args, **options) -> None:
        edition = Edition.objects.published().filter(code=options["edition"]).first()
        if edition is None:
            raise CommandError(f"{options['edition']}: there is no published edition with this code")
        plans, total = versions_to_carry(), Tally()
        for done, versions in enumerate(plans, start=1):
            if options["dry_run"]:
                total += foresee_plan(versions=versions, edition=edition)
            else:
                total += lead_plan_over(versions=versions, edition=edition, by=None)
            self.stderr.write(f"{done} of {len(plans)} plans")
        if options["json"]:
            self.stdout.write(json.dumps(_figures(edition, total), indent=2))
        else:
            self.stdout.write("\n".join(_lines(total, is_dry_run=options["dry_run"])))


def _figures(edition: Edition, total: Tally) -> dict[str, Any]:
    return {
        "edition": edition.code,
        "plans": total.plans,
        "over": total.over,
        "versions": total.versions,
        **{str(fate): total.items[fate] for fate in Fate},
        "ended": total.ended,
        "skipped": {str(obstacle): total.skipped[obstacle] for obstacle in Obstacle},
    }


def _lines(total: Tally, *, is_dry_run: bool) -> list[str]:
    verb = "would be carried over" if is_dry_run else "carried over"
    skipped = [f"{total.skipped[why]} versions left: {WORDS[why]}" for why in Obstacle if total.skipped[why]]
    past = f"plans of cycles that are over, where nobody is asked to look: {total.over}"
    return [
        f"{total.plans} plans, {total.versions} versions {verb}",
        *([past] if total.over else []),
        f"items carried as they are: {total.items[Fate.CARRIED]}",
        f"items to look at: {total.items[Fate.LOOK]}",
        f"items of which nothing is said yet: {total.items[Fate.NEW]}",
        f"old items that lead nowhere: {total.ended}",
        *skipped,
    ]
