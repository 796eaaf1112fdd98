"""The files of attachments: given, exchanged in a draft, removed with their draft, swept when left behind.

Stored below MEDIA_ROOT under a name made of ids. The web server never serves that folder.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from framework import rules
from framework.models import Attachment, Edition
from framework.services.requests import withdraw_pending
from kiv.audit.services import record
from kiv.sweeping import sweep

#: Below MEDIA_ROOT; framework.models.attachment_path says the names in it.
FOLDER = "framework"
MAX_BYTES = 40 * 1024 * 1024
#: A PDF may have some bytes before its heading, but not many.
HEADING, WITHIN = b"%PDF-", 1024


@transaction.atomic
def give_file(*, attachment: Attachment, data: bytes, by: Any) -> bool:
    """Store the file of an attachment. False for the same file again: nothing changes.

    In a draft it takes the place of an earlier one. Once the edition is published a missing file can be
    given, and never replaced: WrongMoment. ValidationError for what is no PDF or too large.
    """
    rules.check_administrator(by)
    if len(data) > MAX_BYTES:
        raise ValidationError(_("This file is larger than 40 MiB."), code="too_large")
    if HEADING not in data[:WITHIN]:
        raise ValidationError(_("This is not a PDF file."), code="not_pdf")
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=attachment.edition_id)
    stored = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    digest = hashlib.sha256(data).hexdigest()
    if stored.sha256 == digest:
        return False
    if stored.file and not edition.is_draft:
        raise rules.WrongMoment(_("This attachment has its file. It is published and is never replaced."))
    if stored.file:
        remove_files([stored])
    stored.file.save("", ContentFile(data), save=False)
    try:
        stored.sha256, stored.size = digest, len(data)
        stored.save(update_fields=["file", "sha256", "size"])
        if edition.is_draft:
            withdraw_pending(edition, by=by)
        record(
            "edition.file_given", by=by, on=edition, code=edition.code, attachment=stored.pk, sha256=digest
        )
    except BaseException:
        stored.file.storage.delete(stored.file.name)
        raise
    return True


def remove_files(attachments: Iterable[Attachment]) -> None:
    """Once the transaction is through; until then a file may still be needed."""
    for attachment in attachments:
        if attachment.file:
            storage, name = attachment.file.storage, attachment.file.name
            transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))


def remove_stray_files(*, before: datetime) -> Iterator[str]:
    """Remove what no attachment names and was stored before a moment; the names of what went."""
    root = Path(settings.MEDIA_ROOT)
    named = set(Attachment.objects.exclude(file="").values_list("file", flat=True))
    for path in sweep(
        root / FOLDER, is_needed=lambda path: path.relative_to(root).as_posix() in named, before=before
    ):
        yield path.relative_to(root).as_posix()
