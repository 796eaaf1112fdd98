"""Files that no attachment names, left by a process that was killed: swept, and nothing else."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories.framework import AttachmentFactory

pytestmark = pytest.mark.django_db
LONG_AGO = (timezone.now() - timedelta(hours=2)).timestamp()


@pytest.fixture
def named(settings, tmp_path) -> Path:
    """The file of an attachment; another attachment has none."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    AttachmentFactory()
    path = Path(AttachmentFactory(uploaded=True, file="framework/1/1.pdf").file.path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF")
    return path


def age(*paths: Path) -> None:
    for path in paths:
        os.utime(path, (LONG_AGO, LONG_AGO))


def sweep() -> str:
    out = StringIO()
    call_command("sweep_originals", stdout=out)
    return out.getvalue().strip()


def test_what_no_attachment_names_goes(named):
    strays = [named.with_name("2.pdf"), named.with_name("1_a.pdf")]
    for path in strays:
        path.write_bytes(b"%PDF")
    age(named, *strays)
    assert sweep() == "2 files removed"
    assert list(named.parent.iterdir()) == [named]


def test_what_may_still_be_on_its_way_stays(named):
    stray = named.with_name("2.pdf")
    stray.write_bytes(b"%PDF")
    assert sweep() == "0 files removed"
    assert sorted(named.parent.iterdir()) == [named, stray]
