"""Two people at one document at once, on PostgreSQL: each decision once, nobody's lost, the scores true."""

import pytest

from kiv.audit.models import AuditEvent
from plans import rules
from plans.models import Document, Passage, PassageEvidence
from plans.services.decisions import Ticks, accept_passage, undo_last
from plans.services.documents import AlreadyThere, replace_document
from plans.services.editing import StaleEdit
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import (
    OTHER,
    accept,
    check_consistent,
    make_read_plan,
    paper,
    pieces,
    replace,
    say,
)
from tests.plans.papers import PAPER, item_of, upload
from tests.plans.services.test_concurrency import at_once, fresh

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("read_inline"),
]


@pytest.fixture
def assessment():
    return make_read_plan()


@pytest.fixture
def editors(assessment):
    return [UserFactory(editor_of=assessment.version.plan.zone) for _ in range(2)]


def names(results):
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("attempt", range(3))
def test_two_uploads(attempt, assessment, editors):
    results = at_once(
        *(
            lambda user=user, at=at: upload(fresh(assessment), f"Drugs, versie {at}.", name="x.md", by=user)
            for at, user in enumerate(editors)
        )
    )
    assert names(results) == ["Document", "Document"]
    assert list(assessment.version.documents.values_list("number", "title").order_by("number")) == [
        (1, "plan"),
        (2, "x"),
        (3, "x (2)"),
    ]
    check_consistent(fresh(assessment))


@pytest.mark.parametrize("attempt", range(3))
def test_the_same_file_twice(attempt, assessment, editors):
    results = at_once(*(lambda user=user: upload(fresh(assessment), OTHER, by=user) for user in editors))
    assert names(results) == [AlreadyThere.__name__, "Document"]
    assert Document.objects.count() == 2


@pytest.mark.parametrize("attempt", range(3))
def test_accepting_twice(attempt, assessment, editors):
    results = at_once(
        *(
            lambda user=user: accept(fresh(assessment), paper(assessment), "drugshandel", "A1", by=user)
            for user in editors
        )
    )
    assert names(results) == ["Suggestion", "Suggestion"]
    assert PassageEvidence.objects.filter(item__code="A1").count() == 1
    assert AuditEvent.objects.filter(event="passage.accepted", actor_id__isnull=False).count() == 1
    check_consistent(fresh(assessment))


@pytest.mark.parametrize("attempt", range(3))
def test_accepting_and_rejecting(attempt, assessment, editors):
    document = paper(assessment)
    results = at_once(
        lambda: accept(fresh(assessment), document, "drugshandel", "A1", by=editors[0]),
        lambda: say(fresh(assessment), document, "drugshandel", "A1", "rejected", by=editors[1]),
    )
    assert names(results) == [StaleEdit.__name__, "Suggestion"]
    check_consistent(fresh(assessment))


@pytest.mark.parametrize("attempt", range(3))
def test_undo_clicked_twice(attempt, assessment, editors):
    accept(assessment, paper(assessment), "onthaal", "B2", by=editors[0])
    accept(assessment, paper(assessment), "drugshandel", "A1", by=editors[0])
    click = lambda: undo_last(  # noqa: E731
        assessment=fresh(assessment), document=paper(assessment), by=editors[0]
    )
    results = at_once(click, click)
    assert names(results) == ["Suggestion", "Suggestion"]
    assert pieces(assessment) == [("A4", "Er ligt wat ", ["action"], False)]
    assert AuditEvent.objects.filter(event="passage.reopened").count() == 2
    check_consistent(fresh(assessment))


@pytest.mark.parametrize("attempt", range(3))
def test_accepting_while_the_file_is_replaced(attempt, assessment, editors):
    """Gone before the click, or accepted and then gone: never counted without standing in the text."""
    passage = Passage.objects.get(text__contains="drugshandel")
    item = item_of(assessment, "A1")
    results = at_once(
        lambda: accept_passage(
            assessment=fresh(assessment), passage=passage, item=item, ticks=Ticks(["action"]), by=editors[0]
        ),
        lambda: replace(paper(assessment), PAPER.replace("drugshandel", "dealen"), by=editors[1]),
    )
    assert not isinstance(results[1], Exception)
    if isinstance(results[0], StaleEdit):
        assert not PassageEvidence.objects.filter(item=item).exists()
    else:
        assert PassageEvidence.objects.get(item=item).is_gone
    check_consistent(fresh(assessment))


@pytest.mark.parametrize("attempt", range(3))
def test_two_new_files_at_once(attempt, assessment, editors):
    document = paper(assessment)
    results = at_once(*(lambda user=user: replace_first(document, user) for user in editors))
    assert names(results) == ["Laid", StaleEdit.__name__]
    assert paper(assessment).revision == 2
    check_consistent(fresh(assessment))


def replace_first(document, user):
    known = Document.objects.select_related("version__plan").get(pk=document.pk)
    return replace_document(
        document=known, filename="plan.md", data=f"Drugs, {user.pk}.".encode(), revision=1, by=user
    )


@pytest.mark.parametrize("attempt", range(3))
def test_sharing_while_somebody_uploads(attempt, assessment, editors):
    results = at_once(
        lambda: share_version(version=fresh(assessment).version, by=None),
        lambda: upload(fresh(assessment), OTHER, by=editors[0]),
    )
    assert not isinstance(results[0], Exception)
    is_late = isinstance(results[1], rules.WrongMoment)
    assert is_late or not isinstance(results[1], Exception)
    assert Document.objects.count() == (1 if is_late else 2)
    check_consistent(fresh(assessment))
