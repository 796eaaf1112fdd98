"""`manage.py seal_audit [--minutes N]`: seals what the audit trail gained, as the next link of a chain."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from kiv.audit.management.words import waiting_words
from kiv.audit.selectors import waiting_for_seal
from kiv.audit.services import SETTLED_AFTER, seal_events


class Command(BaseCommand):
    help = "Seals the audit events that are settled and not sealed yet. Run it daily; repeat it at will."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--minutes",
            type=int,
            default=int(SETTLED_AFTER.total_seconds() // 60),
            help="younger events wait for the next time (default: %(default)s)",
        )

    def handle(self, *args, **options) -> None:
        if options["minutes"] < 0:
            raise CommandError("--minutes: 0 or more")
        batch = seal_events(older_than=timedelta(minutes=options["minutes"]))
        if batch is None:
            waiting = waiting_for_seal()
            now = f"nothing to seal now: {waiting_words(waiting)}"
            self.stdout.write(now if waiting else "nothing to seal: all is sealed")
            return
        ids = f"{batch.first_id} to {batch.last_id}"
        self.stdout.write(f"batch {batch.number}: {batch.events} events, {ids}")
        self.stdout.write(batch.digest)
