"""Documents and a lexicon for tests: a few Dutch words for the items of `world.make_edition`.

assessment = make_world(EMPTY).assessment        edition with A1–A4 (priorities) and B1–B2 (themes)
store_lexicon(assessment.edition)
document = upload(assessment, PAPER)             Markdown, read by the real reader in its child process
"""

from datetime import datetime

from django.utils import timezone

from framework.models import Edition, Item, LexiconVersion
from plans import matching
from plans.models import Assessment, Document, Passage
from plans.services.documents import add_document
from plans.services.lexicons import content_digest

#: A plan without content.
EMPTY = "{format: kiv-plan/1, plan: {name: Test}, edition: test-edition}"

#: 80 and more is strong, from 40 possible.
LEXICON = """
format: kiv-lexicon/1
edition: %(edition)s
version: 1
language: nl
cues:
  objective: [doelstelling, willen wij]
  action: [organiseren, controleren]
  responsible: [verantwoordelijke]
  indicator: [indicator]
  frequency: [jaarlijks]
  partner: [OCMW, scholen]
  prevention: [preventie]
  negation: [geen, niet weerhouden]
  not_retained: [niet weerhouden]
items:
  A1: [{terms: [drugs, drugshandel], weight: 90}, {terms: [cannabis], weight: 50, aspect: demand}]
  A2: [{terms: [inbraak], weight: 90}]
  A3: [{terms: [mensenhandel], weight: 90}]
  A4: [{terms: [zwerfvuil], weight: 50}]
  B1: [{terms: [camera], weight: 90}]
  B2: [{terms: [gegevens], weight: 50}]
"""

#: A1 strong (goal, action, indicator), A2 strong, A4 possible, B1 with A2 in one passage; A3 a lead.
PAPER = """# Plan
## Drugs
Onze doelstelling: tegen 2028 willen wij drugshandel rond de scholen terugdringen.

Wij organiseren drugs controles en preventie op scholen met het OCMW, verantwoordelijke: jeugdteam.

Indicator: aantal dossiers drugs, jaarlijks gemeten.

## Wonen
Wij controleren op inbraak met een camera in de stationswijk.

Er ligt wat zwerfvuil aan de oevers.

Mensenhandel wordt niet weerhouden.

## Dienst
Het onthaal is open van maandag tot vrijdag.
"""


def store_lexicon(
    edition: Edition, source: str = LEXICON, *, number: int = 1, since: datetime | None = None, **more
) -> LexiconVersion:
    """The lexicon in the database and in force, since now unless told otherwise; `is_draft=True`: a draft."""
    file = matching.parse_lexicon_file((source % {"edition": edition.code}).encode())
    content = matching.content_of([file])
    now = timezone.now()
    return LexiconVersion.objects.create(
        edition=edition,
        number=number,
        content=content,
        made_at=now,
        in_force_since=None if more.pop("is_draft", False) else since or now,
        **{"sha256": content_digest(content), **more},
    )


def upload(assessment: Assessment, text: str = PAPER, *, name: str = "plan.md", by=None, **more) -> Document:
    """A document of the version; `by` None is an operator."""
    return add_document(
        version=assessment.version,
        kind=more.pop("kind", "plan"),
        filename=name,
        data=text.encode(),
        by=by,
        **more,
    )


def passage_with(document: Document, words: str) -> Passage:
    """The one passage that holds these words."""
    return document.passages.get(text__contains=words)


def seen(passage: Passage) -> dict:
    """What a person who has the passage before them sees of it, as change_passage takes it."""
    language = passage.language if passage.is_language_by_hand else ""
    return {"seen_language": language, "seen_confidential": passage.is_confidential}


def item_of(assessment: Assessment, code: str) -> Item:
    return assessment.edition.items.get(code=code)
