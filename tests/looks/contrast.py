"""How far words stand out from what is behind them, read from the painted pixels.

The commonest colour of a line of words is its ground; of the others the one furthest from it is the core
of a letter (its edges are blends). A rule on the table of colours cannot see which two a page puts together.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from chairside.ui.widgets.answers import AnswerRow, TickRow
from chairside.ui.widgets.page import Page
from tests.looks.rules import called, seen

LEAST = {"patient": 7.0, "staff": 4.5}
MOST_ROWS = 60  # of pixels: a long text is painted in the colours of its beginning
ENOUGH = 2  # pixels of a colour, to count as a letter's and not as an accident
INSET_PX = 6  # a button's frame is not its words


def words_stand_out(page: Page, reader: str) -> list[str]:
    """Find words whose letters are too near their ground."""
    faults = []
    whole, inside = page.grab().toImage(), page.content.widget().grab().toImage()
    for part in seen(page, QLabel, QAbstractButton, QLineEdit):
        hint = part.placeholderText() if isinstance(part, QLineEdit) else ""
        if not hint and not part.text():  # type: ignore[attr-defined]  # all three kinds have one
            continue
        content = page.content.widget().isAncestorOf(part)
        image, holder = (inside, page.content.widget()) if content else (whole, page)
        ratio = strongest(image, _box(part, holder))
        if 1.2 < ratio < LEAST[reader]:
            faults.append(f"{ratio:.2f}:1 {called(part)}")
    return faults


def _box(part: QWidget, holder: QWidget) -> QRect:
    box = QRect(part.mapTo(holder, QPoint(0, 0)), part.size())
    if isinstance(part, AnswerRow | TickRow):
        words = part._words_box(part.width())
        return QRect(box.left() + words.left(), box.top() + 4, words.width(), box.height() - 8)
    if isinstance(part, QAbstractButton | QLineEdit):
        return box.adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
    return box


def strongest(image: QImage, box: QRect) -> float:
    """Return the contrast of the letters of a line to its ground; 1 where there is nothing."""
    box = box.intersected(image.rect())
    if box.height() > MOST_ROWS and box.width() > 0:
        box.setHeight(MOST_ROWS)
    part = image.copy(box).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(part.constBits()).cast("I")) if not part.isNull() else Counter()
    if not counted:
        return 1.0
    ground = counted.most_common(1)[0][0]
    return max((ratio(colour, ground) for colour, count in counted.items() if count >= ENOUGH), default=1.0)


def ratio(one: int, other: int) -> float:
    """Return the WCAG contrast of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(pixel: int) -> float:
    colour = QColor.fromRgb(pixel)
    red, green, blue = (_linear(each) for each in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
