"""What an edition file should hold where a problem was found, in the reader's language."""

import re

from django.utils.translation import gettext_lazy as _

from kiv.datafile import FileProblem

#: Code → what is expected; %(number)s is read from the English text.
EXPECTED = {
    "too_large": _("a file of at most %(number)s KiB"),
    "encoding": _("UTF-8 text"),
    "nul": _("text without NUL characters"),
    "syntax": _("valid YAML or JSON"),
    "alias": _("a file without YAML anchors (&) and aliases (*)"),
    "tag": _("a file without YAML tags (!)"),
    "sign": _("text without hidden control signs"),
    "name": _("names that are plain text"),
    "not_mapping": _("names with their values"),
    "missing": _("a value, which is missing"),
    "unknown_field": _("only the fields of the edition format"),
    "not_text": _("text"),
    "too_long": _("at most %(number)s characters"),
    "not_number": _("a whole number"),
    "not_list": _("a list"),
    "too_many": _("at most %(number)s entries"),
    "too_few": _("at least this many entries: %(number)s"),
    "not_date": _("a date, year-month-day"),
    "duplicate": _("each name and code once"),
    "order": _("the first year, then the last"),
    "no_text": _("only languages in which the title has a text"),
    "itself": _("the code of another edition"),
    "unknown_edition": _("an edition of the same series that is here"),
    "circle": _("an edition that does not come after this one"),
    "in_use": _("every item that plans already name"),
    "published": _("what was published: this cannot change"),
}


def expected_words(problem: FileProblem) -> str:
    """What belongs there; a rule without a sentence of its own is told as the format tells it."""
    if problem.code not in EXPECTED:
        return problem.expected
    number = re.search(r"\d+", problem.expected)
    return str(EXPECTED[problem.code]) % {"number": number.group() if number else ""}
