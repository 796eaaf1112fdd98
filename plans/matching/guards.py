"""What a term of a lexicon may not be: unreadable, doubled, claimed twice, an everyday word in disguise.

What lives here: checks that look at the whole of one language; the form of one value is lexicon_file's. Every
finding has its place. Not here: what is only to be considered (cautions). Source of the traps: Snowball makes
one stem of Sicherheit and sich, of traite and traiter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kiv.datafile import FileProblem, Loaded, problem_at
from plans.matching.compounds import Splitter
from plans.matching.language import small_words
from plans.matching.lexicon import BUILT_IN, TermKind
from plans.matching.normalise import LANGUAGES, fold
from plans.matching.patterns import STEMS, WORDS, Pattern, PatternMaker, TermSyntaxError, single_words
from plans.matching.stems import Stems

Path = tuple[str | int, ...]
#: Of these the place says enough; the others quote what stood there.
WITHOUT_QUOTE = frozenset({"no_positive", "context", "claimed_twice"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one language of a lexicon. `path` as in its file; `expected` in English, for files.

    `text` is the term or name it is about; `other` an everyday word that it also finds, or the items that
    claim it too. What is no blocker is only to be considered.
    """

    code: str
    path: Path
    expected: str = ""
    text: str = ""
    other: str = ""
    is_blocker: bool = True


def find_problems(file: Any, loaded: Loaded) -> list[FileProblem]:
    """Every problem of a lexicon file (a lexicon_file.LexiconFile), with its line."""
    return [
        problem_at(
            loaded,
            one.path,
            one.code,
            one.expected,
            None if one.code in WITHOUT_QUOTE else one.text,
        )
        for one in find_blockers(file)
    ]


def find_blockers(file: Any) -> list[Finding]:
    """Everything that keeps a language of a lexicon (a lexicon_file.LexiconFile) from being used."""
    assert file.language in LANGUAGES
    maker = maker_for(file)
    everyday: dict[str, set[str]] = {}
    for word in sorted({*small_words(file.language), *file.common}):
        folded = fold(word)
        everyday.setdefault(maker.stem_of(folded), set()).add(folded)
    found = list(_blockers_of_words(file, maker, everyday))
    owners: dict[tuple[Pattern, ...], list[tuple[str, bool, Path, str]]] = {}
    for item, groups in file.items.items():
        own: set[tuple[object, ...]] = set()
        excepted = _excepted(groups)
        if not any(group.kind is TermKind.POSITIVE for group in groups):
            found.append(Finding("no_positive", ("items", item), "at least one positive term", item))
        for place, group in enumerate(groups):
            here = ("items", item, place)
            found += _blockers_of_group(file, group, here)
            for number, text in enumerate(group.terms):
                path = (*here, "terms", number)
                patterns = _patterns(maker, text)
                if patterns is None:
                    found.append(_unreadable(path, text))
                    continue
                same = (patterns, group.kind, group.context, group.scope)
                if same in own:
                    found.append(Finding("duplicate", path, "each term once in an item", text))
                own.add(same)
                free = group.kind is TermKind.POSITIVE
                if group.kind is not TermKind.NEGATIVE:
                    owners.setdefault(patterns, []).append((item, free, path, text))
                word = _collision(patterns, everyday, () if free else _words(text))
                if free and not word:
                    word = _begun(patterns, everyday, excepted)
                if word:
                    found.append(_everyday_finding(path, word, text))
    for claims in owners.values():
        free = [(item, path, text) for item, is_free, path, text in claims if is_free]
        if len({item for item, _, _ in free}) > 1:
            others = ", ".join(item for item, _, _ in free[:-1])
            _, path, text = free[-1]
            expected = f"a context rule, for {others} claims this term too"
            found.append(Finding("claimed_twice", path, expected, text, others))
    return found


def maker_for(file: Any) -> PatternMaker:
    """What makes patterns of the terms of this language, with its stems and the parts of its compounds."""
    stems = Stems(file.language, file.stems)
    words = [
        word
        for groups in file.items.values()
        for group in groups
        for text in group.terms
        for word in _words(text)
    ]
    return PatternMaker(file.language, stems, Splitter(file.language, stems, {*file.parts, *words}))


def is_readable(text: str, language: str) -> bool:
    """Whether a term is written as docs/matching.md says."""
    stems = Stems(language, {})
    return _patterns(PatternMaker(language, stems, Splitter(language, stems, ())), text) is not None


def _words(text: str) -> tuple[str, ...]:
    try:
        return single_words(text)
    except TermSyntaxError:
        return ()


def _patterns(maker: PatternMaker, text: str) -> tuple[Pattern, ...] | None:
    try:
        return maker.patterns_of(text)
    except TermSyntaxError:
        return None


def _unreadable(path: Path, text: str) -> Finding:
    return Finding("syntax", path, "a term as the manual writes it", text)


def _blockers_of_words(file: Any, maker: PatternMaker, everyday: dict[str, set[str]]) -> Iterator[Finding]:
    for section in ("contexts", "cues"):
        for name, texts in getattr(file, section).items():
            seen: set[tuple[Pattern, ...]] = set()
            for number, text in enumerate(texts):
                path = (section, str(name), number)
                patterns = _patterns(maker, text)
                if patterns is None:
                    yield _unreadable(path, text)
                elif patterns in seen:
                    yield Finding("duplicate", path, "each term once", text)
                else:
                    seen.add(patterns)
                    if section == "contexts" and (word := _collision(patterns, everyday, _words(text))):
                        yield _everyday_finding(path, word, text)


def _blockers_of_group(file: Any, group: Any, here: Path) -> Iterator[Finding]:
    if (group.kind is TermKind.NEEDS_CONTEXT) != bool(group.context):
        expected = "a context for kind needs_context, and for no other kind"
        yield Finding("context", (*here, "context"), expected)
    for number, name in enumerate(group.context):
        if name not in BUILT_IN and name not in file.contexts and name not in file.items:
            expected = "@short, @priority, a name under contexts, or an item"
            yield Finding("unknown_context", (*here, "context", number), expected, name)


def _everyday_finding(path: Path, word: str, text: str) -> Finding:
    expected = f"a term that does not also find the everyday word {word!r}"
    return Finding("everyday_word", path, expected, text, word)


def _collision(patterns: tuple[Pattern, ...], everyday: dict[str, set[str]], own: tuple[str, ...]) -> str:
    """The everyday word that a plain one-word term would also find, or "". Exact forms (=) find no other
    word.

    A term that only counts in a context may be an everyday word itself (`own`), never find another one.
    """
    for pattern in patterns:
        for key in pattern.pieces[0] if len(pattern.pieces) == 1 else ():
            if key.startswith(STEMS) and key.count(STEMS) == 2:
                words = everyday.get(key.strip(STEMS), set())
                if words and not words & set(own):
                    return min(words)
    return ""


def _begun(patterns: tuple[Pattern, ...], everyday: dict[str, set[str]], excepted: set[str]) -> str:
    """The everyday word that an open term (`drugs~`) would also find, or "".

    A negative term of the item may take such a word away (`=drugstore`): then it does no harm.
    """
    for pattern in patterns:
        for key in pattern.pieces[0] if len(pattern.pieces) == 1 else ():
            if key.startswith(WORDS) and key.count(WORDS) == 1:
                begun = {word for words in everyday.values() for word in words if word.startswith(key[1:])}
                if begun - excepted:
                    return min(begun - excepted)
    return ""


def _excepted(groups: Any) -> set[str]:
    """The words that negative terms of an item take away in exactly this form."""
    against = (text for group in groups if group.kind is TermKind.NEGATIVE for text in group.terms)
    return {fold(text[1:]) for text in against if text.startswith("=")}
