"""The next version is an equal copy of the last one, and neither knows of the other from then on."""

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
    make_full_plan,
    rows_of,
    share_full_plan,
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
    def test_is_told(self):
        assessment = share_full_plan()
        lead, mark, at = lead_of(assessment), event_count(), timezone.now()
        copy = start(assessment, kind="yearly", reason=f"  {REASON}\n", by=lead)
        version, plan = copy.version, assessment.version.plan
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

    def test_says_and_scores_the_same(self):
        assessment = share_full_plan()
        copy = start(assessment)
        assert plan_content(copy) == plan_content(assessment)
        assert score_of(copy) == score_of(assessment)
        assert (copy.rubric, copy.summary) == (assessment.rubric, assessment.summary)
        assert list(differences(copy)) == []
        check_consistent(copy)

    def test_has_every_row_and_no_other(self):
        assessment = share_full_plan()
        add_carrying(assessment)
        copied = start(assessment).version
        for model in PATHS:
            olds, news = ordered(model, assessment.version), ordered(model, copied)
            if model in NOT_COPIED:
                assert news == []
                continue
            assert olds, f"{model.__name__}: nothing to compare"
            assert [bare(row) for row in olds] == [bare(row) for row in news], model.__name__
            assert {row["id"] for row in olds}.isdisjoint(row["id"] for row in news)

    def test_points_into_itself(self):
        """Every pointer of a copied row is at the copy of what the old row points at."""
        assessment = share_full_plan()
        add_carrying(assessment)
        copied = start(assessment).version
        places = {
            model: {
                new["id"]: old["id"]
                for old, new in zip(ordered(model, assessment.version), ordered(model, copied), strict=True)
            }
            for model in set(PATHS) - NOT_COPIED
        }
        checked = set()
        for model in set(PATHS) - NOT_COPIED:
            for old, new in zip(ordered(model, assessment.version), ordered(model, copied), strict=True):
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

    def test_keeps_what_was_decided(self):
        assessment = share_full_plan()
        copy = start(assessment)
        assert verdicts(copy) == verdicts(assessment)
        assert set(verdicts(copy).values()) == {"accepted", "moved", "rejected"}
        assert pieces(copy) == pieces(assessment)
        for suggestion in copy.suggestions.exclude(evidence=None):
            assert suggestion.evidence.assessment_id == copy.pk
            assert suggestion.passage.document.version_id == copy.version_id
        hung = copy.passages.get(objective__isnull=False)
        assert (hung.objective.version_id, hung.objective.number) == (copy.version_id, "2")

    def test_goes_on_from_evidence_whose_text_is_gone(self):
        assessment = make_full_plan()
        remove_document(document=documents.paper(assessment), revision=1, by=None)
        share_version(version=assessment.version, by=None)
        copy = start(fresh(assessment))
        assert plan_content(copy) == plan_content(assessment)
        assert all(piece.source is None and piece.origin is None for piece in copy.passages.all())
        check_consistent(copy)

    def test_an_empty_plan_is_copied_too(self):
        assessment = AssessmentFactory(shared=True)
        copy = start(assessment)
        assert (plan_content(copy), list(differences(copy))) == (plan_content(assessment), [])

    def test_takes_every_edition_along(self):
        assessment = make_full_plan()
        second = add_edition(assessment)
        share_version(version=assessment.version, by=None)
        started = start(fresh(assessment)).version
        copies = list(started.assessments.select_related("edition", "version__plan").order_by("pk"))
        assert [copy.edition for copy in copies] == [assessment.edition, second.edition]
        for copy in copies:
            assert list(differences(copy)) == []

    def test_steps_stay_with_the_version_they_were_taken_for(self):
        assessment = share_full_plan()
        record_step(version=assessment.version, kind="sent", dated=timezone.localdate(), by=None)
        assert not start(assessment).version.steps.exists()
        assert assessment.version.steps.count() == 1

    def test_a_third_is_a_copy_of_the_second(self):
        first = share_full_plan()
        second = start(first)
        ACTS["add objective"](second, None)
        share_version(version=second.version, by=None)
        third = start(fresh(second))
        assert (third.version.number, plan_content(third)) == (3, plan_content(second))
        assert plan_content(third) != plan_content(first)
        assert [one.problems for one in verified_snapshots()] == [(), ()]


class TestNeitherKnowsOfTheOther:
    def test_starting_changes_nothing_of_the_old_one(self):
        assessment = share_full_plan()
        before = rows_of(assessment.version)
        start(assessment, by=lead_of(assessment))
        assert rows_of(assessment.version) == before

    @pytest.mark.parametrize("name", [*ACTS, *(f"document: {name}" for name in documents.ACTS)])
    def test_no_act_on_the_copy_reaches_the_old_one(self, name):
        is_document = name.startswith("document: ")
        if is_document:
            assessment = documents.make_read_plan()
            share_version(version=assessment.version, by=None)
        else:
            assessment = AssessmentFactory(elaborated=True, shared=True)
        before = rows_of(assessment.version)
        copy = start(fresh(assessment))
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

    def test_removing_the_copied_document_keeps_the_file_of_both(self):
        assessment = share_full_plan()
        copy = start(assessment)
        digest = documents.paper(copy).sha256
        assert digest == documents.paper(assessment).sha256
        remove_document(document=documents.paper(copy), revision=1, by=None)
        assert original_path(digest).read_text().startswith("# Plan")
        assert documents.paper(assessment).passages.exists()
