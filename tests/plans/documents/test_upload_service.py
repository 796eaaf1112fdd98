"""Adding a document: what is kept of the file, what is suggested, and what a refusal leaves behind."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from kiv.audit.models import AuditEvent
from plans import extraction, matching
from plans.models import Document, Suggestion
from plans.planformat import PassageEntry
from plans.selectors.lexicons import lexicon_in_force
from plans.selectors.suggestions import match_detail
from plans.services import documents
from plans.services.decisions import Ticks
from plans.services.documents import AlreadyThere, add_document, change_document, remove_document
from plans.services.editing import StaleEdit, TooMany
from plans.services.originals import original_path
from tests.plans.documents.acting import OTHER, accept, paper, pieces, store_bilingual, stored
from tests.plans.extraction.making_pdf import Page, write_pdf
from tests.plans.papers import EMPTY, PAPER, store_lexicon, upload
from tests.plans.services.acting import events_since
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db

LIST = "# Plan\n\nOnze prioriteiten zijn:\n\n- drugs\n- inbraak\n\nDrugs. Drugs.\n\nDrugs.\n"


@pytest.fixture
def assessment():
    assessment = make_world(EMPTY).assessment
    store_lexicon(assessment.edition)
    return assessment


@pytest.mark.parametrize("text", [PAPER, LIST])
def test_passages_are_those_of_the_reader_and_suggestions_those_of_the_matcher(assessment, text):
    """In a child process, as in the product."""
    document = upload(assessment, text)
    read = extraction.extract(text.encode(), name="plan.md")
    rows = list(document.passages.order_by("position"))
    assert [
        (row.identity, row.position, row.text, row.kind, row.page, row.lead, row.language) for row in rows
    ] == [
        (one.identity, at, one.text, one.kind.value, one.page, one.lead, one.language or read.language)
        for at, one in enumerate(read.passages)
    ]
    assert [(row.heading_path, row.header) for row in rows] == [
        (list(one.heading_path), list(one.header)) for one in read.passages
    ]
    assert (document.words, document.pages, document.size) == (read.words, None, len(text.encode()))

    inputs = [
        matching.MatchInput(
            text=one.text,
            language=one.language or read.language,
            heading_path=one.heading_path,
            kind=one.kind.value,
            page=one.page,
            lead="" if one.lead is None else read.passages[one.lead].text,
        )
        for one in read.passages
    ]
    lexicon = lexicon_in_force(assessment.edition)
    found = matching.match_document(inputs, lexicon.compiled)
    expected = {
        (at, match.item): (str(match.tier or ""), match.score, match.criterion or "", match.is_lead)
        for at, matches in enumerate(found)
        for match in matches
    }
    details = {(at, match.item): match_detail(match) for at, matches in enumerate(found) for match in matches}
    stored_rows = Suggestion.objects.select_related("passage", "item", "lexicon")
    assert expected == {
        (row.passage.position, row.item.code): (row.tier, row.score, row.criterion, row.is_lead)
        for row in stored_rows
    }
    assert {(row.passage.position, row.item.code): row.detail for row in stored_rows}.keys() == details.keys()
    assert {(row.verdict, row.lexicon, row.matcher, row.decided_at) for row in stored_rows} == {
        ("open", lexicon.version, matching.MATCHER_VERSION, None)
    }


def test_what_the_matcher_says_of_the_paper(assessment):
    upload(assessment)
    rows = Suggestion.objects.values_list("item__code", "tier", "is_lead", "passage__text")
    assert [(code, tier, is_lead, text[:12]) for code, tier, is_lead, text in rows] == [
        ("A1", "strong", False, "Drugs"),
        ("A1", "strong", False, "Onze doelste"),
        ("A1", "strong", False, "Wij organise"),
        ("A1", "strong", False, "Indicator: a"),
        ("A2", "strong", False, "Wij controle"),
        ("A3", "", True, "Mensenhandel"),
        ("A4", "possible", False, "Er ligt wat "),
        ("B1", "strong", False, "Wij controle"),
    ]


def test_a_pdf_keeps_its_pages(assessment):
    data = write_pdf(
        Page().put(72, 760, "Wij controleren op inbraak in de wijk."),
        Page().put(72, 760, "Er ligt wat zwerfvuil aan de oevers."),
    )
    document = add_document(
        version=assessment.version,
        kind="annex",
        filename="plan.pdf",
        data=data,
        by=None,
        is_confidential=True,
    )
    assert (document.pages, document.kind, document.is_confidential) == (2, "annex", True)
    assert set(document.passages.values_list("page", flat=True)) == {1, 2}
    accept(assessment, document, "zwerfvuil", "A4")
    [piece] = assessment.passages.all()
    assert (piece.page, piece.document, piece.is_confidential) == (2, "plan", True)


class TestRefusals:
    pytestmark = pytest.mark.usefixtures("read_inline")

    @pytest.mark.parametrize(
        ("name", "data", "refusal"),
        [
            ("plan.md", b"", extraction.Refused),
            ("plan.md", b"\0\0\0drugs", extraction.Refused),
            ("plan.pdf", b"%PDF-1.4 torn", extraction.Refused),
            ("plan.exe", b"drugs", extraction.Refused),
            ("plan", b"drugs", extraction.Refused),
            ("", b"drugs", extraction.Refused),
            ("pl\0an.md", b"drugs", ValidationError),
        ],
    )
    def test_a_refused_file_changes_nothing(self, assessment, name, data, refusal):
        upload(assessment)
        before = stored()
        with pytest.raises(refusal):
            add_document(version=assessment.version, kind="plan", filename=name, data=data, by=None)
        assert stored() == before

    def test_an_unknown_kind(self, assessment):
        before = stored()
        with pytest.raises(ValidationError):
            upload(assessment, kind="letter")
        assert stored() == before

    def test_the_same_file_stands_once_in_a_version(self, assessment):
        first = upload(assessment)
        before = stored()
        with pytest.raises(AlreadyThere) as there:
            upload(assessment, name="other.md")
        assert there.value.document == first
        assert stored() == before
        other = make_world(EMPTY).assessment
        assert upload(other).sha256 == first.sha256

    def test_no_more_than_the_bound(self, assessment, monkeypatch):
        monkeypatch.setattr(documents, "MAX_DOCUMENTS", 2)
        upload(assessment)
        upload(assessment, OTHER)
        before = stored()
        with pytest.raises(TooMany) as refused:
            upload(assessment, "Nog een.")
        assert refused.value.limit == 2
        assert stored() == before
        upload(make_world(EMPTY).assessment)


class TestNames:
    pytestmark = pytest.mark.usefixtures("read_inline")

    @pytest.mark.parametrize(
        ("filename", "title", "name"),
        [
            ("Ontwerp  plan.v2.md", "Ontwerp plan.v2", "Ontwerp plan.v2.md"),
            ("../../etc/plan.md", "plan", "plan.md"),
            ("C:\\mijn\\plan.md", "plan", "plan.md"),
            ("pl\x07a\u202en.md", "plan", "plan.md"),
            ("\u200b\x01.md", "document", "\u200b.md"),
            ("a\nb.md", "a b", "a b.md"),
            ("é" * 300 + ".md", "é" * 195, "é" * 197 + ".md"),
            ("a" * 194 + " bc.md", "a" * 194, "a" * 194 + " bc.md"),
            ("plan.md" + " " * 300, "plan", "plan.md"),
        ],
    )
    def test_a_name_that_every_plan_file_can_hold(self, assessment, filename, title, name):
        document = upload(assessment, name=filename)
        assert (document.title, document.filename) == (title, name)
        accept(assessment, document, "zwerfvuil", "A4")
        [piece] = assessment.passages.all()
        entry = PassageEntry(item="A4", elements=["action"], quote=piece.quote, document=piece.document)
        assert entry.document == piece.document == title

    def test_a_title_is_free(self, assessment):
        titles = [
            upload(assessment, f"Versie {number}.", name=name).title
            for number, name in enumerate(["plan.md", "plan.md", "plan.txt", "plan (2).md"])
        ]
        assert titles == ["plan", "plan (2)", "plan (3)", "plan (2) (2)"]
        long = [upload(assessment, f"Lang {number}.", name="x" * 300 + ".md").title for number in range(2)]
        assert long == ["x" * 195, "x" * 195 + " (2)"]


@pytest.mark.usefixtures("read_inline")
def test_what_is_told_of_it(assessment):
    mark = AuditEvent.objects.count()
    document = upload(assessment)
    plan = assessment.version.plan
    data = {"plan": plan.pk, "number": 1, "passages": document.passages.count()}
    assert events_since(mark) == [
        ("document.added", None, "plans.document", str(document.pk), plan.zone_id, data)
    ]


@pytest.mark.usefixtures("read_inline")
def test_the_file_lies_under_its_digest(assessment):
    document = upload(assessment)
    digest = hashlib.sha256(PAPER.encode()).hexdigest()
    assert document.sha256 == digest
    assert original_path(digest).read_bytes() == PAPER.encode()


@pytest.mark.usefixtures("read_inline")
def test_numbers_and_removal(assessment):
    first, second = upload(assessment), upload(assessment, OTHER)
    assert (first.number, second.number) == (1, 2)
    accept(assessment, first, "zwerfvuil", "A4")
    remove_document(document=first, revision=1, by=None)
    assert list(Document.objects.values_list("number", flat=True)) == [2]
    assert pieces(assessment) == [("A4", "Er ligt wat ", ["action"], True)]
    assert upload(assessment).number == 3
    with pytest.raises(StaleEdit):
        remove_document(document=first, revision=1, by=None)
    with pytest.raises(StaleEdit):
        remove_document(document=second, revision=2, by=None)


@pytest.mark.usefixtures("read_inline")
def test_a_document_that_came_back(assessment):
    """The removed one left a piece of the same title, page and words; it counts again."""
    document = upload(assessment)
    accept(assessment, document, "zwerfvuil", "A4", ticks=Ticks(elements=["due"]))
    remove_document(document=document, revision=1, by=None)
    assert pieces(assessment) == [("A4", "Er ligt wat ", ["due"], True)]
    upload(assessment)
    assert pieces(assessment) == [("A4", "Er ligt wat ", ["due"], False)]


@pytest.mark.usefixtures("read_inline")
def test_the_language_of_a_document(assessment):
    store_bilingual(assessment.edition)
    document = upload(assessment)
    strong = Suggestion.objects.filter(tier="strong").count()
    change_document(document=document, kind="plan", language="fr", is_confidential=False, revision=1, by=None)
    assert (strong, Suggestion.objects.exclude(tier="").count()) == (6, 0), "the words are Dutch"
    stored_document = paper(assessment)
    assert (stored_document.language, stored_document.revision) == ("fr", 2)
    with pytest.raises(StaleEdit):
        change_document(
            document=document, kind="plan", language="nl", is_confidential=False, revision=1, by=None
        )
    with pytest.raises(ValidationError):
        change_document(
            document=document, kind="plan", language="en", is_confidential=False, revision=2, by=None
        )
    change_document(document=document, kind="plan", language="", is_confidential=False, revision=2, by=None)
    assert Suggestion.objects.filter(tier="strong").count() == strong


@pytest.mark.usefixtures("read_inline")
def test_more_passages_ask_no_more_of_the_database(assessment, django_assert_num_queries):
    upload(assessment, "De eerste, zodat het lexicon is vertaald.")
    for count in (1, 3):
        text = "\n\n".join(f"Drugs en inbraak {at} van {count}." for at in range(count))
        with django_assert_num_queries(QUERIES):
            upload(assessment, text)


QUERIES = 38
