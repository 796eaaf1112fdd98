"""Texts of the chapters before any format has them."""

import pytest

from plans.reports.chapter_types import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x0bc", "abc"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("\u202egnirts\u202c", "gnirts"),
        ("x\ufffey\ud800z\ue000", "xyz"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_signs_that_no_format_takes_are_gone(typed, kept):
    assert clean(typed) == kept
