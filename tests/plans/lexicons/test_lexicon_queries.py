"""The pages of the word lists ask as much for three of each thing as for one."""

import pytest

from tests.factories.accounts import UserFactory
from tests.plans.papers import EMPTY, LEXICON, PAPER, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
PAGE = "/editions/test-edition/lexicon/"


def words(rows: int) -> str:
    """The lexicon with so many groups of terms for A1, and so many items with terms."""
    groups = ", ".join(f"{{terms: [woord{number}], weight: 50}}" for number in range(rows))
    kept = LEXICON.split("items:")[0]
    others = "".join(
        f"  {code}: [{{terms: [{code}woord], weight: 50}}]\n" for code in ("A2", "B1")[: rows - 1]
    )
    return f"{kept}items:\n  A1: [{groups}]\n{others}"


@pytest.fixture(params=[1, 3])
def rows(request) -> int:
    """So many groups, items, documents and versions before the draft; the number of the draft."""
    world = make_world(EMPTY)
    for number in range(1, request.param + 1):
        store_lexicon(world.edition, words(request.param), number=number)
    for number in range(request.param):
        upload(world.assessment, PAPER + f"\n{number}", name=f"{number}.md")
    store_lexicon(world.edition, words(request.param), number=request.param + 1, is_draft=True)
    return request.param


@pytest.fixture
def admin(client_of):
    return client_of(UserFactory(is_framework_administrator=True))


@pytest.mark.parametrize(
    ("place", "queries"),
    [
        ("", 8),
        ("items/A1/", 9),
        ("words/contexts/", 8),
        ("files/", 5),
        ("words.nl.yaml", 5),
        ("test/", 7),
        ("effect/", 7),
        ("force/", 9),
        ("remove/", 5),
    ],
)
def test_of_a_draft(admin, rows, django_assert_num_queries, place, queries):
    where = f"{PAGE}{rows + 1}/{place}"
    admin.get(where)
    with django_assert_num_queries(queries):
        assert admin.get(where).status_code == 200


def test_trying_a_text(admin, rows, django_assert_num_queries):
    sent = {"text": "\n\n".join(f"woord{number} en drugs" for number in range(rows)), "language": "nl"}
    with django_assert_num_queries(7):
        assert admin.post(f"{PAGE}{rows + 1}/test/", sent).context["trial"] is not None


def test_the_effect_once_it_was_counted(admin, rows, django_assert_num_queries):
    where = f"{PAGE}{rows + 1}/effect/"
    for _turn in range(rows):
        admin.post(where)
    with django_assert_num_queries(8):
        assert admin.get(where).context["effect"].is_complete
