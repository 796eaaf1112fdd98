"""`manage.py load_demo`: fictional plans and one account per role, in the demonstration only."""

from django.core.management.base import BaseCommand, CommandError

from kiv.datafile import FileRefused
from plans.models import Plan
from plans.services.demo import DemoIndex, DemoRefused, load_demo, read_index


class Command(BaseCommand):
    help = (
        "Loads the demonstration and prints its accounts. Refuses outside the demonstration (KIV_DEMO) and "
        "in a database that has people or plans of its own. A second run changes nothing."
    )

    def handle(self, *args, **options) -> None:
        try:
            is_new = load_demo(by=None)
            index = read_index()
        except DemoRefused as refused:
            raise CommandError(str(refused)) from None
        except FileRefused as refused:
            raise CommandError(f"the demonstration's own files are not in order:\n{refused}") from None
        if is_new:
            self.stdout.write(f"{Plan.objects.count()} fictional plans loaded.")
        else:
            self.stdout.write("The demonstration was loaded before; nothing was changed.")
        self.stdout.write("\n".join(account_lines(index)))


def account_lines(index: DemoIndex) -> list[str]:
    """The accounts as a table, and the one password."""
    rows = [("role", "e-mail", "sees")]
    rows += [(account.role.replace("_", " "), account.email, account.sees) for account in index.accounts]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows]
    return [f"Demo accounts, all with the password {index.password}", *lines]
