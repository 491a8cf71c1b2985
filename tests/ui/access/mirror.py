"""Holds a page shown for readers from the left against the same page shown for readers from the right.

Where a widget lies must be exact. What is painted in it is held by its edges: letters are not turned around,
but each line of them, each tick and each bar must begin as far from one side as it began from the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from chairside.ui.widgets.pin_pad import PinPad

COARSE_X, COARSE_Y = 2, 3  # a band is three rows of pixels, a column two of them
INSET_PX = 6  # a frame is the same on both sides and would hide what is within
INK = 24  # of 255: how far from its ground a pixel must be to be ink
NEAR_PX = 10  # a word's first and its last letter stand unequally near their edges
ROUND_PX = 1  # what stands in the middle of an odd room


@dataclass(frozen=True)
class Shown:
    """What stands where, in the order of the tree, and how it looks."""

    parts: tuple[
        tuple[str, QRect, bool], ...
    ]  # name, place, whether its ink is not its own or not all in sight
    image: QImage

    def ink(self, box: QRect) -> list[tuple[int, int]]:
        """Return of each line of ink how far from either side it begins. Units: px."""
        grey = self.image.copy(box).convertToFormat(QImage.Format.Format_Grayscale8)
        small = grey.scaled(
            max(1, box.width() // COARSE_X), max(1, box.height() // COARSE_Y),
            Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        wide, line = small.width(), small.bytesPerLine()
        data = bytes(small.constBits())
        lines: list[tuple[int, int]] = []
        before: tuple[int, int] | None = None
        for band in range(small.height()):
            before = _joined(before, _ends(data[band * line : band * line + wide]), lines)
        return lines if before is None else [*lines, before]


def _ends(row: bytes) -> tuple[int, int] | None:
    ground = max(set(row), key=row.count)
    inked = [n for n, grey in enumerate(row) if abs(grey - ground) > INK]
    return (inked[0] * COARSE_X, (len(row) - 1 - inked[-1]) * COARSE_X) if inked else None


def _joined(
    before: tuple[int, int] | None, here: tuple[int, int] | None, lines: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Add a band to the line above it; a band without ink ends that line."""
    if before is None:
        return here
    if here is None:
        lines.append(before)
        return None
    return min(before[0], here[0]), min(before[1], here[1])


def shown(page: QWidget) -> Shown:
    """Note a page as it is on the glass now."""
    parts = []
    numbers = page.findChildren(PinPad)  # the keys of a telephone stand alike for everybody
    for each in page.findChildren(QWidget):
        of_numbers = any(pad.isAncestorOf(each) for pad in numbers)
        if each.isVisibleTo(page) and not each.visibleRegion().isEmpty() and not of_numbers:
            cut = each.visibleRegion().boundingRect() != each.rect()  # by what scrolls: only its place counts
            holds = cut or any(
                isinstance(part, QWidget) and part.isVisibleTo(page) for part in each.children()
            )
            name = f"{type(each).__name__} {each.objectName()!r}"
            parts.append((name, QRect(each.mapTo(page, QPoint(0, 0)), each.size()), holds))
    return Shown(tuple(parts), page.grab().toImage())


def turned(box: QRect, width: int) -> QRect:
    """Return where a place lies in the mirror."""
    return QRect(width - box.right() - 1, box.y(), box.width(), box.height())


def misplaced(left: Shown, right: Shown) -> list[str]:
    """Return what does not lie where the mirror would have it."""
    width = left.image.width()
    there = [(name, turned(box, width)) for name, box, _ in left.parts]
    here = [(name, box) for name, box, _ in right.parts]
    if [name for name, _ in there] != [name for name, _ in here]:
        return ["not the same widgets"]
    return [
        f"{name} is at {box}, not at {wished}"
        for (name, wished), (_, box) in zip(there, here, strict=True)
        if max(abs(wished.x() - box.x()), abs(wished.y() - box.y()), abs(wished.width() - box.width()))
        > ROUND_PX
    ]


def unturned(left: Shown, right: Shown) -> list[str]:
    """Return the painted things whose ink does not begin and end where the mirror would have it."""
    found = []
    for (name, box, holds), (_, other, _) in zip(left.parts, right.parts, strict=True):
        inner, beyond = (each.adjusted(INSET_PX, 2, -INSET_PX, -2) for each in (box, other))
        whole = left.image.rect().contains(inner) and not inner.isEmpty()
        if holds or not whole or inner.size() != beyond.size():
            continue
        before, after = left.ink(inner), right.ink(beyond)
        pairs = list(zip(before, after, strict=False))
        if len(before) != len(after) or not all(_mirrored(*pair) for pair in pairs):
            found.append(f"{name} at {box}: {pairs[:4]}")
    return found


def _mirrored(before: tuple[int, int], after: tuple[int, int]) -> bool:
    return abs(before[0] - after[1]) <= NEAR_PX and abs(before[1] - after[0]) <= NEAR_PX
