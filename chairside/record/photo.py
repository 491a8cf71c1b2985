"""Photos of paper: JPEG as it comes, its size read from its own frame, nothing decoded, nothing changed.

The interface re-encodes every photo before it is stored, so no camera's metadata rides along. What is
not a plain grey or colour JPEG of at most 2000 pixels is not drawn: a page must not depend on a viewer.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from msgspec import Struct

from chairside.domain.facts import Answered, Corrected, SignedOnPaper, Stamped
from chairside.domain.replies import Pictured

MOST_PIXELS = 2000
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a length
_SPACES = {1: "DeviceGray", 3: "DeviceRGB"}


class Photo(Struct, frozen=True):
    """A JPEG that may stand on a page. Units: pixels."""

    data: bytes
    width: int
    height: int
    space: str

    @property
    def entries(self) -> str:
        """What a PDF says of it."""
        return (
            f"/Type/XObject/Subtype/Image/Width {self.width}/Height {self.height}"
            f"/ColorSpace/{self.space}/BitsPerComponent 8/Filter/DCTDecode"
        )


def named(facts: Iterable[Stamped]) -> dict[str, Stamped]:
    """Return the digests of the photos these facts name, each with the fact that named it first."""
    found: dict[str, Stamped] = {}
    for stamped in facts:
        for digest in _of(stamped):
            found.setdefault(digest, stamped)
    return found


def _of(stamped: Stamped) -> tuple[str, ...]:
    match stamped.fact:
        case Answered(_, _, Pictured(digest)) | Corrected(_, _, Pictured(digest)):
            return (digest,)
        case SignedOnPaper(pictures=pictures):
            return pictures
        case _:
            return ()


def is_named_rightly(digest: str, held: str) -> bool:
    """Tell whether a photo in base64 is the one with this SHA-256 (hex)."""
    try:
        return sha256(base64.b64decode(held, validate=True)).hexdigest() == digest
    except binascii.Error:
        return False


def fit(data: bytes) -> bool:
    """Tell whether these bytes are a whole JPEG that a page may show."""
    return read(base64.b64encode(data).decode()) is not None


@lru_cache(maxsize=8)
def read(held: str) -> Photo | None:
    """Return a photo from base64, or None where it is none that a page may show."""
    try:
        data = base64.b64decode(held, validate=True)
    except binascii.Error:
        return None
    frame = _frame(data)
    if frame is None:
        return None
    height, width, parts = frame
    space = _SPACES.get(parts)
    if space is None or not 0 < width <= MOST_PIXELS or not 0 < height <= MOST_PIXELS:
        return None
    return Photo(data, width, height, space)


def _frame(data: bytes) -> tuple[int, int, int] | None:
    """Return height, width and number of colour parts from the frame's header."""
    if not data.startswith(b"\xff\xd8") or not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _ALONE:
            at += 2
            continue
        if marker in _FRAMES and data[at + 4] == 8:
            return int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9]), data[at + 9]
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None
