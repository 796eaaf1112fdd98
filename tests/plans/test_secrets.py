"""One sweep: a plan with a secret in every confidential field, and every address, file, mail, log and error.

Markers: SECRET where words are confidential, HIDDEN in a wholly confidential item, INTERNAL in what is the
zone's own talk. Who may read what, from SCORING section 4: a reader without clearance finds none of them,
one with clearance only SECRET, nobody outside the zone HIDDEN or INTERNAL, and no mail or log any.
"""

import logging
from copy import deepcopy
from datetime import date

import pytest
from django.urls import get_resolver, reverse

from plans.models import Diagnosis, OutboxMail, Passage
from plans.services.comments import add_comment
from plans.services.concluding import finish_review
from plans.services.documents import change_document
from plans.services.remarks import answer_remark, write_remark
from plans.services.reviewing import JudgedDigit, confirm_items, review_item
from plans.services.sharing import share_version
from plans.services.steps import record_step
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.answers import words_in
from tests.plans.mail.posting import send
from tests.plans.papers import PAPER, store_lexicon, upload
from tests.plans.world import PLAN, make_world
from tests.test_urls import names_of_arguments, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]

MARKS = ("SECRET", "HIDDEN", "INTERNAL")
CONTENT = PLAN.replace(
    "A4: {choice: retained, item_confidential: true}",
    "A4: {choice: regular, line: HIDDEN line, item_confidential: true}",
).replace(
    "quote: SECRET passage, page: 3, confidential: true", "quote: HIDDEN passage, page: 3, confidential: true"
)
LETTER = "# Brief\n## Drugs\nOnze doelstelling SECRET document: drugshandel terugdringen.\n"
#: Role → the markers that it may find, and does find, so that what is not found could have been.
FINDS = {
    "visitor": set(),
    "other": set(),
    "municipal": set(),
    "coordinator": set(),
    "cleared": {"SECRET"},
    "framework": set(),
    "system": set(),
    "reader": {"SECRET", "HIDDEN", "INTERNAL"},
    "lead": {"SECRET", "HIDDEN", "INTERNAL"},
}


def make_talked_about():
    """A plan that was shared, reviewed and talked about; every confidential field holds a marker."""
    world = make_world(CONTENT)
    cleared = UserFactory(cleared_coordinator_of=world.zone)
    UserFactory(editor_of=world.zone)
    store_lexicon(world.edition)
    version = world.assessment.version
    Diagnosis.objects.create(version=version, text="SECRET diagnosis", source="SECRET", is_confidential=True)
    upload(world.assessment, PAPER)
    Passage.objects.filter(text__contains="camera").update(text="SECRET camera", is_confidential=True)
    letter = upload(world.assessment, LETTER, name="letter.md")
    change_document(
        document=letter,
        revision=letter.revision,
        by=world.lead,
        kind=letter.kind,
        language=letter.language,
        is_confidential=True,
    )
    record_step(version=version, kind="sent", dated=date(2026, 1, 2), by=world.lead)
    share_version(version=version, by=world.lead)
    add_comment(
        assessment=world.assessment,
        item=world.edition.items.get(code="A1"),
        text="INTERNAL word",
        by=world.lead,
    )
    reviewing = {"assessment": world.assessment, "by": cleared}
    digit = JudgedDigit("G", 0, "SECRET reason", "SECRET quote")
    review_item(**reviewing, item="A2", judged=[digit], is_confidential=True)
    review_item(**reviewing, item="A3", motivation="clarification", clarification="SECRET question")
    remark = write_remark(**reviewing, item="A2", text="SECRET remark", is_confidential=True)
    answer_remark(remark=remark, text="SECRET answer", by=world.lead)
    confirm_items(**reviewing, items=["A1", "B1", "B2"])
    finish_review(version=world.assessment.version, by=cleared)
    return world, {
        "visitor": None,
        "other": UserFactory(lead_of=ZoneFactory()),
        "municipal": UserFactory(editor_of=MunicipalityFactory(zone=world.zone)),
        "coordinator": UserFactory(coordinator_of=world.zone),
        "cleared": cleared,
        "framework": UserFactory(is_framework_administrator=True),
        "system": UserFactory(is_system_administrator=True),
        "reader": UserFactory(reader_of=world.zone),
        "lead": world.lead,
    }


@pytest.fixture(scope="module")
def made(read_once_per_module):
    return read_once_per_module(make_talked_about)


@pytest.fixture
def made_anew(made):
    return deepcopy(made)


@pytest.fixture
def world(made_anew):
    return made_anew[0]


@pytest.fixture
def people(made_anew):
    return made_anew[1]


def passages_around_markers(version) -> list[int]:
    """Each passage that holds a marker and those beside it, whose pages may show what stands around them."""
    rows = list(Passage.objects.filter(document__version=version).order_by("document", "position"))
    marked = [at for at, row in enumerate(rows) if marks_in(row.text)]
    assert len(marked) == 2
    return [row.pk for at, row in enumerate(rows) if {at - 1, at, at + 1} & set(marked)]


def addresses(world) -> list[str]:
    """Every address of the site for this plan: each item, document, entry and format; searches."""
    version = world.assessment.version
    document, letter = version.documents.order_by("number")
    first = {
        "plan_id": world.plan.pk,
        "version": 1,
        "edition_code": world.edition.code,
        "zone_id": world.zone.pk,
        "cycle_id": world.cycle.pk,
        "person_id": world.lead.pk,
        "membership_id": world.lead.memberships.get().pk,
    }
    many = {
        "code": ["A1", "A2", "A3", "A4", "B1", "B2"],
        "item_code": ["A1", "A4"],
        "number": [document.number, letter.number, 1, 2],
        "passage_id": passages_around_markers(version),
        "objective_id": [*version.objectives.values_list("pk", flat=True)],
        "entry_id": [*version.objectives.values_list("pk", flat=True)],
        "remark_id": [*world.assessment.remarks.values_list("pk", flat=True)],
        "format": ["yaml", "json", "xlsx", "docx", "pdf", "csv"],
        "kind": ["objectives", "actions"],
        "step_id": [version.steps.get().pk],
        "evidence_id": [*world.assessment.passages.values_list("pk", flat=True)],
        "comment_id": [*world.assessment.comments.values_list("pk", flat=True)],
    }
    found = []
    for name in sorted({name for name in walk(get_resolver()) if name not in ("gallery", "accounts:logout")}):
        combinations = [{}]
        for argument in names_of_arguments(name):
            values = [first[argument]] if argument in first else many.get(argument, [1])
            combinations = [{**one, argument: value} for one in combinations for value in values]
        found += [reverse(name, kwargs=arguments) for arguments in combinations]
    plan = reverse("plans:check", args=[world.plan.pk])
    searches = [f"{plan}documents/{number}/text/?q=SECRE" for number in (document.number, letter.number)]
    return [
        *dict.fromkeys(found),
        *searches,
        f"{plan}?version=1",
        f"{plan}chapters/?for=all",
        "/plans/?q=SECRE",
    ]


def marks_in(text: str) -> set[str]:
    return {mark for mark in MARKS if mark in text}


@pytest.mark.parametrize("role", FINDS)
def test_every_address(client, client_of, people, world, role):
    visitor = client if people[role] is None else client_of(people[role])
    found: dict[str, set[str]] = {}
    for address in addresses(world):
        if marks := marks_in(words_in(visitor.get(address))):
            found[address] = marks
    assert set().union(*found.values()) == FINDS[role], found
    assert {address for address, marks in found.items() if marks - FINDS[role]} == set()


@pytest.mark.parametrize("role", ["other", "municipal", "coordinator", "framework", "system"])
def test_every_refusal(client_of, people, world, role, caplog):
    """Sent without a word, to every address: no error, page or log line says what the plan hides."""
    visitor = client_of(people[role])
    with caplog.at_level(logging.DEBUG):
        found = {
            address: marks
            for address in addresses(world)
            if "/data" not in address and (marks := marks_in(words_in(visitor.post(address))))
        }
    assert found == {}
    assert marks_in(caplog.text) == set()


def test_no_mail_and_no_log_of_mail(people, world, settings, caplog, mailoutbox):
    settings.KIV_URL = "https://kiv.example"
    with caplog.at_level(logging.DEBUG):
        send()
    mails = [str(message.message()) for message in mailoutbox]
    stored = [*OutboxMail.objects.values_list("subject", "text", "html")]
    assert len(mails) == len(stored) > 0
    assert [marks_in(f"{mails} {stored} {caplog.text}")] == [set()]
