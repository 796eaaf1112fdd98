"""How good are the suggestions, by what people decided here: by item and language, nothing confidential."""

import pytest
from django.utils import timezone

from plans.models import ItemChoice, Suggestion
from plans.selectors.quality import count_decisions
from plans.services.passages import change_passage
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.plans.documents.acting import accept, say
from tests.plans.papers import EMPTY, item_of, passage_with, seen, store_lexicon, upload
from tests.plans.world import make_edition, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
PAGE = "/suggestions/"
EMPTY_TITLE = "Nobody has decided on a suggestion yet"


@pytest.fixture
def person():
    """Signed in, and nothing more."""
    return UserFactory()


@pytest.fixture
def assessment():
    store_lexicon(make_edition())
    return make_world(EMPTY).assessment


@pytest.fixture
def document(assessment):
    return upload(assessment)


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


def item_line(lines, code):
    return next(line.row for line in lines if line.item and line.item.code == code)


def test_nothing_decided(client_of, person, document):
    response = client_of(person).get(PAGE)
    assert response.context["decisions"] is None
    assert EMPTY_TITLE in words_of(response)


def test_decisions_by_item_and_tier(client_of, person, assessment, document):
    accept(assessment, document, "drugshandel rond", "A1")
    say(assessment, document, "drugs controles", "A1", "entered")
    say(assessment, document, "dossiers drugs", "A1", "rejected")
    accept(assessment, document, "inbraak", "A3", instead_of=item_of(assessment, "A2"))
    say(assessment, document, "inbraak", "B1", "set_aside")
    accept(assessment, document, "zwerfvuil", "A4")
    accept(assessment, document, "onthaal", "B2")
    response = client_of(person).get(PAGE)
    lines = response.context["decisions"]["items"]
    assert [line.item and line.item.code for line in lines] == ["A1", "A2", "A3", "A4", "B2", None]
    assert told(item_line(lines, "A1")) == ((2, 0, 1), (0, 0, 0), 0)
    assert told(item_line(lines, "A2")) == ((0, 1, 0), (0, 0, 0), 0)
    assert told(item_line(lines, "A3")) == ((0, 0, 0), (0, 0, 0), 1)
    assert told(item_line(lines, "A4")) == ((0, 0, 0), (1, 0, 0), 0)
    assert told(item_line(lines, "B2")) == ((0, 0, 0), (0, 0, 0), 1)
    assert told(lines[-1].row) == ((2, 1, 1), (1, 0, 0), 2)
    share = item_line(lines, "A1").strong.share
    assert (share.trials, round(share.percent, 1), round(share.low), round(share.high)) == (3, 66.7, 21, 94)
    assert "66,7 <small>[21–94]</small>" in words_of(response)
    assert EMPTY_TITLE not in words_of(response)


def told(decisions):
    tiers = (decisions.strong, decisions.possible)
    return (*((one.right, one.moved, one.rejected) for one in tiers), decisions.by_hand)


def test_the_language_that_a_person_said_counts(assessment, document):
    found = Suggestion.objects.filter(passage__document=document, tier="strong")
    found.update(verdict="rejected", decided_at=timezone.now())
    assert {key: one.strong.rejected for key, one in languages(assessment).items()} == {"nl": 6}
    document.language = "fr"
    document.save()
    passage = passage_with(document, "dossiers drugs")
    passage.language, passage.is_language_by_hand = "", True
    passage.save()
    assert {key: one.strong.rejected for key, one in languages(assessment).items()} == {"": 1, "fr": 5}


def languages(assessment):
    return count_decisions(assessment.edition).languages


def test_a_language_that_is_not_known_has_a_name(client_of, person, assessment, document):
    say(assessment, document, "dossiers drugs", "A1", "rejected")
    document.passages.update(language="")
    assert "not known" in words_of(client_of(person).get(PAGE))


@pytest.mark.parametrize("hidden", ["document", "passage", "item", "moved to"])
def test_nothing_confidential_is_counted(client_of, person, assessment, document, hidden):
    accept(assessment, document, "inbraak", "A3", instead_of=item_of(assessment, "A2"))
    say(assessment, document, "inbraak", "B1", "rejected")
    passage = passage_with(document, "inbraak")
    before = count_decisions(assessment.edition).total
    assert (before.strong.decided, before.by_hand) == (2, 1)
    if hidden == "document":
        document.is_confidential = True
        document.save()
    elif hidden == "passage":
        change_passage(
            assessment=assessment,
            passage=passage,
            language="",
            is_confidential=True,
            by=None,
            **seen(passage),
        )
    elif hidden == "item":
        for code in ("A2", "A3", "B1"):
            hide_item(assessment, code)
    else:
        hide_item(assessment, "A3")
        say(assessment, document, "dossiers drugs", "A1", "rejected")
        left = client_of(person).get(PAGE).context["decisions"]["items"]
        assert [line.item and line.item.code for line in left] == ["A1", "B1", None]
        return
    response = client_of(person).get(PAGE)
    assert response.context["decisions"] is None
    assert EMPTY_TITLE in words_of(response)


def hide_item(assessment, code):
    ItemChoice.objects.create(
        assessment=assessment, item=item_of(assessment, code), is_item_confidential=True, choice="undecided"
    )


def test_a_confidential_item_of_one_plan_hides_nothing_of_another(assessment, document):
    other = make_world(EMPTY).assessment
    say(other, upload(other), "dossiers drugs", "A1", "rejected")
    say(assessment, document, "dossiers drugs", "A1", "rejected")
    hide_item(assessment, "A1")
    assert count_decisions(assessment.edition).total.strong.rejected == 1


def test_other_editions_and_zones(assessment, document):
    """Zones are summed, editions are not."""
    other = make_world(EMPTY).assessment
    accept(other, upload(other), "drugshandel rond", "A1")
    accept(assessment, document, "drugshandel rond", "A1")
    assert count_decisions(assessment.edition).total.strong.right == 2
    assert count_decisions(EditionFactory(published=True)).total.is_empty
