"""Where the plan speaks of an item, as pieces of the chapters: its objectives, its accepted passages.

What the reader may not see arrives here hidden already (selectors.check, selectors.entry_list).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.reports.chapter_types import Cell, Piece, clean
from plans.selectors.entry_list import EntryList, ShownEntry, ShownObjective
from plans.selectors.shown import EvidenceLine

#: How many words of a passage say which one it is, when it has no page.
FIRST_WORDS = 10


def hidden_piece(before: str = "") -> Piece:
    """The words that stand for what the reader may not see."""
    return Piece(f"{before}{_('confidential element')}", is_hidden=True)


def said(text: object, note: str = "") -> Cell:
    """One piece in our own words, beginning with a capital."""
    return (Piece(capfirst(clean(str(text))), note),)


def numbered(number: str) -> str:
    """The plan's own number, as it stands before a title."""
    return f"{clean(number).removesuffix('.')}. "


def names(entry: ShownEntry, code: str) -> bool:
    return any(item.code == code for item in entry.items)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the plan speaks of an item: its entries and, by number, the titles of its documents."""

    entries: EntryList
    documents: dict[int, str]

    def objectives_for(self, code: str) -> Iterator[tuple[ShownObjective, int]]:
        """Objectives that name the item, themselves or through what hangs on them; how many actions do."""
        for objective in self.entries.objectives:
            actions = sum(names(action, code) for action in objective.actions)
            if actions or names(objective, code) or any(names(i, code) for i in objective.indicators):
                yield objective, actions

    def passage_pieces(self, lines: Iterable[EvidenceLine]) -> Cell:
        """Accepted passages as places: pages together, by document when the plan has several."""
        once = {line.where: line for line in lines if line.kind == "passage"}.values()
        pages: dict[tuple[str, bool], list[int]] = {}
        pieces, hidden = [], []
        for line in once:
            if line.is_hidden:
                hidden = [hidden_piece()]
            elif line.page is None:
                pieces.append(Piece(_first_words(line), self._title(line), line.is_confidential))
            else:
                pages.setdefault((self._title(line), line.is_confidential), []).append(line.page)
        found = [
            Piece(_page_words(sorted(set(numbers))), title, is_confidential)
            for (title, is_confidential), numbers in pages.items()
        ]
        return (*found, *pieces, *hidden)

    def _title(self, line: EvidenceLine) -> str:
        return clean(self.documents.get(line.source.document, "")) if self._is_told(line) else ""

    def _is_told(self, line: EvidenceLine) -> bool:
        return line.source is not None and len(self.documents) > 1


def _page_words(pages: Sequence[int]) -> str:
    words = ", ".join(map(str, pages))
    return capfirst(ngettext("page %(pages)s", "pages %(pages)s", len(pages)) % {"pages": words})


def _first_words(line: EvidenceLine) -> str:
    words = clean(line.quote).split()
    more = " …" if len(words) > FIRST_WORDS else ""
    return _("“%(words)s”") % {"words": " ".join(words[:FIRST_WORDS]) + more}
