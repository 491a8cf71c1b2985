"""A scanner is a keyboard that types in a burst: it is heard on the whole window, focus in no field.

Keys less than 40 ms apart that end with Return are a scan; what the burst typed never stays in a
field, and none of its keys after the first presses anything: nobody types that fast, and a hostile
label may hold keys that would answer a question (T19). The group separator (Ctrl+]) is kept: without
it lot and serial run together (facts/interop.md 2). At most 128 characters; control keys are dropped.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from chairside.ui.first_look import first_look
from chairside.ui.widgets.pin_pad import PinPad

BETWEEN_KEYS_MS = 40
LEAST_CHARACTERS = 4
MOST_CHARACTERS = 128
GROUP_SEPARATOR = "\x1d"
_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


def _typing_in(focus: QWidget | None) -> tuple[QWidget, Callable[[], None]] | None:
    """Return what is being typed in, if anything, with what gives it back what stood there before."""
    match focus:
        case QLineEdit():
            text = focus.text()
            return focus, lambda: focus.setText(text)
        case QPlainTextEdit():
            note = focus.toPlainText()
            return focus, lambda: focus.setPlainText(note)
        case PinPad():
            return focus, focus.forget
        case _:
            return None


class Scanner(QObject):
    """Collects bursts over a window; a slow key is somebody typing and passes through."""

    def __init__(self, window: QWidget, scanned: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window, self._scanned = window, scanned
        self._burst = ""
        self._last_ms = 0
        self._typed_in: tuple[QWidget, Callable[[], None]] | None = None  # and how to take it back
        application = QApplication.instance()
        if application is not None:
            first_look(application).take_in(self)

    def sees(self, watched: QObject, event: QInputEvent) -> bool:
        """Take away the keys of a burst that would do something else than be a code."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not self._ours(watched) or event.key() in _MODIFIERS:
            return False
        fast = event.timestamp() - self._last_ms <= BETWEEN_KEYS_MS and bool(event.timestamp())
        fast = fast and not event.isAutoRepeat()  # a key that is held down is a person's
        self._last_ms = event.timestamp()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._end(fast)
        if not fast:
            self._burst = ""
            self._typed_in = _typing_in(QApplication.focusWidget())
        letter = self._letter(event)
        self._burst += letter
        return fast and not (letter and self._typed_in)

    def _end(self, fast: bool) -> bool:
        burst, self._burst = self._burst, ""
        if not fast or len(burst) < LEAST_CHARACTERS:
            return fast and not self._typed_in
        if self._typed_in is not None:
            field, take_back = self._typed_in  # it typed along, as far as its length allowed
            if isValid(field):
                take_back()
        if len(burst) <= MOST_CHARACTERS:
            self._scanned(burst)
        return True

    def _letter(self, event: QKeyEvent) -> str:
        if event.key() == Qt.Key.Key_BracketRight and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return GROUP_SEPARATOR
        text = event.text()
        return text if len(text) == 1 and (text.isprintable() or text == GROUP_SEPARATOR) else ""

    def _ours(self, watched: QObject) -> bool:
        """Each key reaches the filter once for every object it passes: only the first counts."""
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        return watched is (QApplication.focusWidget() or self._window)
