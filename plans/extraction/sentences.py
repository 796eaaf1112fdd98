"""Splitting what is too long for one passage, at the ends of sentences. Offsets are the caller's."""

import re

#: After a full stop, a capital, figure or quote must follow; not after an abbreviation or an initial.
_END = re.compile(r"(?<=[.!?;…])(?:\s?[»”\")])?\s+(?=[\"“«(]?[A-ZÀ-ÖØ-Þ0-9•–-])|\s+(?=\|\s)|\s(?=[•▪➢➤]\s)")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:art|nr|dhr|mevr|blz|p|pag|bv|bijv|cfr|cf|m\.b\.t|o\.a|m\.a\.w|d\.w\.z|i\.k\.v|t\.a\.v|enz|resp|incl|excl"
    r"|max|min|ca|dr|mr|st|vgl|bzw|z\.b|u\.a|d\.h|usw|ggf|inkl|nl|al|ex|av|pp|hfst|tel|no|mme|m))\.$",
    re.IGNORECASE,
)


def split_sentences(text: str) -> list[str]:
    parts, begin = [], 0
    for found in _END.finditer(text):
        if _ABBREVIATION.search(text, max(0, found.start() - 12), found.start()):
            continue
        parts.append(text[begin : found.end()].strip())
        begin = found.end()
    parts.append(text[begin:].strip())
    return [part for part in parts if part]


def split_long(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` letters, whole sentences where that is possible, of similar length."""
    if len(text) <= limit:
        return [text]
    # Not one full piece and a crumb: as many pieces as needed, equally long.
    aim = min(limit, len(text) // -(-len(text) // limit) + 120)
    pieces: list[str] = []
    for sentence in split_sentences(text):
        for part in _cut(sentence, limit):
            if pieces and len(pieces[-1]) + 1 + len(part) <= aim:
                pieces[-1] = f"{pieces[-1]} {part}"
            else:
                pieces.append(part)
    return pieces


def _cut(sentence: str, limit: int) -> list[str]:
    """A sentence that is itself too long: at a space, else anywhere."""
    parts, begin = [], 0
    while len(sentence) - begin > limit:
        cut = sentence.rfind(" ", begin + 1, begin + limit + 1)
        if cut < 0:
            cut = begin + limit
        parts.append(sentence[begin:cut].strip())
        begin = cut
    parts.append(sentence[begin:].strip())
    return [part for part in parts if part]
