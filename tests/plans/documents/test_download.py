"""The original comes back as it was uploaded, to whom may read all of it, and never as a page of ours."""

import pytest

from plans.models import Document
from plans.services.documents import change_document
from plans.services.originals import original_path
from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.documents.browsing import at, text
from tests.plans.papers import EMPTY, PAPER, passage_with, seen, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
ROLES = ("reader_of", "editor_of", "lead_of", "coordinator_of", "cleared_coordinator_of")


@pytest.fixture
def world():
    world = make_world(EMPTY)
    upload(world.assessment)
    return world


def document_of(world) -> Document:
    return Document.objects.select_related("version__plan").get(version=world.assessment.version)


def statuses(client_of, world) -> dict[str, int]:
    """What each person gets, and somebody of another zone."""
    people = {role: UserFactory(**{role: world.zone}) for role in ROLES}
    people["stranger"] = UserFactory(lead_of=ZoneFactory())
    address = at("document_download", world.assessment, 1)
    return {role: client_of(person).get(address).status_code for role, person in people.items()}


def answers(inside: int, coordinator: int, cleared: int) -> dict[str, int]:
    return {**dict.fromkeys(ROLES[:3], inside), "coordinator_of": coordinator} | {
        "cleared_coordinator_of": cleared,
        "stranger": 404,
    }


def share(world) -> None:
    share_version(version=world.assessment.version, by=world.lead)


def test_it_is_the_file_itself_and_does_nothing_in_the_browser(client_of, world):
    response = client_of(world.lead).get(at("document_download", world.assessment, 1))
    assert b"".join(response.streaming_content) == PAPER.encode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="plan.md"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_others_read_it_once_it_is_shared(client_of, world):
    assert statuses(client_of, world) == answers(200, 404, 404)
    share(world)
    assert statuses(client_of, world) == answers(200, 200, 200)


def test_a_confidential_document_is_for_whom_may_read_it(client_of, world):
    change_document(
        document=document_of(world), kind="plan", language="", is_confidential=True, revision=1, by=None
    )
    share(world)
    assert statuses(client_of, world) == answers(200, 404, 200)


def test_a_confidential_passage_closes_the_file(client_of, world):
    passage = passage_with(document_of(world), "onthaal")
    change_passage(
        assessment=world.assessment,
        passage=passage,
        language="",
        is_confidential=True,
        by=None,
        **seen(passage),
    )
    share(world)
    assert statuses(client_of, world) == answers(200, 404, 200)


def test_the_number_of_another_zone_gives_nothing(client_of, world):
    other = make_world(EMPTY)
    upload(other.assessment, "# SECRET\n\nOver drugs.\n")
    client = client_of(world.lead)
    assert client.get(at("document_download", other.assessment, 1)).status_code == 404
    assert client.get(at("document_download", world.assessment, 2)).status_code == 404


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
        ("a\r\nSet-Cookie: x=1.pdf", "attachment; filename*=utf-8''a%0D%0ASet-Cookie%3A%20x%3D1.pdf"),
        ("Zoné über.pdf", "attachment; filename*=utf-8''Zon%C3%A9%20%C3%BCber.pdf"),
        ("../../etc/passwd.md", 'attachment; filename="passwd.md"'),
        ("..\\..\\windows\\x.md", 'attachment; filename="x.md"'),
        ("plan.html;.md", 'attachment; filename="plan.html;.md"'),
    ],
)
def test_hostile_names_stay_names(client_of, world, name, header):
    Document.objects.update(filename=name)
    response = client_of(world.lead).get(at("document_download", world.assessment, 1))
    assert response["Content-Disposition"] == header
    assert "Set-Cookie" not in response.headers


def test_a_file_missing_from_the_store_is_said(client_of, world):
    Document.objects.update(sha256="0" * 64)
    response = client_of(world.lead).get(at("document_download", world.assessment, 1))
    assert response.status_code == 404
    assert "is missing from the store of this site" in text(response)
    assert not original_path("0" * 64).exists()


def test_it_is_only_read(client_of, world):
    address = at("document_download", world.assessment, 1)
    assert client_of(world.lead).post(address).status_code == 405
    assert client_of(world.lead).head(address).status_code == 200
