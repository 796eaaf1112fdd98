"""Files by themselves: a process killed while it stores or sweeps them leaves none half under its name."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from plans.services.originals import original_path, remove_originals, store_original
from tests.killed.living import sweep
from tests.killing import Moment, die, run_and_kill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.MEDIA_ROOT


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*/*/*"))


def test_a_file_that_was_being_stored_is_not_there_and_is_swept(store):
    assert run_and_kill(lambda: store_original(b"x"), at=Moment.IN_FILE)
    (left,) = names(store)
    assert left.startswith(".")
    sweep()
    assert names(store) == []


def test_a_file_that_was_being_stored_again_is_there_whole(store):
    digest = store_original(b"x")
    assert run_and_kill(lambda: store_original(b"x"), at=Moment.IN_FILE)
    assert len(names(store)) == 2
    assert original_path(digest).read_bytes() == b"x"


def test_a_sweep_that_was_killed_is_finished_by_the_next(store):
    needed = store_original(b"needed")
    for data in (b"one", b"two"):
        store_original(data)
    later = timezone.now() + timedelta(hours=2)

    def remove_one() -> None:
        next(remove_originals(needed=[needed], before=later))
        die()

    assert run_and_kill(remove_one, at=Moment.FIRST_WRITE)
    assert len(names(store)) == 2
    assert len(list(remove_originals(needed=[needed], before=later))) == 1
    assert original_path(needed).read_bytes() == b"needed"
