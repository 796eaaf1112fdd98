"""Changing and removing a document, removing a quote: by whom, when, and over what somebody did meanwhile."""

import pytest

from kiv.audit.models import AuditEvent
from plans.models import Document, PassageEvidence
from plans.services.documents import change_document, remove_document
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.documents.acting import OTHER, make_read_plan, paper, pieces, replace
from tests.plans.documents.browsing import at, said, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]


def person(assessment, role: str):
    zone = assessment.version.plan.zone
    return UserFactory(**({role: zone} if role != "stranger" else {"lead_of": ZoneFactory()}))


def share(assessment):
    share_version(version=assessment.version, by=person(assessment, "lead_of"))


def test_a_quote_is_removed_once_however_often_one_clicks(client_of, assessment):
    replace(paper(assessment), OTHER)
    address = at("evidence_remove", assessment, assessment.passages.get().pk)
    client = client_of(person(assessment, "editor_of"))
    first, second = client.post(address), client.post(address)
    assert (first.url, second.url) == (at("documents", assessment),) * 2
    assert pieces(assessment) == []
    assert AuditEvent.objects.filter(event="passage.removed").count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("reader_of", 404), ("coordinator_of", 404), ("stranger", 404), ("editor_of", 302)]
)
def test_only_editors_remove_quotes_and_only_before_sharing(client_of, assessment, role, status):
    client = client_of(person(assessment, role))
    share(assessment)
    address = at("evidence_remove", assessment, assessment.passages.get().pk)
    assert client.post(address).status_code == status
    assert len(pieces(assessment)) == 1
    assert client.get(address).status_code == 405


def test_a_quote_of_another_plan_stays(client_of, assessment):
    other = make_read_plan()
    client = client_of(person(assessment, "editor_of"))
    client.post(at("evidence_remove", assessment, other.passages.get().pk))
    assert PassageEvidence.objects.count() == 2


def test_a_document_is_changed(client_of, assessment):
    client = client_of(person(assessment, "editor_of"))
    fields = {"kind": "annex", "language": "fr", "is_confidential": "on", "revision": 1}
    assert client.post(at("document_change", assessment, 1), fields).url == at("documents", assessment)
    document = paper(assessment)
    assert (document.kind, document.language, document.is_confidential) == ("annex", "fr", True)
    # A second click says the same.
    assert client.post(at("document_change", assessment, 1), fields).status_code == 302
    assert paper(assessment).revision == 2


def test_a_stale_change_shows_both_and_can_be_saved_after_looking(client_of, assessment):
    change_document(
        document=paper(assessment), kind="evaluation", language="", is_confidential=False, revision=1, by=None
    )
    client = client_of(person(assessment, "editor_of"))
    fields = {"kind": "annex", "language": "", "revision": 1}
    response = client.post(at("document_change", assessment, 1), fields)
    assert response.status_code == 409
    (row,) = response.context["conflict"]
    assert (row.name, row.typed, row.stored) == ("kind", "annex", "evaluation")
    assert paper(assessment).kind == "evaluation"
    assert response.context["form"]["kind"].value() == "annex"
    client.post(at("document_change", assessment, 1), fields | {"revision": response.context["revision"]})
    assert paper(assessment).kind == "annex"


def test_a_stale_change_sent_twice_takes_no_mark_of_confidentiality_off(client_of, assessment):
    change_document(
        document=paper(assessment), kind="plan", language="", is_confidential=True, revision=1, by=None
    )
    client = client_of(person(assessment, "editor_of"))
    stale = {"kind": "annex", "language": "", "revision": 1}
    response = client.post(at("document_change", assessment, 1), stale)
    assert (response.status_code, response.context["keeps_mark"]) == (409, True)
    form = {field.name: field.value() for field in response.context["form"]}
    assert form == {"kind": "annex", "language": "", "is_confidential": True}
    client.post(at("document_change", assessment, 1), form | {"revision": response.context["revision"]})
    assert (paper(assessment).kind, paper(assessment).is_confidential) == ("annex", True)


def test_removing_says_what_it_costs_and_lists_it_afterwards(client_of, assessment):
    client = client_of(person(assessment, "editor_of"))
    page = client.get(at("document_remove", assessment, 1))
    assert "1 accepted quote will count no longer." in text(page)
    fields = {"revision": 1, "submission": page.context["submission"]}
    response = client.post(at("document_remove", assessment, 1), fields)
    assert response.url == at("documents", assessment)
    assert (Document.objects.count(), [piece[-1] for piece in pieces(assessment)]) == (0, [True])
    assert client.post(at("document_remove", assessment, 1), fields).url == at("documents", assessment)
    assert client.get(at("document_remove", assessment, 1)).status_code == 404


def test_what_was_changed_meanwhile_is_not_removed_unseen(client_of, assessment):
    client = client_of(person(assessment, "editor_of"))
    page = client.get(at("document_remove", assessment, 1))
    replace(paper(assessment), OTHER)
    fields = {"revision": 1, "submission": page.context["submission"]}
    response = client.post(at("document_remove", assessment, 1), fields)
    assert response.status_code == 409
    assert "Somebody changed this document meanwhile" in text(response)
    fields = {"revision": 2, "submission": response.context["submission"]}
    assert client.post(at("document_remove", assessment, 1), fields).status_code == 302
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["document_change", "document_remove"])
def test_a_shared_version_stays_as_it_is(client_of, assessment, name):
    client = client_of(person(assessment, "editor_of"))
    share(assessment)
    shown = client.get(at(name, assessment, 1))
    assert (shown.url, said(shown)) == (
        at("documents", assessment),
        ["This version was shared for review and can no longer be changed."],
    )
    sent = client.post(at(name, assessment, 1), {"kind": "annex", "language": "", "revision": 1})
    assert sent.status_code == 409
    assert "can no longer be changed" in text(sent)
    assert (paper(assessment).kind, paper(assessment).revision) == ("plan", 1)


@pytest.mark.parametrize("name", ["document_change", "document_remove", "document_replace", "document_add"])
@pytest.mark.parametrize("role", ["reader_of", "coordinator_of", "stranger"])
@pytest.mark.parametrize("is_shared", [False, True])
def test_to_all_but_editors_these_pages_do_not_exist(client_of, assessment, name, role, is_shared):
    client = client_of(person(assessment, role))
    if is_shared:
        share(assessment)
    address = at(name, assessment, *([] if name == "document_add" else [1]))
    fields = {"kind": "annex", "language": "", "revision": 1}
    assert (client.get(address).status_code, client.post(address, fields).status_code) == (404, 404)
    assert paper(assessment).revision == 1


def test_a_document_removed_meanwhile_is_said_so(client_of, assessment, monkeypatch):
    """Between reading the page's document and the lock."""
    from plans.views import documents

    def change(**values):
        remove_document(document=paper(assessment), revision=1, by=None)
        return change_document(**values)

    monkeypatch.setattr(documents, "change_document", change)
    client = client_of(person(assessment, "editor_of"))
    response = client.post(
        at("document_change", assessment, 1), {"kind": "annex", "language": "", "revision": 1}
    )
    assert response.url == at("documents", assessment)
    assert said(response) == ["Somebody removed this document meanwhile. Nothing was stored."]
