"""Markdown → blocks. Headings, lists, tables, quotes; emphasis and link addresses are taken off, HTML tags
dropped."""

import re

from plans.extraction.joining import join_lines
from plans.extraction.plain import decode
from plans.extraction.tables import Cell, make_table
from plans.extraction.types import Block, Kind, Limits, Reading, Warn

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,9}[.)]|[a-z][)])[ \t]+(?=\S)(?:\[[ xX]\][ \t]+)?")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_INLINE = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<(?:https?|mailto):[^<>\s]*>"), ""),
    (re.compile(r"</?[a-zA-Z][^<>]{0,200}>"), " "),
    (re.compile(r"(?<!\\)(\*\*\*|\*\*|\*|`{1,3}|~~)(?=\S)([^*`~]+?)(?<=[^\s\\])\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(__|_)(?=\S)([^_]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_REFERENCE = re.compile(r" {0,3}\[[^\]]{1,200}\]:\s+\S+")


def strip_inline(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text.strip()


def read_markdown(data: bytes, limits: Limits) -> Reading:
    text, is_guessed = decode(data, limits)
    reader = _Reader(limits)
    for line in _drop_front_matter(_drop_comments(text).split("\n")):
        reader.take(line.rstrip("\n\f"))
    reader.end_all()
    return Reading(blocks=reader.blocks, warnings={Warn.GUESSED_ENCODING} if is_guessed else set())


def _drop_comments(text: str) -> str:
    """In one pass: a pattern would look for the end again from every beginning."""
    parts, place = [], 0
    while (begin := text.find("<!--", place)) >= 0 and (end := text.find("-->", begin)) >= 0:
        parts.append(text[place:begin])
        place = end + 3
    return "".join([*parts, text[place:]])


def _drop_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:60], 1):
            if line.strip() == "---":
                return lines[number + 1 :]
    return lines


class _Reader:
    """Line by line; the paragraph, item or table being read is open until something ends it."""

    def __init__(self, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self._limits = limits
        self._lines: list[str] = []
        #: Indents of the open list, outermost first; empty outside lists.
        self._indents: list[int] = []
        self._groups = 0
        self._rows: list[list[Cell]] = []
        self._fence = ""
        self._after_blank = False

    def take(self, line: str) -> None:
        fence = _FENCE.match(line)
        if self._fence:
            if fence and fence.group(1).startswith(self._fence):
                self._fence = ""
            elif line.strip():
                self._lines.append(line)
            return
        if fence:
            self._end_paragraph()
            self._fence = fence.group(1)
            return
        while quote := _QUOTE.match(line):
            line = line[quote.end() :]
        if not line.strip():
            self._end_paragraph()
            self._end_table()
            self._after_blank = True
            return
        self._take_text(line)
        self._after_blank = False

    def _take_text(self, line: str) -> None:
        if self._rows or (self._lines and not self._indents and _is_delimiter(line, self._lines[-1])):
            self._take_row(line)
            return
        heading = _HEADING.match(line)
        if heading:
            self.end_all()
            self._add_heading(heading.group(2), len(heading.group(1)))
        elif self._lines and not self._indents and (found := _UNDERLINE.match(line)):
            text = " ".join(self._lines)
            self._lines = []
            self._add_heading(text, 1 if found.group(1)[0] == "=" else 2)
        elif _RULE.match(line):
            self.end_all()
        elif item := _ITEM.match(line):
            self._end_paragraph()
            self._open_item(len(item.group(1).expandtabs(4)))
            self._lines = [line[item.end() :]]
        elif not _REFERENCE.match(line):
            if self._indents and self._after_blank and not line.startswith((" ", "\t")):
                self._end_list()
            self._lines.append(line)

    def _open_item(self, indent: int) -> None:
        if not self._indents:
            self._groups += 1
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if (not self._indents or indent > self._indents[-1] + 1) and len(self._indents) < self._limits.depth:
            self._indents.append(indent)

    def _take_row(self, line: str) -> None:
        if not self._rows:
            header = self._lines.pop()
            self._end_paragraph()
            self._rows.append(_make_cells(header))
        elif "|" in line:
            self._rows.append(_make_cells(line))
        else:
            self._end_table()
            self._take_text(line)

    def _add_heading(self, text: str, level: int) -> None:
        self.blocks.append(Block(Kind.HEADING, strip_inline(text), level))

    def _end_paragraph(self) -> None:
        if not self._lines:
            return
        text = ""
        for line in self._lines:
            text = (
                join_lines(text, line.strip().removesuffix("\\")) if text else line.strip().removesuffix("\\")
            )
        self._lines = []
        text = strip_inline(text)
        if self._indents:
            self.blocks.append(Block(Kind.LIST_ITEM, text, len(self._indents), group=self._groups))
        else:
            self.blocks.append(Block(Kind.PARAGRAPH, text))

    def _end_list(self) -> None:
        self._end_paragraph()
        self._indents = []

    def _end_table(self) -> None:
        if self._rows:
            self._groups += 1
            self.blocks += make_table(self._rows, self._groups)
            self._rows = []

    def end_all(self) -> None:
        self._end_list()
        self._end_table()


def _is_delimiter(line: str, above: str) -> bool:
    return "|" in above and "|" in line and len(line) < 2_000 and bool(_DELIMITER.match(line))


def _make_cells(line: str) -> list[Cell]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    texts = (strip_inline(part.replace("\\|", "|")) for part in _PIPE.split(line)[:100])
    return [Cell([Block(Kind.PARAGRAPH, text)] if text else []) for text in texts]
