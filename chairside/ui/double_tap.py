"""Drops the second tap of a double tap, wherever it would do what nobody meant.

It counts only on the widget that met the first: a page that came in between has other buttons in the
same place ("the patient has it" would become "yes, that is me"). In the footer it never counts: the
same button there turns the page, and the next page would be read by nobody. A PIN's key takes both.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

ONCE = "once"  # the property of a widget on which a second tap never counts


class DoubleTap(QObject):
    """One for an application; it sees every press before the widget does."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._met: QObject | None = None
        self._lifted = True
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False  # each event there is comes by
        kind = event.type()
        if kind == QEvent.Type.MouseButtonRelease:
            self._lifted = True
        elif kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if self._lifted:  # what comes before the finger lifts is the same press, told to a parent
                self._met, self._lifted = watched, False
        elif kind == QEvent.Type.MouseButtonDblClick and isinstance(watched, QWidget):
            return watched is not self._met or bool(watched.property(ONCE))
        return False


def guard(application: QApplication) -> None:
    """Drop second taps from now on; asked again, it changes nothing."""
    if application.findChild(DoubleTap) is None:
        DoubleTap(application)
