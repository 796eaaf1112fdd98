"""Files by themselves: a process killed while it stores or sweeps them leaves none half under its name."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from framework.services.files import remove_stray_files
from plans.services.originals import original_path, remove_originals, store_original
from tests.factories.framework import AttachmentFactory
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


class TestFilesOfAttachments:
    @pytest.fixture
    def named(self, store) -> Path:
        attachment = AttachmentFactory(uploaded=True, file="framework/1/1.pdf")
        path = Path(attachment.file.path)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"%PDF")
        return path

    def test_what_no_attachment_names_goes(self, named):
        AttachmentFactory()
        for name in ("2.pdf", "1_a.pdf"):
            named.with_name(name).write_bytes(b"%PDF")
        later = timezone.now() + timedelta(hours=2)
        assert list(remove_stray_files(before=later)) == ["framework/1/1_a.pdf", "framework/1/2.pdf"]
        assert list(named.parent.iterdir()) == [named]

    def test_what_may_still_be_on_its_way_stays_until_tomorrow(self, named):
        stray = named.with_name("2.pdf")
        stray.write_bytes(b"%PDF")
        call_command("sweep_originals", stdout=StringIO())
        assert sorted(named.parent.iterdir()) == [named, stray]
        sweep()
        assert list(named.parent.iterdir()) == [named]
