"""The next version is an equal copy of the last one, and neither knows of the other from then on."""

from copy import deepcopy

import pytest
from django.utils import timezone

from plans import models
from plans.models import PlanVersion
from plans.selectors.scoring_input import plan_content
from plans.selectors.snapshots import verified_snapshots
from plans.services.documents import remove_document
from plans.services.originals import original_path
from plans.services.scores import differences, score_of
from plans.services.sharing import share_version
from plans.services.steps import record_step
from tests.factories.plans import AssessmentFactory
from tests.plans.documents import acting as documents
from tests.plans.documents.acting import check_consistent, pieces, verdicts
from tests.plans.services.acting import ACTS, event_count, events_since
from tests.plans.services.versioning import (
    PATHS,
    REASON,
    add_carrying,
    add_edition,
    fresh,
    lead_of,
    rows_of,
    share,
    start,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

#: Which rows a version has are its own; these columns alone may differ in a copy.
OWN = {"id", "version_id", "assessment_id", "scored_at"}
#: Where rows of a plan's content point at each other: column → the table it points into.
INSIDE = {
    "objective_id": models.Objective,
    "action_id": models.Action,
    "indicator_id": models.Indicator,
    "diagnosis_id": models.Diagnosis,
    "document_id": models.Document,
    "passage_id": models.Passage,
    "source_id": models.Passage,
    "origin_id": models.Document,
    "evidence_id": models.PassageEvidence,
    "carrying_id": models.Carrying,
}
#: Where the same name of a column means another table.
ELSEWHERE = {(models.Carrying, "source_id"): models.Assessment}
#: Tables that are not copied.
NOT_COPIED = {
    models.Snapshot,
    models.FormalStep,
    models.Reading,
    models.Remark,
    models.Comment,
    models.Notice,
}


def ordered(model, version):
    """The rows in the order of the model, which is the plan's own."""
    return list(model.objects.filter(**{PATHS[model]: version.pk}).values())


def bare(row):
    """What a row says, without where it belongs."""
    return {name: value for name, value in row.items() if name not in OWN | set(INSIDE)}


class TestTheCopy:
    def test_is_told(self, shared_full_plan):
        lead, mark, at = lead_of(shared_full_plan), event_count(), timezone.now()
        copy = start(shared_full_plan, kind="yearly", reason=f"  {REASON}\n", by=lead)
        version, plan = copy.version, shared_full_plan.version.plan
        assert (version.plan_id, version.number, version.kind, version.reason) == (
            plan.pk,
            2,
            "yearly",
            REASON,
        )
        assert (version.status, version.shared_at) == ("preparation", None)
        assert at <= version.changed_at <= timezone.now()
        data = {"plan": plan.pk, "number": 2, "kind": "yearly"}
        assert events_since(mark) == [
            ("version.started", lead.pk, "plans.planversion", str(version.pk), plan.zone_id, data)
        ]

    def test_says_and_scores_the_same(self, shared_full_plan):
        copy = start(shared_full_plan)
        assert plan_content(copy) == plan_content(shared_full_plan)
        assert score_of(copy) == score_of(shared_full_plan)
        assert (copy.rubric, copy.summary) == (shared_full_plan.rubric, shared_full_plan.summary)
        assert list(differences(copy)) == []
        check_consistent(copy)

    def test_has_every_row_and_no_other(self, shared_full_plan):
        add_carrying(shared_full_plan)
        copied = start(shared_full_plan).version
        for model in PATHS:
            olds, news = ordered(model, shared_full_plan.version), ordered(model, copied)
            if model in NOT_COPIED:
                assert news == []
                continue
            assert olds, f"{model.__name__}: nothing to compare"
            assert [bare(row) for row in olds] == [bare(row) for row in news], model.__name__
            assert {row["id"] for row in olds}.isdisjoint(row["id"] for row in news)

    def test_points_into_itself(self, shared_full_plan):
        """Every pointer of a copied row is at the copy of what the old row points at."""
        add_carrying(shared_full_plan)
        original, copied = shared_full_plan.version, start(shared_full_plan).version
        places = {
            model: {
                new["id"]: old["id"]
                for old, new in zip(ordered(model, original), ordered(model, copied), strict=True)
            }
            for model in set(PATHS) - NOT_COPIED
        }
        checked = set()
        for model in set(PATHS) - NOT_COPIED:
            for old, new in zip(ordered(model, original), ordered(model, copied), strict=True):
                for column in INSIDE.keys() & old.keys():
                    if isinstance(old[column], int) or isinstance(new[column], int):
                        into = ELSEWHERE.get((model, column), INSIDE[column])
                        assert places[into][new[column]] == old[column], (model, column)
                        checked.add((model.__name__, column))
                    else:
                        assert (old[column], new[column]) == (None, None)
                if "assessment_id" in old:
                    assert places[models.Assessment][new["assessment_id"]] == old["assessment_id"]
        assert checked >= {
            ("ItemLink", "objective_id"),
            ("ItemLink", "action_id"),
            ("ItemLink", "indicator_id"),
            ("ItemLink", "diagnosis_id"),
            ("PassageEvidence", "objective_id"),
            ("PassageEvidence", "source_id"),
            ("PassageEvidence", "origin_id"),
            ("Suggestion", "passage_id"),
            ("Suggestion", "evidence_id"),
            ("Passage", "document_id"),
            ("Action", "objective_id"),
            ("Indicator", "objective_id"),
            ("Carrying", "source_id"),
            ("CarriedItem", "carrying_id"),
        }

    def test_every_pointer_of_the_models_is_known_here(self):
        """A new foreign key between tables of a plan's content must be copied, and checked above."""
        content = set(PATHS) - NOT_COPIED
        found = {
            field.attname
            for model in content
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model in content | {PlanVersion}
        }
        assert found == {*INSIDE, "version_id", "assessment_id"}
        reached = {
            relation.related_model
            for model in {PlanVersion, *content}
            for relation in model._meta.related_objects
            if relation.related_model._meta.app_label == "plans"
        }
        assert reached == set(PATHS), "a table that hangs on a version: is it copied?"

    def test_keeps_what_was_decided(self, shared_full_plan):
        copy = start(shared_full_plan)
        assert verdicts(copy) == verdicts(shared_full_plan)
        assert set(verdicts(copy).values()) == {"accepted", "moved", "rejected"}
        assert pieces(copy) == pieces(shared_full_plan)
        for suggestion in copy.suggestions.exclude(evidence=None):
            assert suggestion.evidence.assessment_id == copy.pk
            assert suggestion.passage.document.version_id == copy.version_id
        hung = copy.passages.get(objective__isnull=False)
        assert (hung.objective.version_id, hung.objective.number) == (copy.version_id, "2")

    def test_goes_on_from_evidence_whose_text_is_gone(self, full_plan):
        remove_document(document=documents.paper(full_plan), revision=1, by=None)
        share_version(version=full_plan.version, by=None)
        copy = start(fresh(full_plan))
        assert plan_content(copy) == plan_content(full_plan)
        assert all(piece.source is None and piece.origin is None for piece in copy.passages.all())
        check_consistent(copy)

    def test_an_empty_plan_is_copied_too(self):
        assessment = AssessmentFactory(shared=True)
        copy = start(assessment)
        assert (plan_content(copy), list(differences(copy))) == (plan_content(assessment), [])

    def test_takes_every_edition_along(self, full_plan):
        second = add_edition(full_plan)
        share_version(version=full_plan.version, by=None)
        started = start(fresh(full_plan)).version
        copies = list(started.assessments.select_related("edition", "version__plan").order_by("pk"))
        assert [copy.edition for copy in copies] == [full_plan.edition, second.edition]
        for copy in copies:
            assert list(differences(copy)) == []

    def test_steps_stay_with_the_version_they_were_taken_for(self, shared_full_plan):
        record_step(version=shared_full_plan.version, kind="sent", dated=timezone.localdate(), by=None)
        assert not start(shared_full_plan).version.steps.exists()
        assert shared_full_plan.version.steps.count() == 1

    def test_a_third_is_a_copy_of_the_second(self, shared_full_plan):
        second = start(shared_full_plan)
        ACTS["add objective"](second, None)
        share_version(version=second.version, by=None)
        third = start(fresh(second))
        assert (third.version.number, plan_content(third)) == (3, plan_content(second))
        assert plan_content(third) != plan_content(shared_full_plan)
        assert [one.problems for one in verified_snapshots()] == [(), ()]


@pytest.fixture(scope="module")
def made_once(read_once_per_module):
    return read_once_per_module(
        lambda: {"read": documents.make_read_plan(), "elaborated": AssessmentFactory(elaborated=True)}
    )


@pytest.fixture
def made(made_once):
    """A plan with a document that was read, and one of a file; in preparation."""
    return deepcopy(made_once)


class TestNeitherKnowsOfTheOther:
    def test_starting_changes_nothing_of_the_old_one(self, shared_full_plan):
        before = rows_of(shared_full_plan.version)
        start(shared_full_plan, by=lead_of(shared_full_plan))
        assert rows_of(shared_full_plan.version) == before

    @pytest.mark.parametrize("name", [*ACTS, *(f"document: {name}" for name in documents.ACTS)])
    def test_no_act_on_the_copy_reaches_the_old_one(self, made, name):
        is_document = name.startswith("document: ")
        assessment = share(made["read" if is_document else "elaborated"])
        before = rows_of(assessment.version)
        copy = start(assessment)
        unchanged = rows_of(copy.version)
        act = documents.ACTS[name.removeprefix("document: ")][0] if is_document else ACTS[name]
        act(copy, None)
        assert rows_of(copy.version) != unchanged
        assert rows_of(assessment.version) == before
        assert list(differences(fresh(assessment))) == []
        assert list(differences(fresh(copy))) == []
        if is_document:
            check_consistent(fresh(copy))
        assert [one.problems for one in verified_snapshots()] == [()]

    def test_removing_the_copied_document_keeps_the_file_of_both(self, shared_full_plan):
        copy = start(shared_full_plan)
        digest = documents.paper(copy).sha256
        assert digest == documents.paper(shared_full_plan).sha256
        remove_document(document=documents.paper(copy), revision=1, by=None)
        assert original_path(digest).read_text().startswith("# Plan")
        assert documents.paper(shared_full_plan).passages.exists()
