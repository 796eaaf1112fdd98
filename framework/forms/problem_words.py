"""What an edition file should hold where a problem was found, in the reader's language."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiv.datafile import FileProblem

#: Code → what is expected; %(number)s (the last one) and %(list)s are read from the English text.
EXPECTED = {
    "too_large": _("a file of at most %(number)s KiB"),
    "encoding": _("UTF-8 text"),
    "nul": _("text without NUL characters"),
    "syntax": _("valid YAML or JSON"),
    "alias": _("a file without YAML anchors (&) and aliases (*)"),
    "tag": _("a file without YAML tags (!)"),
    "sign": _("text without hidden control signs"),
    "name": _("names that are plain text"),
    "depth": _("at most %(number)s levels of nesting"),
    "not_mapping": _("names with their values"),
    "missing": _("a value, which is missing"),
    "unknown_field": _("only the fields of the edition format"),
    "not_text": _("text"),
    "too_long": _("at most %(number)s characters"),
    "not_number": _("a whole number"),
    "not_yes_no": _("true or false"),
    "not_list": _("a list"),
    "too_many": _("at most %(number)s entries"),
    "too_few": _("at least this many entries: %(number)s"),
    "not_one_of": _("one of: %(list)s"),
    "too_short": _("at least this many characters: %(number)s"),
    "too_small": _("at least %(number)s"),
    "too_big": _("at most %(number)s"),
    "not_date": _("a date, year-month-day"),
    "duplicate": _("each name and code once"),
    "order": _("the first year, then the last"),
    "no_text": _("only languages in which the title has a text"),
    "itself": _("the code of another edition"),
    "unknown_edition": _("an edition of the same series that is here"),
    "circle": _("an edition that does not come after this one"),
    "in_use": _("every item that plans already name"),
    "published": _("what was published: this cannot change"),
    "unknown_item": _("the code of an item of the edition before"),
    "no_predecessor": _("an edition with a predecessor"),
    "double": _("each old and new item together once"),
    "no_target": _("a new item, or the relation none"),
    "target_of_none": _("no new item where the relation is none"),
    "ended": _("nothing else about an old item that has the relation none"),
    "second_new": _("one new item that an old item is equal or equivalent to"),
    "second_old": _("one old item that is equal or equivalent to a new item"),
}
#: Where one code has several meanings, how the English text of each ends.
EXACTLY = {
    "the code of an item of this edition": _("the code of an item of this edition"),
    "text without control characters": _("text without control characters"),
    "text that is not empty": _("text that is not empty"),
    "lower-case letters, digits and hyphens": _("1 to %(number)s lower-case letters, digits and hyphens"),
    "letters, digits, dots and hyphens": _("1 to %(number)s letters, digits, dots and hyphens"),
}
FOUND = {
    "a mapping": _("names with values"),
    "a list": _("a list"),
    "nothing": pgettext_lazy("found in a file", "nothing"),
}
#: What stood there, in the reader of files' own English, as far as a number of it can be told.
COUNTED = {
    "syntax": (r"column (\d+)$", _("not readable from column %(number)s")),
    "encoding": (r"byte (\d+)$", _("byte %(number)s")),
}


def expected_words(problem: FileProblem) -> str:
    """What belongs there; a rule without a sentence of its own is told as the format tells it."""
    exact = (words for end, words in EXACTLY.items() if problem.expected.endswith(end))
    words = next(exact, EXPECTED.get(problem.code))
    if words is None:
        return problem.expected
    return str(words) % {
        "number": _last_number(problem.expected),
        "list": ", ".join(re.findall(r"'([^']*)'", problem.expected)),
    }


def found_words(problem: FileProblem) -> str:
    """What stood there: quoted from the file, or in words; of what cannot be read, where that begins."""
    if problem.code in COUNTED:
        pattern, words = COUNTED[problem.code]
        found = re.search(pattern, problem.found)
        return str(words) % {"number": found.group(1)} if found else ""
    return str(FOUND.get(problem.found, problem.found))


def _last_number(text: str) -> str:
    return next(reversed(re.findall(r"-?\d+", text)), "")
