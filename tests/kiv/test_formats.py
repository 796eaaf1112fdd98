"""Dates and numbers look Belgian in every language."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, translation

LANGUAGES = ["nl", "fr", "de", "en"]
DAY = datetime.date(2022, 3, 31)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_decimals(language):
    with translation.override(language):
        assert formats.date_format(DAY) == "31/03/2022"
        assert formats.date_format(DAY, "SHORT_DATE_FORMAT") == "31/03/2022"
        moment = datetime.datetime(2022, 3, 31, 14, 2)  # noqa: DTZ001
        assert formats.date_format(moment, "DATETIME_FORMAT") == "31/03/2022 14:02"
        assert formats.localize(Decimal("1234.5")) == "1234,5"
        assert formats.number_format(1234567, use_l10n=True, force_grouping=True) == "1\u00a0234\u00a0567"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["31/03/2022", "2022-03-31", "31-03-2022", "31.03.2022"])
def test_dates_as_people_and_browsers_write_them(language, text):
    with translation.override(language):
        assert forms.DateField().clean(text) == DAY


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decimal_with_a_comma_or_a_point(language):
    with translation.override(language):
        field = forms.DecimalField(localize=True)
        assert field.clean("12,5") == Decimal("12.5")
        assert field.clean("12.5") == Decimal("12.5")
