"""Taking the shipped lexicon into the database as version 1 of its edition. What is made in the product:
lexicon_drafts.
"""

import hashlib
import json

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from framework.models import Edition, LexiconVersion
from kiv.audit.services import record
from plans import matching

FOLDER = settings.BASE_DIR / "framework" / "data"


@transaction.atomic
def load_shipped_lexicon(*, edition: Edition, by) -> LexiconVersion | None:
    """Store and put in force what the product ships for an edition, unless that number is there already.

    None when nothing is shipped for it or nothing had to be done: a stored version is never replaced.
    Raises FileRefused for a lexicon that breaks its guards.
    """
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    try:
        sources = matching.shipped_files(FOLDER, edition.code)
    except FileNotFoundError:
        return None
    files = [matching.parse_lexicon_file(source) for source in sources]
    lexicon = matching.join_languages(files)
    if LexiconVersion.objects.filter(edition=edition, number=lexicon.version).exists():
        return None
    content = matching.content_of(files)
    now = timezone.now()
    version = LexiconVersion.objects.create(
        edition=edition,
        number=lexicon.version,
        content=content,
        sha256=content_digest(content),
        made_at=now,
        in_force_since=now,
    )
    record("lexicon.loaded", by=by, on=version, edition=edition.code, number=version.number)
    return version


def content_digest(content: dict) -> str:
    """SHA-256 (hexadecimal) of a version's content, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
