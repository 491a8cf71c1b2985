"""One stream in the file, written so that its length can be read in one way only.

The line end before `endstream` is not part of the data (PDF/A 6.1.7.1). Data that end in a carriage
return would swallow a lone line feed into one line end; they get both. One file in eight met this.
"""

from __future__ import annotations

import zlib

LEVEL = 6  # zlib's own default, named because the bytes depend on it


def written(entries: str, content: bytes, *, packed: bool = True) -> bytes:
    """Return the whole stream object: these entries and its data, compressed or as they are."""
    data = zlib.compress(content, LEVEL) if packed else content
    how = "/Filter/FlateDecode" if packed else ""
    end = b"\r\n" if data.endswith(b"\r") else b"\n"
    return f"<<{entries}{how}/Length {len(data)}>>\nstream\n".encode() + data + end + b"endstream\n"
