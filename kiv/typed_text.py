"""A form field for text that people type or paste: too long is refused in words, never cut off.

Django gives a bounded text field the attribute `maxlength`, and a browser then cuts what is pasted, without
a word. Here the bound stands beside the control for static/js/app.js to count with, and the server says by
how much a text is too long. Not here: which signs a text may hold.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class LengthBound(MaxLengthValidator):
    """At most `limit_value` characters; the message says how many are too many."""

    def __call__(self, value: str) -> None:
        over = len(value) - self.limit_value
        if over > 0:
            text = ngettext(
                "This text is %(over)s character too long: at most %(limit)s fit. "
                "Everything you typed is still here; shorten it.",
                "This text is %(over)s characters too long: at most %(limit)s fit. "
                "Everything you typed is still here; shorten it.",
                over,
            )
            words = {"over": _number(over), "limit": _number(self.limit_value)}
            raise ValidationError(text % words, code=self.code)


class TypedTextField(forms.CharField):
    """A CharField whose `max_length` cuts nothing off."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.validators = [each for each in self.validators if type(each) is not MaxLengthValidator]
        if max_length is not None:
            self.validators.append(LengthBound(max_length))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if (limit := attrs.pop("maxlength", None)) is not None:
            attrs["data-limit"] = limit
            attrs["data-left"] = _("%s characters left")
            attrs["data-over"] = _("%s characters too many")
        return attrs


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)
