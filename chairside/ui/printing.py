"""Onto paper, or as a copy into a folder: what leaves the tablet, and what to do where no printer is.

Everything about printing is imported when it is first wanted: at start it would cost 0.2 s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QStandardPaths, QStorageInfo, Qt
from PySide6.QtGui import QImage, QPainter

from chairside.errors import ChairsideError
from chairside.session import prints
from chairside.ui.document import Document

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_POINT = 300 / 72  # what a laser printer shows of small type; more is only slower
REMOVABLE = ("/media", "/run/media", "/mnt", "/Volumes")


@dataclass(frozen=True)
class Place:
    """A folder a copy may go to; `kind` is stick, documents or home."""

    kind: str
    name: str
    folder: Path


def places() -> tuple[Place, ...]:
    """Return where a copy may be saved: sticks first, then the user's own folders that are there."""
    sticks = [
        Place("stick", volume.displayName(), Path(volume.rootPath()))
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady() and not volume.isReadOnly() and volume.rootPath().startswith(REMOVABLE)
    ]
    locations = QStandardPaths.StandardLocation
    own = [("documents", locations.DocumentsLocation), ("home", locations.HomeLocation)]
    folders = [(kind, Path(QStandardPaths.writableLocation(location))) for kind, location in own]
    return (*sticks, *(Place(kind, folder.name, folder) for kind, folder in folders if folder.is_dir()))


def printer() -> QPrinter | None:
    """Return the printer the tablet's settings name, or None where there is none."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # start-up: see the top

    info = QPrinterInfo.defaultPrinter()
    if info.isNull():
        found = QPrinterInfo.availablePrinters()
        if not found:
            return None
        info = found[0]
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def print_pdf(data: bytes, find: Callable[[], QPrinter | None] = printer) -> None:
    """Print a PDF, page by page as pictures, whole pages scaled to the paper.

    Raises: ChairsideError("no_printer" | "printer_refused").
    """
    device = find()
    if device is None:
        raise ChairsideError("no_printer")
    document = Document("print", data)
    painter = QPainter()
    try:
        if not painter.begin(device):
            raise ChairsideError("printer_refused")
        number = 0
        while (image := document.page(number, DOTS_PER_POINT)) is not None:
            if number and not device.newPage():
                raise ChairsideError("printer_refused")
            _draw(painter, image)
            number += 1
    finally:
        if painter.isActive():
            painter.end()
        document.close()


def into_folder(data: bytes, folder: Path, name: str) -> Path:
    """Put a paper into the folder for papers, where no printer is, and return where it lies.

    Raises: ChairsideError("folder_refused").
    """
    path = folder / f"{name}.pdf"
    try:
        return prints.put(folder, name, data)
    except OSError as trouble:
        raise ChairsideError("folder_refused", path=str(path)) from trouble


def _draw(painter: QPainter, image: QImage) -> None:
    """Draw a page as large as the paper lets it be, in its middle."""
    paper = painter.viewport()
    size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (paper.width() - size.width()) // 2, (paper.height() - size.height()) // 2
    painter.drawImage(QRect(left, top, size.width(), size.height()), image)
