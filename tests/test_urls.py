"""The site held to its matrix of addresses and roles (tests/url_matrix.py)."""

from copy import deepcopy
from datetime import date

import pytest
from django.urls import URLResolver, get_resolver, reverse

from kiv.accounts.models import ApiToken
from kiv.accounts.services import issue_token
from plans.models import Deadline, Diagnosis
from plans.services.carrying import carry_over
from plans.services.comments import add_comment
from plans.services.remarks import write_remark
from plans.services.sharing import share_version
from plans.services.steps import record_step
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.framework import addresses as editions
from tests.plans.papers import LEXICON, store_lexicon, upload
from tests.plans.world import make_world
from tests.strict import StrictClient
from tests.url_matrix import CARRIED, LOOKED, MATRIX, POSTED, REVIEWED, ROLES, SHARED

pytestmark = pytest.mark.django_db


#: Pages of an edition that follows another one.
FOLLOWING = ("correspondences", "correspondences_decide", "edition_impact")
#: The kind of file asked for, where it is not a plan file.
FORMATS = {"plans:chapters_file": "docx", "plans:check_file": "xlsx", "plans:coverage_file": "json"}


def walk(resolver: URLResolver, namespace: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


@pytest.fixture(scope="module")
def around_one_zone(once_per_module):
    return once_per_module(make_people)


@pytest.fixture
def people(around_one_zone):
    """One zone's world, its people by role, and a client in which each of them is signed in."""
    world, roles, cookies = deepcopy(around_one_zone)
    return world, roles, {role: client_with(cookies[role]) for role in roles}


def client_with(cookies) -> StrictClient:
    client = StrictClient()
    client.cookies = cookies
    return client


def make_people():
    """The world, one person per role around its zone, and the cookies of each when signed in."""
    world = make_world()
    Diagnosis.objects.create(version=world.assessment.version, text="Something")
    store_lexicon(world.edition)
    store_lexicon(world.edition, LEXICON.replace("zwerfvuil", "sluikstort"), number=2, is_draft=True)
    EditionFactory(code="test-before", archived=True)
    EditionFactory(code="test-next", predecessor=world.edition, items=("A1",))
    Deadline.objects.create(cycle=world.cycle, name={"nl": "Delen"}, date=date(2026, 6, 30))
    for day in (1, 2):
        record_step(version=world.assessment.version, kind="sent", dated=date(2026, 1, day), by=None)
    upload(world.assessment)
    issue_token(by=world.lead, name="a program", days=30)
    for _ in range(2):
        add_comment(assessment=world.assessment, item=None, text="Words", by=world.lead)
    roles = {
        "visitor": None,
        "other": UserFactory(lead_of=ZoneFactory()),
        "reader": UserFactory(reader_of=world.zone),
        "editor": UserFactory(editor_of=world.zone),
        "lead": world.lead,
        "municipal": UserFactory(editor_of=MunicipalityFactory(zone=world.zone)),
        "coordinator": UserFactory(coordinator_of=world.zone),
        "framework": UserFactory(is_framework_administrator=True),
        "system": UserFactory(is_system_administrator=True),
    }
    return world, roles, {role: signed_in(person) for role, person in roles.items()}


def signed_in(person):
    client = StrictClient()
    if person is not None:
        client.force_login(person)
    return client.cookies


def address(name: str, world) -> str:
    """The address of `name` for the world's plan, its first objective, its zone and its lead."""
    edition = world.edition.code
    known = {
        "section": "contexts",
        "language": "nl",
        "version": 1,
        "plan_id": world.plan.pk,
        "kind": {"plans:part_add": "actions"}.get(name, "items" if "framework:" in name else "objectives"),
        "code": edition if name == "api:get_edition" else "A1",
        "rest": "nothing",
        "format": FORMATS.get(name, "yaml"),
        "edition_code": "test-next" if name.endswith(FOLLOWING) else edition,
        "other_code": "test-before",
        "item_code": "A1",
        "zone_id": world.zone.pk,
        "cycle_id": world.cycle.pk,
        "person_id": world.lead.pk,
        "view_id": 1,
        "name": "open",
        "uid": "none",
        "token": "none",
    }
    if "lexicon" in name:
        known["number"] = 2
    asked = names_of_arguments(name)
    return reverse(name, kwargs={key: known[key] if key in known else FOUND[key](world) for key in asked})


def objective_of(world):
    return world.assessment.version.objectives.get(number="1").pk


#: What an address says that only the database knows, by the name of the argument.
FOUND = {
    "number": lambda world: world.assessment.version.documents.get().number,
    "step_id": lambda world: getattr(world.assessment.version.steps.first(), "pk", 1),
    "passage_id": lambda world: world.assessment.version.documents.get().passages.first().pk,
    "remark_id": lambda world: getattr(world.assessment.remarks.first(), "pk", 1),
    "evidence_id": lambda world: getattr(world.assessment.passages.first(), "pk", 1),
    "comment_id": lambda world: world.assessment.comments.first().pk,
    "objective_id": objective_of,
    "entry_id": objective_of,
    "token_id": lambda world: ApiToken.objects.get().pk,
    "deadline_id": lambda world: world.cycle.deadlines.get().pk,
    "membership_id": lambda world: world.lead.memberships.get().pk,
    **editions.ARGUMENTS,
}


def names_of_arguments(name: str) -> list[str]:
    resolver = get_resolver()
    *namespaces, last = name.split(":")
    for namespace in namespaces:
        _prefix, resolver = resolver.namespace_dict[namespace]
    return resolver.reverse_dict[last][0][0][1]


def statuses(people, name: str, method: str = "get") -> str:
    world, _roles, clients = people
    found, where = [], address(name, world)
    for role in ROLES:
        if method == "post":  # what the one before has changed may have another address now
            where = address(name, world)
        found.append(str(getattr(clients[role], method)(where).status_code))
    return " ".join(found)


def test_every_address_has_a_row():
    names = {name for name in walk(get_resolver()) if name != "gallery"}
    assert names == set(MATRIX)


@pytest.mark.parametrize("name", MATRIX)
def test_who_may_read(people, name):
    assert statuses(people, name) == MATRIX[name]


@pytest.fixture
def shared(people):
    """The same with the plan shared, and a remark of its reviewer."""
    world, roles, _clients = people
    share_version(version=world.assessment.version, by=world.lead)
    write_remark(assessment=world.assessment, item="A1", text="Since when?", by=roles["coordinator"])
    return people


def test_who_may_read_what_was_shared(shared):
    assert {name: statuses(shared, name) for name in SHARED} == SHARED


@pytest.fixture
def carried(people):
    """The same carried over to an edition that follows, where A1 is new and B2 asks for a look."""
    world, _roles, _clients = people
    edition = EditionFactory(code="test-after", predecessor=world.edition, items=("A1", "B2"), published=True)
    carry_over(version=world.assessment.version, edition=edition, by=world.lead)
    return people


def test_who_looks_at_what_is_carried_over(carried):
    assert {name: statuses(carried, name) for name in CARRIED} == CARRIED


@pytest.mark.parametrize("name", LOOKED)
def test_who_may_look(carried, name):
    assert statuses(carried, name, "post") == LOOKED[name]


@pytest.mark.parametrize("name", REVIEWED)
def test_who_may_review(shared, name):
    assert statuses(shared, name, "post") == REVIEWED[name]


@pytest.mark.parametrize("name", POSTED)
def test_who_may_change(people, name):
    assert statuses(people, name, "post") == POSTED[name]
