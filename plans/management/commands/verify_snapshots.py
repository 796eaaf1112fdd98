"""`manage.py verify_snapshots [--json]`: whether every snapshot of a shared version still proves it.

What is compared lives in `plans.selectors.snapshots`. Never prints the words of a plan.
"""

import json
import sys

from django.core.management.base import BaseCommand

from plans.selectors.snapshots import verified_snapshots

#: The exit status when there is any problem.
PROBLEMS = 1

#: One sentence per code, for a terminal.
WORDS = {
    "missing": "there is no snapshot",
    "digest": "the snapshot is not what was kept",
    "unreadable": "the snapshot cannot be read",
    "output": "this rubric gives another score than the snapshot",
    "content": "the stored version is not what was shared",
}


class Command(BaseCommand):
    help = "Verifies the snapshots of all shared versions. Changes nothing; exit status 1 for any problem."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args, **options) -> None:
        snapshots, problems = 0, []
        for one in verified_snapshots():
            snapshots += one.has_snapshot
            problems += [
                {"plan": one.plan, "version": one.version, "edition": one.edition, "problem": problem}
                for problem in one.problems
            ]
        if options["json"]:
            self.stdout.write(json.dumps({"snapshots": snapshots, "problems": problems}, indent=2))
        else:
            lines = [f"{_where(problem)}: {WORDS[problem['problem']]}" for problem in problems]
            self.stdout.write("\n".join([*lines, f"{len(problems)} problems in {snapshots} snapshots"]))
        if problems:
            sys.exit(PROBLEMS)


def _where(problem: dict) -> str:
    return f"plan {problem['plan']}, version {problem['version']}, {problem['edition']}"
