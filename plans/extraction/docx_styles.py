"""What the styles of a DOCX say about a paragraph: heading, list, table of contents, bold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from plans.extraction.archive import Package, iterate_xml

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The "strict" variant of the format has other names for the same things.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_VAL = f"{WORD}val"
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """Of a style or a paragraph. `heading` and `list_level` are 0 when it is none."""

    heading: int = 0
    list_level: int = 0
    list_name: str = ""
    is_toc: bool = False
    is_bold: bool = False


class Styles:
    def __init__(self, table: dict[str, Style], bold_runs: frozenset[str]) -> None:
        self._table = table
        self._bold_runs = bold_runs

    def of_paragraph(self, paragraph: Element) -> Style:
        properties = paragraph.find(f"{WORD}pPr")
        if properties is None:
            return Style()
        name = properties.find(f"{WORD}pStyle")
        style = self._table.get(name.get(_VAL, "") if name is not None else "", Style())
        return _apply(style, properties)

    def is_bold_run(self, run: Element) -> bool:
        properties = run.find(f"{WORD}rPr")
        if properties is None:
            return False
        bold = properties.find(f"{WORD}b")
        if bold is not None:
            return bold.get(_VAL, "1") not in _OFF
        style = properties.find(f"{WORD}rStyle")
        return style is not None and style.get(_VAL) in self._bold_runs


def iterate_word(package: Package, name: str) -> Iterator[tuple[str, Element]]:
    """("start" | "end", element) of a part, in the usual namespace."""
    yield from iterate_xml(package.read(name).replace(_STRICT, WORD[1:-1].encode()), package.limits)


def read_styles(package: Package) -> Styles:
    """Of a package without styles: none."""
    if "word/styles.xml" not in package.names:
        return Styles({}, frozenset())
    raw: dict[str, Element] = {}
    for event, element in iterate_word(package, "word/styles.xml"):
        if event == "end" and element.tag == f"{WORD}style":
            raw[element.get(f"{WORD}styleId", "")] = element
    table = {name: _resolve(name, raw) for name, element in raw.items() if _is_type(element, "paragraph")}
    bold = frozenset(
        name for name, element in raw.items() if _is_type(element, "character") and _has_bold(element)
    )
    return Styles(table, bold)


def _is_type(element: Element, kind: str) -> bool:
    return element.get(f"{WORD}type", "paragraph") == kind


def _resolve(name: str, raw: dict[str, Element]) -> Style:
    """A style with what it inherits, the most general first. A ring of styles ends where it closes."""
    chain: list[Element] = []
    while name in raw and raw[name] not in chain and len(chain) < 20:
        chain.append(raw[name])
        parent = raw[name].find(f"{WORD}basedOn")
        name = parent.get(_VAL, "") if parent is not None else ""
    style = Style()
    for element in reversed(chain):
        style = _apply(_apply_name(style, element), element.find(f"{WORD}pPr"))
        if _has_bold(element):
            style = replace(style, is_bold=True)
    return style


def _apply_name(style: Style, element: Element) -> Style:
    """Word stores the names of its own styles in English, whatever the language of the program."""
    found = element.find(f"{WORD}name")
    name = found.get(_VAL, "").lower() if found is not None else ""
    if name.startswith("heading ") and name[8:].strip().isdigit():
        return replace(style, heading=min(int(name[8:]) or 1, 9))
    if name == "title":
        return replace(style, heading=1)
    if name.startswith("toc ") and "heading" not in name:
        return replace(style, is_toc=True, heading=0)
    if name.startswith(("list bullet", "list number")):
        last = name[-1]
        return replace(style, list_level=int(last) if last.isdigit() else 1, list_name=name)
    return style


def _apply(style: Style, properties: Element | None) -> Style:
    if properties is None:
        return style
    outline = properties.find(f"{WORD}outlineLvl")
    if outline is not None and not style.is_toc:
        level = outline.get(_VAL, "")
        # 9 is "body text".
        style = replace(style, heading=int(level) + 1 if level in set("012345678") else 0)
    numbering = properties.find(f"{WORD}numPr")
    if numbering is not None:
        identity, level = numbering.find(f"{WORD}numId"), numbering.find(f"{WORD}ilvl")
        number = identity.get(_VAL, "") if identity is not None else style.list_name
        depth = level.get(_VAL, "0") if level is not None else "0"
        if number == "0":
            return replace(style, list_level=0, list_name="")
        return replace(style, list_level=int(depth) + 1 if depth in set("012345678") else 1, list_name=number)
    return style


def _has_bold(element: Element) -> bool:
    bold = element.find(f"{WORD}rPr/{WORD}b")
    return bold is not None and bold.get(_VAL, "1") not in _OFF
