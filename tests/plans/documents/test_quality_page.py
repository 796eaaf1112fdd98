"""How good are the suggestions: the shipped figures on test passages, and which edition is shown."""

import pytest
from django.utils import timezone

from plans.selectors import shipped_figures
from plans.selectors.shipped_figures import Figures
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.plans.documents.acting import say
from tests.plans.papers import EMPTY, store_lexicon, upload
from tests.plans.world import make_edition, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
PAGE = "/suggestions/"


@pytest.fixture
def person():
    """Signed in, and nothing more."""
    return UserFactory()


@pytest.fixture
def lexicon():
    return store_lexicon(make_edition())


@pytest.fixture
def assessment(lexicon):
    return make_world(EMPTY).assessment


@pytest.fixture
def document(assessment):
    return upload(assessment)


def tier(alarms, **tallies):
    counts = {key: dict(zip(("tp", "fp", "fn"), value, strict=True)) for key, value in tallies.items()}
    items = {code: counts[code] for code in ("A1", "A2", "B1")}
    return {"total": counts["total"], "items": items, "languages": {"nl": counts["total"]}, "alarms": alarms}


def measured(is_independent, **changes):
    return {
        "files": [{"name": "rows.jsonl", "sha256": "0" * 64, "passages": 110}],
        "is_independent": is_independent,
        "passages": 110,
        "unlabelled": 20,
        "languages": {"nl": 110},
        "any": tier(2, total=(72, 8, 28), A1=(70, 7, 22), A2=(2, 1, 6), B1=(0, 0, 0)),
        "strong": tier(1, total=(57, 3, 43), A1=(55, 3, 37), A2=(2, 0, 6), B1=(0, 0, 0)),
    } | changes


@pytest.fixture
def ship(tmp_path, monkeypatch):
    """`ship(lexicon)`: figures measured with that version, in place of the shipped ones."""
    monkeypatch.setattr(shipped_figures, "FOLDER", tmp_path)

    def write(version, **sets):
        figures = Figures.model_validate(
            {
                "format": "kiv-figures/1",
                "edition": version.edition.code,
                "lexicon": {"number": version.number, "sha256": version.sha256},
                "matcher": "1",
                "sets": sets or {"independent": measured(True), "developed": measured(False)},
            }
        )
        path = tmp_path / f"figures-{version.edition.code}.json"
        path.write_text(figures.model_dump_json())

    return write


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


def item_line(lines, code):
    return next(line.row for line in lines if line.item and line.item.code == code)


# On test passages


def test_three_plain_sentences(client_of, person, lexicon, ship):
    ship(lexicon)
    page = words_of(client_of(person).get(PAGE))
    assert "It is never evidence: only what a person accepts counts." in page
    assert "Of 100 strong suggestions, 95 are right on test passages" in page
    assert "Very likely between 86 and 98." in page
    assert "Of 100 passages that address an item, 72 are found" in page
    assert "Very likely between 63 and 80." in page
    assert "of 100 passages about none of the items, 10 get a suggestion all the same" in page


def test_tables_by_item_and_language(client_of, person, lexicon, ship):
    ship(lexicon)
    response = client_of(person).get(PAGE)
    shown = response.context["independent"]
    found = [(line.item and line.item.code, line.row.passages, line.row.is_few) for line in shown["items"]]
    assert found == [("A1", 92, False), ("A2", 8, True), ("B1", 0, True), (None, 110, False)]
    assert [(line.language, line.row.passages) for line in shown["languages"]] == [("nl", 110)]
    page = words_of(response)
    assert "90,9 <small>[82–96]</small>" in page
    assert "few passages" in page
    # B1: five shares of nothing, in each of the two sets.
    assert page.count('<td class="number">– </td>') == 10


def test_the_passages_developed_with_are_folded_and_said_to_flatter(client_of, person, lexicon, ship):
    ship(lexicon)
    page = words_of(client_of(person).get(PAGE))
    _before, folded = page.split('<details class="disclosure disclosure--panel">')
    assert "110 passages used to improve the word lists" in folded
    assert "These figures flatter" in folded


def test_without_an_independent_set_nothing_is_claimed(client_of, person, lexicon, ship):
    ship(lexicon, developed=measured(False))
    page = words_of(client_of(person).get(PAGE))
    assert "Of 100 strong suggestions" not in page
    assert "Of 100 passages that address an item" not in page
    assert "These figures flatter" in page


def test_another_lexicon_in_use_than_the_measured_one_is_said(client_of, person, lexicon, ship):
    ship(lexicon)
    sentence = "The word lists in use here (version 2) are not those that were measured (version 1)."
    assert sentence not in words_of(client_of(person).get(PAGE))
    store_lexicon(lexicon.edition, number=2, sha256="f" * 64)
    assert sentence in words_of(client_of(person).get(PAGE))


def test_an_edition_without_figures(client_of, person, lexicon, ship):
    response = client_of(person).get(PAGE)
    assert response.context["figures"] is None
    assert "Nothing was measured for this edition." in words_of(response)
    assert "Of 100 strong" not in words_of(response)


def test_the_shipped_edition_shows_its_own_figures(client_of, person):
    codes = [f"P{number}" for number in range(1, 11)]
    themes = [f"T{number}" for number in range(1, 6)]
    store_lexicon(EditionFactory(code="kiv-2022-2024", items=codes, themes=themes, published=True), SMALL)
    response = client_of(person).get(PAGE)
    shown = response.context["independent"]
    assert [line.item.code for line in shown["items"][:-1]] == [*codes, *themes]
    assert shown["passages"] == 220
    assert response.context["is_other_lexicon"] is True


SMALL = """
format: kiv-lexicon/1
edition: %(edition)s
version: 1
language: nl
items:
  P3: [{terms: [drugs], weight: 90}]
"""


# Which edition


def test_the_latest_published_edition_with_a_lexicon_unless_asked_otherwise(client_of, person, lexicon):
    newer = EditionFactory(code="newer", items=("A1",), published=timezone.now())
    EditionFactory(code="no-words", items=("A1",), published=timezone.now())
    draft = EditionFactory(code="draft", items=("A1",))
    store_lexicon(draft)
    store_lexicon(newer)
    client = client_of(person)
    response = client.get(PAGE)
    assert response.context["edition"] == newer
    assert response.context["editions"] == [newer, lexicon.edition]
    assert client.get(PAGE, {"edition": lexicon.edition.code}).context["edition"] == lexicon.edition
    answers = [client.get(PAGE, {"edition": code}).status_code for code in ("draft", "no-words", "nothing")]
    assert answers == [404, 404, 404]


def test_a_lexicon_not_in_force_counts_for_nothing(client_of, person):
    store_lexicon(make_edition(), is_draft=True)
    response = client_of(person).get(PAGE)
    assert response.context["edition"] is None
    assert "There are no suggestions yet" in words_of(response)


def test_a_visitor_signs_in_first(client, lexicon):
    response = client.get(PAGE)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?next=/suggestions/")


@pytest.mark.parametrize("decided", [1, 3])
def test_number_of_queries(
    client_of, person, assessment, document, ship, lexicon, django_assert_num_queries, decided
):
    ship(lexicon)
    for words in ("drugshandel rond", "drugs controles", "dossiers drugs")[:decided]:
        say(assessment, document, words, "A1", "rejected")
    client = client_of(person)
    # Session, person, their rights, editions with their lexicon, items, decisions.
    with django_assert_num_queries(6):
        response = client.get(PAGE)
    assert item_line(response.context["decisions"]["items"], "A1").strong.rejected == decided
