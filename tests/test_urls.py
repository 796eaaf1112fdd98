"""The site held to its matrix of addresses and roles (tests/url_matrix.py)."""

from copy import deepcopy
from datetime import date

import pytest
from django.urls import URLResolver, get_resolver, reverse

from framework.models import Edition
from kiv.accounts.models import ApiToken
from kiv.accounts.services import issue_token
from plans.models import Deadline, Diagnosis
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
from tests.url_matrix import MATRIX, POSTED, REVIEWED, ROLES, SHARED

pytestmark = pytest.mark.django_db


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
    """One person per role around one zone, and that zone's world."""
    return deepcopy(around_one_zone)


def make_people():
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
    return world, {
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


def address(name: str, world) -> str:
    """The address of `name` for the world's plan, its first objective, its zone and its lead."""
    objective = world.assessment.version.objectives.get(number="1")
    edition = Edition.objects.get(code="test-edition")
    document = world.assessment.version.documents.get()
    arguments = {
        "number": 2 if "lexicon" in name else document.number,
        "section": "contexts",
        "language": "nl",
        "version": 1,
        "step_id": getattr(world.assessment.version.steps.first(), "pk", 1),
        "passage_id": document.passages.first().pk,
        "remark_id": getattr(world.assessment.remarks.first(), "pk", 1),
        "evidence_id": getattr(world.assessment.passages.first(), "pk", 1),
        "comment_id": world.assessment.comments.first().pk,
        "plan_id": world.plan.pk,
        "objective_id": objective.pk,
        "entry_id": objective.pk,
        "kind": {"plans:part_add": "actions"}.get(name, "items" if "framework:" in name else "objectives"),
        "code": edition.code if name == "api:get_edition" else "A1",
        "token_id": ApiToken.objects.get().pk,
        "rest": "nothing",
        "format": FORMATS.get(name, "yaml"),
        "edition_code": "test-next" if "correspondences" in name else edition.code,
        "other_code": "test-before",
        "item_code": "A1",
        **editions.arguments_of(edition),
        "zone_id": world.zone.pk,
        "cycle_id": world.cycle.pk,
        "deadline_id": world.cycle.deadlines.get().pk,
        "person_id": world.lead.pk,
        "membership_id": world.lead.memberships.get().pk,
        "view_id": 1,
        "name": "open",
        "uid": "none",
        "token": "none",
    }
    return reverse(name, kwargs={key: arguments[key] for key in names_of_arguments(name)})


def names_of_arguments(name: str) -> list[str]:
    resolver = get_resolver()
    *namespaces, last = name.split(":")
    for namespace in namespaces:
        _prefix, resolver = resolver.namespace_dict[namespace]
    return resolver.reverse_dict[last][0][0][1]


def statuses(client_of, client, people, name: str, world, method: str = "get") -> str:
    found, where = [], address(name, world)
    for role in ROLES:
        if method == "post":  # what the one before has changed may have another address now
            where = address(name, world)
        visitor = client if people[role] is None else client_of(people[role])
        found.append(str(getattr(visitor, method)(where).status_code))
    return " ".join(found)


def test_every_address_has_a_row():
    names = {name for name in walk(get_resolver()) if name != "gallery"}
    assert names == set(MATRIX)


@pytest.mark.parametrize("name", MATRIX)
def test_who_may_read(client, client_of, people, name):
    world, roles = people
    assert statuses(client_of, client, roles, name, world) == MATRIX[name]


@pytest.fixture
def shared(people):
    """The same with the plan shared, and a remark of its reviewer."""
    world, roles = people
    share_version(version=world.assessment.version, by=world.lead)
    write_remark(assessment=world.assessment, item="A1", text="Since when?", by=roles["coordinator"])
    return world, roles


@pytest.mark.parametrize("name", SHARED)
def test_who_may_read_what_was_shared(client, client_of, shared, name):
    world, roles = shared
    assert statuses(client_of, client, roles, name, world) == SHARED[name]


@pytest.mark.parametrize("name", REVIEWED)
def test_who_may_review(client, client_of, shared, name):
    world, roles = shared
    assert statuses(client_of, client, roles, name, world, "post") == REVIEWED[name]


@pytest.mark.parametrize("name", POSTED)
def test_who_may_change(client, client_of, people, name):
    world, roles = people
    assert statuses(client_of, client, roles, name, world, "post") == POSTED[name]
