"""From passages to suggestions: which items a text seems to address, and why (docs/matching.md).

Pure Python: no Django, no database, nothing of plans.extraction. `compile_lexicon` once, then `match` a
passage or `match_document` a whole one; `why_not` explains what was not suggested.
"""

from plans.matching.cautions import find_cautions
from plans.matching.enumeration import match_document, match_passage
from plans.matching.evaluate import BadRows, as_data, evaluate, parse_rows, suggest, wilson
from plans.matching.guards import Finding, find_blockers, is_readable
from plans.matching.lexicon import Cue, LanguageLexicon, Lexicon, Scope, Term, TermKind
from plans.matching.lexicon_file import (
    LexiconFile,
    content_of,
    in_order,
    join_languages,
    lexicon_of,
    parse_lexicon_file,
    read_lexicon,
    read_shipped_lexicon,
    shipped_files,
)
from plans.matching.lexicon_writing import language_as_yaml
from plans.matching.matcher import (
    MATCHER_VERSION,
    CompiledLexicon,
    HeadingCache,
    compile_lexicon,
    explain,
    match,
    why_not,
)
from plans.matching.succession import NewItem, lead_over
from plans.matching.types import Hit, Match, MatchInput, PassageKind, Refusal, Rule, Tier, WhyNot

__all__ = [
    "MATCHER_VERSION",
    "BadRows",
    "CompiledLexicon",
    "Cue",
    "Finding",
    "HeadingCache",
    "Hit",
    "LanguageLexicon",
    "Lexicon",
    "LexiconFile",
    "Match",
    "MatchInput",
    "NewItem",
    "PassageKind",
    "Refusal",
    "Rule",
    "Scope",
    "Term",
    "TermKind",
    "Tier",
    "WhyNot",
    "as_data",
    "compile_lexicon",
    "content_of",
    "evaluate",
    "explain",
    "find_blockers",
    "find_cautions",
    "in_order",
    "is_readable",
    "join_languages",
    "language_as_yaml",
    "lead_over",
    "lexicon_of",
    "match",
    "match_document",
    "match_passage",
    "parse_lexicon_file",
    "parse_rows",
    "read_lexicon",
    "read_shipped_lexicon",
    "shipped_files",
    "suggest",
    "why_not",
    "wilson",
]
