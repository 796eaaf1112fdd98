"""Lines of a page → rows of cells: what stands side by side. One cell: running text. No meaning, only
geometry."""

from plans.extraction.pdf_text import Line

Cells = list[list[Line]]
#: Left edges this near are one edge (points).
EDGE = 4.0


def make_rows(lines: list[Line], near: float) -> list[Cells]:
    """Lines in the order of the file. A line that stands to the right of the text before it, at its height,
    is the next cell of its row. `near`: how far apart the lines of one paragraph stand at most, in letter
    heights."""
    rows: list[Cells] = []
    for number, line in enumerate(lines):
        row = rows[-1] if rows else None
        opens_row = number + 1 < len(lines) and lines[number + 1].is_beside and not line.is_beside
        if row is None or line.page != row[-1][-1].page:
            rows.append([[line]])
        elif line.is_beside:
            row.append([line])
        elif _stands_right(row, line):
            _split_off(rows, line)
            rows[-1].append([line])
        elif not opens_row and _goes_on(row, line, near):
            row[-1].append(line)
        else:
            rows.append([[line]])
    return rows


def is_table_row(row: Cells) -> bool:
    return len(row) > 1 and not _is_bullet_row(row)


def find_table(rows: list[Cells], start: int) -> int:
    """Where the table that starts at this row ends (exclusive); `start` when there is none.

    Two rows whose later cells start at the same places, or one row with three cells or more of few lines.
    """
    end = start
    while (
        end < len(rows)
        and is_table_row(rows[end])
        and (end == start or _share_edges(rows[end - 1], rows[end]))
    ):
        end += 1
    return end if end - start > 1 else start


def flatten(row: Cells) -> list[Line]:
    """The row as running lines: what was split at a gap is one line again."""
    lines: list[Line] = []
    for cell in row:
        for line in cell:
            if line.is_beside and lines:
                last = lines[-1]
                last.text, last.x1 = f"{last.text} {line.text}", line.x1
                last.is_bold = last.is_bold and line.is_bold
            else:
                lines.append(line)
    return lines


def _is_bullet_row(row: Cells) -> bool:
    """A bullet or number, a gap, the text of the item."""
    text = row[0][0].text
    return len(row) == 2 and len(row[0]) == 1 and len(text) <= 5 and not (text.isalpha() and len(text) > 1)


def _stands_right(row: Cells, line: Line) -> bool:
    """Right of the last cell, and not below it: the file went on with the next cell or column."""
    last = row[-1]
    edge = max(above.x1 for above in last)
    first = row[0][0]
    return (
        line.x0 > edge - 1
        and line.bottom >= last[-1].bottom - 0.3 * line.size
        and line.top <= first.top + 0.6 * first.size
    )


def _split_off(rows: list[Cells], line: Line) -> None:
    """What stands above the new cell in the only cell so far was running text: a row of its own."""
    row = rows[-1]
    if len(row) > 1:
        return
    cell = row[0]
    start = next((place for place, above in enumerate(cell) if above.bottom < line.top - 0.2 * line.size), 0)
    if start:
        rows[-1:] = [[cell[:start]], [cell[start:]]]


def _goes_on(row: Cells, line: Line, near: float) -> bool:
    cell = row[-1]
    last = cell[-1]
    down = last.bottom - line.bottom
    if not 0.2 * line.size < down <= near * max(last.size, line.size):
        return False
    return len(row) == 1 or _is_bullet_row(row) or abs(line.x0 - cell[0].x0) <= EDGE


def _share_edges(above: Cells, below: Cells) -> bool:
    """Cells after the first start at the same places (one row may lack some), or each stands under its
    like."""
    if len(above) == len(below) and all(map(_overlap, above, below)):
        return True
    few, many = sorted(([cell[0].x0 for cell in row[1:]] for row in (above, below)), key=len)
    return all(any(abs(edge - other) <= EDGE for other in many) for edge in few)


def _overlap(cell: list[Line], other: list[Line]) -> bool:
    return cell[0].x0 < max(line.x1 for line in other) and other[0].x0 < max(line.x1 for line in cell)
