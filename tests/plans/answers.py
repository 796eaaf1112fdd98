"""What an answer says, whatever kind of file it is: for tests of words that must not be there."""

import io
import re
import zipfile

import pypdfium2


def words_in(response) -> str:
    """The text of an answer; of an archive (DOCX, XLSX) every part in words, of a PDF its pages.

    Compressed and binary bytes are left out: sooner or later they spell whatever a test looks for.
    """
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels", ".txt"))]
            parts = [archive.read(name).decode("utf-8") for name in names]
        return re.sub(r"<[^>]+>", "", " ".join(parts))
    if data[:4] == b"%PDF":
        pages = pypdfium2.PdfDocument(data)
        return " ".join(page.get_textpage().get_text_range() for page in pages)
    return data.decode("utf-8", "replace")
