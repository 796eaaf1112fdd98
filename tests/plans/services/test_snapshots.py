"""Sharing keeps a snapshot of every assessment; it verifies whatever comes later, and tampering is found."""

import json

import pytest

from plans import rules, scoring
from plans.models import Objective, PlanVersion, Snapshot
from plans.planformat.snapshot import canonical, digest_of, problems_of
from plans.selectors.scoring_input import plan_content
from plans.selectors.snapshots import verified_snapshots
from plans.services.choices import ChoiceChange, save_choices
from plans.services.rescoring import rescore
from plans.services.scores import score_of
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.services.acting import ACTS
from tests.plans.services.versioning import (
    add_edition,
    drop_triggers,
    found,
    fresh,
    lead_of,
    make_full_plan,
    problem,
    share_full_plan,
    stored,
)
from tests.plans.test_commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


class TestSharing:
    def test_keeps_what_the_plan_holds_and_what_the_scorer_says(self):
        assessment = make_full_plan()
        content, score = plan_content(assessment), score_of(assessment)
        assert not Snapshot.objects.exists()
        share_version(version=assessment.version, by=lead_of(assessment))
        kept = Snapshot.objects.get()
        values = json.loads(kept.content)
        assert (kept.assessment_id, kept.rubric) == (assessment.pk, scoring.RUBRIC_VERSION)
        assert kept.made_at == PlanVersion.objects.get().shared_at
        assert (kept.content, kept.sha256) == (canonical(values), digest_of(kept.content))
        assert problems_of(kept.content, kept.sha256) == []
        assert values["input"]["content"] == content.model_dump(mode="json")
        assert [item["code"] for item in values["input"]["items"]] == ["A1", "A2", "A3", "A4", "B1", "B2"]
        assert [(item["item"], item["level"], item["state"]) for item in values["output"]["items"]] == [
            (item.item, item.level, item.state) for item in score.items
        ]
        assert "SECRET violence" in kept.content, "uncensored"

    def test_every_edition_has_its_own(self):
        assessment = make_full_plan()
        second = add_edition(assessment)
        share_version(version=assessment.version, by=None)
        kept = {row.assessment_id: json.loads(row.content) for row in Snapshot.objects.all()}
        assert {pk: values["input"]["content"]["edition"] for pk, values in kept.items()} == {
            assessment.pk: assessment.edition.code,
            second.pk: second.edition.code,
        }
        assert found() == (0, {"snapshots": 2, "problems": []})

    def test_an_edition_that_had_a_successor_then(self):
        assessment = AssessmentFactory()
        EditionFactory(predecessor=assessment.edition, published=True)
        share_version(version=assessment.version, by=None)
        assert json.loads(Snapshot.objects.get().content)["input"]["has_successor"] is True

    def test_an_empty_plan(self):
        AssessmentFactory(shared=True)
        assert found() == (0, {"snapshots": 1, "problems": []})

    def test_a_double_click_keeps_one(self):
        assessment = make_full_plan()
        lead = lead_of(assessment)
        same = fresh(assessment).version
        share_version(version=assessment.version, by=lead)
        before = stored()
        with pytest.raises(rules.WrongMoment):
            share_version(version=same, by=lead)
        assert stored() == before

    @pytest.mark.parametrize("step", ["plan_content", "make_snapshot", "record", "Snapshot.objects.create"])
    def test_all_or_nothing(self, step, monkeypatch):
        """With two editions: also when it breaks down after the first snapshot."""
        assessment = make_full_plan()
        add_edition(assessment)
        before, calls = stored(), []

        def break_down(*args, **fields):
            calls.append(args)
            if len(calls) == 2 or step == "record":
                raise RuntimeError("no light today")
            return real(*args, **fields)

        from plans.services import sharing

        owner, name = (Snapshot.objects, "create") if "." in step else (sharing, step)
        real = getattr(owner, name)
        monkeypatch.setattr(owner, name, break_down)
        with pytest.raises(RuntimeError, match="no light today"):
            share_version(version=assessment.version, by=None)
        assert stored() == before
        monkeypatch.undo()
        share_version(version=fresh(assessment).version, by=None)
        assert found() == (0, {"snapshots": 2, "problems": []})

    def test_queries_do_not_grow_with_the_plan(self, django_assert_num_queries):
        for objectives in (1, 3):
            assessment = AssessmentFactory(objectives=[{"title": "x", "items": "P1"}] * objectives)
            version = fresh(assessment).version
            with django_assert_num_queries(19):
                share_version(version=version, by=None)


class TestLater:
    def test_it_verifies_after_everything_that_comes_after(self):
        assessment = share_full_plan()
        lead = lead_of(assessment)
        kept = Snapshot.objects.values().get()
        started = start_version(version=assessment.version, kind="addendum", reason="x", by=lead)
        copy = fresh(started.assessments.get())
        change = ChoiceChange(item="A1", revision=1, choice="regular", line="otherwise")
        save_choices(assessment=copy, by=lead, changes=[change])
        Objective.objects.filter(version=started).delete()
        other = AssessmentFactory(elaborated=True)
        for name in ("change objective", "remove diagnosis"):
            ACTS[name](other, None)
        share_version(version=started, by=lead)
        rescore(assessment=assessment, by=None)
        EditionFactory(predecessor=assessment.edition, published=True)
        zone = assessment.version.plan.zone
        zone.name = "Another name"
        zone.save()
        assert found() == (0, {"snapshots": 2, "problems": []})
        assert Snapshot.objects.values().get(pk=kept["id"]) == kept

    def test_it_verifies_after_the_stored_score_was_mended(self):
        assessment = share_full_plan()
        assessment.scores.filter(item__code="A1").update(level=0)
        assert found() == (0, {"snapshots": 1, "problems": []})
        assert len(rescore(assessment=assessment, by=None)) == 1
        assert found() == (0, {"snapshots": 1, "problems": []})

    def test_versions_in_preparation_have_none(self):
        make_full_plan()
        assert found() == (0, {"snapshots": 0, "problems": []})
        assert run("verify_snapshots") == (0, ["0 problems in 0 snapshots"], [])

    def test_another_rubric(self, monkeypatch):
        assessment = AssessmentFactory(elaborated=True)
        with monkeypatch.context() as earlier:
            earlier.setattr(scoring, "RUBRIC_VERSION", "0")
            share_version(version=assessment.version, by=None)
        assert Snapshot.objects.get().rubric == "0"
        assert found() == (0, {"snapshots": 1, "problems": []})
        drop_triggers()
        Snapshot.objects.update(content="{}")
        assert found() == (1, {"snapshots": 1, "problems": [problem(assessment, "digest")]})


def test_queries_per_snapshot(django_assert_num_queries):
    AssessmentFactory(elaborated=True, shared=True)
    with django_assert_num_queries(1 + 9):
        list(verified_snapshots())
    for _ in range(2):
        AssessmentFactory(elaborated=True, shared=True)
    with django_assert_num_queries(1 + 3 * 9):
        list(verified_snapshots())
