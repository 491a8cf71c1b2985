"""Stage 2, the page: the digest of record.json stands in print, so paper and data can be compared."""

from __future__ import annotations

from hashlib import sha256

import pypdfium2


def shows_digest(data: bytes, record: bytes) -> bool:
    """Return whether the SHA-256 of record.json can be read on a page; blanks and line ends do not count."""
    wanted = sha256(record).hexdigest()
    document = pypdfium2.PdfDocument(data)
    try:
        return any(wanted in "".join(_text(page).split()).lower() for page in document)
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    held = page.get_textpage()
    try:
        return str(held.get_text_bounded())
    finally:
        held.close()
