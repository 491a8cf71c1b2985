"""Goes through a page with the Tab key alone and notes where the keyboard stood, and how that looked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.focus_ring import FocusRing
from chairside.ui.widgets.page import Page

MOST_STOPS = 250
EDGE_PX = 1  # a header's button stands so near the edge of the glass that one of the ring's pixels is cut


def place(widget: QWidget, on: QWidget) -> QRect:
    return QRect(widget.mapTo(on, QPoint(0, 0)), widget.size())


@dataclass(frozen=True)
class Stop:
    """A control that got the keyboard: `box` on the page as it was then, `lies` where it lies unscrolled."""

    control: QWidget
    part: int  # 0 header, 1 steps, 2 what scrolls, 3 footer
    lies: QRect
    troubles: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.control.objectName() or type(self.control).__name__


def stop(page: Page, theme: Theme, control: QWidget) -> Stop:
    content = page.content
    scrolls = content.isAncestorOf(control)
    part = 2 if scrolls else 3 if page.footer.isAncestorOf(control) else 1
    part = 0 if page.header is not None and page.header.isAncestorOf(control) else part
    view = content.viewport()
    assert view is not None
    clip = place(view, page) if scrolls else page.rect()
    reach = theme.ring("gap") + theme.ring("line")
    ringed = place(control, page).adjusted(-reach, -reach, reach, reach)
    troubles = []
    ring = page.findChild(FocusRing)
    assert ring is not None
    seen = ring.geometry().adjusted(-EDGE_PX, -EDGE_PX, EDGE_PX, EDGE_PX)
    tall = ringed.height() > clip.height()  # higher than the view: its top is in sight
    if not ring.isVisible() or not (tall or seen.contains(ringed)):
        troubles.append(f"{control.objectName()}: the ring is at {ring.geometry()}, not at {ringed}")
    if tall and not clip.contains(ringed.topLeft()):
        troubles.append(f"{control.objectName()}: the top of {ringed} is not in sight in {clip}")
    inside = content.widget() if scrolls else page
    assert inside is not None
    lies = place(control, inside)
    return Stop(control, part, lies, tuple(troubles))


def around(page: Page, theme: Theme, key: Qt.Key = Qt.Key.Key_Tab) -> list[Stop]:
    """Press the key until the keyboard is where it began. Fails where it is lost or goes astray."""
    page.setFocus()
    stops: list[Stop] = []
    for _ in range(MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget() or page, key)
        QApplication.processEvents()
        control = QApplication.focusWidget()
        assert control is not None and control is not page, f"lost after {[each.name for each in stops]}"
        if stops and control is stops[0].control:
            return stops
        assert control not in [each.control for each in stops], f"a ring within: {control.objectName()}"
        stops.append(stop(page, theme, control))
    raise AssertionError("there is no end to it")


def before(first: Stop, then: Stop, mirrored: bool = False) -> bool:
    """Tell whether the eye, too, comes to `first` before it comes to `then`."""
    if first.part != then.part or first.control.isAncestorOf(then.control):
        return first.part <= then.part
    one, other = first.lies, then.lies
    beside = other.right() < one.left() if mirrored else other.left() > one.right()
    return beside or other.top() >= one.bottom()
