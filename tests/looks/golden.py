"""The twelve pages whose pictures are kept exactly, and how they are taken, kept and compared.

Painting is exact with the bundled face on one platform at one pixel a point; what differs, differs for a
reason. `make looks FREEZE=1` takes them again after a change that was meant and looked at.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPainter

from chairside.ui.theme import Theme
from tests.looks.gallery import Size, hung, place_at
from tests.ui.screens.touch import settle

HERE = Path(__file__).parent / "golden"
BUILD = Path(__file__).parents[2] / "build" / "looks"
SIZES: tuple[Size, ...] = ((1366, 1024), (800, 1280))
PIXELS, RED = "pixels", 0xFFD00000
NAMES = (
    *("board", "sign in", "hand over", "who are you", "reading", "teach-back"),
    *("check answers", "signature", "health check", "medicines, taken", "decision", "thawed"),
)


def file_of(name: str, size: Size) -> Path:
    """Return where a picture is kept."""
    return HERE / f"{name.replace(', ', '-').replace(' ', '-')}-{size[0]}x{size[1]}.png"


def take(theme: Theme, name: str) -> dict[Size, QImage]:
    """Return a page's pictures at both sizes, with nothing on it that moves or blinks."""
    taken = {}
    with hung(theme, name, "en") as page:
        assert page.devicePixelRatioF() == 1.0
        for size in SIZES:
            place_at(page, theme, size, 1.0)
            page.setFocus()
            settle()
            taken[size] = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return taken


def keep(image: QImage, file: Path) -> None:
    """Write a picture small: sixteen shades a colour, for eyes, and the digest of the true pixels inside."""
    pixels = memoryview(image.constBits()).cast("I")
    shades = [pixel >> 4 & 0x0F0F0F for pixel in pixels]
    table = sorted(set(shades))[:256]
    places = {shade: number for number, shade in enumerate(table)}
    numbers = bytes(places.get(shade, 0) for shade in shades)
    width, height = image.width(), image.height()
    small = QImage(numbers, width, height, width, QImage.Format.Format_Indexed8).copy()
    small.setColorTable([0xFF000000 | shade * 0x11 for shade in table])
    small.setText(PIXELS, digest(image))
    file.parent.mkdir(parents=True, exist_ok=True)
    assert small.save(str(file), "PNG", 0)  # type: ignore[call-overload]  # the stubs want bytes for the kind


def digest(image: QImage) -> str:
    """Return what every pixel together comes to."""
    return hashlib.sha256(f"{image.width()}x".encode() + bytes(image.constBits())).hexdigest()


def kept(file: Path) -> tuple[QImage, str]:
    """Return a kept picture and the digest of what was painted; both empty where there is none."""
    image = QImage(str(file))
    return image.convertToFormat(QImage.Format.Format_RGB32), image.text(PIXELS)


def show_difference(actual: QImage, expected: QImage, file: Path) -> Path:
    """Write what is painted now, and where it differs; return the first."""
    now = BUILD / f"{file.stem}-actual.png"
    keep(actual, now)
    keep(where_different(actual, expected), BUILD / f"{file.stem}-difference.png")
    return now


def where_different(actual: QImage, expected: QImage) -> QImage:
    """Return the expected picture, paled, with what differs in red."""
    paler = expected.copy()
    painter = QPainter(paler)
    painter.fillRect(paler.rect(), QColor(255, 255, 255, 200))
    painter.end()
    for y in range(min(actual.height(), expected.height())):
        for x in range(min(actual.width(), expected.width())):
            if (actual.pixel(x, y) ^ expected.pixel(x, y)) & 0xF0F0F0:
                paler.setPixel(x, y, RED)
    return paler
