"""Lexicon files (`kiv-lexicon/1`, one per language) → a Lexicon, or FileRefused with every problem.

What lives here: the format as pydantic models. Not here: what a term may not be (guards). Knows no Django.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

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


#: The order in which languages are tried when nothing else decides.
LANGUAGES = ("nl", "fr", "de")


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
            for item, groups in in_order(self.items).items()
            for group in groups
            for text in group.terms
        )
        return LanguageLexicon(
            self.language,
            terms,
            in_order(self.contexts),
            in_order(self.cues),
            in_order(self.stems),
            self.parts,
            self.common,
            in_order(self.titles),
        )


def in_order(values: Mapping[str, Any]) -> dict[str, Any]:
    """By key, 2 before 10: databases hand keys back in orders of their own, which must change nothing."""
    return dict(sorted(values.items(), key=lambda pair: _natural(pair[0])))


def _natural(key: str) -> tuple[list[tuple[int, int, str]], str]:
    parts = [part for part in re.split(r"([0-9]+)", key) if part]
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts], key


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
    return _joined(files)


def _joined(files: Sequence[LexiconFile]) -> Lexicon:
    ordered = sorted(files, key=lambda file: LANGUAGES.index(file.language))
    items = in_order({item: None for file in files for item in file.items})
    languages = {file.language: file.as_language() for file in ordered}
    return Lexicon(files[0].edition, files[0].version, tuple(items), languages)


def shipped_files(folder: Path, edition: str) -> list[bytes]:
    """Version 1 as the product ships it: `lexicon-<edition>.<language>.yaml`. Raises FileNotFoundError."""
    return [(folder / f"lexicon-{edition}.{language}.yaml").read_bytes() for language in LANGUAGES]


def read_shipped_lexicon(folder: Path, edition: str) -> Lexicon:
    """The shipped version 1, checked. Raises FileNotFoundError and FileRefused."""
    return read_lexicon(shipped_files(folder, edition))


def lexicon_of(content: Mapping[str, Any]) -> Lexicon:
    """A stored version (language → what its file says) as a Lexicon. It was checked when it was stored.

    In a draft a language may lack an item that another one has: then nothing is found for it there.
    """
    return _joined([LexiconFile.model_validate(own) for own in content.values()])


def content_of(files: Sequence[LexiconFile]) -> dict[str, Any]:
    """What is stored of a version: language → everything its file says, as JSON."""
    return {file.language: file.model_dump(mode="json") for file in files}
