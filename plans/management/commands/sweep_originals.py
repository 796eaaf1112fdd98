"""`manage.py sweep_originals`: removes uploaded files that no document and no edition needs. Run it daily."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from framework.services.files import remove_stray_files
from plans.models import Document
from plans.services.originals import remove_originals

#: An upload stores its file a moment before its row.
GRACE = timedelta(hours=1)


class Command(BaseCommand):
    help = "Removes files of removed or replaced documents and attachments, and of uploads that broke off."

    def handle(self, *args, **options) -> None:
        before = timezone.now() - GRACE
        needed = Document.objects.values_list("sha256", flat=True)
        removed = [*remove_originals(needed=needed, before=before), *remove_stray_files(before=before)]
        self.stdout.write(f"{len(removed)} files removed")
