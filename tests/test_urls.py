"""Every address × every role. A new address without a row in the matrix fails.

The plan of the matrix is in preparation: to a coordinator its pages do not exist. The columns below the
line of the shared plan say what sharing changes. 302 for a visitor is the way to the sign-in page.
"""

from copy import deepcopy
from datetime import date

import pytest
from django.urls import URLResolver, get_resolver, reverse

from framework.models import Edition
from plans.models import Deadline, Diagnosis
from plans.services.comments import add_comment
from plans.services.steps import record_step
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.papers import store_lexicon, upload
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "other", "reader", "editor", "lead", "municipal", "coordinator", "framework", "system")

#: GET, by role in the order of ROLES. 405: the address takes only POST, and this person may.
MATRIX = {
    "home": "200 200 200 200 200 200 200 200 200",
    "start": "302 302 302 302 302 302 302 302 302",
    "health": "200 200 200 200 200 200 200 200 200",
    "accounts:login": "200 302 302 302 302 302 302 302 302",
    "accounts:logout": "405 405 405 405 405 405 405 405 405",
    "accounts:password_change": "302 200 200 200 200 200 200 200 200",
    "accounts:password_set": "404 404 404 404 404 404 404 404 404",
    "accounts:person_me": "302 200 200 200 200 200 200 200 200",
    "accounts:person_list": "302 404 404 404 404 404 404 404 200",
    "accounts:person_add": "302 404 404 404 404 404 404 404 200",
    "accounts:person_detail": "302 404 404 404 404 404 404 404 200",
    "accounts:person_link": "302 405 405 405 405 405 405 405 405",
    "accounts:person_deactivate": "302 405 405 405 405 405 405 405 405",
    "accounts:person_activate": "302 405 405 405 405 405 405 405 405",
    "accounts:membership_remove": "302 405 405 405 405 405 405 405 405",
    "territory:zone_list": "302 200 200 200 200 200 200 200 200",
    "territory:zone_detail": "302 200 200 200 200 200 200 200 200",
    "territory:zone_edit": "302 404 404 404 404 404 404 404 200",
    "framework:edition": "200 200 200 200 200 200 200 200 200",
    "framework:edition_json": "200 200 200 200 200 200 200 200 200",
    "framework:item": "200 200 200 200 200 200 200 200 200",
    "framework:compare": "200 200 200 200 200 200 200 200 200",
    "framework:correspondences": "302 404 404 404 404 404 404 200 404",
    "framework:correspondences_decide": "302 404 404 404 404 404 404 405 404",
    "framework:edition_list": "302 200 200 200 200 200 200 200 200",
    "plans:list": "302 200 200 200 200 200 200 200 200",
    "plans:create": "302 200 404 200 200 200 404 404 404",
    "plans:check": "302 404 200 200 200 404 404 404 404",
    "plans:item": "302 404 200 200 200 404 404 404 404",
    "plans:objectives": "302 404 200 200 200 404 404 404 404",
    "plans:objective_add": "302 404 404 200 200 404 404 404 404",
    "plans:part_add": "302 404 404 200 200 404 404 404 404",
    "plans:diagnosis_add": "302 404 404 200 200 404 404 404 404",
    "plans:entry_change": "302 404 404 200 200 404 404 404 404",
    "plans:entry_remove": "302 404 404 200 200 404 404 404 404",
    "plans:documents": "302 404 200 200 200 404 404 404 404",
    "plans:document_add": "302 404 404 200 200 404 404 404 404",
    "plans:reading": "302 404 200 200 200 404 404 404 404",
    "plans:decision_undo": "302 405 405 405 405 405 405 405 405",
    "plans:document_text": "302 404 200 200 200 404 404 404 404",
    "plans:document_change": "302 404 404 200 200 404 404 404 404",
    "plans:document_replace": "302 404 404 200 200 404 404 404 404",
    "plans:document_remove": "302 404 404 200 200 404 404 404 404",
    "plans:document_download": "302 404 200 200 200 404 404 404 404",
    "plans:passage": "302 404 200 200 200 404 404 404 404",
    "plans:passage_decide": "302 405 405 405 405 405 405 405 405",
    "plans:evidence_remove": "302 405 405 405 405 405 405 405 405",
    "plans:suggestion_quality": "302 200 200 200 200 200 200 200 200",
    "plans:history": "302 404 200 200 200 404 404 404 404",
    "plans:history_file": "302 404 200 200 200 404 404 404 404",
    "plans:cycle_list": "302 404 404 404 404 404 404 404 200",
    "plans:deadline_add": "302 404 404 404 404 404 404 404 200",
    "plans:deadline_change": "302 404 404 404 404 404 404 404 200",
    "plans:deadline_remove": "302 405 405 405 405 405 405 405 405",
    "plans:notice_settings": "302 200 200 200 200 200 200 200 200",
    "plans:mail_list": "302 404 404 404 404 404 404 404 200",
    "plans:audit_list": "302 404 404 404 404 404 404 404 200",
    "plans:versions": "302 404 200 200 200 404 404 404 404",
    "plans:version_start": "302 404 404 302 302 404 404 404 404",
    "plans:version_compare": "302 404 200 200 200 404 404 404 404",
    "plans:version_discard": "302 404 404 404 302 404 404 404 404",
    "plans:step_add": "302 404 404 200 200 404 404 404 404",
    "plans:step_remove": "302 405 405 405 405 405 405 405 405",
    "plans:chapters": "302 404 200 200 200 404 404 404 404",
    "plans:chapters_file": "302 404 200 200 200 404 404 404 404",
    "accounts:person_data": "302 200 200 200 200 200 200 200 200",
    "plans:choices": "302 404 200 200 200 404 404 404 404",
    "plans:proposals_confirm": "302 405 405 405 405 405 405 405 405",
    "plans:assignments": "302 404 404 200 200 404 404 404 404",
    "plans:comment_add": "302 404 404 302 302 404 404 404 404",
    "plans:item_comment_add": "302 404 404 302 302 404 404 404 404",
    "plans:comment_remove": "302 405 405 405 405 405 405 405 405",
    "plans:share": "302 404 404 404 200 404 404 404 404",
    "plans:copy": "302 404 404 200 200 404 404 404 404",
    "plans:import": "302 404 404 200 200 404 404 404 404",
    "plans:export": "302 404 200 200 200 404 404 404 404",
}

#: The same addresses once the plan is shared: reading opens for the coordinator, writing ends for the zone.
SHARED = {
    "plans:check": "302 404 200 200 200 404 200 404 404",
    "plans:item": "302 404 200 200 200 404 200 404 404",
    "plans:objectives": "302 404 200 200 200 404 200 404 404",
    "plans:choices": "302 404 200 200 200 404 200 404 404",
    "plans:documents": "302 404 200 200 200 404 200 404 404",
    "plans:document_text": "302 404 200 200 200 404 200 404 404",
    "plans:document_download": "302 404 200 200 200 404 200 404 404",
    "plans:passage": "302 404 200 200 200 404 200 404 404",
    "plans:history": "302 404 200 200 200 404 200 404 404",
    "plans:history_file": "302 404 200 200 200 404 200 404 404",
    "plans:versions": "302 404 200 200 200 404 200 404 404",
    "plans:version_start": "302 404 404 200 200 404 404 404 404",
    "plans:version_compare": "302 404 200 200 200 404 200 404 404",
    "plans:chapters": "302 404 200 200 200 404 200 404 404",
    "plans:chapters_file": "302 404 200 200 200 404 200 404 404",
    "plans:reading": "302 404 200 200 200 404 404 404 404",
    "plans:document_add": "302 404 404 302 302 404 404 404 404",
    "plans:document_change": "302 404 404 302 302 404 404 404 404",
    "plans:document_replace": "302 404 404 302 302 404 404 404 404",
    "plans:document_remove": "302 404 404 302 302 404 404 404 404",
    "plans:export": "302 404 200 200 200 404 404 404 404",
    "plans:objective_add": "302 404 404 302 302 404 404 404 404",
    "plans:part_add": "302 404 404 302 302 404 404 404 404",
    "plans:diagnosis_add": "302 404 404 302 302 404 404 404 404",
    "plans:entry_change": "302 404 404 302 302 404 404 404 404",
    "plans:entry_remove": "302 404 404 302 302 404 404 404 404",
    "plans:copy": "302 404 404 302 302 404 404 404 404",
    "plans:import": "302 404 404 302 302 404 404 404 404",
    "plans:assignments": "302 404 404 200 200 404 404 404 404",
    "plans:item_comment_add": "302 404 404 302 302 404 404 404 404",
    "plans:share": "302 404 404 404 302 404 404 404 404",
}

#: POST without data to what only takes POST, or what changes something: who gets further than "not there".
POSTED = {
    "framework:correspondences": "401 404 404 404 404 404 404 302 404",
    "framework:correspondences_decide": "401 404 404 404 404 404 404 302 404",
    "plans:assignments": "401 404 404 200 200 404 404 404 404",
    "plans:comment_add": "401 404 404 200 200 404 404 404 404",
    "plans:item_comment_add": "401 404 404 200 200 404 404 404 404",
    "plans:comment_remove": "401 404 404 404 302 404 404 404 404",
    "plans:proposals_confirm": "401 404 404 302 302 404 404 404 404",
    "plans:objective_add": "401 404 404 200 200 404 404 404 404",
    "plans:copy": "401 404 404 200 200 404 404 404 404",
    "plans:entry_remove": "401 404 404 409 409 404 404 404 404",
    "plans:document_add": "401 404 404 200 200 404 404 404 404",
    "plans:document_change": "401 404 404 200 200 404 404 404 404",
    "plans:document_replace": "401 404 404 200 200 404 404 404 404",
    "plans:document_remove": "401 404 404 409 409 404 404 404 404",
    "plans:passage": "401 404 404 302 302 404 404 404 404",
    "plans:passage_decide": "401 404 404 404 404 404 404 404 404",
    "plans:decision_undo": "401 404 404 302 302 404 404 404 404",
    "plans:evidence_remove": "401 404 404 302 302 404 404 404 404",
    "plans:version_start": "401 404 404 200 200 404 404 404 404",
    "plans:step_add": "401 404 404 200 200 404 404 404 404",
    "plans:step_remove": "401 404 404 302 302 404 404 404 404",
    "plans:share": "401 404 404 404 302 404 404 404 404",
    "plans:deadline_add": "401 404 404 404 404 404 404 404 200",
    "plans:deadline_change": "401 404 404 404 404 404 404 404 200",
    "plans:deadline_remove": "401 404 404 404 404 404 404 404 302",
    "plans:notice_settings": "401 302 302 302 302 302 302 302 302",
    "accounts:person_link": "401 404 404 404 404 404 404 404 200",
    "accounts:person_activate": "401 404 404 404 404 404 404 404 302",
    "accounts:membership_remove": "401 404 404 404 404 404 404 404 302",
    "territory:zone_edit": "401 404 404 404 404 404 404 404 200",
}


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
    EditionFactory(code="test-before", archived=True)
    EditionFactory(code="test-next", predecessor=world.edition, items=("A1",))
    Deadline.objects.create(cycle=world.cycle, name={"nl": "Delen"}, date=date(2026, 6, 30))
    for day in (1, 2):
        record_step(version=world.assessment.version, kind="sent", dated=date(2026, 1, day), by=None)
    upload(world.assessment)
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
        "number": document.number,
        "version": 1,
        "step_id": getattr(world.assessment.version.steps.first(), "pk", 1),
        "passage_id": document.passages.first().pk,
        "evidence_id": getattr(world.assessment.passages.first(), "pk", 1),
        "comment_id": world.assessment.comments.first().pk,
        "plan_id": world.plan.pk,
        "objective_id": objective.pk,
        "entry_id": objective.pk,
        "kind": "actions" if name == "plans:part_add" else "objectives",
        "code": "A1",
        "format": "docx" if name == "plans:chapters_file" else "yaml",
        "edition_code": "test-next" if "correspondences" in name else edition.code,
        "other_code": "test-before",
        "item_code": "A1",
        "zone_id": world.zone.pk,
        "cycle_id": world.cycle.pk,
        "deadline_id": world.cycle.deadlines.get().pk,
        "person_id": world.lead.pk,
        "membership_id": world.lead.memberships.get().pk,
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


@pytest.mark.parametrize("name", SHARED)
def test_who_may_read_what_was_shared(client, client_of, people, name):
    from plans.services.sharing import share_version

    world, roles = people
    share_version(version=world.assessment.version, by=world.lead)
    assert statuses(client_of, client, roles, name, world) == SHARED[name]


@pytest.mark.parametrize("name", POSTED)
def test_who_may_change(client, client_of, people, name):
    world, roles = people
    assert statuses(client_of, client, roles, name, world, "post") == POSTED[name]
