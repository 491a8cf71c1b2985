"""The file itself: reportlab's objects written out so that archives and screen readers accept them.

reportlab 5.1.0 ends streams without a line end, stamps its own clock and writes every object in
full; here streams are exact, time and identity come from the record, and the thousands of
structure elements go packed into object streams (PDF 1.5), which halves the file.
"""

from __future__ import annotations

from struct import pack
from typing import Any

from reportlab.pdfbase import pdfdoc

from chairside.record.streams import written
from chairside.record.tags import Raw

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACK = 200  # objects in one object stream


class Document(pdfdoc.PDFDocument):  # type: ignore[misc]  # reportlab has no types
    """A PDF whose bytes depend on nothing but what was drawn and the identity given to it."""

    def __init__(self, identity: bytes) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))
        self._identity = identity[:16].hex().upper()
        self.packable: set[str] = set()  # names of objects that may go into object streams

    def number_of(self, name: str) -> str:
        """Return the reference of a registered object."""
        number, generation = self.idToObjectNumberAndVersion[name]
        return f"{number} {generation} R"

    def named(self, name: str, body: Raw) -> str:
        """Register an object under a name and return its reference."""
        self.Reference(body, name)
        return self.number_of(name)

    def GetPDFData(self, canvas: Any) -> bytes:
        """Realise the fonts and return the file."""
        for font in self.delayedFonts:
            font.addObjects(self)
        self.Catalog.Outlines = None
        return self.format()

    def _stream(self, body: Any) -> bytes:
        content = body.content.encode() if isinstance(body.content, str) else body.content
        entries = " ".join(f"/{key} {value}" for key, value in sorted(body.dictionary.dict.items()))
        return written(entries, content)

    def _object(self, name: str) -> bytes:
        body = self.idToObject[name]
        if isinstance(body, Raw):
            return body.body
        if isinstance(body, pdfdoc.PDFStream):
            return self._stream(body)
        return bytes(pdfdoc.format(body, self, toplevel=1))

    def format(self) -> bytes:
        """Write every object, then the packed ones, then the cross-reference stream."""
        self.Reference(self.Catalog)
        out = _Out()
        packed: list[tuple[int, bytes]] = []
        number = 1
        while number in self.numberToId:  # formatting may add objects
            name = self.numberToId[number]
            if name in self.packable:
                packed.append((number, self._object(name)))
            else:
                out.add(number, self._object(name))
            number += 1
        for start in range(0, len(packed), _PACK):
            out.pack(number, packed[start : start + _PACK])
            number += 1
        catalog = self.idToObjectNumberAndVersion[self.Catalog.__InternalName__][0]
        info = self.idToObjectNumberAndVersion["Info"][0]
        return out.close(
            number, f"/Root {catalog} 0 R/Info {info} 0 R/ID[<{self._identity}><{self._identity}>]"
        )


class _Out:
    """The growing file and where each object stands in it."""

    def __init__(self) -> None:
        self._parts = [HEADER]
        self._length = len(HEADER)
        self._where: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}  # as in a cross-reference stream

    def _write(self, data: bytes) -> None:
        self._parts.append(data)
        self._length += len(data)

    def add(self, number: int, body: bytes) -> None:
        """Write one object by itself."""
        self._where[number] = (1, self._length, 0)
        end = b"" if body.endswith(b"\n") else b"\n"
        self._write(f"{number} 0 obj\n".encode() + body + end + b"endobj\n")

    def pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """Write several objects as one compressed stream."""
        index, data = [], b""
        for place, (held, body) in enumerate(objects):
            index.append(f"{held} {len(data)}")
            data += body + b"\n"
            self._where[held] = (2, number, place)
        first = " ".join(index).encode() + b"\n"
        self.add(number, written(f"/Type/ObjStm/N {len(objects)}/First {len(first)}", first + data))

    def close(self, number: int, entries: str) -> bytes:
        """Write the cross-reference stream as the last object and return the whole file."""
        start = self._length
        self._where[number] = (1, start, 0)
        rows = b"".join(pack(">BIH", *self._where[at]) for at in range(number + 1))
        self.add(number, written(f"/Type/XRef/Size {number + 1}/W[1 4 2]{entries}", rows))
        self._write(f"startxref\n{start}\n%%EOF\n".encode())
        return b"".join(self._parts)
