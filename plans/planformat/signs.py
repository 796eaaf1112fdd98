"""Which signs a text of a plan may hold, and which texts show nothing: the same in files and in forms."""

import unicodedata

#: They make following text read in another order than it was typed: what is shown is not what is stored.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Letters, marks and symbols that show nothing: fillers, the empty Braille cell, variation selectors.
SHOWING_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}


def has_forbidden_signs(text: str) -> bool:
    """Control characters other than line ends and tabs, half surrogate pairs, and bidi controls.

    Other format characters stay: emoji and several scripts are joined with them.
    """
    if text.isprintable():  # soonest told of most texts: none of these signs is printable
        return False
    return any(
        sign in BIDI_CONTROLS or (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\r\t")
        for sign in text
    )


def is_blank(text: str) -> bool:
    """Whether nothing of the text shows: white space and format characters (Cf) only, or nothing at all."""
    return all(
        sign.isspace() or sign in SHOWING_NOTHING or unicodedata.category(sign) == "Cf" for sign in text
    )
