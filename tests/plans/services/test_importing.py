"""Taking a plan file in: everything or nothing, never by surprise, and out again as it came."""

import pytest
from hypothesis import HealthCheck, given, settings

from plans import scoring
from plans.planformat import dump_plan, passage_identity, read_plan, scoring_input
from plans.selectors.scoring_input import plan_content, published_items, scoring_input_of, scoring_items
from plans.services.importing import OtherEdition, PlanNotEmpty, import_plan
from plans.services.scores import differences, score_of
from tests.factories.accounts import UserFactory
from tests.factories.framework import AspectFactory, EditionFactory, publish
from tests.factories.plans import ELABORATED, AssessmentFactory, content_of
from tests.plans.planformat.strategies import contents
from tests.plans.services.acting import event_count, events_since, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory()


@pytest.fixture
def editor(assessment):
    return UserFactory(editor_of=assessment.version.plan.zone)


def without_header(content):
    return content.model_dump(mode="json", exclude={"plan"})


def numbered(content):
    """The content with the numbers that follow from the places written out."""
    values = without_header(content)
    for at, objective in enumerate(values["objectives"]):
        objective["number"] = content.objective_number(at)
    return values


def test_an_empty_plan_becomes_the_file(assessment, editor):
    content = content_of(assessment, **ELABORATED)
    mark = event_count()
    import_plan(assessment=assessment, content=content, by=editor)
    assert numbered(plan_content(assessment)) == numbered(content)
    plan = assessment.version.plan
    data = {"plan": plan.pk, "objectives": 3, "passages": 2, "replaced": False}
    assert events_since(mark) == [
        ("plan.imported", editor.pk, "plans.planversion", str(assessment.version_id), plan.zone_id, data)
    ]
    assert [row.level for row in assessment.scores.all()] == [4, 2, 1, 1, 0]


def test_a_plan_with_content_is_replaced_only_when_asked(editor):
    assessment = AssessmentFactory(elaborated=True)
    content = content_of(assessment, objectives=[{"title": "Only this", "items": "T1"}])
    before = stored()
    with pytest.raises(PlanNotEmpty):
        import_plan(assessment=assessment, content=content, by=None)
    assert stored() == before
    import_plan(assessment=assessment, content=content, by=None, replace=True)
    assert numbered(plan_content(assessment)) == numbered(content)
    assert [row.level for row in assessment.scores.all()] == [0, 0, 0, 1, 0]


@pytest.mark.parametrize(
    "part",
    [
        {"objectives": [{"title": "x"}]},
        {"diagnosis": [{"text": "x"}]},
        {"choices": {"P1": "undecided"}},
        {"passages": [{"item": "P1", "elements": ["action"], "quote": "x"}]},
    ],
)
def test_any_content_makes_a_plan_not_empty(part):
    assessment = AssessmentFactory(**part)
    with pytest.raises(PlanNotEmpty):
        import_plan(assessment=assessment, content=content_of(assessment), by=None)


def test_a_file_for_another_edition_is_refused(assessment, editor):
    content = content_of(AssessmentFactory(), objectives=[{"title": "x"}])
    before = stored()
    with pytest.raises(OtherEdition):
        import_plan(assessment=assessment, content=content, by=editor)
    assert stored() == before


def test_the_header_does_not_decide_where_a_file_goes(assessment, editor):
    other = AssessmentFactory()
    content = content_of(assessment, objectives=[{"title": "x", "items": "P1"}])
    header = content.plan.model_copy(update={"zone": other.version.plan.zone.code, "name": str(other)})
    import_plan(assessment=assessment, content=content.model_copy(update={"plan": header}), by=editor)
    assert (assessment.version.objectives.count(), other.version.objectives.count()) == (1, 0)


def test_a_workbook_leaves_accepted_passages_where_they_hung():
    """It cannot hold them. Where no objective has the number any more, a passage is loose."""
    quotes = [
        {"item": "P1", "elements": ["action"], "quote": quote, "objective": number}
        for quote, number in (("stays", "1"), ("moves", "2"), ("comes loose", "3"), ("was loose", None))
    ]
    objectives = [{"number": number, "title": f"was {number}"} for number in "123"]
    assessment = AssessmentFactory(objectives=objectives, passages=quotes, choices={"P1": "retained"})
    accepted = list(assessment.passages.values_list("pk", "quote"))
    content = content_of(
        assessment, objectives=[{"number": "2", "title": "first now"}, {"number": "1", "title": "last now"}]
    )
    with pytest.raises(PlanNotEmpty):
        import_plan(assessment=assessment, content=content, by=None, keeps_passages=True)
    mark = event_count()
    import_plan(assessment=assessment, content=content, by=None, keeps_passages=True, replace=True)
    assert [(event[0], event[-1]["passages"]) for event in events_since(mark)] == [("plan.imported", 4)]
    assert list(assessment.passages.values_list("pk", "quote")) == accepted
    hung = assessment.passages.values_list("quote", "objective__title")
    assert dict(hung) == {
        "stays": "last now", "moves": "first now", "comes loose": None, "was loose": None
    }  # fmt: skip
    assert (assessment.choices.count(), list(differences(assessment))) == (0, [])


def test_a_plan_with_nothing_but_passages_is_empty_for_a_workbook():
    assessment = AssessmentFactory(passages=[{"item": "P1", "elements": ["action"], "quote": "x"}])
    content = content_of(assessment, objectives=[{"title": "x"}])
    import_plan(assessment=assessment, content=content, by=None, keeps_passages=True)
    assert (assessment.version.objectives.count(), assessment.passages.count()) == (1, 1)


def test_the_same_passage_for_two_items_is_one_passage(assessment):
    same = {"quote": "We  act.", "page": 3, "elements": ["action"]}
    content = content_of(
        assessment, passages=[{"item": "P1", **same}, {"item": "T1", **same, "quote": "We act."}]
    )
    import_plan(assessment=assessment, content=content, by=None)
    identity = passage_identity(document="", page=3, quote="We act.")
    assert list(assessment.passages.values_list("passage", flat=True)) == [identity] * 2
    assert score_of(assessment).grid == (("T1", "P1"),)


def test_an_item_that_the_edition_lacks_breaks_everything_off(assessment):
    """`read_plan` refuses this before; whoever builds the content by hand meets the same wall."""
    content = content_of(
        assessment, objectives=[{"title": "x", "items": "P1"}, {"title": "y", "items": "P9"}]
    )
    before = stored()
    with pytest.raises(Exception, match="P9"):
        import_plan(assessment=assessment, content=content, by=None)
    assert stored() == before


def test_an_import_asks_no_more_of_the_database_for_more_entries(assessment, django_assert_num_queries):
    """Neither with the entries nor with what these name: one statement per table, and the frame."""
    many = AssessmentFactory(edition=assessment.edition)
    few = content_of(assessment, objectives=[{"title": "x", "items": "P1"}])
    more = content_of(
        many,
        objectives=[{"title": "x", "items": ["P1", "P2", "P3", "T1", "T2"]}, {"title": "y", "items": "P1"}],
    )
    with django_assert_num_queries(QUERIES):
        import_plan(assessment=assessment, content=few, by=None)
    with django_assert_num_queries(QUERIES):
        import_plan(assessment=many, content=more, by=None)


QUERIES = 28


@pytest.fixture
def small():
    """A plan under the edition that the arbitrary contents are written for."""
    edition = EditionFactory(code="small", items=("P1", "P2"), themes=("T1",))
    for code in ("north", "south"):
        AspectFactory(item=edition.items.get(code="P1"), code=code)
    publish(edition)
    return AssessmentFactory(edition=edition)


# Each example replaces the one before: one plan serves for all.
arbitrary = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(content=contents())
@arbitrary
def test_the_stored_plan_scores_as_its_file(small, content):
    import_plan(assessment=small, content=content, by=None, replace=True)
    items = scoring_items(small.edition)
    of_file = scoring.score_as_json(scoring.score_plan(scoring_input(content, items)))
    of_rows = scoring.score_as_json(scoring.score_plan(scoring_input_of(small, items)))
    assert of_file | {"plan": ""} == of_rows | {"plan": ""}
    small.refresh_from_db(fields=["summary"])
    assert list(differences(small)) == []


@given(content=contents())
@arbitrary
def test_what_goes_out_comes_in_again(small, content):
    import_plan(assessment=small, content=content, by=None, replace=True)
    exported = plan_content(small)
    again = read_plan(dump_plan(exported).encode(), published_items())
    assert again == exported
    import_plan(assessment=small, content=again, by=None, replace=True)
    assert plan_content(small) == exported
