"""What a plan file should hold where a problem was found, in the reader's language.

The reader of files (kiv.datafile, plans.planformat.read) gives a stable code and an English text; here the
code becomes a sentence, with the number or the list of values that the text names.
"""

import re

from django.utils.translation import gettext_lazy as _

from kiv.datafile import FileProblem
from plans.forms.sheet_problem_words import sheet_expected_words

#: Code → what is expected. %(number)s and %(list)s are read from the English text.
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
    "unknown_field": _("only the fields of the plan format"),
    "not_text": _("text"),
    "too_short": _("at least this many characters: %(number)s"),
    "too_long": _("at most %(number)s characters"),
    "not_number": _("a whole number"),
    "not_yes_no": _("true or false"),
    "not_list": _("a list"),
    "too_many": _("at most %(number)s entries"),
    "too_few": _("at least this many entries: %(number)s"),
    "not_one_of": _("one of: %(list)s"),
    "too_small": _("at least %(number)s"),
    "too_big": _("at most %(number)s"),
    "unknown_edition": _("a known edition: %(list)s"),
    "unknown_item": _("an item of the edition: %(list)s"),
    "unknown_aspect": _("an aspect of this item: %(list)s"),
    "unknown_objective": _("the number of an objective in this file"),
}
#: Where one code has several meanings, the English text says which.
EXACTLY = {
    "each name once": _("each name once"),
    "each item once": _("each item once"),
    "each objective number once": _("each objective number once"),
    "each passage once per item": _("each passage once per item"),
    "text without control characters": _("text without control characters"),
}
WHERE_TO_LOOK = _(
    "valid YAML or JSON; look at the quotation marks, colons, brackets and indentation of this line "
    "and the line before"
)
FOUND = {"a mapping": _("names with values"), "a list": _("a list")}
LINKS = "links: "


def expected_words(problem: FileProblem) -> str:
    """What belongs there; for a code that is not known here, where that is told."""
    if (words := sheet_expected_words(problem)) is not None:
        return words
    if problem.expected in EXACTLY:
        return str(EXACTLY[problem.expected])
    if problem.expected.startswith(LINKS):
        return str(_("which links of the safety chain, because the element chain_link is ticked"))
    if problem.code == "unknown_aspect" and "(none:" in problem.expected:
        return str(_("no aspect: this item has none"))
    if problem.code == "syntax" and problem.line:
        return str(WHERE_TO_LOOK)
    if problem.code not in EXPECTED:
        return str(_("what the plan format says of this field"))
    return str(EXPECTED[problem.code]) % {
        "number": _first_number(problem.expected),
        "list": _listed(problem.expected),
    }


def found_words(problem: FileProblem) -> str:
    """What stood there: quoted from the file, or in words; empty when there is nothing to quote."""
    if problem.code == "syntax":
        return ""  # the parser's own English
    if problem.code == "encoding":
        return str(_("byte %(number)s")) % {"number": _first_number(problem.found)}
    return str(FOUND.get(problem.found, problem.found))


def _first_number(text: str) -> str:
    found = re.search(r"-?\d+", text)
    return found.group() if found else ""


def _listed(text: str) -> str:
    """The values in brackets, or after "one of"; quotation marks left out."""
    in_brackets = re.search(r"\((.*)\)\s*$", text, re.DOTALL)
    values = in_brackets.group(1) if in_brackets else text.removeprefix("one of ")
    return values.replace("'", "").replace(" or ", ", ")
