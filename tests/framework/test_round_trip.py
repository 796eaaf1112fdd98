"""Export → import → export gives the same bytes: for the shipped editions, and for any edition at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings

from framework.export import edition_as_data, edition_as_json, edition_as_yaml, json_of, yaml_of
from framework.models import Edition
from framework.services import Outcome, load_edition
from tests.factories.framework import EditionFactory
from tests.framework.editions import edition_files
from tests.framework.test_shipped import DATA, FILES

pytestmark = pytest.mark.django_db
FORMATS = {"json": (json_of, edition_as_json), "yaml": (yaml_of, edition_as_yaml)}
each_format = pytest.mark.parametrize("format", FORMATS)


def export(code: str, *options: str) -> str:
    out = StringIO()
    call_command("export_edition", code, *options, stdout=out)
    return out.getvalue()


@each_format
@given(data=edition_files())
@settings(max_examples=10)
def test_any_edition_comes_back_byte_for_byte(format, data):
    write, export_edition = FORMATS[format]
    with transaction.atomic():
        edition = load_edition(data=write(data), by=None).edition
        first = export_edition(edition)
        stored = edition_as_data(edition)
        assert {name: value for name, value in stored.items() if data[name] != value} == {}
        assert first == write(data)
        assert load_edition(data=first, by=None).outcome == Outcome.UNCHANGED
        transaction.set_rollback(True)


@each_format
def test_the_shipped_editions_come_back_byte_for_byte(format, tmp_path):
    for code in FILES:
        load_edition(data=(DATA / f"{code}.yaml").read_bytes(), by=None, should_publish=True)
    for code in reversed(FILES):
        first = export(code, "--format", format)
        path = tmp_path / "edition"
        path.write_text(
            first.replace(f"code: {code}\n", "code: again\n").replace(
                f'"{code}",\n  "pre', '"again",\n  "pre'
            )
        )
        call_command("load_edition", str(path), verbosity=0)
        again = Edition.objects.get(code="again")
        assert export("again", "--format", format) == path.read_text()
        assert {**edition_as_data(again), "code": code} == edition_as_data(Edition.objects.get(code=code))
        again.delete()


def test_the_command_writes_a_file_that_loading_finds_unchanged(tmp_path):
    EditionFactory(code="kiv-2030", items=("A1",), criteria=True)
    path = tmp_path / "kiv-2030.yaml"
    assert export("kiv-2030", "--output", str(path)) == ""
    out = StringIO()
    call_command("load_edition", str(path), stdout=out)
    assert out.getvalue() == "kiv-2030: unchanged (draft)\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("none",), "none: there is no such edition"),
        (("empty",), "empty: this draft is not complete enough for a file"),
        (("whole", "--output", "/nowhere/at/all"), "/nowhere/at/all: No such file or directory"),
    ],
)
def test_what_cannot_be_exported_says_why(arguments, expected):
    EditionFactory(code="empty", criteria=True)
    EditionFactory(code="whole", items=("A1",), criteria=True)
    err = StringIO()
    with pytest.raises(CommandError, match=expected) as refused:
        call_command("export_edition", *arguments, stdout=StringIO(), stderr=err)
    assert refused.value.returncode == 2
    assert err.getvalue() == ("empty: items: expected 1 or more entries\n" if arguments[0] == "empty" else "")
