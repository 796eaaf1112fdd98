"""Small DOCX and ODT files written by hand, and every way to get one wrong."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ODT_TYPE = "application/vnd.oasis.opendocument.text"
_NS = "urn:oasis:names:tc:opendocument:xmlns:"


def pack(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def p(text: str, style: str = "", *, numbering: tuple[int, int] | None = None, bold: bool = False) -> str:
    """A paragraph of Word. `numbering`: (list, depth from 0)."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering:
        number, depth = numbering
        properties += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}{parts}</w:r></w:p>"


def tbl(*rows: list[str], merged: bool = False) -> str:
    """A table of Word; cells hold XML. `merged`: an empty first cell belongs to the one above."""
    made = []
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            is_below = merged and place == 0 and not cell
            properties = "<w:tcPr><w:vMerge/></w:tcPr>" if is_below else "<w:tcPr/>"
            cells.append(f"<w:tc>{properties}{cell or p('')}</w:tc>")
        made.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(made)}</w:tbl>"


STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Eigen kop"/><w:basedOn w:val="Kop2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Opsomming"><w:name w:val="List Bullet 2"/></w:style>
</w:styles>"""


def word_xml(body: str, namespace: str = W) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}" xmlns:mc="{_MC}">'
        f"<w:body>{body}</w:body></w:document>"
    )


def write_docx(body: str = "", *, document: str | bytes | None = None, **parts: str | bytes) -> bytes:
    """`document` replaces the whole main part. Other parts: names with "__" for "/" (and ".xml" added)."""
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "word/styles.xml": STYLES,
        "word/document.xml": word_xml(body) if document is None else document,
    }
    content.update({name.replace("__", "/") + ".xml": value for name, value in parts.items()})
    return pack(content)


def odt_xml(body: str, styles: str = "") -> str:
    spaces = " ".join(
        f'xmlns:{prefix}="{_NS}{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("draw", "drawing"),
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def write_odt(
    body: str = "",
    *,
    content: str | bytes | None = None,
    mimetype: str = ODT_TYPE,
    styles: str = "",
    manifest: str = "",
) -> bytes:
    parts: dict[str, str | bytes] = {
        "mimetype": mimetype,
        "content.xml": odt_xml(body, styles) if content is None else content,
    }
    if manifest:
        parts["META-INF/manifest.xml"] = manifest
    return pack(parts)


def write_word_plan() -> bytes:
    return write_docx(
        p("Zonaal veiligheidsplan", "Kop1")
        + p("De politiezone werkt samen met alle partners aan de veiligheid in de gemeenten.")
        + p("Onze prioriteiten zijn:")
        + p("Inbraken in woningen", numbering=(1, 0))
        + p("Drugshandel", numbering=(1, 0))
        + tbl([p("Fenomeen"), p("Keuze")], [p("Milieu"), p("Niet weerhouden")])
    )


def write_writer_plan() -> bytes:
    return write_odt(
        '<text:h text:outline-level="1">Zonaal veiligheidsplan</text:h>'
        "<text:p>De politiezone werkt samen met alle partners aan de veiligheid in de gemeenten.</text:p>"
        "<text:list><text:list-item><text:p>Inbraken in woningen</text:p></text:list-item></text:list>"
    )
