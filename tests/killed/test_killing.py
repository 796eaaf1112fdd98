"""The killer itself: what is not all or nothing does not pass."""

import pytest
from django.db import transaction

from kiv.territory.models import Province
from tests.killed.living import Act, Story, live_through
from tests.killing import Moment, database_on_disk, run_and_kill

pytestmark = pytest.mark.django_db(transaction=True)


def add(code: str = "a") -> None:
    Province.objects.create(code=code, name={"nl": code})


@transaction.atomic
def add_two() -> None:
    add("a")
    add("b")


def add_one_by_one() -> None:
    with transaction.atomic():
        add("a")
    with transaction.atomic():
        add("b")


@transaction.atomic
def add_and_tell() -> None:
    add()
    transaction.on_commit(lambda: add("told"))


@transaction.atomic
def look() -> None:
    list(Province.objects.all())


@transaction.atomic
def fail() -> None:
    add()
    raise ValueError


@pytest.mark.parametrize(
    ("act", "at", "is_killed", "left"),
    [
        (add_two, Moment.FIRST_WRITE, True, []),
        (add_two, Moment.COMMIT, True, []),
        (add_two, Moment.COMMITTED, True, ["a", "b"]),
        (add_one_by_one, Moment.COMMITTED, False, ["a"]),
        (add_one_by_one, Moment.AGAIN, True, ["a"]),
        (add_and_tell, Moment.COMMITTED, True, ["a"]),
        (add, Moment.COMMIT, False, ["a"]),
        (look, Moment.COMMIT, False, []),
        (fail, Moment.COMMIT, False, []),
    ],
    ids=lambda value: getattr(value, "__name__", None) or getattr(value, "name", None),
)
def test_what_is_left(act, at, is_killed, left, tmp_path):
    with database_on_disk(tmp_path / "killed.sqlite3") as database:
        assert run_and_kill(act, at=at, database=database) == is_killed
        assert list(Province.objects.order_by("code").values_list("code", flat=True)) == left


@pytest.mark.parametrize("act", [add, add_one_by_one, look, fail])
def test_a_story_does_not_go_on_after_what_is_not_one_act(act, tmp_path):
    story = Story("wrong", lambda: None, (Act(act, is_recorded=False),))
    with pytest.raises(AssertionError, match=f"1. {act.__name__}: (not )?killed "):
        live_through(story, tmp_path)


def test_a_story_goes_on_after_an_act(tmp_path):
    seen = []
    story = Story("right", lambda: None, (Act(add_two, is_recorded=False), lambda world: seen.append("done")))
    live_through(story, tmp_path)
    assert seen == ["done"]
