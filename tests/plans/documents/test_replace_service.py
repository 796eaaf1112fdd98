"""A new file in a document's place: what was decided on passages that it still holds stays as it was."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans import extraction
from plans.models import Passage, PassageEvidence
from plans.planformat import dump_plan, read_plan
from plans.selectors.scoring_input import plan_content, published_items
from plans.services.decisions import Ticks, accept_passage
from plans.services.documents import AlreadyThere, add_document, replace_document
from plans.services.editing import StaleEdit
from plans.services.passages import change_passage
from tests.plans.documents.acting import (
    accept,
    bare,
    check_consistent,
    paper,
    pieces,
    replace,
    say,
    scores,
    stored,
    suggestion_of,
    verdicts,
)
from tests.plans.extraction.making_pdf import Page, write_pdf
from tests.plans.papers import EMPTY, LEXICON, PAPER, item_of, passage_with, seen, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

SHORTER = PAPER.replace("Er ligt wat zwerfvuil aan de oevers.\n", "")


@pytest.fixture
def assessment():
    assessment = make_world(EMPTY).assessment
    store_lexicon(assessment.edition)
    upload(assessment)
    return assessment


def test_counts_and_what_is_kept(assessment):
    document = paper(assessment)
    accept(assessment, document, "zwerfvuil", "A4")
    accept(assessment, document, "drugshandel", "A1")
    say(assessment, document, "camera", "B1", "rejected")
    kept = passage_with(document, "camera").pk
    text = SHORTER.replace("jaarlijks gemeten.", "elke maand.").replace("# Plan\n", "# Plan\n\nCannabis.\n")
    laid = replace(document, text, name="Ontwerp 2.md")
    assert (laid.kept, laid.added, laid.gone, laid.lost) == (document.passages.count() - 2, 2, 2, 1)
    document = paper(assessment)
    assert (document.title, document.filename, document.number, document.revision) == (
        "plan",
        "Ontwerp 2.md",
        1,
        2,
    )
    assert passage_with(document, "camera").pk == kept
    assert [row.position for row in document.passages.all()] == list(range(document.passages.count()))
    assert verdicts(assessment) == {("Onze doelste", "A1"): "accepted", ("Wij controle", "B1"): "rejected"}
    assert pieces(assessment) == [
        ("A4", "Er ligt wat ", ["action"], True),
        ("A1", "Onze doelste", ["action"], False),
    ]
    fresh = suggestion_of(assessment, "Cannabis", "A1")
    assert (fresh.verdict, fresh.tier, fresh.detail["aspects"]) == ("open", "possible", ["demand"])
    check_consistent(assessment)


def test_what_is_gone_counts_nothing_and_comes_back_with_its_text(assessment):
    empty, document = scores(assessment), paper(assessment)
    accept(assessment, document, "zwerfvuil", "A4", ticks=Ticks(["action", "due"]))
    with_it = scores(assessment)
    replace(document, SHORTER)
    assert bare(scores(assessment)) == bare(empty)
    assert assessment.scores.get(item__code="A4").detail["worth_a_look"] == ["quote_gone"]
    replace(document, PAPER)
    assert scores(assessment) == with_it
    row = suggestion_of(assessment, "zwerfvuil", "A4")
    assert (row.verdict, row.tier, row.evidence) == ("accepted", "possible", assessment.passages.get())
    check_consistent(assessment)


def test_under_another_heading_it_is_another_passage(assessment):
    """Gone; and when somebody accepts it where it is now, it counts again, as it was ticked now."""
    document = paper(assessment)
    accept(assessment, document, "zwerfvuil", "A4", ticks=Ticks(["due"]))
    replace(document, PAPER.replace("## Wonen", "## Wonen en leven"))
    assert pieces(assessment) == [("A4", "Er ligt wat ", ["due"], True)]
    accept(assessment, document, "zwerfvuil", "A4")
    assert pieces(assessment) == [("A4", "Er ligt wat ", ["action"], False)]
    check_consistent(assessment)


TWICE = "# Een\n\nEr ligt zwerfvuil.\n\n# Twee\n\nEr ligt zwerfvuil.\n"


def accept_both(assessment, document):
    for passage in document.passages.filter(text__contains="zwerfvuil"):
        accept_passage(
            assessment=assessment,
            passage=passage,
            item=item_of(assessment, "A4"),
            ticks=Ticks(["action"]),
            by=None,
        )


@pytest.mark.parametrize("gone", ["Een", "Twee"])
def test_of_two_equal_sentences_one_stays(assessment, gone):
    """They are one piece of evidence, and it counts as long as one of them is there."""
    document = upload(assessment, TWICE, name="twice.md")
    accept_both(assessment, document)
    before = scores(assessment)
    replace(document, TWICE.replace(f"# {gone}\n\nEr ligt zwerfvuil.\n", f"# {gone}\n\nNiets.\n"))
    assert pieces(assessment) == [("A4", "Er ligt zwer", ["action"], False)]
    assert scores(assessment) == before
    check_consistent(assessment)
    replace(document, "Niets meer.")
    assert pieces(assessment) == [("A4", "Er ligt zwer", ["action"], True)]
    check_consistent(assessment)


def pdf(*pages):
    return write_pdf(*(Page().put(72, 760, text) for text in pages))


def swap(document, data):
    stored_document = type(document).objects.get(pk=document.pk)
    replace_document(
        document=stored_document, filename="x.pdf", data=data, revision=stored_document.revision, by=None
    )


WASTE, DRUGS = "Er ligt wat zwerfvuil aan de oevers van de rivier.", "Wij controleren op drugs in de wijk."


def upload_pdf(assessment, *pages):
    return add_document(version=assessment.version, kind="annex", filename="x.pdf", data=pdf(*pages), by=None)


def test_pages_follow_the_passage(assessment):
    document = upload_pdf(assessment, WASTE, DRUGS)
    accept(assessment, document, "zwerfvuil", "A4")
    swap(document, pdf(DRUGS, "Iets nieuws in dit plan.", WASTE))
    [piece] = assessment.passages.all()
    assert (piece.page, piece.is_gone) == (3, False)
    check_consistent(assessment)


def test_equal_sentences_trade_pages_and_meet(assessment):
    """Two pieces while they stand on two pages; on one page they are one for a plan."""
    document = upload_pdf(assessment, WASTE, DRUGS, WASTE)
    accept_both(assessment, document)
    assert [piece.page for piece in assessment.passages.order_by("page")] == [1, 3]
    swap(document, pdf(DRUGS, WASTE, "Iets nieuws in dit plan.", WASTE))
    assert [piece.page for piece in assessment.passages.order_by("page")] == [2, 4]
    check_consistent(assessment)
    both = write_pdf(Page().put(72, 760, WASTE).put(72, 700, DRUGS).put(72, 640, WASTE))
    swap(document, both)
    [piece] = assessment.passages.all()
    assert (piece.page, piece.suggestions.count()) == (1, 2)
    check_consistent(assessment)
    assert read_plan(dump_plan(plan_content(assessment)).encode(), published_items())


def test_one_comes_to_stand_where_another_one_is_gone(assessment):
    """The sentence of page 3 now stands where the one that is gone had stood."""
    document = upload_pdf(assessment, WASTE, DRUGS, WASTE)
    second = document.passages.filter(text=WASTE).order_by("position").last()
    accept_both(assessment, document)
    # A file in which only the second is there cannot be told apart from one with the first: places among
    # equals are counted from the top. What differs is written down here as headings would do it.
    Passage.objects.filter(pk=second.pk).update(identity="0" * 64)
    PassageEvidence.objects.filter(source=second).update(identity="0" * 64)
    swap(document, pdf(DRUGS, "Iets nieuws in dit plan."))
    assert [piece.is_gone for piece in assessment.passages.all()] == [True, True]
    swap(document, pdf(DRUGS, "Iets nieuws.", WASTE))
    check_consistent(assessment)
    assert sorted(piece.is_gone for piece in assessment.passages.all()) == [False]


def test_a_stale_page_and_a_file_that_is_there(assessment):
    document = paper(assessment)
    other = upload(assessment, SHORTER)
    before = stored()
    for refusal, revision, text in (
        (StaleEdit, 2, "Anders."),
        (StaleEdit, None, "Anders."),
        (AlreadyThere, 1, PAPER),
        (AlreadyThere, 1, SHORTER),
        (extraction.Refused, 1, ""),
    ):
        with pytest.raises(refusal) as refused:
            replace_document(
                document=document, filename="plan.md", data=text.encode(), revision=revision, by=None
            )
        if text == SHORTER:
            assert refused.value.document == other
    assert stored() == before


def test_a_language_by_hand_stays(assessment):
    document = paper(assessment)
    passage = passage_with(document, "zwerfvuil")
    change_passage(
        assessment=assessment, passage=passage, language="de", is_confidential=True, by=None, **seen(passage)
    )
    replace(document, PAPER + "\nNog iets.\n")
    passage = passage_with(document, "zwerfvuil")
    assert (passage.language, passage.is_language_by_hand, passage.is_confidential) == ("de", True, True)


def test_only_what_changed_is_written(assessment):
    """A moved passage is; a suggestion for it that says the same is not, nor a passage that stays."""
    document = paper(assessment)
    with CaptureQueriesContext(connection) as captured:
        replace(document, PAPER + "\nNog iets over niets.\n")
    assert written(captured) == {("INSERT", "plans_passage"): 1}
    with CaptureQueriesContext(connection) as captured:
        replace(document, PAPER.replace("# Plan\n", "# Plan\n\nNog iets over niets.\n"))
    assert written(captured) == {
        ("INSERT", "plans_passage"): 2,
        ("DELETE", "plans_passage"): 1,
        # With the passage that is gone.
        ("DELETE", "plans_suggestion"): 1,
    }


def written(captured):
    """{(what, table): statements} of passages and suggestions."""
    found = (
        re.match(r'(INSERT|UPDATE|DELETE)[^"]*"(plans_(?:passage|suggestion))"', query["sql"])
        for query in captured
    )
    return Counter(match.groups() for match in found if match)


def test_what_the_matcher_says_otherwise_now_takes_the_row_that_is_there(assessment):
    """With another lexicon: the row, and who decided what, stay; the answer is the new one."""
    document = paper(assessment)
    say(assessment, document, "camera", "B1", "set_aside")
    before = {row.pk: row for row in assessment.suggestions.all()}
    version = store_lexicon(assessment.edition, LEXICON.replace("weight: 90", "weight: 95"), number=2)
    replace(document, PAPER + "\nNog iets over niets.\n")
    rows = {row.pk: row for row in assessment.suggestions.all()}
    assert rows.keys() == before.keys()
    answers = {
        (row.verdict, row.lexicon_id == version.pk, row.score != before[pk].score) for pk, row in rows.items()
    }
    assert {(str(verdict), *rest) for verdict, *rest in answers} == {
        ("set_aside", False, False),
        ("open", True, True),
        ("open", True, False),
    }
    names = (
        "assessment_id",
        "passage_id",
        "item_id",
        "verdict",
        "decided_at",
        "decided_by_id",
        "evidence_id",
    )
    for pk, row in rows.items():
        assert [getattr(row, name) for name in names] == [getattr(before[pk], name) for name in names]
    check_consistent(assessment)


def test_words_that_stand_elsewhere_are_counted(assessment):
    """Not those that stand once less under the same headings."""
    text = "# Een\n\nEr ligt zwerfvuil.\n\nEr ligt zwerfvuil.\n\n# Twee\n\nHier zwerfvuil.\n"
    document = upload(assessment, text, name="three.md")
    for passage in document.passages.filter(text__contains="zwerfvuil"):
        accept_passage(
            assessment=assessment,
            passage=passage,
            item=item_of(assessment, "A4"),
            ticks=Ticks(["action"]),
            by=None,
        )
    laid = replace(document, "# Een\n\nNiets.\n\n# Drie\n\nHier zwerfvuil.\n\nHier zwerfvuil.\n")
    assert (laid.lost, laid.elsewhere) == (2, 1)
