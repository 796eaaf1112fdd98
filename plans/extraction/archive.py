"""Zip packages (DOCX, ODT) and the XML in them, opened with suspicion. What the XML says is for docx.py and
odt.py.

Declared sizes are checked before a byte is unpacked, nothing is written to disk, no entry is opened that is
not asked for, no DTD or entity is accepted, nothing outside the file is ever fetched.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from plans.extraction.types import Code, Limits, Refused

#: Below this size no ratio is suspicious.
SMALL = 10 * 1024 * 1024
#: All entries together, also those never opened, as a multiple of what may be unpacked.
WHOLE = 8
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, RuntimeError)


class Package:
    """A checked zip package."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        # Before the central directory is turned into objects.
        if data.count(b"PK\x01\x02") > limits.entries:
            raise Refused(Code.ZIP_BOMB, "entries")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise Refused(_code_of_broken(data), type(error).__name__) from error
        self._check()

    def _check(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > self.limits.entries:
            raise Refused(Code.ZIP_BOMB, "entries")
        if sum(info.file_size for info in infos) > self.limits.unpacked * WHOLE:
            raise Refused(Code.ZIP_BOMB, "declared size")
        self.names = {info.filename for info in infos}
        if len(self.names) != len(infos):
            raise Refused(Code.UNREADABLE, "two entries of one name")

    def read(self, name: str) -> bytes:
        """The unpacked entry."""
        info = self._zip.getinfo(name)
        if info.flag_bits & 0x1:
            raise Refused(Code.ENCRYPTED, name)
        if info.file_size > self.limits.unpacked:
            raise Refused(Code.ZIP_BOMB, name)
        if info.file_size > SMALL and info.file_size > self.limits.ratio * max(info.compress_size, 1):
            raise Refused(Code.ZIP_BOMB, f"ratio of {name}")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(Code.UNREADABLE, "compression")
        try:
            # Bounded also when the declared size lies: zipfile stops there and finds the checksum wrong.
            with self._zip.open(info) as entry:
                data = entry.read(self.limits.unpacked + 1)
        except _BROKEN as error:
            raise Refused(Code.UNREADABLE, f"{name}: {type(error).__name__}") from error
        if len(data) != info.file_size:
            raise Refused(Code.UNREADABLE, f"{name}: size")
        return data


def iterate_xml(data: bytes, limits: Limits) -> Iterator[tuple[str, Element]]:
    """("start" | "end", element) of an XML entry."""
    depth = 0
    try:
        for event, element in iterparse(io.BytesIO(data), ("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > limits.depth:
                raise Refused(Code.FORBIDDEN_XML, "depth")
            yield event, element
    except DefusedXmlException as error:
        raise Refused(Code.FORBIDDEN_XML, type(error).__name__) from error
    except (ParseError, LookupError, ValueError) as error:
        raise Refused(Code.UNREADABLE, type(error).__name__) from error


def _code_of_broken(data: bytes) -> Code:
    """Without its directory, which stands at the end, a package was cut off; otherwise it is damaged."""
    return Code.UNREADABLE if b"PK\x05\x06" in data[-66_000:] else Code.TRUNCATED
