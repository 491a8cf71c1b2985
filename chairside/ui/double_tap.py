"""Drops the second tap of a double tap, wherever it would do what nobody meant.

It counts only on the widget that met the first: a page that came in between has other buttons in the
same place ("Jordan A. has it" would become "yes, that is me"). In the footer it never counts: the
same button there turns the page, and the next page would be read by nobody. A PIN's key takes both.
Nor counts a tap that waited while a page was made: it was meant for the one before, and would read,
initial or answer what nobody has seen yet.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QInputEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from chairside.ui.first_look import first_look

ONCE = "once"  # the property of a widget on which a second tap never counts

_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}


class DoubleTap(QObject):
    """One for an application; it sees every press before the widget does."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._met: QObject | None = None
        self._lifted = True
        self._unseen = False
        first_look(application).take_in(self)

    @property
    def unseen(self) -> bool:
        """True while a tap would be dropped because the page on the glass has only just come."""
        return self._unseen

    def page_came(self) -> None:
        """Drop the taps that wait already: they are delivered before a timer without time is."""
        self._unseen = True
        QTimer.singleShot(0, self, self._on_seen)

    @Slot()
    def _on_seen(self) -> None:
        self._unseen = False

    def sees(self, watched: QObject, event: QInputEvent) -> bool:
        """Take away the second press of a double tap, and one that was meant for the page before."""
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonRelease:
            self._lifted = True
        elif kind in _PRESSES and self._unseen:
            return True
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


def page_came() -> None:
    """Say that another page is on the glass, which nobody has seen yet."""
    guarding = _guarding()
    if guarding is not None:
        guarding.page_came()


def unseen() -> bool:
    """Tell whether a page came that nobody can have seen yet: what taps for a person waits, as one would."""
    guarding = _guarding()
    return guarding is not None and guarding.unseen


def _guarding() -> DoubleTap | None:
    application = QApplication.instance()
    return application.findChild(DoubleTap) if application is not None else None
