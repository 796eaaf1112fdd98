"""Whatever is uploaded: a document or a refusal with its code, and nothing left behind."""

import os
from pathlib import Path

import pytest

from plans.extraction import Code, Limits, Refused, extract
from tests.plans.extraction.bad_files import make_bad_files

BAD = make_bad_files()


def list_children() -> list[str]:
    """Process numbers of living or unburied children."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    return [number for task in tasks.iterdir() for number in (task / "children").read_text().split()]


def count_open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_there_are_many_kinds():
    assert len(BAD) >= 60
    assert {code for _, _, code in BAD.values()} | {Code.TOO_SLOW} == set(Code)


@pytest.mark.parametrize("kind", BAD)
def test_bad_file_is_refused_with_its_code_and_leaves_nothing(kind):
    name, data, code = BAD[kind]
    before = (list_children(), count_open_files())
    with pytest.raises(Refused) as refusal:
        extract(data, name=name)
    assert refusal.value.code is code, str(refusal.value)
    assert (list_children(), count_open_files()) == before


def test_limits_refuse_what_goes_beyond_them():
    text = ("plan.txt", b"Verkeer. " * 400)
    for limits, code in (
        (Limits(bytes=100), Code.TOO_LARGE),
        (Limits(characters=100), Code.TOO_LARGE),
        (Limits(passages=2), Code.TOO_LARGE),
        (Limits(output=50), Code.TOO_LARGE),
    ):
        with pytest.raises(Refused) as refusal:
            extract(text[1], name=text[0], limits=limits)
        assert refusal.value.code is code, limits
