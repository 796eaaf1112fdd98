"""Small workbooks written by hand, so that each cell is what a test says and nothing else."""

from collections.abc import Sequence

from tests.plans.extraction.making_zip import TYPES, pack

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets: str) -> str:
    """kind="target" → the part that says so; the identifier is the kind."""
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{_KINDS}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'


def sheet(data: str, namespace: str = _MAIN) -> str:
    return f'<worksheet xmlns="{namespace}"><sheetData>{data}</sheetData></worksheet>'


def parts(
    data: str, *, texts: str = "", formats: Sequence[str] = (), settings: str = "", namespace: str = _MAIN
) -> dict[str, str]:
    """The parts of a workbook with one sheet. `formats`: number formats for the styles 1, 2, …"""
    own = "".join(f'<numFmt numFmtId="{at}" formatCode="{code}"/>' for at, code in enumerate(formats, 164))
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *range(164, 164 + len(formats))))
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{_KINDS}"><workbookPr {settings}/>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="worksheet1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            worksheet1="worksheets/sheet1.xml", sharedStrings="/xl/sharedStrings.xml", styles="styles.xml"
        ),
        "xl/worksheets/sheet1.xml": sheet(data, namespace),
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{texts}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}"><numFmts>{own}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>',
    }


def workbook(data: str, **values) -> bytes:
    return pack(parts(data, **values))
