"""What the tests of the services behind documents share: a plan with a document, every act on it.

assessment = make_read_plan()         A4 accepted ("zwerfvuil", by an operator), everything else open
"""

from django.utils import timezone

from framework.models import LexiconVersion
from plans import matching, models
from plans.planformat import passage_identity
from plans.scoring import score_as_json
from plans.services.decisions import Ticks, accept_passage, decide, remove_evidence, take_back
from plans.services.documents import change_document, remove_document, replace_document
from plans.services.lexicons import content_digest
from plans.services.passages import change_passage
from plans.services.scores import differences, score_of
from tests.plans.papers import EMPTY, LEXICON, item_of, passage_with, seen, store_lexicon, upload
from tests.plans.services import acting
from tests.plans.world import make_world

ACTION = Ticks(elements=["action"])
OTHER = "# Bijlage\n\nWij organiseren drugs controles.\n"


FRENCH = """
format: kiv-lexicon/1
edition: %s
version: 1
language: fr
items:
  A1: [{terms: [drogue], weight: 90}]
  A2: [{terms: [cambriolage], weight: 90}]
  A3: [{terms: [traite des êtres humains], weight: 90}]
  A4: [{terms: [dépôts clandestins], weight: 90}]
  B1: [{terms: [vidéosurveillance], weight: 90}]
  B2: [{terms: [données], weight: 90}]
"""


def store_bilingual(edition, *, number=2):
    """A later lexicon, in force: LEXICON, and a word of French."""
    sources = LEXICON % {"edition": edition.code}, FRENCH % edition.code
    content = matching.content_of([matching.parse_lexicon_file(source.encode()) for source in sources])
    return LexiconVersion.objects.create(
        edition=edition,
        number=number,
        content=content,
        sha256=content_digest(content),
        made_at=timezone.now(),
        in_force_since=timezone.now(),
    )


def make_read_plan(**zone):
    """A plan with PAPER uploaded and one passage accepted."""
    assessment = make_world(EMPTY, **zone).assessment
    if not LexiconVersion.objects.filter(edition=assessment.edition).exists():
        store_lexicon(assessment.edition)
    document = upload(assessment)
    accept(assessment, document, "zwerfvuil", "A4")
    return assessment


def paper(assessment):
    """The document of the plan, as another request would fetch it."""
    return models.Document.objects.select_related("version__plan").get(version=assessment.version, number=1)


def accept(assessment, document, words, code, *, by=None, ticks=ACTION, **more):
    return accept_passage(
        assessment=assessment,
        passage=passage_with(document, words),
        item=item_of(assessment, code),
        ticks=ticks,
        by=by,
        **more,
    )


def say(assessment, document, words, code, verdict, *, by=None):
    return decide(
        assessment=assessment,
        passage=passage_with(document, words),
        item=item_of(assessment, code),
        verdict=verdict,
        by=by,
    )


def replace(document, text, *, by=None, name="plan.md"):
    stored = models.Document.objects.select_related("version__plan").get(pk=document.pk)
    return replace_document(
        document=stored, filename=name, data=text.encode(), revision=stored.revision, by=by
    )


def suggestion_of(assessment, words, code):
    return assessment.suggestions.get(passage__text__contains=words, item__code=code)


def verdicts(assessment):
    """{(beginning of the passage, item): verdict} of what is decided."""
    rows = assessment.suggestions.exclude(verdict="open").select_related("passage", "item")
    return {(row.passage.text[:12], row.item.code): str(row.verdict) for row in rows}


def pieces(assessment):
    """(item, beginning of the quote, elements, whether gone) of the evidence."""
    rows = assessment.passages.select_related("item").order_by("pk")
    return [(row.item.code, row.quote[:12], row.elements, row.is_gone) for row in rows]


def scores(assessment):
    """What the scorer says, which is also what is stored."""
    assessment = models.Assessment.objects.select_related("edition", "version__plan").get(pk=assessment.pk)
    assert list(differences(assessment)) == []
    return score_as_json(score_of(assessment))


def bare(score):
    """What counts of a score: not that a quote is gone, nor the numbers of the pieces."""
    names = ("code", "state", "level", "digits", "objective", "reach", "advice", "proposal")
    return [{name: item.get(name) for name in names} for item in score["items"]]


def check_consistent(assessment):
    """What holds after every act, whatever it was."""
    scores(assessment)
    for row in assessment.passages.all():
        assert row.passage == passage_identity(document=row.document, page=row.page, quote=row.quote)
        assert row.is_gone <= (row.source_id is None)
        if row.source_id is not None:
            assert (row.source.document_id, row.source.identity) == (row.origin_id, row.identity)
            hidden = row.source.is_confidential or row.origin.is_confidential
            assert (row.page, row.is_confidential) == (row.source.page, hidden)
    for row in assessment.suggestions.all():
        assert (row.evidence_id is not None) == (row.verdict in ("accepted", "moved"))
        if row.verdict == "accepted":
            assert (row.evidence.item_id, row.evidence.is_gone) == (row.item_id, False)
        if row.verdict == "moved":
            assert row.evidence.item_id == row.moved_to_id


def stored():
    """Everything that is stored about plans and documents, to compare before and after."""
    rows = acting.stored()
    for model in (models.Document, models.Passage, models.Suggestion):
        rows[model.__name__] = acting.as_they_lie(model.objects.all())
    return rows


def _changing(assessment, by):
    change_document(
        document=paper(assessment), kind="annex", language="nl", is_confidential=True, revision=1, by=by
    )


def _changing_passage(assessment, by):
    passage = passage_with(paper(assessment), "zwerfvuil")
    change_passage(
        assessment=assessment, passage=passage, language="fr", is_confidential=True, by=by, **seen(passage)
    )


def _taking_back(assessment, by):
    take_back(assessment=assessment, suggestion=assessment.suggestions.get(verdict="accepted"), by=by)


def _moving(assessment, by):
    accept(assessment, paper(assessment), "drugshandel", "A2", by=by, instead_of=item_of(assessment, "A1"))


def _saying(verdict):
    return lambda assessment, by: say(assessment, paper(assessment), "inbraak", "A2", verdict, by=by)


#: Every act on a plan of `make_read_plan`, with the event it records.
ACTS = {
    "add": (lambda assessment, by: upload(assessment, OTHER, by=by), "document.added"),
    "replace": (lambda assessment, by: replace(paper(assessment), OTHER, by=by), "document.replaced"),
    "change": (_changing, "document.changed"),
    "remove": (
        lambda assessment, by: remove_document(document=paper(assessment), revision=1, by=by),
        "document.removed",
    ),
    "accept": (
        lambda assessment, by: accept(assessment, paper(assessment), "drugshandel", "A1", by=by),
        "passage.accepted",
    ),
    "move": (_moving, "passage.accepted"),
    "reject": (_saying("rejected"), "passage.rejected"),
    "set aside": (_saying("set_aside"), "passage.set_aside"),
    "enter": (_saying("entered"), "passage.entered"),
    "take back": (_taking_back, "passage.reopened"),
    "remove evidence": (
        lambda assessment, by: remove_evidence(
            assessment=assessment, evidence=assessment.passages.get(), by=by
        ),
        "passage.removed",
    ),
    "change passage": (_changing_passage, "passage.changed"),
}


def hide_document(assessment, is_confidential=True):
    document = paper(assessment)
    change_document(
        document=document,
        kind="plan",
        language="",
        is_confidential=is_confidential,
        revision=document.revision,
        by=None,
    )


def hide_passage(assessment, words="zwerfvuil", is_confidential=True):
    passage = passage_with(paper(assessment), words)
    change_passage(
        assessment=assessment,
        passage=passage,
        language="",
        is_confidential=is_confidential,
        by=None,
        **seen(passage),
    )


def is_hidden(assessment):
    return assessment.passages.get().is_confidential
