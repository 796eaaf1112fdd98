"""Nothing knows how many items an edition has, nor what their codes look like: every page of an invented one.

Twelve priorities A1–A12 and four themes X-1–X-4, among them a theme that became a priority.
"""

import csv
import io
import json
import re
from copy import deepcopy

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import get_resolver, reverse

from framework.models import Edition
from kiv.accounts.services import issue_token
from tests.factories.accounts import UserFactory
from tests.plans.answers import words_in
from tests.plans.other_edition import CODE, make_other_world
from tests.plans.world import World
from tests.strict import StrictClient
from tests.test_urls import names_of_arguments, walk
from tests.url_matrix import MATRIX

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

#: How items of the shipped editions are called.
SHIPPED = re.compile(r"(?<![\w.-])(?:P(?:10|[1-9])|T[1-5])(?![\w-])")
#: What is about the edition before too.
OF_BOTH = {
    "framework:compare",
    "framework:correspondences",
    "framework:edition_json",
    "framework:edition_yaml",
    "plans:edition_impact",
    "api:get_edition",
}


@pytest.fixture(scope="module")
def made_once(once_per_module):
    return once_per_module(make_other_world)


@pytest.fixture
def world(made_once) -> World:
    return deepcopy(made_once)


@pytest.fixture
def codes(world) -> list[str]:
    return list(world.edition.items.order_by("position").values_list("code", flat=True))


def client_of(user) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def people(world) -> dict[str, object]:
    return {
        "lead": world.lead,
        "coordinator": UserFactory(coordinator_of=world.zone),
        "framework": UserFactory(is_framework_administrator=True),
    }


def known_of(world: World) -> dict[str, object]:
    """What addresses of this world name, by the name of the argument."""
    version = world.assessment.version
    document, objective = version.documents.get(), version.objectives.first()
    item = Edition.objects.get(code=CODE).items.get(code="A12")
    return {
        "plan_id": world.plan.pk,
        "code": "A12",
        "item_code": "X-1",
        "edition_code": CODE,
        "other_code": "kiv-2022-2024",
        "number": document.number,
        "version": 1,
        "objective_id": objective.pk,
        "entry_id": objective.pk,
        "passage_id": document.passages.first().pk,
        "zone_id": world.zone.pk,
        "cycle_id": world.cycle.pk,
        "item_id": item.pk,
        "part_id": item.pk,
        "kind": "objectives",
        "name": "open",
    }


def address(name: str, known: dict[str, object]) -> str | None:
    """The address by this name; None when the world has nothing of that sort."""
    if name == "api:get_edition":
        known = known | {"code": CODE}
    if name.startswith("framework:"):
        known = known | {"kind": "items"}
    names = names_of_arguments(name)
    return reverse(name, kwargs={each: known[each] for each in names}) if set(names) <= set(known) else None


def words_of(response) -> str:
    """What an answer says, of a file too, without its addresses and marks."""
    return re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<symbol.*?</symbol>", "", words_in(response)))


@pytest.mark.parametrize("who", ["lead", "coordinator", "framework"])
def test_every_page_of_the_edition(world, who):
    client, known = client_of(people(world)[who]), known_of(world)
    seen, faults = 0, []
    for name in sorted(set(walk(get_resolver())) & set(MATRIX)):
        where = None if name.startswith(("accounts:", "territory:")) else address(name, known)
        if where is None:
            continue
        response = client.get(where)
        seen += response.status_code == 200
        assert response.status_code in {200, 302, 401, 403, 404, 405}, name
        if (
            response.status_code == 200
            and name not in OF_BOTH
            and (found := SHIPPED.search(words_of(response)))
        ):
            faults.append(f"{name}: {found[0]}")
    assert faults == []
    assert seen > 20


def test_check_and_choices_have_a_row_for_each_item(world, codes):
    client = client_of(world.lead)
    page = client.get(reverse("plans:check", args=[world.plan.pk])).content.decode()
    shown = re.findall(r'href="[^"]*/items/([^/"]+)/"', page)
    assert set(shown) == set(codes)
    assert "12 priorities" in page
    assert "4 themes" in page


def test_the_matrix_has_a_column_for_each_item(world, codes):
    client = client_of(UserFactory(coordinator_of=world.zone))
    page = client.get(f"/coverage/?edition={CODE}").content.decode()
    table = re.search(r"(?s)<table.*?</table>", page)[0]
    assert re.findall(r">\s*([AX]-?\d+)\s*<", table.split("</thead>")[0]) == codes


def test_coverage_files_have_a_column_for_each_item(world, codes):
    client = client_of(UserFactory(coordinator_of=world.zone))
    data = json.loads(client.get(f"/coverage.json?edition={CODE}").content)
    assert [item["code"] for item in data["items"]] == codes
    file = client.get(f"/coverage.csv?edition={CODE}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))
    assert [cell for row in rows for cell in row if cell in codes] == codes
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/coverage.xlsx?edition={CODE}").content))
    words = " ".join(str(c.value) for sheet in book for row in sheet for c in row if c.value is not None)
    assert [code for code in codes if not re.search(rf"\b{code}\b", words)] == []
    assert SHIPPED.search(words) is None
    assert client.get(f"/coverage.pdf?edition={CODE}").content.startswith(b"%PDF")


@pytest.mark.parametrize("item", ["A12", "X-4"])
def test_map_and_item_across_zones(world, item):
    client = client_of(UserFactory(coordinator_of=world.zone))
    for where in (f"/coverage/map/?edition={CODE}&item={item}", f"/coverage/items/{item}/?edition={CODE}"):
        response = client.get(where)
        assert response.status_code == 200
        assert item in words_of(response)


def test_files_of_the_plan_name_the_items_of_its_edition(world, codes):
    client = client_of(world.lead)
    pk = world.plan.pk
    sheet = client.get(reverse("plans:check_file", args=[pk, "xlsx"])).getvalue()
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    words = [str(c.value) for each in book for row in each for c in row if c.value is not None]
    assert [code for code in codes if not any(re.search(rf"\b{code}\b", word) for word in words)] == []
    assert SHIPPED.search(" ".join(words)) is None
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        file = client.get(reverse("plans:chapters_file", args=[pk, kind])).getvalue()
        assert file.startswith(start), kind
    assert client.get(reverse("plans:check_file", args=[pk, "pdf"])).getvalue().startswith(b"%PDF")
    chapters = words_of(client.get(reverse("plans:chapters", args=[pk])))
    assert "A12" in chapters
    for kind in ("yaml", "json", "xlsx"):
        file = client.get(reverse("plans:export", args=[pk, kind])).getvalue()
        assert file, kind


def test_the_workbook_names_no_code_of_another_edition(world, codes):
    file = client_of(world.lead).get(reverse("plans:export", args=[world.plan.pk, "xlsx"])).getvalue()
    book = openpyxl.load_workbook(io.BytesIO(file))
    words = " ".join(str(c.value) for sheet in book for row in sheet for c in row if c.value is not None)
    hints = " ".join(
        str(rule.prompt) for sheet in book for rule in sheet.data_validations.dataValidation if rule.prompt
    )
    assert SHIPPED.search(f"{words} {hints}") is None
    assert [code for code in codes if not re.search(rf"\b{code}\b", words)] == []


def test_programs_read_every_item(world, codes):
    _token, secret = issue_token(by=world.lead, name="a program", days=30)
    client = StrictClient(headers={"Authorization": f"Bearer {secret}"})
    client.counted_in = "kiv_cache"
    data = client.get(reverse("api:get_edition", args=[CODE])).json()
    assert [item["code"] for item in data["items"]] == codes
    scores = client.get(reverse("api:get_scores", args=[world.plan.pk])).json()
    assert [item["code"] for item in scores["items"]] == codes


def test_a_passage_is_suggested_for_an_item_of_the_edition(world):
    suggested = set(world.assessment.suggestions.values_list("item__code", flat=True))
    assert suggested == {"A1"}


def test_stored_scores_are_those_of_the_scorer(world):
    call_command("rescore", "--check", stdout=(out := io.StringIO()))
    assert out.getvalue().strip() == "0 differences in 1 assessments"
