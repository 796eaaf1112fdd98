"""Rows of cells → blocks, the same for every format: header row, rows of short cells, long cells taken
apart."""

import re
from dataclasses import dataclass, field, replace

from plans.extraction.types import Block, Kind

#: Longest cell of a header row, and longest row shown as one passage (letters).
HEADER_CELL, WHOLE_ROW = 80, 600
SEPARATOR = " | "
_FIGURE = re.compile(r"[\d\s.,%€+-]*")


@dataclass(slots=True)
class Cell:
    blocks: list[Block] = field(default_factory=list)
    #: Columns it covers.
    span: int = 1

    @property
    def text(self) -> str:
        return " ".join(part for block in self.blocks if (part := " ".join(block.text.split())))


def make_table(rows: list[list[Cell]], group: int) -> list[Block]:
    """Blocks of a table. A table of one column is layout: what stands in it is given as if there were no
    table."""
    rows = [row for row in rows if any(cell.text for cell in row)]
    if all(len(row) == 1 for row in rows):
        return [block for row in rows for block in row[0].blocks]
    header, blocks = (), []
    if len(rows) > 1 and _is_header(rows[0]):
        header = tuple(cell.text for cell in rows[0] for _ in range(cell.span))
        page = rows[0][0].blocks[0].page if rows[0][0].blocks else None
        text = SEPARATOR.join(filter(None, (cell.text for cell in rows[0])))
        blocks.append(Block(Kind.TABLE_HEADER, text, page=page, group=group))
        rows = rows[1:]
    for row in rows:
        blocks += _make_row(row, header, group)
    return blocks


def _is_header(row: list[Cell]) -> bool:
    texts = [cell.text for cell in row]
    filled = [text for text in texts if text]
    return len(filled) > 1 and all(
        len(text) <= HEADER_CELL and not _FIGURE.fullmatch(text) for text in filled
    )


def _make_row(row: list[Cell], header: tuple[str, ...], group: int) -> list[Block]:
    texts = [cell.text for cell in row]
    has_list = any(block.kind is Kind.LIST_ITEM for cell in row for block in cell.blocks)
    if not has_list and sum(map(len, texts)) <= WHOLE_ROW:
        pages = [block.page for cell in row for block in cell.blocks]
        text = SEPARATOR.join(filter(None, texts))
        return [Block(Kind.TABLE_ROW, text, page=pages[0] if pages else None, group=group, header=header)]
    label = texts[0] if len(texts[0]) <= HEADER_CELL else ""
    blocks, column = [], 0
    for cell in row:
        head = header[column] if column < len(header) else ""
        about = tuple(filter(None, (head, label if column else "")))
        for block in cell.blocks:
            kind = Kind.LIST_ITEM if block.kind is Kind.LIST_ITEM else Kind.TABLE_CELL
            if block.text.strip():
                level = block.level if kind is Kind.LIST_ITEM else 0
                number = block.group if kind is Kind.LIST_ITEM else group
                blocks.append(replace(block, kind=kind, level=level, group=number, header=about))
        column += cell.span
    return blocks
