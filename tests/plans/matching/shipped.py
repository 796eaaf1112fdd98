"""The shipped lexicon, compiled once for all tests, and short ways to ask it."""

from functools import cache
from pathlib import Path

from plans.matching import MatchInput, compile_lexicon, match_document, match_passage, read_shipped_lexicon

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parent / "data"
FOLDER = ROOT / "framework" / "data"
EDITION = "kiv-2022-2024"


@cache
def shipped():
    return compile_lexicon(read_shipped_lexicon(FOLDER, EDITION))


def matches(text, language="nl", **options):
    return match_passage(MatchInput(text, language, **options), shipped())


def items(text, language="nl", **options):
    """Item → tier of one passage; leads left out."""
    return {found.item: str(found.tier) for found in matches(text, language, **options) if found.tier}


def leads(text, language="nl", **options):
    return {found.item for found in matches(text, language, **options) if found.is_lead}


def document(*passages):
    return match_document(passages, shipped())
