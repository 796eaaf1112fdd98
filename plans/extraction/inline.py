"""Extraction in this process: for the child process and for tests. Everybody else calls `extract`."""

from plans.extraction.docx import read_docx
from plans.extraction.kinds import find_kind
from plans.extraction.markdown import read_markdown
from plans.extraction.odt import read_odt
from plans.extraction.passages import make_document
from plans.extraction.plain import read_plain
from plans.extraction.types import Document, Limits, Reading


def extract_inline(data: bytes, *, name: str, limits: Limits | None = None) -> Document:
    """Reads a document without a sandbox. Raises Refused; a hostile PDF can abort the process."""
    limits = limits or Limits()
    kind, package = find_kind(data, name, limits)
    reading: Reading
    if kind == "pdf":
        # PDFium is loaded only where a PDF is read.
        from plans.extraction.pdf import read_pdf

        reading = read_pdf(data, limits)
    elif kind == "docx":
        reading = read_docx(package, limits)
    elif kind == "odt":
        reading = read_odt(package, limits)
    else:
        reading = (read_markdown if kind == "md" else read_plain)(data, limits)
    return make_document(kind, reading, limits)
