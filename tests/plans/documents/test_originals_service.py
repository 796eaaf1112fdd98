"""The document store and its sweeper: whole files, each once, none gone that a row needs."""

import hashlib
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from plans.models import Document
from plans.services import originals
from plans.services.documents import AlreadyThere, remove_document
from plans.services.originals import original_path, remove_originals, store_original
from tests.plans.documents.acting import OTHER, replace
from tests.plans.papers import EMPTY, PAPER, upload
from tests.plans.world import make_world

OLD = timezone.now() - timedelta(hours=2)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.MEDIA_ROOT / "originals"


def digest_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


def files(store):
    return sorted(path.name for path in store.glob("*/*"))


def age(*digests):
    for digest in digests:
        os.utime(original_path(digest), (OLD.timestamp(), OLD.timestamp()))


def sweep():
    out = StringIO()
    call_command("sweep_originals", stdout=out)
    return out.getvalue().strip()


class TestStoring:
    def test_under_its_digest_and_once(self, store):
        digest = store_original(b"x")
        assert digest == hashlib.sha256(b"x").hexdigest() == store_original(b"x")
        assert files(store) == [digest]
        assert original_path(digest) == store / digest[:2] / digest
        assert original_path(digest).read_bytes() == b"x"
        assert original_path(digest).stat().st_mode & 0o077 == 0, "nobody else on this machine reads it"

    def test_one_that_breaks_off_leaves_nothing_under_its_name(self, store, monkeypatch):
        def full(*args):
            raise OSError("no space left")

        monkeypatch.setattr(originals.os, "replace", full)
        with pytest.raises(OSError, match="no space left"):
            store_original(b"x")
        assert files(store) == []

    def test_one_that_breaks_off_leaves_what_was_there(self, store, monkeypatch):
        digest = store_original(b"x")
        monkeypatch.setattr(originals.os, "fdopen", lambda *args: Torn(args[0]))
        with pytest.raises(OSError, match="torn"):
            store_original(b"x")
        assert files(store) == [digest]
        assert original_path(digest).read_bytes() == b"x"

    def test_stored_again_it_is_young_again(self, store):
        digest = store_original(b"x")
        age(digest)
        store_original(b"x")
        assert list(remove_originals(needed=[], before=timezone.now() - timedelta(hours=1))) == []


class Torn:
    """A file whose disk goes away in the middle."""

    def __init__(self, handle):
        self.handle = handle

    def __enter__(self):
        return self

    def __exit__(self, *error):
        os.close(self.handle)

    def write(self, data):
        os.write(self.handle, data[:1])
        raise OSError("torn")


class TestSweeping:
    def test_only_what_is_old_and_not_needed(self, store):
        needed, young, old = store_original(b"needed"), store_original(b"young"), store_original(b"old")
        age(needed, old)
        torn = store / "ab" / ".torn"
        torn.parent.mkdir(exist_ok=True)
        torn.write_bytes(b"half")
        os.utime(torn, (OLD.timestamp(), OLD.timestamp()))
        swept = remove_originals(needed=[needed], before=timezone.now() - timedelta(hours=1))
        assert sorted(swept) == sorted([old, ".torn"])
        assert files(store) == sorted([needed, young])

    def test_without_a_store(self):
        assert list(remove_originals(needed=[], before=timezone.now())) == []

    def test_two_sweeps_at_once(self, store, monkeypatch):
        """What another one took away meanwhile is no concern."""
        digests = [store_original(b"a"), store_original(b"b")]
        age(*digests)
        own = Path.unlink

        def unlink_twice(path, **options):
            own(path, **options)
            own(path, **options)

        monkeypatch.setattr(Path, "unlink", unlink_twice)
        assert list(remove_originals(needed=[], before=timezone.now())) == []
        assert files(store) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("read_inline")
class TestCommand:
    def test_what_rows_need_is_kept(self, store):
        one, two = make_world(EMPTY).assessment, make_world(EMPTY).assessment
        first, second = upload(one), upload(two)
        upload(one, OTHER)
        assert files(store) == sorted([digest_of(PAPER), digest_of(OTHER)])
        age(*files(store))
        assert sweep() == "0 files removed"

        remove_document(document=first, revision=1, by=None)
        assert sweep() == "0 files removed", "the other zone's"
        replace(second, "Iets anders.")
        assert sweep() == "1 files removed"
        assert files(store) == sorted([digest_of(OTHER), digest_of("Iets anders.")])
        for document in Document.objects.all():
            assert original_path(document.sha256).exists()

    def test_a_refused_upload_is_swept_after_its_time(self, store):
        assessment = make_world(EMPTY).assessment
        upload(assessment)
        with pytest.raises(AlreadyThere):
            upload(assessment)
        digest = store_original(b"nobody's")
        assert sweep() == "0 files removed"
        age(digest)
        assert sweep() == "1 files removed"
        assert files(store) == [digest_of(PAPER)]
