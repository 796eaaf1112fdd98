"""Two connections at once on PostgreSQL: nobody overwrites anybody unseen, and the scores stay true.

SQLite has one writer at a time (`transaction_mode=IMMEDIATE`): there the question does not arise.
"""

import threading

import pytest
from django.db import connection

from kiv.audit.models import AuditEvent
from plans import rules
from plans.models import Assessment, Objective, Plan
from plans.services.choices import ChoiceChange, StaleChoices, save_choices
from plans.services.editing import StaleEdit
from plans.services.entries import add_entry, change_entry
from plans.services.plans import PlanExists, create_plan
from plans.services.scores import differences
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory, CycleFactory
from tests.plans.services.acting import refs

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run the acts in threads that start together; what each returned or raised, by its position."""
    barrier = threading.Barrier(len(acts), timeout=20)
    results = [None] * len(acts)

    def run(at, act):
        try:
            connection.ensure_connection()
            barrier.wait()
            results[at] = act()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            results[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def fresh(assessment):
    """As another request would fetch it."""
    return Assessment.objects.select_related("edition", "version__plan__zone", "version__plan__cycle").get(
        pk=assessment.pk
    )


@pytest.fixture
def assessment():
    return AssessmentFactory(elaborated=True)


@pytest.fixture
def editors(assessment):
    zone = assessment.version.plan.zone
    return [UserFactory(editor_of=zone), UserFactory(lead_of=zone)]


@pytest.mark.parametrize("attempt", range(3))
def test_two_people_save_one_objective(attempt, assessment, editors):
    entry = assessment.version.objectives.get(number="1")

    def saving(user, title):
        return lambda: change_entry(
            assessment=fresh(assessment),
            entry=Objective.objects.get(pk=entry.pk),
            by=user,
            revision=1,
            values={"title": title},
            items=refs("P1"),
        )

    results = at_once(saving(editors[0], "first"), saving(editors[1], "second"))
    assert sorted(type(result).__name__ for result in results) == ["Objective", "StaleEdit"]
    won = next(result for result in results if not isinstance(result, StaleEdit))
    entry.refresh_from_db()
    assert (entry.title, entry.revision) == (won.title, 2)
    assert list(differences(fresh(assessment))) == []


@pytest.mark.parametrize("attempt", range(3))
def test_two_people_decide_about_one_item(attempt, assessment, editors):
    def saving(user, choice):
        change = ChoiceChange(item="T1", revision=0, choice=choice, line=choice)
        return lambda: save_choices(assessment=fresh(assessment), by=user, changes=[change])

    results = at_once(saving(editors[0], "retained"), saving(editors[1], "regular"))
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [StaleChoices]
    assert [result for result in results if not isinstance(result, Exception)] == [["T1"]]
    assert list(differences(fresh(assessment))) == []


def test_many_people_work_on_different_things_of_one_item(assessment, editors):
    """Objectives, actions, diagnosis and a choice about P3, six at once: all is kept, and scored."""
    objective = assessment.version.objectives.get(number="3")

    def adding(user, kind, values):
        return lambda: add_entry(
            assessment=fresh(assessment),
            kind=kind,
            by=user,
            values=values,
            items=refs("P3"),
            objective=Objective.objects.get(pk=objective.pk),
        )

    change = ChoiceChange(item="P3", revision=1, choice="retained")
    acts = [
        adding(editors[0], "objective", {"title": "a"}),
        adding(editors[1], "objective", {"title": "b"}),
        adding(editors[0], "action", {"title": "c", "target_group": "all", "links": ["reaction"]}),
        adding(editors[1], "indicator", {"title": "d"}),
        adding(editors[0], "diagnosis", {"text": "e"}),
        lambda: save_choices(assessment=fresh(assessment), by=editors[1], changes=[change]),
    ]
    results = at_once(*acts)
    assert [result for result in results if isinstance(result, Exception)] == []
    numbers = sorted(assessment.version.objectives.values_list("number", flat=True))
    assert numbers == ["1", "2", "3", "4", "5"]
    row = assessment.scores.get(item__code="P3")
    assert (row.state, row.digits) == ("to_elaborate", {"D": 1, "G": 1, "A": 2, "I": 0, "M": 1, "C": 0})
    assert list(differences(fresh(assessment))) == []


@pytest.mark.parametrize("attempt", range(3))
def test_sharing_while_somebody_saves(attempt, assessment, editors):
    """Whichever comes first: what is shared is what was scored, and nothing is changed afterwards."""
    before = AuditEvent.objects.count()

    def saving():
        return add_entry(
            assessment=fresh(assessment), kind="objective", by=editors[0], values={"title": "late"}
        )

    results = at_once(lambda: share_version(version=fresh(assessment).version, by=editors[1]), saving)
    assert not isinstance(results[0], Exception)
    was_late = isinstance(results[1], rules.WrongMoment)
    assert was_late or not isinstance(results[1], Exception)
    assert AuditEvent.objects.count() == before + (1 if was_late else 2)
    assert assessment.version.objectives.filter(title="late").exists() is not was_late
    assert list(differences(fresh(assessment))) == []


def test_a_double_click_on_share(assessment, editors):
    click = lambda: share_version(version=fresh(assessment).version, by=editors[1])  # noqa: E731
    results = at_once(click, click)
    assert sorted(type(result).__name__ for result in results) == ["PlanVersion", "WrongMoment"]
    assert AuditEvent.objects.filter(event="version.shared").count() == 1


def test_two_people_start_the_same_plan(assessment, editors):
    zone, edition, cycle = assessment.version.plan.zone, assessment.edition, CycleFactory(first_year=2032)

    def starting(user):
        return lambda: create_plan(zone=zone, cycle=cycle, edition=edition, language="nl", by=user)

    results = at_once(starting(editors[0]), starting(editors[1]))
    assert sorted(type(result).__name__ for result in results) == ["Assessment", PlanExists.__name__]
    assert Plan.objects.filter(cycle=cycle).count() == 1
