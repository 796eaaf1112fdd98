"""Lexicon files (`kiv-lexicon/1`, one per language) → a Lexicon, or FileRefused with every problem.

What lives here: the format as pydantic models. Not here: what a term may not be (guards). Knows no Django.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiv.datafile import FileProblem, FileRefused, load, validate
from plans.matching.guards import find_problems
from plans.matching.lexicon import MAX_WEIGHT, Cue, LanguageLexicon, Lexicon, Scope, Term, TermKind

FORMAT = "kiv-lexicon/1"
Text = Annotated[str, Field(strict=True, min_length=1, max_length=120)]
Words = Annotated[tuple[Text, ...], Field(max_length=2_000)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupEntry(Strict):
    """Terms of one item that share weight, kind and context."""

    terms: Annotated[Words, Field(min_length=1)]
    weight: Annotated[int, Field(strict=True, ge=1, le=MAX_WEIGHT)]
    kind: TermKind = TermKind.POSITIVE
    aspect: Annotated[str, Field(max_length=60)] = ""
    context: Words = ()
    scope: Scope = Scope.PASSAGE


class LexiconFile(Strict):
    """Everything a lexicon file says, in its order."""

    format: Literal["kiv-lexicon/1"]
    edition: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
    version: Annotated[int, Field(strict=True, ge=1)]
    language: Literal["nl", "fr", "de"]
    stems: dict[Text, Words] = {}
    parts: Words = ()
    common: Words = ()
    cues: dict[Cue, Words] = {}
    contexts: dict[Text, Words] = {}
    titles: dict[Text, Annotated[str, Field(strict=True, min_length=1, max_length=500)]] = {}
    items: Annotated[dict[Text, Annotated[tuple[GroupEntry, ...], Field(min_length=1)]], Field(min_length=1)]

    def as_language(self) -> LanguageLexicon:
        terms = tuple(
            Term(item, text, group.weight, group.kind, group.aspect, group.context, group.scope)
            for item, groups in self.items.items()
            for group in groups
            for text in group.terms
        )
        return LanguageLexicon(
            self.language, terms, self.contexts, self.cues, self.stems, self.parts, self.common, self.titles
        )


def parse_lexicon_file(data: bytes) -> LexiconFile:
    """One language of a lexicon. Raises FileRefused with every problem at once."""
    loaded = load(data)
    file = validate(LexiconFile, loaded)
    if problems := find_problems(file, loaded):
        raise FileRefused(sorted(problems, key=lambda problem: problem.line or 0))
    return file


def read_lexicon(files: Iterable[bytes]) -> Lexicon:
    """The languages of one version together. Raises FileRefused also when they do not belong together."""
    return join_languages([parse_lexicon_file(data) for data in files])


def join_languages(files: Sequence[LexiconFile]) -> Lexicon:
    """One lexicon of at least one file. Raises FileRefused when edition, version or items differ."""
    first = files[0]
    problems = []
    seen: set[str] = set()
    for file in files:
        for name in ("edition", "version"):
            if getattr(file, name) != getattr(first, name):
                expected = f"the same as in the other languages, {getattr(first, name)}"
                problems.append(FileProblem(name, "differs", expected, str(getattr(file, name))))
        if missing := set(first.items) ^ set(file.items):
            expected = f"the same items in {first.language} and {file.language}"
            problems.append(FileProblem("items", "differs", expected, ", ".join(sorted(missing))))
        if file.language in seen:
            problems.append(FileProblem("language", "duplicate", "each language once", file.language))
        seen.add(file.language)
    if problems:
        raise FileRefused(problems)
    languages = {file.language: file.as_language() for file in files}
    return Lexicon(first.edition, first.version, tuple(first.items), languages)


def read_shipped_lexicon(folder: Path, edition: str) -> Lexicon:
    """Version 1 as the product ships it: `lexicon-<edition>.<language>.yaml`. Raises FileNotFoundError."""
    paths = [folder / f"lexicon-{edition}.{language}.yaml" for language in ("nl", "fr", "de")]
    return read_lexicon([path.read_bytes() for path in paths])
