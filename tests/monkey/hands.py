"""A monkey's hands: each doing becomes the events that a finger, a pen, a mouse or a keyboard sends.

They are deaf to the digit 1: every PIN of the clinic has one, so no luck ever makes the monkey staff.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from chairside.ui.widgets.ink_pad import InkPad
from chairside.ui.window import Window
from tests.monkey.doings import SIZES, Doing
from tests.ui.hands import Finger, Pen

FORBIDDEN = "pin.1"
ONWARD = {
    "continue", "more", "sign", "stay", "pin.cancel",
    "who_are_you.yes", "who_are_you.staff", "banner.close",
}  # fmt: skip
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
_NAMED = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\x1b": Qt.Key.Key_Escape, " ": Qt.Key.Key_Space}
HERE, AWAY = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive


class Hands:
    """Two hands, a pen, a keyboard and a scanner on one window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._pen, self._finger = Pen(), Finger()
        self._down: dict[str, QWidget] = {}  # what pen, finger and mouse hold, until it is lifted
        self._clock_ms = 1_000_000

    def do(self, doing: Doing) -> None:
        """Send what this doing is, and let the window do what follows."""
        name = doing.kind.replace(".", "_")
        if name.startswith(("pen_", "finger_", "mouse_")):
            self._draw(*doing.kind.split("."), doing)
        else:
            getattr(self, f"_{name}")(doing)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def rest(self) -> None:
        """Lift everything and look at the glass again."""
        for hand in list(self._down):
            self._draw(hand, "up", Doing(f"{hand}.up"))
        self._here(Doing("here"))

    # -- where ----------------------------------------------------------------------------------
    def _under(self, doing: Doing) -> tuple[QWidget, QPoint]:
        """Return the widget at a place of the window, and the place in it; never the forbidden key."""
        window = self.window
        at = QPoint(int(doing.x * (window.width() - 1)), int(doing.y * (window.height() - 1)))
        under = window.childAt(at) or window
        if under.objectName() == FORBIDDEN:
            return window, QPoint(1, 1)
        return under, under.mapFrom(window, at)

    def _focus(self) -> QWidget | None:
        focus = QApplication.focusWidget() or self.window
        return None if focus.objectName() == FORBIDDEN else focus

    def _aim(self, hand: str, doing: Doing) -> tuple[QWidget, QPoint]:
        """Return what a stroke is drawn on: what is held, else the pad, else whatever lies there."""
        held = self._down.get(hand)
        if held is None or not isValid(held):
            pads = [pad for pad in self.window.findChildren(InkPad) if pad.isVisible()]
            if not pads:
                return self._under(doing)
            held = pads[0]
        return held, QPoint(int(doing.x * held.width()), int(doing.y * held.height()))

    def _on_glass(self, target: QWidget, at: QPoint) -> QPoint:
        """Return the nearest place that lies on the screen: no finger comes down beside the glass.

        Qt looks on the screen for what a finger stops while it still scrolls, and warns where nothing is:
        the window may be larger than the screen that a test run has.
        """
        glass, where = target.screen().geometry(), target.mapToGlobal(at)
        x = min(max(where.x(), glass.left()), glass.right())
        y = min(max(where.y(), glass.top()), glass.bottom())
        return target.mapFromGlobal(QPoint(x, y))

    # -- pen, finger and mouse ------------------------------------------------------------------
    def _draw(self, hand: str, act: str, doing: Doing) -> None:
        if (act == "down") == (hand in self._down):
            return  # lifted twice, or down twice
        target, at = self._aim(hand, doing)
        if (hand, act) == ("finger", "down"):
            at = self._on_glass(target, at)
        place = (float(at.x()), float(at.y()))
        if act == "down":
            self._down[hand] = target
        elif act == "up":
            self._down.pop(hand)
        match hand, act:
            case "pen", "down":
                self._pen.press(target, place)
            case "pen", "move":
                self._pen.move(target, place)
            case "pen", _:
                self._pen.lift(target, place)
            case "finger", "down":
                self._finger.press(target, place)
            case "finger", "move":
                self._finger.move(target, place)
            case "finger", _:
                self._finger.lift(target, place)
            case _, "down":
                QTest.mousePress(target, LEFT, NO_KEYS, at)
            case _, "move":
                QTest.mouseMove(target, at)
            case _:
                QTest.mouseRelease(target, LEFT, NO_KEYS, at)

    def _palm(self, doing: Doing) -> None:
        target, at = self._aim("palm", doing)
        if "finger" in self._down:
            at = self._on_glass(target, at)
            self._finger.rest_another(target, (at.x(), at.y()))
        else:
            self._touch(doing)

    # -- taps -----------------------------------------------------------------------------------
    def _button(self, doing: Doing) -> None:
        """Tap one of the buttons in sight, the so-manieth: chance alone seldom meets one."""
        chosen = self._chosen(doing.number)
        if chosen is not None:
            QTest.mouseClick(chosen, LEFT, NO_KEYS, chosen.rect().center())

    def _chosen(self, number: int) -> QAbstractButton | None:
        """Return a button in sight; one in three leads on, one in ten is the header's: those redraw all."""
        seen = [each for each in self.window.findChildren(QAbstractButton) if self._in_sight(each)]
        above = [each for each in seen if each.objectName().startswith("header.")]
        onward = [each for each in seen if each.objectName() in ONWARD]
        below = [each for each in seen if each not in above]
        some = above if number % 10 == 0 else onward if number % 3 == 0 else below
        wanted = some or below or seen
        return wanted[number // 10 % len(wanted)] if wanted else None

    def _in_sight(self, button: QAbstractButton) -> bool:
        if button.objectName() == FORBIDDEN or not button.isVisible():
            return False
        middle = button.mapTo(self.window, button.rect().center())
        return self.window.childAt(middle) is button

    def _tap(self, doing: Doing) -> None:
        under, at = self._under(doing)
        QTest.mouseClick(under, LEFT, NO_KEYS, at)

    def _twice(self, doing: Doing) -> None:
        """A double tap on a button, or where there is none; the second may meet another page."""
        chosen: QWidget = self._chosen(doing.number) or self.window
        place = chosen.mapTo(self.window, chosen.rect().center())
        QTest.mouseClick(chosen, LEFT, NO_KEYS, chosen.rect().center())
        under = self.window.childAt(place) or self.window
        if under.objectName() != FORBIDDEN:
            QTest.mouseDClick(under, LEFT, NO_KEYS, under.mapFrom(self.window, place))

    def _touch(self, doing: Doing) -> None:
        if "finger" in self._down:
            return
        under, at = self._under(doing)
        at = self._on_glass(under, at)
        self._finger.press(under, (at.x(), at.y()))
        if isValid(under):
            self._finger.lift(under, (at.x(), at.y()))

    def _hold(self, doing: Doing) -> None:
        """A long press: no drag, no menu may come of it."""
        under, at = self._under(doing)
        QTest.mousePress(under, LEFT, NO_KEYS, at)
        QTest.qWait(20)
        if isValid(under):
            QTest.mouseRelease(under, LEFT, NO_KEYS, at)

    def _menu(self, doing: Doing) -> None:
        under, at = self._under(doing)
        QApplication.sendEvent(under, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at))

    def _wheel(self, doing: Doing) -> None:
        under, at = self._under(doing)
        turned = QPoint(0, -480 if doing.number % 3 else 480)
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        place = QPointF(at)
        event = QWheelEvent(
            place, QPointF(under.mapToGlobal(at)), QPoint(), turned, none, NO_KEYS, phase, False
        )
        QApplication.sendEvent(under, event)

    def _drop(self, doing: Doing) -> None:
        """A file is dragged over and let fall."""
        under, at = self._under(doing)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile("dropped.pdf")])
        action = Qt.DropAction.CopyAction
        QApplication.sendEvent(under, QDragEnterEvent(at, action, data, LEFT, NO_KEYS))
        if isValid(under):
            QApplication.sendEvent(under, QDropEvent(QPointF(at), action, data, LEFT, NO_KEYS))

    # -- keys -----------------------------------------------------------------------------------
    def _key(self, doing: Doing) -> None:
        held, key = doing.text.split(" ")
        if focus := self._focus():
            modifier = getattr(Qt.KeyboardModifier, f"{held}Modifier")
            QTest.keyClick(focus, getattr(Qt.Key, f"Key_{key}"), modifier)

    def _type(self, doing: Doing) -> None:
        if focus := self._focus():
            QTest.keyClicks(focus, doing.text)

    def _burst(self, doing: Doing) -> None:
        """As a scanner types: five milliseconds a key."""
        self._clock_ms += 10_000
        for letter in doing.text:
            self._clock_ms += 5
            key = _NAMED.get(letter, Qt.Key(ord(letter)) if letter.isalnum() else Qt.Key.Key_unknown)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                if (focus := self._focus()) is None:
                    return
                event = QKeyEvent(kind, key.value, NO_KEYS, letter)
                event.setTimestamp(self._clock_ms)
                QCoreApplication.sendEvent(focus, event)

    # -- the window -----------------------------------------------------------------------------
    def _size(self, doing: Doing) -> None:
        self.window.resize(*SIZES[doing.number % len(SIZES)])

    def _close(self, doing: Doing) -> None:
        self.window.close()

    def _tick(self, doing: Doing) -> None:
        self.window.pages.tick()

    def _away(self, doing: Doing) -> None:
        self._change(AWAY)

    def _here(self, doing: Doing) -> None:
        self._change(HERE)

    def _change(self, state: Qt.ApplicationState) -> None:
        application = QApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.emit(state)
