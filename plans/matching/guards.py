"""What a term of a lexicon file may not be: unreadable, doubled, claimed twice, an everyday word in disguise.

What lives here: checks that look at the whole file; the form of one value is lexicon_file's. Every problem
has its place. Source of the traps: Snowball makes one stem of Sicherheit and sich, of traite and traiter.
"""

from collections.abc import Iterator
from typing import Any

from kiv.datafile import FileProblem, Loaded, problem_at
from plans.matching.compounds import Splitter
from plans.matching.language import small_words
from plans.matching.lexicon import BUILT_IN, TermKind
from plans.matching.normalise import LANGUAGES, fold
from plans.matching.patterns import STEMS, WORDS, Pattern, PatternMaker, TermSyntaxError, single_words
from plans.matching.stems import Stems

Path = tuple[str | int, ...]


def find_problems(file: Any, loaded: Loaded) -> list[FileProblem]:
    """Every problem of a lexicon file (a lexicon_file.LexiconFile), in its order."""
    assert file.language in LANGUAGES
    stems = Stems(file.language, file.stems)
    words = [
        word
        for groups in file.items.values()
        for group in groups
        for text in group.terms
        for word in _words(text)
    ]
    maker = PatternMaker(file.language, stems, Splitter(file.language, stems, {*file.parts, *words}))
    everyday: dict[str, set[str]] = {}
    for word in sorted({*small_words(file.language), *file.common}):
        folded = fold(word)
        everyday.setdefault(stems.of(folded), set()).add(folded)
    problems = list(_problems_of_words(file, loaded, maker, everyday))
    owners: dict[tuple[Pattern, ...], list[tuple[str, bool, Path]]] = {}
    for item, groups in file.items.items():
        own: set[tuple[object, ...]] = set()
        excepted = _excepted(groups)
        if not any(group.kind is TermKind.POSITIVE for group in groups):
            problems.append(problem_at(loaded, ("items", item), "no_positive", "at least one positive term"))
        for place, group in enumerate(groups):
            here = ("items", item, place)
            problems += _problems_of_group(file, group, here, loaded)
            for number, text in enumerate(group.terms):
                path = (*here, "terms", number)
                patterns = _patterns(maker, text)
                if patterns is None:
                    problems.append(
                        problem_at(loaded, path, "syntax", "a term as the manual writes it", text)
                    )
                    continue
                same = (patterns, group.kind, group.context, group.scope)
                if same in own:
                    problems.append(problem_at(loaded, path, "duplicate", "each term once in an item", text))
                own.add(same)
                free = group.kind is TermKind.POSITIVE
                if group.kind is not TermKind.NEGATIVE:
                    owners.setdefault(patterns, []).append((item, free, path))
                word = _collision(patterns, everyday, () if free else _words(text))
                if free and not word:
                    word = _begun(patterns, everyday, excepted)
                if word:
                    problems.append(_everyday_problem(loaded, path, word, text))
    for claims in owners.values():
        free = [(item, path) for item, is_free, path in claims if is_free]
        if len({item for item, _ in free}) > 1:
            others = ", ".join(item for item, _ in free[:-1])
            expected = f"a context rule, for {others} claims this term too"
            problems.append(problem_at(loaded, free[-1][1], "claimed_twice", expected))
    return problems


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


def _problems_of_words(
    file: Any, loaded: Loaded, maker: PatternMaker, everyday: dict[str, set[str]]
) -> Iterator[FileProblem]:
    for section in ("contexts", "cues"):
        for name, texts in getattr(file, section).items():
            seen: set[tuple[Pattern, ...]] = set()
            for number, text in enumerate(texts):
                path = (section, str(name), number)
                patterns = _patterns(maker, text)
                if patterns is None:
                    yield problem_at(loaded, path, "syntax", "a term as the manual writes it", text)
                elif patterns in seen:
                    yield problem_at(loaded, path, "duplicate", "each term once", text)
                else:
                    seen.add(patterns)
                    if section == "contexts" and (word := _collision(patterns, everyday, _words(text))):
                        yield _everyday_problem(loaded, path, word, text)


def _problems_of_group(file: Any, group: Any, here: Path, loaded: Loaded) -> Iterator[FileProblem]:
    if (group.kind is TermKind.NEEDS_CONTEXT) != bool(group.context):
        expected = "a context for kind needs_context, and for no other kind"
        yield problem_at(loaded, (*here, "context"), "context", expected)
    for number, name in enumerate(group.context):
        if name not in BUILT_IN and name not in file.contexts and name not in file.items:
            expected = "@short, @priority, a name under contexts, or an item"
            yield problem_at(loaded, (*here, "context", number), "unknown_context", expected, name)


def _everyday_problem(loaded: Loaded, path: Path, word: str, text: str) -> FileProblem:
    expected = f"a term that does not also find the everyday word {word!r}"
    return problem_at(loaded, path, "everyday_word", expected, text)


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
