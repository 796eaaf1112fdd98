"""The lexicon of an edition as the matcher takes it: from the database, compiled once per process."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from framework.models import Edition, LexiconVersion
from plans import matching


@dataclass(frozen=True, slots=True)
class ReadyLexicon:
    """A stored version with its compiled form; `version` has no `content` loaded."""

    version: LexiconVersion
    compiled: matching.CompiledLexicon


def lexicon_in_force(edition: Edition) -> ReadyLexicon | None:
    """The version put in force last, None without one. One query, two when not compiled yet."""
    version = LexiconVersion.objects.in_force_first().filter(edition=edition).defer("content").first()
    return None if version is None else compiled_version(version)


def compiled_version(version: LexiconVersion) -> ReadyLexicon:
    """A version, be it a draft, ready to match. One query when its content is neither loaded nor compiled."""
    return ReadyLexicon(version, _compiled(version.sha256, _Source(version)))


class _Source:
    """Hands the content over when it is asked for; not part of the key under which it is kept."""

    def __init__(self, version: LexiconVersion) -> None:
        self.version = version

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source)

    def read(self) -> dict[str, Any]:
        return self.version.content


@lru_cache(maxsize=4)
def _compiled(digest: str, source: _Source) -> matching.CompiledLexicon:
    """`digest` is that of the content, so that the same content is compiled once whatever its row."""
    return matching.compile_lexicon(matching.lexicon_of(source.read()))
