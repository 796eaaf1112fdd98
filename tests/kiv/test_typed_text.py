"""Text that is too long: nothing of it is cut off, and one sentence says by how much."""

import pytest
from django import forms

from kiv.typed_text import TypedTextField


class Bounded(forms.Form):
    line = TypedTextField(max_length=1_200, widget=forms.Textarea)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(
    ("length", "errors"),
    [
        (1_200, []),
        (
            1_201,
            [
                "This text is 1 character too long: at most 1\xa0200 fit. "
                "Everything you typed is still here; shorten it."
            ],
        ),
        (
            2_500,
            [
                "This text is 1\xa0300 characters too long: at most 1\xa0200 fit. "
                "Everything you typed is still here; shorten it."
            ],
        ),
    ],
)
def test_says_how_much_is_too_much_and_keeps_it(length, errors):
    form = Bounded({"line": "x" * length})
    assert form.errors.get("line", []) == errors
    assert "x" * length in str(form["line"])


def test_browser_counts_and_cuts_nothing():
    attrs = Bounded().fields["line"].widget.attrs
    assert attrs["data-limit"] == "1200"
    assert "maxlength" not in attrs


def test_a_text_without_a_bound_is_as_it_was():
    field = TypedTextField(widget=forms.Textarea)
    assert field.clean("x" * 100_000) == "x" * 100_000
    assert "data-limit" not in field.widget.attrs
