"""A photograph from a file: read once, turned upright, cut, and made anew as a small JPEG.

What comes down from here is painted pixel by pixel on a fresh page, so nothing the camera wrote
beside the picture (place, time, name of the phone, comments, a second small picture) comes along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from chairside.errors import ChairsideError

MOST_PX = 2000  # Source: product.md, Vial: re-encoded <= 2000 px
MOST_FILE_BYTES = 40_000_000
MOST_SOURCE_PX = 20_000  # along one side: beyond any camera, within what Qt may allocate
QUALITY = 85
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
MOST_FOUND = 12
CUT_PER_CENT = 5
MOST_CUT_PER_CENT = 90  # of two facing edges together

Edge: TypeAlias = Literal["top", "bottom", "left", "right"]


@dataclass(frozen=True)
class Cut:
    """How much is cut away from each edge. Units: per cent of the whole picture."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    def more(self, edge: Edge) -> Cut:
        """Return the cut with one more slice off this edge; something always remains."""
        facing = {"top": self.bottom, "bottom": self.top, "left": self.right, "right": self.left}[edge]
        now = {"top": self.top, "bottom": self.bottom, "left": self.left, "right": self.right}[edge]
        if now + facing + CUT_PER_CENT > MOST_CUT_PER_CENT:
            return self
        wider = {edge: now + CUT_PER_CENT}
        return replace(self, **wider)

    def box(self, size: QSize) -> QRect:
        """Return what remains of a picture of this size. Units: pixels."""
        width, height = size.width(), size.height()
        first = QPoint(width * self.left // 100, height * self.top // 100)
        rest = QSize(
            max(1, width * (100 - self.left - self.right) // 100),
            max(1, height * (100 - self.top - self.bottom) // 100),
        )
        return QRect(first, rest)


def opened(file: Path) -> QImage:
    """Return the picture in a file, upright and at most 2000 pixels along a side.

    Raises: ChairsideError("picture_missing" | "picture_too_large" | "picture_unreadable").
    """
    try:
        if file.stat().st_size > MOST_FILE_BYTES:
            raise ChairsideError("picture_too_large", megabytes=MOST_FILE_BYTES // 1_000_000)
        data = file.read_bytes()
    except OSError as trouble:
        raise ChairsideError("picture_missing") from trouble
    return decoded(data)


def decoded(data: bytes) -> QImage:
    """Return the picture in these bytes. Raises: ChairsideError, as above."""
    held = QByteArray(data)  # a name of its own: the buffer only borrows it
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data()) if reader.canRead() else b""
    if kind not in (b"jpeg", b"png", b"webp") or not _whole(kind, data):
        raise ChairsideError("picture_unreadable")
    size = reader.size()
    if max(size.width(), size.height()) > MOST_SOURCE_PX:
        raise ChairsideError("picture_too_large", megabytes=MOST_FILE_BYTES // 1_000_000)
    if max(size.width(), size.height()) > MOST_PX:
        reader.setScaledSize(size.scaled(MOST_PX, MOST_PX, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise ChairsideError("picture_unreadable")
    return _fresh(image, QRect(QPoint(0, 0), image.size()))


def _whole(kind: bytes, data: bytes) -> bool:
    """Tell whether the file goes on to its own end: Qt paints the lost half of a cut-off picture grey."""
    if kind == b"png":
        return b"IEND" in data[-64:]
    if kind != b"jpeg":
        return True
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":  # segments, up to the first scan
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return b"\xff\xd9" in data[at:] if data[at : at + 2] == b"\xff\xda" else False


def _fresh(image: QImage, box: QRect) -> QImage:
    """Return this part of a picture on a new white page, with nothing beside the pixels."""
    page = QImage(box.size(), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(QPoint(0, 0), image, box)
    painter.end()
    return page


def cut(image: QImage, by: Cut) -> QImage:
    """Return what remains of a picture."""
    return _fresh(image, by.box(image.size()))


def encoded(image: QImage) -> bytes:
    """Return the picture as a JPEG without anything beside it."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", QUALITY)  # type: ignore[call-overload]  # the stub wants bytes, Qt wants text
    buffer.close()
    return bytes(held.data())


@dataclass(frozen=True)
class Found:
    """A file that looks like a picture, and when it was last written."""

    file: Path
    at: datetime


def found_in(folders: Iterable[Path]) -> tuple[Found, ...]:
    """Return the newest pictures of these folders, newest first; what cannot be looked into is left out."""
    found: dict[Path, Found] = {}
    for folder in folders:
        try:
            for file in folder.iterdir():
                if file.suffix.lower() in ENDINGS and file.is_file():
                    found[file] = Found(file, datetime.fromtimestamp(file.stat().st_mtime, UTC))
        except OSError:
            continue
    newest = sorted(found.values(), key=lambda each: (each.at, each.file.name), reverse=True)
    return tuple(newest[:MOST_FOUND])
