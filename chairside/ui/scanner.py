"""A scanner is a keyboard that types in a burst: it is heard on the whole window, focus in no field.

Keys less than 40 ms apart that end with Return are a scan; what the burst typed never reaches a
field. The group separator (Ctrl+]) is kept: without it lot and serial run together
(facts/interop.md 2). At most 128 characters; control keys are dropped (T19).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

BETWEEN_KEYS_MS = 40
LEAST_CHARACTERS = 4
MOST_CHARACTERS = 128
GROUP_SEPARATOR = "\x1d"


class Scanner(QObject):
    """Collects bursts over a window; a slow key is somebody typing and passes through."""

    def __init__(self, window: QWidget, scanned: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window, self._scanned = window, scanned
        self._burst = ""
        self._last_ms = 0
        self._before: tuple[QLineEdit, str] | None = None
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not self._ours(watched)
        ):
            return False
        fast = event.timestamp() - self._last_ms <= BETWEEN_KEYS_MS and bool(event.timestamp())
        self._last_ms = event.timestamp()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._end(fast)
        letter = self._letter(event)
        if not letter:
            return False
        if not fast:
            self._burst = ""
            field = QApplication.focusWidget()
            self._before = (field, field.text()) if isinstance(field, QLineEdit) else None
        self._burst += letter
        return False

    def _end(self, fast: bool) -> bool:
        burst, self._burst = self._burst, ""
        if not fast or not LEAST_CHARACTERS <= len(burst) <= MOST_CHARACTERS:
            return False
        if self._before is not None:
            field, text = self._before  # it typed along, as far as its length allowed
            field.setText(text)
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
