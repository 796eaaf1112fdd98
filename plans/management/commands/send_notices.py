"""`manage.py send_notices`: makes the mails that are due and sends what waits. Run it every few minutes."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kiv.checks import MAIL
from plans.mail.composing import compose_mails
from plans.mail.sending import remove_old_mails, send_mails
from plans.mail.telling import remind


class Command(BaseCommand):
    help = (
        "Makes reminders of deadlines, puts notices into mails, and sends the mails that wait. What cannot "
        "be sent stays for the next time; exit status 1 as long as there is any. Can be run twice at once."
    )
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        self.check(tags=[MAIL], include_deployment_checks=True)
        now = timezone.now()
        remind(today=timezone.localdate(now))
        compose_mails(now=now)
        outcome = send_mails(now=now)
        remove_old_mails(now=now)
        if outcome.failed:
            why = f" ({outcome.fault})" if outcome.fault else ""
            raise CommandError(f"{outcome.sent} mails sent; {outcome.failed} could not be sent and wait{why}")
        if options["verbosity"]:
            self.stdout.write(f"{outcome.sent} mails sent")
