"""What an old item seems to have become: proposals from titles and aspects, for a person to decide.

Always the same for the same two editions, and so never stored. Sure is only what stands there word for word:
"with" and "without" make very similar titles. What lives here: the guess. Not here: what
relations mean (succession), what was decided (succession_models). Knows no Django.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from framework.succession import Confidence, ItemText, Link, Relation, Text, aspect_changes
from kiv.localized import LANGUAGES
from kiv.word_diff import has_same_words

#: Two items that share this much of their words both ways are taken to be one. "Social fraud" and "tax fraud"
#: are not: they share three quarters.
ALIKE = 0.85
#: From this share of its words on, an item is taken to be within the other.
WITHIN = 0.75
#: From this share on, two items are taken to have something in common.
TOUCHING = 0.4
#: Aspects alone are a weaker sign than a title, and one of them is none.
ASPECT_WEIGHT, LEAST_ASPECTS = 0.9, 2
_SIGNS = 3


@dataclass(frozen=True, slots=True)
class _Likeness:
    """Which share of the old item is in the new one, and of the new one in the old; both from 0 to 1."""

    old: ItemText
    new: ItemText
    of_old: float
    of_new: float
    is_equal: bool

    @property
    def is_pair(self) -> bool:
        return self.is_equal or min(self.of_old, self.of_new) >= ALIKE

    @property
    def is_part(self) -> bool:
        """Whether one of them is within the other."""
        return max(self.of_old, self.of_new) >= WITHIN

    @property
    def is_touching(self) -> bool:
        return min(self.of_old, self.of_new) >= TOUCHING

    @property
    def rank(self) -> tuple:
        """The best first; what is alike in the same measure follows the editions' order."""
        has_other_code = self.old.code != self.new.code
        return (
            not self.is_equal,
            -min(self.of_old, self.of_new),
            -(self.of_old + self.of_new),
            has_other_code,
            self.old.position,
            self.new.position,
        )


def propose(
    olds: Sequence[ItemText], news: Sequence[ItemText], stored: Iterable[Link] = ()
) -> tuple[Link, ...]:
    """A proposal for every old item that no stored link speaks of; NONE when nothing is alike.

    New items that a stored link gives to one old item (equal, equivalent) are not proposed to others. In the
    old edition's order, then the new one's.
    """
    stored = list(stored)
    spoken_of = {link.old for link in stored}
    given = {link.new for link in stored if link.relation in (Relation.EQUAL, Relation.EQUIVALENT)}
    left = [item for item in olds if item.code not in spoken_of]
    candidates = sorted(
        _likenesses(left, [item for item in news if item.code not in given]), key=attrgetter("rank")
    )
    pairs: dict[str, _Likeness] = {}
    for likeness in candidates:
        taken = likeness.old.code in pairs or likeness.new.code in given
        if likeness.is_pair and not taken:
            pairs[likeness.old.code] = likeness
            given.add(likeness.new.code)
    links = [_as_link(likeness) for likeness in pairs.values()]
    links += [
        _as_link(likeness)
        for likeness in candidates
        if likeness.old.code not in pairs and likeness.new.code not in given
    ]
    found = {link.old for link in links}
    links += [Link(item.code, None, Relation.NONE, Confidence.LOW) for item in left if item.code not in found]
    places = {item.code: item.position for item in olds}
    new_places = {item.code: item.position for item in news}
    return tuple(sorted(links, key=lambda link: (places[link.old], new_places.get(link.new, 0))))


def _as_link(likeness: _Likeness) -> Link:
    old, new = likeness.of_old, likeness.of_new
    if likeness.is_equal:
        relation, confidence = Relation.EQUAL, Confidence.HIGH
    elif likeness.is_pair:
        relation, confidence = Relation.EQUIVALENT, Confidence.MEDIUM
    elif new >= WITHIN > old:
        relation, confidence = Relation.SUPERSET, Confidence.MEDIUM
    elif old >= WITHIN > new:
        relation, confidence = Relation.SUBSET, Confidence.MEDIUM
    else:
        relation, confidence = Relation.INTERSECTS, Confidence.LOW
    return Link(likeness.old.code, likeness.new.code, relation, confidence)


def _likenesses(olds: Sequence[ItemText], news: Sequence[ItemText]) -> Iterator[_Likeness]:
    """Every two that have something in common."""
    old_signs = {item.code: _signs(item.title) for item in olds}
    new_signs = {item.code: _signs(item.title) for item in news}
    for old in olds:
        for new in news:
            of_old, of_new = _shares(old_signs[old.code], new_signs[new.code])
            if max(of_old, of_new) < WITHIN:  # titles that tell are believed before aspects
                aspects_of_old, aspects_of_new = _aspect_shares(old, new)
                of_old, of_new = max(of_old, aspects_of_old), max(of_new, aspects_of_new)
            likeness = _Likeness(old, new, of_old, of_new, _is_equal(old, new))
            if likeness.is_pair or likeness.is_part or likeness.is_touching:
                yield likeness


def _is_equal(old: ItemText, new: ItemText) -> bool:
    """Word for word the same title in every language that both have, kind and aspects too."""
    shared = [language for language in LANGUAGES if old.title.get(language) and new.title.get(language)]
    return (
        old.kind == new.kind
        and bool(shared)
        and all(has_same_words(old.title[each], new.title[each]) for each in shared)
        and not any(any(aspect_changes(old, new, each)) for each in shared)
    )


def _signs(text: Text) -> dict[str, frozenset[str]]:
    """By language the runs of three signs in its words, which compounds share with their parts."""
    return {language: _signs_of(words) for language, words in text.items() if words}


def _signs_of(text: str) -> frozenset[str]:
    padded = [f" {word} " for word in re.findall(r"\w+", text.casefold())]
    return frozenset(word[at : at + _SIGNS] for word in padded for at in range(len(word) - _SIGNS + 1))


def _shares(olds: dict[str, frozenset[str]], news: dict[str, frozenset[str]]) -> tuple[float, float]:
    """The mean over the languages that both have; 0 when they have none."""
    shared = [language for language in LANGUAGES if olds.get(language) and news.get(language)]
    if not shared:
        return 0.0, 0.0
    common = {language: len(olds[language] & news[language]) for language in shared}
    return (
        sum(common[language] / len(olds[language]) for language in shared) / len(shared),
        sum(common[language] / len(news[language]) for language in shared) / len(shared),
    )


def _aspect_shares(old: ItemText, new: ItemText) -> tuple[float, float]:
    before, after = {code for code, _ in old.aspects}, {code for code, _ in new.aspects}
    common = len(before & after)
    if common < LEAST_ASPECTS:
        return 0.0, 0.0
    return ASPECT_WEIGHT * common / len(before), ASPECT_WEIGHT * common / len(after)
