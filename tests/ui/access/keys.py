"""Hands that have a keyboard and nothing else: Tab, Space, Enter, the arrows, letters; a pen for ink alone.

The typed or witnessed way to sign is not built yet, so a signature is drawn: the one exception, counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from chairside.demo.eyes import Lost
from chairside.demo.pen import Path
from chairside.demo.robot import Robot
from chairside.ui.widgets.answers import AnswerRow
from chairside.ui.widgets.focus_ring import FocusRing
from chairside.ui.widgets.tab_order import controls

MOST_STEPS = 200
POINTING = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.Wheel,
}


class Watcher(QObject):
    """Counts what a hand without a keyboard would do."""

    def __init__(self) -> None:
        super().__init__()
        self.pointed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.pointed += event.type() in POINTING and isinstance(watched, QWidget)
        return False


@dataclass
class Keys(Robot):
    """A robot that goes everywhere by key. `arrived` is called with each control it stands on."""

    arrived: Callable[[QWidget], None] = lambda _: None
    pressed: dict[str, int] = field(default_factory=dict)  # how often each key
    signed: int = 0

    def key(self, key: Qt.Key) -> None:
        """Press one key where the keyboard is."""
        here = QApplication.focusWidget() or self.window
        self.pressed[key.name] = self.pressed.get(key.name, 0) + 1
        QTest.keyClick(here, key)
        self.settle()

    def go_to(self, name: str) -> QWidget:
        """Press Tab, or Shift and Tab where that is shorter, until the control has the keyboard."""
        target = self.find(name)
        way = self._way(target)
        for _ in range(MOST_STEPS):
            here = QApplication.focusWidget()
            if here is target:
                self.arrived(target)
                return target
            onward = isinstance(here, AnswerRow) and isinstance(target, AnswerRow)
            arrow = Qt.Key.Key_Down if way == Qt.Key.Key_Tab else Qt.Key.Key_Up
            self.key(arrow if onward else way)
            target = self.find(name)  # a page may have been laid out anew
        raise Lost(f"{name!r} is not reached by {way.name} on page {self.page()!r}")

    def _way(self, target: QWidget) -> Qt.Key:
        order, here = list(controls(self.window)), QApplication.focusWidget()
        if target not in order:
            raise Lost(f"{target.objectName()!r} takes no keyboard")
        if here not in order:
            return Qt.Key.Key_Tab
        ahead = (order.index(target) - order.index(here)) % len(order)
        return Qt.Key.Key_Tab if ahead <= len(order) / 2 else Qt.Key.Key_Backtab

    # -- what a story asks for -------------------------------------------------------------------
    def tap(self, name: str) -> None:
        """Go there and press Space on what is answered, Enter on what is done."""
        self._begin()
        target = self.go_to(name)
        answers = not isinstance(target, QAbstractButton) or target.isCheckable()
        self.key(Qt.Key.Key_Space if answers else Qt.Key.Key_Return)
        self._log(name, "key")

    def pin(self, digits: str) -> None:
        """Type the PIN where the page has put the keyboard, and press Enter."""
        self.find("pin.1")
        self._begin()
        for digit in digits:
            self.key(Qt.Key(Qt.Key.Key_0.value + int(digit)))
        self.key(Qt.Key.Key_Return)
        self._log("pin", "pin")

    def type(self, name: str, text: str) -> None:
        """Go into a field and type."""
        self._begin()
        QTest.keyClicks(self.go_to(name), text)
        self.settle()
        self._log(name, "key")

    def sign(self, name: str, path: Path) -> None:
        """Go to the pad by key; the line itself is drawn."""
        self.go_to(name)
        self.signed += 1
        super().sign(name, path)

    def ringed(self) -> bool:
        """Tell whether the ring is around what has the keyboard."""
        rings = [each for each in self.window.findChildren(FocusRing) if each.isVisible()]
        return len(rings) == 1
