"""What must hold on any page at any size: each rule returns what it finds wrong, in words.

Sources: screens.md 6 and 7, facts/qt.md 10. Gaps and targets of 10.1, type of 10.2, contrast of 10.3
(contrast.py), one main action of 10.6, no sideways scroll and 55 % of 10.10. The tab order of 10.11 is
walked through the same gallery by tests/ui/access.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from chairside.ui.widgets.answers import AnswerRow, TickRow
from chairside.ui.widgets.button import Button
from chairside.ui.widgets.ink_pad import InkPad
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Text

LEAST_PX, ROW_PX, PRIMARY_PX, GAP_PX = 48, 60, 56, 8
BODY_PX = {"patient": 20, "staff": 17}
CONTROL_PX, SMALLEST_PX = 19, 16
CONTENT_SHARE = 0.55
WRAP = int(Qt.TextFlag.TextWordWrap)
MEANT_SMALL = ("header", "rail", "bar")  # beside the page: never the words a patient decides by

Rule = Callable[[Page, str], list[str]]


def seen(page: Page, *kinds: type[QWidget]) -> Iterator[QWidget]:
    """Yield what is on show of these kinds."""
    for each in page.findChildren(QWidget):
        if isinstance(each, kinds) and each.isVisibleTo(page) and each.width() > 0 and each.height() > 0:
            yield each


def targets(page: Page) -> list[QWidget]:
    """Return everything that can be tapped, typed into or drawn on."""
    return list(seen(page, QAbstractButton, QLineEdit, QPlainTextEdit, InkPad))


def place(page: Page, part: QWidget) -> QRect:
    """Return where a part is, in the page's own pixels."""
    return QRect(part.mapTo(page, QPoint(0, 0)), part.size())


def called(part: QWidget) -> str:
    """Return what a person mending this would look for."""
    text = part.text() if isinstance(part, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(part).__name__} {part.objectName()} {text[:60]!r}"


def area(page: Page, part: QWidget) -> str:
    """Return which part of the page this stands in."""
    at: QWidget | None = part
    while at is not None and at is not page:
        if at.objectName() in {*MEANT_SMALL, "footer", "content"}:
            return at.objectName()
        at = at.parentWidget()
    return ""


# -- room --------------------------------------------------------------------------------------------
def nothing_is_clipped(page: Page, reader: str) -> list[str]:
    """Every label, button and row has the height its words need, and the width of its longest word."""
    faults = []
    for part in seen(page, QWidget):
        if isinstance(part.parentWidget(), QAbstractScrollArea) or isinstance(part, QAbstractScrollArea):
            continue
        least = _least(part)
        if part.height() < least.height() - 1 or part.width() < least.width() - 1:
            room = f"{part.width()}x{part.height()}, needs {least.width()}x{least.height()}"
            faults.append(f"clipped: {called(part)} has {room}")
    return faults + _cut_by_parent(page)


def _least(part: QWidget) -> QSize:
    """Return the room a part cannot do without at the width it has."""
    least = part.minimumSizeHint()
    if type(part) is Button:  # its words; the room around them may give way
        sides = 2 * part._sides()
        words = part.fontMetrics().boundingRect(0, 0, part.width() - sides, 9_999, WRAP, part.text())
        return QSize(least.width(), words.height())
    if part.hasHeightForWidth() and isinstance(part, QLabel | QAbstractButton):
        least.setHeight(max(least.height(), part.heightForWidth(part.width())))
    return least


def _cut_by_parent(page: Page) -> list[str]:
    """A part larger than what it lies in is cut, whatever room it thinks it has."""
    faults = []
    for part in seen(page, QLabel, QAbstractButton, QLineEdit):
        holder = part.parentWidget()
        if holder is not None and not holder.rect().adjusted(-1, -1, 1, 1).contains(part.geometry()):
            faults.append(f"cut off: {called(part)} at {part.geometry()} in {holder.size()}")
    return faults


def nothing_goes_sideways(page: Page, reader: str) -> list[str]:
    """The content is no wider than its window, and nothing stands beyond the glass."""
    faults = []
    inside, window = page.content.widget().width(), page.content.viewport().width()
    if inside > window:
        faults.append(f"sideways: {inside} px in {window}")
    for part in targets(page):
        at = place(page, part)
        if at.left() < 0 or at.right() >= page.width():
            faults.append(f"beyond the glass: {called(part)} {at}")
    return faults


def the_content_has_its_share(page: Page, reader: str) -> list[str]:
    """At least 55 % of the height is the page's own."""
    share = page.content.viewport().height() / page.height()
    return [] if share >= CONTENT_SHARE else [f"content has {share:.0%} of the height"]


def the_way_on_is_in_sight(page: Page, reader: str) -> list[str]:
    """What the footer offers is whole on the glass, whatever is scrolled."""
    faults = []
    for part in targets(page):
        if page.footer.isAncestorOf(part) and not page.rect().contains(place(page, part)):
            faults.append(f"not in sight: {called(part)}")
    return faults


def the_footer_says_what_is_lacking(page: Page, reader: str) -> list[str]:
    """An upright page has the height for it; a low one lists it behind the main action."""
    said = next(part for part in page.footer.findChildren(QLabel) if part.objectName() == "footer.lacking")
    kept_back = bool(said.text()) and not said.isVisibleTo(page) and page.height() > page.width()
    return [f"kept back: {said.text()!r}"] if kept_back else []


def no_button_breaks_its_words(page: Page, reader: str) -> list[str]:
    """What the footer offers stands in one line each, where the glass is wide enough for it."""
    faults = []
    for part in seen(page, Button):
        needed = part.sizeHint().width()
        if page.footer.isAncestorOf(part) and part.width() < needed <= page.footer.contentsRect().width():
            faults.append(f"breaks: {called(part)} has {part.width()} of {needed} px")
    return faults


# -- what is touched ---------------------------------------------------------------------------------
def targets_are_large_enough(page: Page, reader: str) -> list[str]:
    """48 px both ways, a patient's answer 60 and the main action 56."""
    faults = []
    for part in targets(page):
        least = LEAST_PX
        chip = isinstance(part, Button) and part.action.kind == "chip"
        if (chip or isinstance(part, AnswerRow | TickRow)) and reader == "patient":
            least = ROW_PX
        elif isinstance(part, Button) and part.action.kind in {"primary", "danger"}:
            least = PRIMARY_PX
        if part.height() < least or part.width() < LEAST_PX:
            faults.append(f"small: {called(part)} is {part.width()}x{part.height()}")
    return faults


def targets_stand_apart(page: Page, reader: str) -> list[str]:
    """8 px between any two that can be hit."""
    here = sorted(
        ((area(page, part), at.top(), at.left(), at.bottom(), at.right(), part) for part, at in
         ((part, place(page, part)) for part in targets(page))),
        key=lambda each: each[:3],
    )  # fmt: skip
    faults = []
    for number, (zone, _, left, bottom, right, part) in enumerate(here):
        for other_zone, top, other_left, _, other_right, other in here[number + 1 :]:
            if other_zone != zone or top - bottom - 1 >= GAP_PX:
                break
            beside = other_left - right - 1 < GAP_PX and left - other_right - 1 < GAP_PX
            if beside and not part.isAncestorOf(other) and not other.isAncestorOf(part):
                faults.append(f"too near: {called(part)} and {called(other)}")
    return faults


def everything_is_named_once(page: Page, reader: str) -> list[str]:
    """A robot's name is nobody else's; a screen reader has words for each."""
    faults = [f"not named: {called(part)}" for part in targets(page) if not part.accessibleName()]
    names = [part.objectName() for part in targets(page)]
    return faults + [f"twice: {name!r}" for name in sorted(set(names)) if names.count(name) > 1]


def one_main_action(page: Page, reader: str) -> list[str]:
    """At most one filled button."""
    main = [part for part in seen(page, Button) if isinstance(part, Button) and part.action.kind == "primary"]
    return [f"main action: {called(part)}" for part in main] if len(main) > 1 else []


# -- what is read ------------------------------------------------------------------------------------
def no_text_is_too_small(page: Page, reader: str) -> list[str]:
    """20 px for patients, 17 for staff, 19 on controls, 16 for what stands beside the page."""
    faults = []
    scale = page._theme.scale
    for part in seen(page, QLabel, QAbstractButton, QLineEdit, QPlainTextEdit):
        if isinstance(part, QLabel) and not part.text():
            continue
        least = _least_px(page, part, reader)
        face = part._face() if isinstance(part, Text) else part.font()
        size = face.pixelSize()
        if size < round(max(least, BODY_PX["staff"] * scale) if reader == "patient" else least * scale):
            faults.append(f"type of {size} px at {scale}: {called(part)}")
    return faults


def _least_px(page: Page, part: QWidget, reader: str) -> int:
    if area(page, part) in MEANT_SMALL:
        return SMALLEST_PX
    if isinstance(part, QAbstractButton):
        return min(CONTROL_PX, BODY_PX[reader])
    caption = reader == "staff" and isinstance(part, QLabel) and getattr(part, "_kind", "") == "caption"
    return SMALLEST_PX if caption else BODY_PX[reader]


def nothing_is_preset(page: Page, reader: str) -> list[str]:
    """Nobody has answered yet, so nothing is shown as an answer."""
    shown = [part for part in seen(page, QAbstractButton) if isinstance(part, QAbstractButton)]
    return [f"preset: {called(part)}" for part in shown if part.isChecked()]


ALWAYS: tuple[Rule, ...] = (
    nothing_is_clipped,
    nothing_goes_sideways,
    the_content_has_its_share,
    the_way_on_is_in_sight,
    the_footer_says_what_is_lacking,
    no_button_breaks_its_words,
    targets_are_large_enough,
    targets_stand_apart,
)
ONCE: tuple[Rule, ...] = (
    everything_is_named_once,
    one_main_action,
    no_text_is_too_small,
)
