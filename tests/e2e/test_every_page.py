"""Every page of the matrix of addresses, with content, looked through by axe in the browser.

Each address once, as somebody who may read it; what a reviewer reads of a shared plan besides. No page can be
left out: what answers 200 in the matrix is either walked here or a file.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from django.urls import reverse

from plans.reports.coverage_lists import ListName
from tests.browser import breaches_of
from tests.e2e.people import demo_person
from tests.test_urls import names_of_arguments
from tests.url_matrix import MATRIX, ROLES, SHARED


class Walker(NamedTuple):
    """Somebody with a role in the tables, who reads what stands in `table`; `place` is where."""

    role: str
    account: str
    table: Mapping[str, str]
    place: str


#: What one of them read, the next ones do not read again.
WALKERS = (
    Walker("visitor", "", MATRIX, "own"),
    Walker("lead", "lead.liege", MATRIX, "own"),
    # An area of a province: a page of 176 zones says nothing else, and takes axe a long time.
    Walker("coordinator", "coordinator.limburg", MATRIX, "area"),
    Walker("coordinator", "coordinator.national", SHARED, "theirs"),
    Walker("framework", "framework", MATRIX, "own"),
    Walker("framework", "framework", MATRIX, "draft"),
    Walker("system", "system", MATRIX, "own"),
)
#: What answers with something else than a page.
FILES = {
    "accounts:person_data",
    "api:description",
    "framework:edition_json",
    "framework:edition_yaml",
    "health",
    "plans:agenda_file",
    "plans:chapters_file",
    "plans:check_file",
    "plans:coverage_file",
    "plans:document_download",
    "plans:export",
    "plans:history_file",
    "plans:lexicon_file",
}
#: The same page in another state.
ASKED = {
    "coordinator.limburg": (
        "/coverage/?layer=state&group=province",
        "/coverage/?layer=shift&basis=reviewed",
        "/coverage/?q=nowhere&edition=unknown",
        "/coverage/map/?layer=state",
        "/coverage/map/?layer=standing",
        "/coverage/lists/remarks/?waiting=month",
        "/coverage/lists/open/?q=nowhere",
        *(f"/coverage/lists/{name}/" for name in ListName),
    ),
    "lead.liege": ("/plans/new/?lang=de",),
}
#: Forms that are sent as they are, and come back with what is wrong.
REFUSED = {
    "": ("accounts:login",),
    "lead.liege": ("plans:objective_add", "plans:document_add", "plans:comment_add"),
    "coordinator.national": ("plans:remark_add",),
    "framework": ("framework:edition_start",),
    "system": ("plans:deadline_add", "accounts:person_add"),
}
FIND = """
import json
from pathlib import Path
from framework.models import Edition
from framework.services.starting import start_edition
from kiv.accounts.models import User
from kiv.territory.models import PoliceZone
from plans.models import Deadline, Plan, PlanVersion, Remark
from plans.services.lexicon_drafts import start_draft

edition = Edition.objects.get(code="kiv-2022-2024")
draft = start_edition(
    code="walked",
    framework=edition.framework,
    period=(2027, 2030),
    title=dict.fromkeys(("nl", "fr", "de", "en"), "Walked"),
    copied_from=edition,
    by=User.objects.get(email="framework@demo.example"),
)
words = start_draft(
    edition=edition,
    copied_from=edition.lexicons.latest("number"),
    by=User.objects.get(email="framework@demo.example"),
)
own = Plan.objects.get(zone__code="5277", cycle__name="2026-2031").versions.get()
deadline = Deadline.objects.first()
person = User.objects.get(email="lead.liege@demo.example")
remark = Remark.objects.filter(
    status="open", kind="clarification", assessment__version__status="shared"
).first()
theirs = remark.assessment.version
papers = PlanVersion.objects.exclude(shared_at=None).filter(documents__isnull=False).first()


def of(version):
    document = version.documents.first()
    return {{
        "plan_id": version.plan_id,
        "zone_id": version.plan.zone_id,
        "version": version.number,
        "objective_id": version.objectives.first().pk,
        "entry_id": version.objectives.first().pk,
        "number": document.number if document else 1,
        "passage_id": document.passages.first().pk if document else 1,
    }}


common = {{
    "code": "P3",
    "item_code": "P3",
    "kind": "objectives",
    "name": "open",
    "remark_id": remark.pk,
    "cycle_id": deadline.cycle_id,
    "deadline_id": deadline.pk,
    "person_id": person.pk,
    "edition_code": edition.code,
    "other_code": "kiv-2016-2019",
    "item_id": edition.items.get(code="P3").pk,
    "part_id": edition.items.get(code="P3").pk,
    "attachment_id": 1,
    "section": "contexts",
    "language": "nl",
}}
item = draft.items.get(code="P3").pk
Path({path!r}).write_text(json.dumps({{
    "own": common | of(own),
    "words": common | {{"number": words.number}},
    "area": common | of(own) | {{"zone_id": PoliceZone.objects.get(code="5909").pk}},
    "theirs": common | of(theirs),
    "papers": common | of(papers),
    "draft": common | {{"edition_code": draft.code, "item_id": item, "part_id": item}},
}}))
"""


def address(name, arguments):
    arguments = arguments | {"kind": "items"} if name.startswith("framework:") else arguments
    if name == "plans:part_add":
        arguments = arguments | {"kind": "actions"}
    return reverse(name, kwargs={key: arguments[key] for key in names_of_arguments(name)})


def pages_of(walker, walked):
    """Names of what this walker reads: all that nobody before them did, and drafts besides."""
    for name, answers in walker.table.items():
        is_page = name not in FILES and dict(zip(ROLES, answers.split(), strict=True))[walker.role] == "200"
        is_new = (name, walker.table is SHARED) not in walked
        arguments = names_of_arguments(name)
        is_draft = walker.place == "draft" and "edition_code" in arguments and "number" not in arguments
        if is_page and (is_new or is_draft):
            yield name


@pytest.mark.e2e
@pytest.mark.sqlite  # the pages are the same on every database
def test_no_page_breaches_what_axe_knows(open_page, site, tmp_path):
    path = tmp_path / "places"
    site.resident.run(FIND.format(path=str(path)))
    places = json.loads(path.read_text())
    breaches, walked = {}, set()
    for walker in WALKERS:
        page = open_page()
        if walker.account:
            demo_person(walker.account).sign_in(page, "en")
        pages = list(pages_of(walker, walked))
        walked |= {(name, walker.table is SHARED) for name in pages}
        wheres = [address(name, places[place_of(walker, name)]) for name in pages]
        for where in [*wheres, *ASKED.get(walker.account, ())]:
            status = page.goto(where).status
            breaches[where] = breaches_of(page) if status == 200 else [str(status)]
        for name in REFUSED.get(walker.account, ()) if walker.place != "draft" else ():
            where = address(name, places[walker.place])
            page.goto(where)
            # Past what the browser would say itself, to what the server answers.
            page.locator("main form[method=post]").first.evaluate("form => { form.noValidate = true }")
            page.locator("main form[method=post] button[type=submit]").first.click()
            page.wait_for_selector("[aria-invalid=true]")
            breaches[f"{where} refused"] = breaches_of(page)
        page.context.close()
    assert {where: found for where, found in breaches.items() if found} == {}
    readable = {
        (name, table is SHARED)
        for table, roles in ((MATRIX, ROLES), (SHARED, ("coordinator",)))
        for name, answers in table.items()
        if "200" in [answer for role, answer in zip(ROLES, answers.split(), strict=True) if role in roles]
    }
    assert walked == {(name, is_shared) for name, is_shared in readable if name not in FILES}


def place_of(walker, name):
    """A shared plan with a document, a draft of words where one is asked for; else where the walker is."""
    if "lexicon" in name and "number" in names_of_arguments(name):
        return "words"
    return "papers" if walker.place == "theirs" and "number" in names_of_arguments(name) else walker.place
