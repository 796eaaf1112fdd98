"""`manage.py load_edition`: what it prints and with which status it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from framework.models import Edition
from tests.framework.sample import SAMPLE, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "edition.yaml"
    path.write_text(SAMPLE)
    return path


def run(path, *options) -> str:
    out = StringIO()
    call_command("load_edition", str(path), *options, stdout=out)
    return out.getvalue()


def refuse(path, *options) -> tuple[list[str], CommandError]:
    err = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("load_edition", str(path), *options, stdout=StringIO(), stderr=err)
    return err.getvalue().splitlines(), refused.value


def test_it_says_what_it_did(file):
    assert run(file) == "test-2030: created (draft)\n"
    assert run(file) == "test-2030: unchanged (draft)\n"
    assert run(file, "--publish") == "test-2030: unchanged, published\n"
    assert run(file, "--publish") == "test-2030: unchanged (published)\n"


def test_it_names_the_texts_it_kept_and_replaces_them_when_told(file):
    run(file, "--publish")
    file.write_bytes(changed(("en: about bicycles", "en: about bikes")))
    assert run(file) == (
        "test-2030: unchanged (published)\n"
        "1 text(s) differ from the file and were kept (--update-texts):\n"
        "  items[1].summary\n"
    )
    assert run(file, "--update-texts") == "test-2030: updated (published)\n"


def test_every_error_has_its_own_line_and_the_status_is_2(file):
    file.write_bytes(changed(("kind: theme", "kind: cluster"), ("[2030, 2033]", "[2033, 2030]")))
    lines, error = refuse(file, "--publish")
    assert lines == [
        f'{file}: line 7, period: expected the first year, then the last, found "[2033, 2030]"',
        f"{file}: line 37, items[2].kind: expected 'priority' or 'theme', found \"cluster\"",
    ]
    assert (error.returncode, str(error)) == (2, f"{file}: 2 error(s), nothing was changed")
    assert not Edition.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    lines, error = refuse(tmp_path / "none.yaml")
    assert (lines, error.returncode) == ([], 2)
