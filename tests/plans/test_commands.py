"""`score_plan`, `rescore` and `load_cycles` as an operator meets them: output and exit status."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from kiv.audit.models import AuditEvent
from plans.models import Cycle
from plans.planformat import dump_plan
from plans.selectors.scoring_input import plan_content
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.services.acting import stored

pytestmark = pytest.mark.django_db


def run(*arguments):
    """(exit status, lines of standard output, lines of standard error)"""
    out, err = StringIO(), StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def plan_file(tmp_path):
    def write(text):
        path = tmp_path / "plan.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


class TestScorePlan:
    def test_a_stored_plan_and_its_file_score_alike(self, plan_file):
        assessment = AssessmentFactory(elaborated=True)
        path = plan_file(dump_plan(plan_content(assessment)))
        before = stored()
        of_id = run("score_plan", assessment.version.plan_id, "--json")
        of_file = run("score_plan", path, "--json")
        assert of_id == of_file
        assert stored() == before
        assert of_id[0] == 0
        score = json.loads("\n".join(of_id[1]))
        assert list(score) == ["plan", "edition", "rubric", "states", "items"]
        assert score["states"] == {
            "elaborated": 2,
            "to_elaborate": 0,
            "regular": 1,
            "motivated": 1,
            "open": 1,
        }
        first = score["items"][0]
        assert list(first) == [
            "code",
            "choice",
            "state",
            "level",
            "digits",
            "objective",
            "reach",
            "advice",
            "evidence",
        ]
        assert (first["code"], first["choice"], first["state"]) == ("P1", "retained", "elaborated")
        assert (first["level"], first["objective"], first["reach"]) == (4, "1", None)
        assert first["digits"] == {"D": 1, "G": 2, "A": 2, "I": 2, "M": 2, "C": 2}
        assert first["evidence"][0] == {
            "criterion": "D",
            "elements": ["description"],
            "quote": "Many burglaries",
            "where": "diagnosis 1",
        }

    def test_lines_for_people(self):
        assessment = AssessmentFactory(elaborated=True)
        status, out, err = run("score_plan", assessment.version.plan_id)
        plan = f"{assessment.version.plan} · {assessment.edition.code} · rubric 1"
        assert (status, err) == (0, [])
        assert out[:2] == [plan, "2 elaborated · 0 to_elaborate · 1 regular · 1 motivated · 1 open"]
        assert [line for line in out[2:] if not line.startswith("   ")] == [
            "P1  retained      elaborated  level 4  D1 G2 A2 I2 M2 C2  objective 1",
            "P2  retained      elaborated  level 2  D1 G1 A1 I0 M0 C0  objective 2"
            "  next: objective 2, G: add result, target_group, due",
            "P3  not_retained  motivated   level 1  D1 G0 A0 I0 M0 C0  passages",
            "T1  undecided     open        level 1  D0 G2 A0 I0 M0 C0  objective 1  applied on 1"
            "  next: confirm the proposal",
            "T2  regular       regular     level 0  D0 G0 A0 I0 M0 C0  –  applied on 0",
            "not compared: objective 3",
        ]
        assert "      D1 description · passage 2 (confidential): A secret passage." in out

    def test_every_mistake_of_a_bad_file_is_one_line(self, plan_file):
        EditionFactory(code="here", items=("P1",), published=True)
        path = plan_file(
            "plan: {name: a}\nedition: here\nobjectives:\n  - items: P1\n  - {title: x, items: P2}\n"
        )
        assert run("score_plan", path) == (
            2,
            [],
            [
                f"{path}: line 4, objectives[1].title: expected a value here",
                f'{path}: line 5, objectives[2].items[1]: expected an item of the edition (P1), found "P2"',
            ],
        )

    def test_an_edition_that_is_shipped_and_not_loaded(self, plan_file):
        path = plan_file("plan: {name: a}\nedition: kiv-2022-2024\n")
        assert run("score_plan", path, "--json") == (
            2,
            [],
            [
                f'{path}: line 2, edition: expected a known edition (none is loaded), found "kiv-2022-2024"',
                f"{path}: this edition is not loaded yet; load it: manage.py load_edition"
                " framework/data/kiv-2022-2024.yaml --publish",
            ],
        )

    @pytest.mark.parametrize("code", ["kiv-2030", "../../manage", "x/y"])
    def test_an_edition_that_nobody_knows(self, plan_file, code):
        path = plan_file(f"plan: {{name: a}}\nedition: {code}\n")
        status, out, err = run("score_plan", path)
        assert (status, out, len(err)) == (2, [], 1)

    def test_a_draft_edition_is_not_known(self, plan_file):
        EditionFactory(code="draft", items=("P1",))
        status, _out, err = run("score_plan", plan_file("plan: {name: a}\nedition: draft\n"))
        assert (status, len(err)) == (2, 1)

    @pytest.mark.parametrize("named", ["0", "99999999", "9" * 40])
    def test_an_unknown_number(self, named):
        AssessmentFactory()
        assert run("score_plan", named) == (2, [], [f"{named}: there is no plan with this number"])

    @pytest.mark.parametrize("named", ["nothing-here.yaml", ".", "x\0y", "-", "١x"])
    def test_what_cannot_be_read(self, named):
        status, out, err = run("score_plan", "--", named) if named == "-" else run("score_plan", named)
        assert (status, out, len(err)) == (2, [], 1)
        assert err[0].startswith(f"{named}: cannot be read: ")

    @pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{", b"a: &x 1\n", b"\0"])
    def test_what_is_no_plan_file(self, plan_file, data):
        status, out, err = run("score_plan", plan_file(data))
        assert (status, out, len(err)) == (2, [], 1)

    def test_a_successor_of_the_edition_is_told(self):
        assessment = AssessmentFactory()
        EditionFactory(predecessor=assessment.edition, published=True)
        _status, out, _err = run("score_plan", assessment.version.plan_id)
        assert out[-1] == "worth a look: edition_superseded"


class TestRescore:
    def test_nothing_differs(self):
        AssessmentFactory(elaborated=True)
        AssessmentFactory(shared=True)
        before = stored()
        assert run("rescore", "--check") == (0, ["0 differences in 2 assessments"], [])
        assert run("rescore") == (0, ["0 differences in 2 assessments, scored again"], [])
        assert stored() == before

    def test_differences_are_told_and_then_mended(self):
        assessment = AssessmentFactory(elaborated=True)
        AssessmentFactory(elaborated=True)
        assessment.scores.filter(item__code="P1").update(level=1)
        line = (
            f"plan {assessment.version.plan_id}, {assessment.edition.code}, P1: "
            "stored level 1 elaborated D1 G2 A2 I2 M2 C2, computed level 4 elaborated D1 G2 A2 I2 M2 C2"
        )
        before = stored()
        assert run("rescore", "--check") == (1, [line, "1 differences in 2 assessments"], [])
        assert stored() == before
        assert run("rescore") == (0, [line, "1 differences in 2 assessments, scored again"], [])
        assert AuditEvent.objects.filter(event="assessment.rescored").count() == 1
        assert run("rescore", "--check") == (0, ["0 differences in 2 assessments"], [])

    def test_words_of_a_plan_are_not_printed(self):
        assessment = AssessmentFactory(elaborated=True)
        assessment.scores.update(level=0)
        _status, out, _err = run("rescore", "--check")
        assert "secret" not in "\n".join(out)


class TestLoadCycles:
    def test_the_shipped_cycles_once(self):
        assert run("load_cycles")[1] == ["2 cycles added"]
        assert run("load_cycles")[1] == ["0 cycles added"]
        found = list(Cycle.objects.values_list("name", "first_year", "last_year"))
        assert found == [("2026-2031", 2026, 2031), ("2020-2025", 2020, 2025)]
        assert AuditEvent.objects.filter(event="cycle.added").count() == 2

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("format: kiv-cycles/2\ncycles: []\n", "line 1, format: expected 'kiv-cycles/1', found"),
            (
                "format: kiv-cycles/1\ncycles:\n  - {name: a, first_year: 2030, last_year: 2029}\n",
                "line 3, cycles[1].last_year: expected 2030 or later, found 2029",
            ),
            (
                "format: kiv-cycles/1\ncycles:\n  - {name: a, first_year: 2030, last_year: 2031}\n"
                "  - {name: a, first_year: 2030, last_year: 2031}\n",
                "line 4, cycles[2]: expected each cycle once, found",
            ),
        ],
    )
    def test_a_bad_file_changes_nothing(self, plan_file, text, expected):
        path = plan_file(text)
        with pytest.raises(CommandError) as refused:
            run("load_cycles", path)
        assert str(refused.value).startswith(f"{path}: {expected}")
        assert not Cycle.objects.exists()

    def test_a_missing_file(self):
        with pytest.raises(CommandError, match="cannot be read"):
            run("load_cycles", "nothing-here.yaml")


def test_the_shipped_edition_files_are_where_the_hint_says():
    assert Path(settings.BASE_DIR, "framework", "data", "kiv-2022-2024.yaml").is_file()
