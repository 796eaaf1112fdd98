"""Which text a passage is: the same passage accepted for two items must be recognised as one."""

import hashlib


def passage_identity(*, document: str, page: int | None, quote: str) -> str:
    """SHA-256 (hexadecimal) of document, page and quote; runs of white space count as one space."""
    words = " ".join(quote.split())
    text = "\x1f".join((" ".join(document.split()), "" if page is None else str(page), words))
    return hashlib.sha256(text.encode()).hexdigest()
