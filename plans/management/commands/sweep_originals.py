"""`manage.py sweep_originals`: removes uploaded files that no document needs any more. Run it daily."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from plans.models import Document
from plans.services.originals import remove_originals

#: An upload stores its file a moment before its row.
GRACE = timedelta(hours=1)


class Command(BaseCommand):
    help = "Removes files of removed or replaced documents from the document store."

    def handle(self, *args, **options) -> None:
        needed = Document.objects.values_list("sha256", flat=True)
        removed = list(remove_originals(needed=needed, before=timezone.now() - GRACE))
        self.stdout.write(f"{len(removed)} files removed")
