"""Which signs a text of a plan may hold, in files and forms alike."""

import pytest

from plans.planformat import ActionEntry, ObjectiveEntry, has_forbidden_signs, is_blank


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b\u200b", "\u200b \ufeff", "\u2060", "\u3164", "\u2800", "\ufe0f\u200d"]
)
def test_what_shows_nothing_is_blank(text):
    assert is_blank(text)
    assert ObjectiveEntry(title="x", number=text, due=text) == ObjectiveEntry(title="x")


@pytest.mark.parametrize("text", ["a", "0", "\u200ba", "👩\u200d🚒", "می\u200cخواهم", "co\u00adop"])
def test_a_sign_that_shows_makes_a_text_and_joiners_stay(text):
    assert not is_blank(text)
    assert not has_forbidden_signs(text)
    assert ActionEntry(title=text).title == text


@pytest.mark.parametrize("code", [0, 7, 0x85, 0xD800, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_signs_that_are_refused(code):
    assert has_forbidden_signs(f"a{chr(code)}b")
    with pytest.raises(ValueError, match="text without control characters"):
        ObjectiveEntry(title="x", number=f"a{chr(code)}b")


@pytest.mark.parametrize("sign", ["\n", "\r", "\t"])
def test_line_ends_and_tabs_are_text(sign):
    assert not has_forbidden_signs(f"a{sign}b")
