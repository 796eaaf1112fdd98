"""Starting a version and discarding one: what is asked, when it can be, and what is left afterwards."""

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone, translation

from plans import rules
from plans.models import PlanVersion
from plans.selectors.scoring_input import plan_content
from plans.services import editing
from plans.services.originals import original_path
from plans.services.sharing import share_version
from plans.services.steps import record_step
from plans.services.versions import discard_version, start_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.documents import acting as documents
from tests.plans.services.acting import ACTS, event_count, events_since
from tests.plans.services.versioning import (
    add_edition,
    fresh,
    lead_of,
    rows_of,
    share,
    share_full_plan,
    start,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


@pytest.fixture(scope="module")
def made(read_once_per_module):
    return read_once_per_module(
        lambda: {
            "full": share_full_plan(),
            "read": share(documents.make_read_plan()),
            "elaborated": AssessmentFactory(elaborated=True, shared=True),
        }
    )


@pytest.fixture
def full(made):
    """A plan with something of everything, shared."""
    return deepcopy(made["full"])


class TestAsking:
    @pytest.mark.parametrize("role", ["editor_of", "lead_of"])
    def test_editors_and_leads_start(self, role):
        assessment = AssessmentFactory(shared=True)
        assert start(assessment, by=UserFactory(**{role: assessment.version.plan.zone})).version.number == 2

    def test_a_reviewed_version_too(self):
        assessment = AssessmentFactory(shared=True)
        PlanVersion.objects.update(status="reviewed")
        assert start(assessment).version.status == "preparation"

    @pytest.mark.parametrize("reason", ["", "  \n\t", "\u200b \u2060", "\0", "x\0y", "x" * 2001, "\u3164"])
    def test_a_reason_is_asked(self, full, reason):
        before = stored()
        with pytest.raises(ValidationError):
            start(full, reason=reason)
        assert stored() == before

    def test_a_long_reason(self):
        assert start(AssessmentFactory(shared=True), reason=f" {'é' * 2000} ").version.reason == "é" * 2000

    @pytest.mark.parametrize("kind", ["", "draft", "Plan", "addendum ", None])
    def test_an_unknown_kind(self, full, kind):
        before = stored()
        with pytest.raises(ValidationError):
            start(full, kind=kind)
        assert stored() == before

    def test_two_clicks_start_one(self, full):
        editor = UserFactory(editor_of=full.version.plan.zone)
        same = fresh(full)
        start(full, by=editor)
        before = stored()
        with pytest.raises(rules.WrongMoment, match=r"\."):
            start(same, by=editor)
        assert stored() == before

    def test_not_from_one_in_preparation_nor_from_an_older_one(self):
        assessment = AssessmentFactory()
        with pytest.raises(rules.WrongMoment):
            start(assessment)
        share_version(version=assessment.version, by=None)
        copy = start(fresh(assessment))
        share_version(version=copy.version, by=None)
        before = stored()
        with pytest.raises(rules.WrongMoment):
            start(fresh(assessment))
        assert stored() == before

    def test_queries_do_not_grow_with_the_rows(self, django_assert_num_queries):
        for count in (1, 3):
            objective = {
                "title": "x",
                "items": ["P1", "T1"],
                "actions": [{"title": "y", "items": "P1"}] * count,
                "indicators": [{"title": "z", "items": "P1"}],
            }
            assessment = AssessmentFactory(
                shared=True,
                objectives=[objective] * count,
                diagnosis=[{"text": "d", "items": "P1"}] * count,
                choices=dict.fromkeys(["P1", "P2", "T1"][:count], "retained"),
                passages=[
                    {"item": "P1", "elements": ["due"], "quote": f"q{at}", "objective": "1"}
                    for at in range(count)
                ],
            )
            version = fresh(assessment).version
            with django_assert_num_queries(43):
                start_version(version=version, kind="plan", reason="x", by=None)


class TestDiscarding:
    def test_everything_of_it_goes_and_nothing_else(self, full):
        start(full)
        assessment = share_full_plan()
        before = stored()
        copy = start(assessment)
        add_edition(copy)
        record_step(version=copy.version, kind="sent", dated=timezone.localdate(), by=None)
        for name in ("add objective", "add diagnosis"):
            ACTS[name](copy, None)
        assert rows_of(copy.version) != rows_of(assessment.version)
        gone, mark, lead, plan = copy.version_id, event_count(), lead_of(assessment), assessment.version.plan
        discard_version(version=copy.version, by=lead)
        assert stored() | {"AuditEvent": []} == before | {"AuditEvent": []}
        data = {"plan": plan.pk, "number": 2}
        assert events_since(mark) == [
            ("version.discarded", lead.pk, "plans.planversion", str(gone), plan.zone_id, data)
        ]

    def test_then_another_can_be_started(self, full):
        discard_version(version=start(full, reason="first").version, by=None)
        again = start(fresh(full), reason="second")
        assert (again.version.number, again.version.reason) == (2, "second")
        assert plan_content(again) == plan_content(full)

    def test_the_first_version_stays(self):
        assessment = AssessmentFactory(elaborated=True)
        before = stored()
        for by in (None, lead_of(assessment)):
            with pytest.raises(rules.WrongMoment):
                discard_version(version=assessment.version, by=by)
        assert stored() == before

    def test_what_was_shared_stays(self, full):
        assessment = full
        copy = start(assessment)
        stale = fresh(copy).version
        share_version(version=copy.version, by=None)
        before = stored()
        for version in (assessment.version, copy.version, stale):
            with pytest.raises(rules.WrongMoment):
                discard_version(version=version, by=lead_of(assessment))
        assert stored()["PlanVersion"] == before["PlanVersion"]
        assert stored()["Snapshot"] == before["Snapshot"]

    def test_twice(self, full):
        copy = start(full)
        same = fresh(copy).version
        discard_version(version=copy.version, by=None)
        before = stored()
        with pytest.raises(rules.WrongMoment):
            discard_version(version=same, by=None)
        assert stored() == before

    @pytest.mark.parametrize("name", [*ACTS, *(f"document: {name}" for name in documents.ACTS)])
    def test_no_act_on_what_was_removed_meanwhile(self, made, name, monkeypatch):
        """Somebody opened the page before the lead removed the version: told so, nothing stored."""
        is_document = name.startswith("document: ")
        assessment = deepcopy(made["read" if is_document else "elaborated"])
        copy = start(fresh(assessment))
        editor = UserFactory(editor_of=assessment.version.plan.zone)
        act = documents.ACTS[name.removeprefix("document: ")][0] if is_document else ACTS[name]
        lock, done = editing.lock_version, []

        def remove_first(version):
            """Gone between the moment the act read its objects and the moment it locks them."""
            if not done:
                done.append(version)
                discard_version(version=PlanVersion.objects.get(pk=version.pk), by=None)
            return lock(version)

        for module in ("editing", "documents", "decisions"):
            monkeypatch.setattr(f"plans.services.{module}.lock_version", remove_first, raising=False)
        with pytest.raises(rules.WrongMoment, match="removed"), translation.override("en"):
            act(copy, editor)
        assert len(done) == 1

    def test_files_of_both_stay_until_nobody_needs_them(self, settings, tmp_path, capsys):
        settings.MEDIA_ROOT = tmp_path / "documents"
        assessment = share_full_plan()
        copy = start(assessment)
        documents.replace(documents.paper(copy), documents.OTHER)
        digests = [documents.paper(one).sha256 for one in (assessment, copy)]
        discard_version(version=copy.version, by=None)
        call_command("sweep_originals")
        assert [original_path(digest).exists() for digest in digests] == [True, True], "too young to go"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("plans.management.commands.sweep_originals.GRACE", timezone.timedelta(0))
            call_command("sweep_originals")
        assert [original_path(digest).exists() for digest in digests] == [True, False]
        capsys.readouterr()
