"""A kept snapshot cannot be changed; with the triggers out of the way, every change is found."""

import json
from copy import deepcopy

import pytest
from django.db import DatabaseError, connection, transaction

from plans.models import Objective, Snapshot
from plans.planformat.snapshot import canonical, digest_of
from tests.factories.plans import AssessmentFactory
from tests.plans.services.versioning import drop_triggers, found, problem, share_full_plan, stored
from tests.plans.test_commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

COLUMNS = "assessment_id, sha256, rubric, made_at"
#: Writing a row over another: each vendor has its own way.
REPLACE = (
    f"INSERT OR REPLACE INTO plans_snapshot ({{}}content, {COLUMNS})"
    f" SELECT {{}}'x', {COLUMNS} FROM plans_snapshot"
    if connection.vendor == "sqlite"
    else f"INSERT INTO plans_snapshot ({{}}content, {COLUMNS})"
    f" SELECT {{}}'x', {COLUMNS} FROM plans_snapshot WHERE true"
    " ON CONFLICT ({}) DO UPDATE SET content = EXCLUDED.content"
)


class TestTampering:
    @pytest.fixture(scope="class")
    def made(self, read_once_per_module):
        return read_once_per_module(share_full_plan)

    @pytest.fixture
    def assessment(self, made):
        return deepcopy(made)

    @pytest.mark.parametrize(
        "attack",
        [
            lambda kept: Snapshot.objects.update(content="x"),
            lambda kept: Snapshot.objects.filter(pk=kept.pk).delete(),
            lambda kept: kept.save(),
            lambda kept: kept.delete(),
            lambda kept: kept.assessment.delete(),
            lambda kept: kept.assessment.version.plan.delete(),
            lambda kept: connection.cursor().execute("DELETE FROM plans_snapshot"),
            lambda kept: connection.cursor().execute("UPDATE plans_snapshot SET sha256 = 'x'"),
            lambda kept: connection.cursor().execute("UPDATE plans_snapshot SET made_at = made_at"),
            lambda kept: connection.cursor().execute(REPLACE.format("id, ", "id, ", "id")),
            lambda kept: connection.cursor().execute(REPLACE.format("", "", "assessment_id")),
        ],
        ids=["update", "delete", "save", "object-delete", "assessment", "plan", "sql-delete", "sql-update"]
        + ["sql-same", "sql-replace", "sql-replace-by-assessment"],
    )
    def test_the_database_refuses(self, attack, assessment):
        before = stored()
        with pytest.raises(DatabaseError), transaction.atomic():
            attack(Snapshot.objects.get())
        assert stored() == before

    def test_the_refusal_says_why(self, assessment):
        with pytest.raises(DatabaseError, match="snapshots are never changed"), transaction.atomic():
            Snapshot.objects.update(content="x")

    @pytest.mark.parametrize(
        ("statement", "code"),
        [
            ("UPDATE plans_snapshot SET content = REPLACE(content, 'Fewer', 'More')", "digest"),
            ("UPDATE plans_snapshot SET sha256 = UPPER(sha256)", "digest"),
            ("UPDATE plans_snapshot SET content = ''", "digest"),
            ("DELETE FROM plans_snapshot", "missing"),
        ],
    )
    def test_without_triggers_it_is_found(self, assessment, statement, code):
        AssessmentFactory(elaborated=True)
        drop_triggers()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        snapshots = 0 if code == "missing" else 1
        assert found() == (1, {"snapshots": snapshots, "problems": [problem(assessment, code)]})

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda values: values["output"]["items"][0].update(level=0), "output"),
            (lambda values: values.pop("input"), "unreadable"),
            (lambda values: values["input"]["content"]["objectives"][0].update(title="Else"), "output"),
        ],
    )
    def test_with_a_digest_made_to_fit(self, assessment, change, code):
        kept = Snapshot.objects.get()
        values = json.loads(kept.content)
        change(values)
        text = canonical(values)
        drop_triggers()
        Snapshot.objects.update(content=text, sha256=digest_of(text))
        assert found() == (1, {"snapshots": 1, "problems": [problem(assessment, code)]})

    def test_a_snapshot_of_another_plan_in_its_place(self, assessment):
        other = AssessmentFactory(elaborated=True, shared=True)
        theirs = Snapshot.objects.values("content", "sha256").get(assessment=other)
        drop_triggers()
        Snapshot.objects.filter(assessment=assessment).update(**theirs)
        assert found() == (1, {"snapshots": 2, "problems": [problem(assessment, "content")]})

    @pytest.mark.parametrize(
        "change",
        [
            lambda assessment: Objective.objects.filter(number="1").update(title="Else"),
            lambda assessment: assessment.choices.filter(item__code="A3").update(line="Else"),
            lambda assessment: assessment.passages.filter(item__code="A4").update(is_gone=True, source=None),
            lambda assessment: assessment.version.diagnoses.all().delete(),
        ],
    )
    def test_stored_rows_that_were_changed(self, assessment, change):
        """Behind the back of every service: the snapshot still says what was shared."""
        change(assessment)
        assert found() == (1, {"snapshots": 1, "problems": [problem(assessment, "content")]})

    def test_lines_for_people_without_the_words_of_the_plan(self, assessment):
        second = share_full_plan()
        drop_triggers()
        Snapshot.objects.filter(assessment=second).update(content="SECRET")
        version = second.version
        line = f"plan {version.plan_id}, version 1, test-edition: the snapshot is not what was kept"
        assert run("verify_snapshots") == (1, [line, "1 problems in 2 snapshots"], [])

    def test_it_changes_nothing(self, assessment):
        before = stored()
        found()
        run("verify_snapshots")
        assert stored() == before
