"""What the matcher says, as sentences in the reader's language: tiers, rules, and why a word did not count.

The matcher's own reasons stand in plans.matching; here are only the words. Sentences about scores:
plans.sentences.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from plans.matching import Refusal, Rule, Tier
from plans.matching.lexicon import PRIORITY, SHORT

#: How many words that would have made a term count are named.
MAX_EXAMPLES = 6

TIERS = {
    Tier.STRONG: lambda: _("strong indication"),
    Tier.POSSIBLE: lambda: _("possible indication"),
}
RULES = {
    Rule.TERMS: lambda: _("These words stand in the passage itself."),
    Rule.SHORT_ENTRY: lambda: _("These words are nearly the whole entry, so they weigh more."),
    Rule.PRIORITY_LIST: lambda: _("These words stand among own or retained priorities, so they weigh more."),
    Rule.HEADING: lambda: _("The heading above names this; the passage below it probably speaks of it too."),
    Rule.ENUMERATION: lambda: _("The list repeats the national list: a mention, no choice of the zone."),
    Rule.CONTENTS: lambda: _("A line of the table of contents: it names a chapter and says nothing more."),
    Rule.NEGATION: lambda: _(
        "The text names this as not retained: it can help with the motivation, it is no evidence."
    ),
}


def tier_words(tier: str) -> str:
    """ "strong indication"; for no tier that of a lead to a motivation."""
    return TIERS[Tier(tier)]() if tier else _("possible motivation")


def rule_sentence(rule: str) -> str:
    """Why a suggestion stands in its tier; empty for what a person found without the matcher."""
    return RULES[Rule(rule)]() if rule else ""


def refusal_sentence(refusal: str, because: str = "", examples: Sequence[str] = ()) -> str:
    """Why a word that stands in the passage does not count.

    `because` as the matcher gives it: the term or negation that decided, or names of contexts. `examples`:
    words that would have made it count; contexts have no words of their own to show.
    """
    match Refusal(refusal):
        case Refusal.NO_CONTEXT:
            return _context_sentence(because.split(", "), examples)
        case Refusal.NEGATIVE_TERM if because:
            return _("It does not count because of “%(words)s”, which points to something else.") % {
                "words": shown_term(because)
            }
        case Refusal.NEGATIVE_TERM:
            return _("It points to something else, so it counts against this item.")
        case Refusal.NEGATION if because:
            return _("It is denied: “%(words)s”.") % {"words": shown_term(because)}
        case Refusal.NEGATION:
            return _("It stands below a heading of what was not retained.")
        case Refusal.SERVICES:
            return _("The passage lists what every police force does; that is no choice of the zone.")
        case Refusal.QUESTION:
            return _("It stands in a question, as in a questionnaire.")
        case Refusal.CONTACT:
            return _("The passage holds addresses, telephone numbers or opening hours, and no policy.")
        case Refusal.INTERNAL:
            return _("It stands among internal priorities; those are not compared.")
        case Refusal.COVERED:
            return _("It is part of a longer expression that counts already, or stood there before.")


def _context_sentence(names: Sequence[str], examples: Sequence[str]) -> str:
    ways = []
    if examples:
        ways.append(
            _("near a word such as %(words)s")
            % {
                "words": ", ".join(
                    _("“%(word)s”") % {"word": shown_term(word)} for word in examples[:MAX_EXAMPLES]
                )
            }
        )
    if SHORT in names:
        ways.append(_("as an entry of a few words"))
    if PRIORITY in names:
        ways.append(_("among own or retained priorities"))
    if not ways:
        return _("By itself it can mean many things; here nothing shows that this is meant.")
    return _("By itself it can mean many things. It counts only %(ways)s.") % {"ways": _either(ways)}


def _either(ways: Sequence[str]) -> str:
    if len(ways) == 1:
        return ways[0]
    return _("%(first)s or %(last)s") % {"first": ", ".join(ways[:-1]), "last": ways[-1]}


def shown_term(term: str) -> str:
    """A term of the lexicon without the signs that say how it is looked for (docs/matching.md)."""
    words = " ".join(word.strip("~=") for word in term.split())
    return words.replace(" .. ", " … ").replace(" + ", " … ").strip("-")


def verdict_sentence(score: int, needed: int, tier: str) -> str:
    """How far the words of a passage carry for an item (matching.WhyNot). Weights run to 100."""
    figures = {"score": score, "needed": needed}
    match tier:
        case Tier.STRONG:
            return _("This item is suggested here, as a strong indication.")
        case Tier.POSSIBLE:
            return (
                _(
                    "This item is suggested here as a possible indication: the words weigh %(score)s; "
                    "a strong one asks %(needed)s."
                )
                % figures
            )
    if score:
        return _("Not suggested: the words that count weigh %(score)s; %(needed)s is asked.") % figures
    return _("Not suggested: no word that counts for this item stands here.")
