"""From the bytes of a document to passages with page, headings, kind, language and offsets. Plain Python, no
Django.

`extract(data, name=…)` is the way in; it reads in a child process with limits and returns a Document or
raises Refused. Workbooks, which are plans and no documents, are read by `xlsx.read_xlsx` in this process.

Not here: what a passage is about (plans.matching), the words for a refusal (the interface),
storing anything.
"""

from plans.extraction.sandbox import extract
from plans.extraction.types import Code, Document, Kind, Limits, Passage, Refused, Warn

__all__ = ["Code", "Document", "Kind", "Limits", "Passage", "Refused", "Warn", "extract"]
