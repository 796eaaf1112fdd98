"""`manage.py verify_audit [--json] [--known DIGEST]`: computes every seal on the audit trail again."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from kiv.audit.management.words import waiting_words
from kiv.audit.sealing import Fault, FaultKind
from kiv.audit.selectors import Verification, verify_trail

#: The exit status when anything is not as it was sealed.
DIFFERENT = 1
WORDS = {
    FaultKind.MISSING: "missing",
    FaultKind.LINK: "does not follow from the batch before it",
    FaultKind.ORDER: "overlaps the batch before it",
    FaultKind.EVENTS: "differs from what was sealed",
}


class Command(BaseCommand):
    help = "Says whether the audit trail still is what was sealed; exit status 1 when it is not."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
        parser.add_argument(
            "--known", default="", metavar="DIGEST", help="a digest noted earlier: it must be in the chain"
        )

    def handle(self, *args, **options) -> None:
        found = verify_trail(options["known"].strip().lower())
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(found), indent=2))
        else:
            self.stdout.write("\n".join(_lines(found)))
        if not found.is_sound:
            sys.exit(DIFFERENT)


def _as_data(found: Verification) -> dict[str, Any]:
    return {
        "sound": found.is_sound,
        "batches": found.batches,
        "events": found.events,
        "unsealed": found.unsealed,
        "digest": found.digest,
        "known": found.is_known,
        "faults": [
            {"batch": fault.batch, "kind": fault.kind.value, "sealed": fault.sealed, "found": fault.found}
            for fault in found.faults
        ],
    }


def _lines(found: Verification) -> list[str]:
    lines = [_line(fault) for fault in found.faults]
    if found.is_known is False:
        lines.append("the digest noted earlier is not in the chain")
    lines.append(
        f"{found.batches} batches, {found.events} events sealed: "
        + ("as sealed" if found.is_sound else "not as sealed")
    )
    if found.unsealed:
        lines.append(waiting_words(found.unsealed))
    return [*lines, found.digest] if found.digest else lines


def _line(fault: Fault) -> str:
    counts = ""
    if fault.kind == FaultKind.EVENTS:
        counts = f" ({fault.sealed} events sealed, {fault.found} found)"
    return f"batch {fault.batch}: {WORDS[fault.kind]}{counts}"
