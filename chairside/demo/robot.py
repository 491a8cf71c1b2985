"""A pair of hands: posts Qt input events to what the eyes find on the glass, nothing else.

A control that is off the window or covered cannot be tapped; what lies below the edge is scrolled to
with the wheel first. Every input is logged with the role, the page and the fact that came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from chairside.demo.eyes import Eyes, Lost
from chairside.demo.pen import Path, Pen

Input: TypeAlias = Literal["tap", "ink", "pin", "key", "scan"]
WHEEL_NOTCH = 120


@dataclass(frozen=True)
class Done:
    """One input as it goes into the summary."""

    n: int
    role: str
    page: str
    objectName: str  # noqa: N815  the key in summary.json, Qt's own word
    kind: Input
    fact: str | None


@dataclass
class Robot(Eyes):
    """Hands on one window. `look`, where there is one, is called with page and place before every input."""

    window: QWidget
    look: Callable[[str, str], None] | None = None
    seed: int = 1
    role: str = "nurse"
    part: str = "day"  # of the day, for the bars of P11
    parts: list[str] = field(default_factory=list)  # of each input in `done`
    done: list[Done] = field(default_factory=list)
    typed: dict[tuple[str, str], int] = field(default_factory=dict)  # characters by role and part
    heard: list[str] = field(default_factory=list)
    _clock_ms: int = 1000
    _at: str = ""

    def __post_init__(self) -> None:
        self._pen = Pen(self.seed)

    # -- hands ----------------------------------------------------------------------------------
    def look_on(self) -> None:
        """Remember what is on the glass, where somebody wants to know."""
        if self.look is not None:
            self.look(self.page(), self.place())

    def tap(self, name: str) -> None:
        """Tap a control in its middle."""
        widget = self.find(name)
        self.look_on()
        self._begin()
        self._press(widget, widget.rect().center())
        self._log(name, "tap")

    def double_tap(self, name: str) -> None:
        """Tap twice in one place, as Qt tells a double tap; the second may meet another page."""
        widget = self.find(name)
        self.look_on()
        self._begin()
        top = widget.mapTo(self.window, widget.rect().center())
        self._press(widget, widget.rect().center())
        under = self.window.childAt(top) or self.window
        here, there = QPointF(under.mapFrom(self.window, top)), QPointF(self.window.mapToGlobal(top))
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
            QCoreApplication.postEvent(under, QMouseEvent(kind, here, there, left, left, none))
        self.settle()
        self._log(name, "tap")

    def pin(self, digits: str) -> None:
        """Enter a PIN on the pad: one input, however many keys."""
        self.find("pin.1")
        self._begin()
        for digit in digits:
            key = self.find(f"pin.{digit}")
            self._press(key, key.rect().center())
        self.look_on()
        enter = self.find("pin.enter")
        self._press(enter, enter.rect().center())
        self._log("pin", "pin")

    def type(self, name: str, text: str) -> None:
        """Tap into a field and type; the tap is logged as one, the text by its length."""
        field_ = self.find(name)
        takes = (QLineEdit, QPlainTextEdit)
        target: QWidget | None = field_ if isinstance(field_, takes) else field_.findChild(QLineEdit)
        if target is None:
            raise Lost(f"{name!r} takes no text")
        self._begin()
        self._press(target, target.rect().center())
        self._log(name, "tap")
        self._begin()
        for letter in text:
            self._key(target, letter)
        whose = (self.role, self.part)
        self.typed[whose] = self.typed.get(whose, 0) + len(text)
        self._log(name, "key")

    def scan(self, text: str) -> None:
        """Send a code as a scanner does: a burst of keys and Return, into no field."""
        self.look_on()
        self._begin()
        target = QApplication.focusWidget() or self.window
        self._clock_ms += 500
        for letter in (*text, "\r"):
            self._clock_ms += 4
            self._key(target, letter, stamped=True)
        self.settle()
        self._log("scan", "scan")

    def sign(self, name: str, path: Path) -> None:
        """Draw a signature with the pen: every point with its own time and pressure, varied by the seed."""
        pad = self.find(name)
        self._begin()
        self._show_whole(pad)
        self._clock_ms = self._pen.write(pad, path, self._clock_ms)
        self.settle()
        self._log(name, "ink")

    # -- events ---------------------------------------------------------------------------------
    def _press(self, widget: QWidget, at: QPoint) -> None:
        self._show_whole(widget)
        top = widget.mapTo(self.window, at)
        under = self.window.childAt(top)
        if under is None or not (under is widget or widget.isAncestorOf(under)):
            raise Lost(f"{widget.objectName()!r} is covered or off the glass")
        self._clock_ms += 700  # slower than a double tap
        # QTest's events are spontaneous, as a finger's are: only those give a field the focus.
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(self.window, top))
        self.settle()

    def _show_whole(self, widget: QWidget) -> None:
        """Turn the wheel until the control is in sight."""
        area = self._area(widget)
        for _ in range(200):
            if area is None or self._in_sight(widget, area):
                return
            view = area.viewport()
            below = widget.mapTo(view, QPoint(0, widget.height())).y() > view.height()
            notch = QPoint(0, -WHEEL_NOTCH if below else WHEEL_NOTCH)
            middle = QPointF(view.rect().center())
            event = QWheelEvent(
                middle, QPointF(view.mapToGlobal(view.rect().center())), QPoint(), notch,
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QCoreApplication.postEvent(view, event)
            self.settle()

    def _in_sight(self, widget: QWidget, area: QScrollArea) -> bool:
        view = area.viewport()
        top = widget.mapTo(view, QPoint(0, 0)).y()
        bottom = top + widget.height()
        return (top >= 0 and bottom <= view.height()) or (top <= 0 and bottom >= view.height())

    def _area(self, widget: QWidget) -> QScrollArea | None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def _key(self, target: QWidget, letter: str, *, stamped: bool = False) -> None:
        code = Qt.Key.Key_Return if letter == "\r" else Qt.Key(0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code.value, Qt.KeyboardModifier.NoModifier, letter)
            if not stamped:
                self._clock_ms += 60  # a person types; only a scanner bursts
            event.setTimestamp(self._clock_ms)
            QCoreApplication.postEvent(target, event)
            QApplication.processEvents()

    # -- memory ---------------------------------------------------------------------------------
    def _begin(self) -> None:
        """Remember where an input is made; what was stored before it is not its doing."""
        self._at = self.page()
        self.heard.clear()

    def _log(self, name: str, kind: Input) -> None:
        fact = self.heard[0] if self.heard else None
        self.parts.append(self.part)
        self.done.append(Done(len(self.done) + 1, self.role, self._at, name, kind, fact))

    def counts(self) -> dict[str, dict[str, int]]:
        """Return taps, inks, PINs and typed characters by role."""
        kinds = {"taps": "tap", "inks": "ink", "pins": "pin"}
        return {
            role: {
                **{
                    name: sum(each.role == role and each.kind == kind for each in self.done)
                    for name, kind in kinds.items()
                },
                "typed": sum(count for (who, _), count in self.typed.items() if who == role),
            }
            for role in ("patient", "nurse", "physician")
        }
