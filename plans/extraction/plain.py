"""Plain text: bytes → letters, lines → blocks. Headings are guessed from numbers, capitals and
underlining."""

import re

from plans.extraction.headings import is_heading_text
from plans.extraction.joining import join_lines
from plans.extraction.lists import is_item, is_toc_line, outline_depth, split_typed_list, strip_toc
from plans.extraction.types import Block, Code, Kind, Limits, Reading, Refused, Warn

_UNDERLINE = re.compile(r"\s*(=|-|~|\*|_){3,}\s*")
#: A line of this many letters may go on in the next one; a longer one is a whole paragraph.
_WRAPPED = (45, 130)
#: Letters that Windows-1252 has none of in running text.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, limits: Limits) -> tuple[str, bool]:
    """The text, and whether its encoding was guessed. `wrong_kind` for what is no text at all."""
    text, is_guessed = _decode(data)
    if len(text) > limits.characters:
        raise Refused(Code.TOO_LARGE, "characters")
    return text, is_guessed


def _decode(data: bytes) -> tuple[str, bool]:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return _check(data[len(mark) :].decode(name)), False
            except UnicodeDecodeError as error:
                raise Refused(Code.WRONG_KIND, f"no {name}") from error
    if b"\x00" in data:
        raise Refused(Code.WRONG_KIND, "NUL")
    try:
        return _check(data.decode("utf-8")), False
    except UnicodeDecodeError:
        # Five bytes have no letter in Windows-1252.
        return _check(data.decode("cp1252", errors="replace")), True


def _check(text: str) -> str:
    controls = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if "\x00" in text or controls > 2 + len(text) // 200:
        raise Refused(Code.WRONG_KIND, "control letters")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")


def read_plain(data: bytes, limits: Limits) -> Reading:
    """Form feeds count pages."""
    text, is_guessed = decode(data, limits)
    reading = Reading(warnings={Warn.GUESSED_ENCODING} if is_guessed else set())
    sheets = text.split("\f")
    if len(sheets) > limits.pages + 1:
        raise Refused(Code.TOO_MANY_PAGES)
    if not sheets[-1].strip():
        sheets.pop()
    has_pages = len(sheets) > 1
    reading.pages = len(sheets) if has_pages else None
    group = 0
    for number, sheet in enumerate(sheets, 1):
        for chunk in re.split(r"\n[ \t]*\n", sheet):
            lines = [line.rstrip() for line in chunk.split("\n") if line.strip()]
            group += 1
            reading.blocks += _read_chunk(lines, group, number if has_pages else None)
    return reading


def _read_chunk(lines: list[str], group: int, page: int | None) -> list[Block]:
    """Lines between two empty ones."""
    blocks: list[Block] = []
    while lines and (level := _heading_level(lines)):
        blocks.append(Block(Kind.HEADING, lines[0], level, page))
        lines = lines[2:] if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) else lines[1:]
    running: list[str] = []
    for line in lines:
        if is_toc_line(line):
            blocks += _flow(running, group, page)
            running = []
            blocks.append(Block(Kind.TOC, strip_toc(line), page=page))
        else:
            running.append(line)
    return blocks + _flow(running, group, page)


def _heading_level(lines: list[str]) -> int:
    """A line underlined, numbered like a chapter, or in capitals, standing before other text or alone."""
    line = lines[0].strip()
    if not is_heading_text(line) or is_toc_line(line):
        return 0
    if len(lines) > 1 and (found := _UNDERLINE.fullmatch(lines[1])):
        return 1 if found.group(1) == "=" else 2
    if line.isupper() and len(line) > 3 and not is_item(line):
        return 1
    depth = outline_depth(line)
    if depth > 1:
        return depth
    # "1. Title" alone between empty lines; in a run of such lines it is a list.
    return 1 if depth and len(lines) == 1 else 0


def _flow(lines: list[str], group: int, page: int | None) -> list[Block]:
    """Wrapped lines are joined; a line that starts an item, or follows a short line, stands on its own."""
    paragraphs: list[str] = []
    above = ""
    for line in lines:
        if _UNDERLINE.fullmatch(line):
            continue
        is_wrapped = _WRAPPED[0] <= len(above) <= _WRAPPED[1] or line.lstrip()[:1].islower()
        if paragraphs and is_wrapped and not is_item(line):
            paragraphs[-1] = join_lines(paragraphs[-1], line.strip())
        else:
            paragraphs.append(line.strip())
        above = line
    blocks: list[Block] = []
    for text in paragraphs:
        blocks += split_typed_list(Block(Kind.PARAGRAPH, text, page=page), group)
    return blocks
