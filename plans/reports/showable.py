"""Texts in signs that a PDF of ours can show: what is given to a template of typst/ passes through here."""

import json
import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

#: What the typefaces inside typst can show from left to right: Latin, Greek, Cyrillic, and common symbols.
#: PDF/UA refuses a sign without a shape, and typst 0.15 breaks down over some mixtures of directions.
SHOWN = re.compile(
    r"[\n\t\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0300-\u036f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1fff"
    r"\u2010-\u2015\u2018-\u2027\u2030-\u203a\u20ac\u2116\u2122\u2190-\u22ff\u25a0-\u25ff]"
)
INSTEAD = "□"
#: Longer words may break anywhere: a column is narrower than they are.
LONG_WORD = re.compile(r"\S{24}(?=\S{4})")
BREAK = "\u200b"


def replaced_sentence(data: Any) -> str:
    """What is said in the file when some sign of it had to be replaced; else empty."""
    if INSTEAD not in json.dumps(data, ensure_ascii=False):
        return ""
    return _("%(sign)s stands for a sign that this file cannot show.") % {"sign": INSTEAD}


def showable(value: Any) -> Any:
    """The same structure of dicts and lists with texts that can be set."""
    if isinstance(value, str):
        return LONG_WORD.sub(rf"\g<0>{BREAK}", "".join(map(_sign, unicodedata.normalize("NFC", value))))
    if isinstance(value, dict):
        return {key: showable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [showable(part) for part in value]
    return value


def _sign(sign: str) -> str:
    if SHOWN.match(sign) and unicodedata.category(sign) != "Cn":
        return sign
    # Format characters show nothing by themselves: joiners, soft hyphens, marks of direction.
    return "" if unicodedata.category(sign) == "Cf" else INSTEAD
