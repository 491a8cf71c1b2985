"""Who looks at every key, finger, pen and mouse before the widget it is meant for.

Each event of Qt's would come by each Python filter of the application: with three of them a fifth of a
visit's time went there. So there is one, which asks the others only about input, a few events in a hundred.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QInputEvent
from shiboken6 import isValid


class Looker(Protocol):
    """Something of Qt's that looks at input; it is asked no more once Qt has destroyed it."""

    def sees(self, watched: QObject, event: QInputEvent) -> bool:
        """Look at an input on its way; True takes it from the widget it was meant for."""
        ...


class FirstLook(QObject):
    """One for an application; who came last looks first, as with Qt's own filters."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._lookers: list[Looker] = []
        application.installEventFilter(self)

    def take_in(self, looker: Looker) -> None:
        """Ask this one first from now on."""
        self._lookers.append(looker)

    def leave_out(self, looker: Looker) -> None:
        """Ask this one no more."""
        self._lookers = [each for each in self._lookers if each is not looker]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QInputEvent):
            return False  # nearly every event there is: nothing may come before this question
        self._lookers = [each for each in self._lookers if isValid(each)]
        return any(each.sees(watched, event) for each in reversed(self._lookers))


def first_look(application: QCoreApplication) -> FirstLook:
    """Return the application's one; the first to ask makes it."""
    found = application.findChild(FirstLook)
    return found if found is not None else FirstLook(application)
