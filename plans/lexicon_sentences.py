"""What pages say of a lexicon in the reader's language: findings at a term, kinds, sections and cues.

What was found is decided in plans.matching and selectors.lexicon_findings; here are only the words.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from kiv.http import LANGUAGE_NAMES
from plans.matching import Cue, Scope, TermKind
from plans.selectors.lexicon_findings import Placed

KINDS = {
    TermKind.POSITIVE: gettext_lazy("counts by itself"),
    TermKind.NEEDS_CONTEXT: gettext_lazy("counts only near other words"),
    TermKind.NEGATIVE: gettext_lazy("takes terms of this item away"),
}
SCOPES = {
    Scope.PASSAGE: gettext_lazy("in the whole passage"),
    Scope.SENTENCE: gettext_lazy("in the same sentence"),
    Scope.SPAN: gettext_lazy("where they overlap"),
}
SECTIONS = {
    "contexts": gettext_lazy("Words near which a term counts"),
    "cues": gettext_lazy("Words that say how to read a passage"),
    "stems": gettext_lazy("Words that keep their own stem"),
    "parts": gettext_lazy("Parts of compounds"),
    "common": gettext_lazy("Everyday words"),
    "titles": gettext_lazy("Official titles"),
}
SECTION_HELP = {
    "contexts": gettext_lazy(
        "Each list has a name. A group of terms that counts only near other words gives the names of lists."
    ),
    "cues": gettext_lazy(
        "These belong to no item. They tell priorities from regular work, find what is denied, and propose "
        "what to tick."
    ),
    "stems": gettext_lazy(
        "The program cuts words down to their stem. Where two words would meet, write the word, a colon and "
        "its forms, such as “drogue: drogues”. Without capitals and accents."
    ),
    "parts": gettext_lazy(
        "A Dutch or German compound comes apart when all its parts stand here or are terms."
    ),
    "common": gettext_lazy("None of these may be found by a term: the check list tells which one would."),
    "titles": gettext_lazy("A passage with three of these word for word repeats the national list."),
}
CUES = {
    Cue.PRIORITY: gettext_lazy("Own or retained priorities"),
    Cue.NATIONAL: gettext_lazy("The national list"),
    Cue.INTERNAL: gettext_lazy("Internal priorities"),
    Cue.EXTERNAL: gettext_lazy("External priorities"),
    Cue.NEGATION: gettext_lazy("What is denied"),
    Cue.NEGATION_AT_END: gettext_lazy("What is denied, only at the end of a clause"),
    Cue.NOT_RETAINED: gettext_lazy("What was not retained"),
    Cue.REGULAR: gettext_lazy("Regular work"),
    Cue.CONTRAST: gettext_lazy("“But”: a new clause begins"),
    Cue.SERVICES: gettext_lazy("What every police force does"),
    Cue.QUESTION: gettext_lazy("Questionnaires"),
    Cue.CONTACT: gettext_lazy("Addresses and opening hours"),
    Cue.POLICY: gettext_lazy("Words of policy"),
    Cue.OBJECTIVE: gettext_lazy("Proposes: objective"),
    Cue.RESULT: gettext_lazy("Proposes: result"),
    Cue.ACTION: gettext_lazy("Proposes: action"),
    Cue.DESCRIPTION: gettext_lazy("Proposes: description"),
    Cue.SOURCE: gettext_lazy("Proposes: source"),
    Cue.TARGET_GROUP: gettext_lazy("Proposes: target group or area"),
    Cue.DUE: gettext_lazy("Proposes: due date"),
    Cue.RESPONSIBLE: gettext_lazy("Proposes: responsible"),
    Cue.CAPACITY: gettext_lazy("Proposes: capacity"),
    Cue.INDICATOR: gettext_lazy("Proposes: indicator"),
    Cue.TARGET_VALUE: gettext_lazy("Proposes: target value"),
    Cue.BASELINE: gettext_lazy("Proposes: baseline"),
    Cue.FREQUENCY: gettext_lazy("Proposes: frequency"),
    Cue.PARTNER: gettext_lazy("Proposes: partner"),
    Cue.PROACTION: pgettext_lazy("cue", "Proposes the link: proaction"),
    Cue.PREVENTION: pgettext_lazy("cue", "Proposes the link: prevention"),
    Cue.PREPARATION: pgettext_lazy("cue", "Proposes the link: preparation"),
    Cue.REACTION: pgettext_lazy("cue", "Proposes the link: reaction"),
    Cue.AFTERCARE: pgettext_lazy("cue", "Proposes the link: aftercare"),
}
FINDINGS = {
    "syntax": gettext_lazy("“%(text)s” cannot be read. See how a term is written."),
    "duplicate": gettext_lazy("“%(text)s” stands here already, perhaps in another form. Keep one."),
    "everyday_word": gettext_lazy(
        "“%(text)s” would also find the everyday word “%(other)s”. Write “=%(text)s” for exactly this form, "
        "or let it keep its own stem."
    ),
    "claimed_twice": gettext_lazy(
        "“%(text)s” counts by itself for %(other)s too. Let one of them count only near other words."
    ),
    "no_positive": gettext_lazy("No term of %(text)s counts by itself in this language. Add one."),
    "context": gettext_lazy(
        "A group that counts only near other words names those words; any other group names none."
    ),
    "unknown_context": gettext_lazy("“%(text)s” names no list of words and no item. Correct the name."),
    "item_missing": gettext_lazy("%(text)s has terms in another language and none in this one."),
    "shared": gettext_lazy("“%(text)s” is also a term of %(other)s, near other words. Is that meant?"),
    "short": gettext_lazy(
        "“%(text)s” is short: it may be a name or another word. “=” before capitals finds only capitals."
    ),
    "open": gettext_lazy("“%(text)s” is open after few letters: it finds every word that begins or ends so."),
    "unknown_item": gettext_lazy("The edition has no item %(text)s. Its terms suggest nothing."),
    "unknown_aspect": gettext_lazy("The item has no aspect “%(text)s” in this edition."),
    "no_terms": gettext_lazy("%(text)s has no terms. Nothing will be suggested for it."),
    "language_missing": gettext_lazy("There are no words in this language. Such texts get no suggestions."),
}


def finding_sentence(placed: Placed) -> str:
    """What is wrong, and what to do about it."""
    finding = placed.finding
    return str(FINDINGS[finding.code]) % {"text": finding.text, "other": finding.other}


def place_words(placed: Placed) -> str:
    """Where it is: the item or the section, and the language."""
    part = placed.part
    where = [part.item or (str(SECTIONS[part.section]) if part.section in SECTIONS else "")]
    if placed.language:
        where.append(LANGUAGE_NAMES[placed.language])
    return ", ".join(filter(None, where))


def group_words(group: Mapping[str, Any]) -> str:
    """A group of terms in one line, for two states side by side."""
    words = [
        _("weight %(weight)s") % {"weight": group["weight"]},
        str(KINDS[TermKind(group["kind"])]),
        str(SCOPES[Scope(group["scope"])]),
    ]
    if group["aspect"]:
        words.append(_("aspect %(aspect)s") % {"aspect": group["aspect"]})
    if group["context"]:
        words.append(_("near %(names)s") % {"names": ", ".join(group["context"])})
    return pgettext("group of terms", "%(words)s: %(terms)s") % {
        "words": ", ".join(words),
        "terms": ", ".join(group["terms"]),
    }
