"""Two editions side by side: public once published, earlier one left, words marked, proposals named."""

import re

import pytest

from framework.models import Edition, Item
from tests.factories.accounts import UserFactory
from tests.factories.framework import CorrespondenceFactory, EditionFactory, publish, succeed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGE = "/editions/new/compare/old/"


@pytest.fixture
def old():
    return EditionFactory(code="old", items=("A1", "A2", "A3", "A4"), themes=("B1",), published=True)


@pytest.fixture
def new(old):
    """A1 the same, A2 in other words, A3 split into C1 and C2, A4 gone, B1 only proposed, D1 added."""
    made = EditionFactory(code="new", items=("A1", "A2", "C1", "C2", "D1"), themes=("B1",))
    succeed(old, made, equal=("A1",))
    Item.objects.filter(edition=made, code="A2").update(
        title={"en": "title A2 renewed en"}, summary={"en": "summary of A2 en"}
    )
    CorrespondenceFactory(
        edition=made, old="A2", new="A2", relation="equivalent", rationale={"en": "As before."}
    )
    for code in ("C1", "C2"):
        CorrespondenceFactory(edition=made, old="A3", new=code, relation="superset")
    CorrespondenceFactory(edition=made, old="A4", new=None)
    return made


@pytest.fixture
def published(new):
    publish(new)
    return new


def rows_of(response) -> list[list[str]]:
    """What happened, the older side and the newer side of each difference, as words."""
    body = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in body.split("<tr>")[1:]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_what_happened_stands_beside_both_sides(client, published):
    assert rows_of(client.get(PAGE)) == [
        [
            "renamed text changed equivalent",
            "A2 title A2 en summary A2 en",
            "A2 title A2 [added: renewed ] en summary [added: of ] A2 en Why: As before.",
        ],
        ["split", "A3 title A3 en", "C1 title C1 en C2 title C2 en"],
        ["added", "not there yet", "D1 title D1 en"],
        ["removed", "A4 title A4 en", "no longer there"],
    ]


def test_what_is_the_same_is_listed_and_proposals_are_marked(client, published):
    same = client.get(PAGE).content.decode().partition('id="same"')[2].partition("</ul>")[0]
    lines = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in same.split("<li>")[1:]]
    assert lines == ["A1 title A1 en", "B1 title B1 en proposal"]


def test_the_earlier_edition_stands_left_however_one_asks(client, published):
    assert rows_of(client.get("/editions/old/compare/new/")) == rows_of(client.get(PAGE))


def test_a_draft_is_compared_by_its_administrators_only(client, client_of, new):
    for visitor in (client, client_of(UserFactory()), client_of(UserFactory(is_system_administrator=True))):
        assert visitor.get(PAGE).status_code == 404
        assert visitor.get("/editions/old/compare/new/").status_code == 404
    assert client_of(UserFactory(is_framework_administrator=True)).get(PAGE).status_code == 200


def test_nothing_to_compare(client, published):
    EditionFactory(code="stranger", framework__code="nvp", items=("A1",), published=True)
    for path in ("new/compare/new", "new/compare/none", "new/compare/stranger"):
        assert client.get(f"/editions/{path}/").status_code == 404


def test_the_edition_leads_to_what_changed(client, published, old):
    assert PAGE in client.get("/framework/new/").content.decode()
    assert "/compare/" not in client.get("/framework/old/").content.decode()


@pytest.mark.parametrize("items", [1, 3])
def test_queries(client, django_assert_num_queries, items):
    codes = [f"A{number}" for number in range(items)]
    before = EditionFactory(code="old", items=codes, published=True)
    after = EditionFactory(code="new", items=codes)
    succeed(before, after, equal=codes)
    publish(Edition.objects.get(pk=after.pk))
    with django_assert_num_queries(7):  # both editions; items and aspects of both, correspondences
        client.get(PAGE)
