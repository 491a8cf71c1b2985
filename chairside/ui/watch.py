"""Watches over the glass: who has gone away, and who looks elsewhere.

Idle: no key, finger, pen or mouse for as long as the page allows, and the staff side locks. Elsewhere:
another window has the focus while a patient holds the tablet, and the page is blanked until this one
has it again (T1). And a hand that rests for a moment is told: then is the time for what would make it wait.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QInputEvent
from PySide6.QtWidgets import QApplication, QWidget

from chairside.ui.first_look import first_look

_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove,
    QEvent.Type.Wheel,
})  # fmt: skip

MOMENT_MS = 1_000  # longer than from one answer to the next


@dataclass(frozen=True)
class Watched:
    """What the watch asks of the window and tells it; `idle_ms` None: this page does not lock."""

    idle_ms: Callable[[], int | None]
    lock: Callable[[], None]
    look_away: Callable[[bool], None]  # told whether another window has the focus
    rested: Callable[[], None]


class Watch(QObject):
    """One for a window, for as long as the window lives."""

    def __init__(self, window: QWidget, watched: Watched) -> None:
        super().__init__(window)
        self._watched = watched
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._on_idle)
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(watched.rested)
        application = QApplication.instance()
        assert isinstance(application, QGuiApplication)
        first_look(application).take_in(self)
        application.applicationStateChanged.connect(self._on_state)

    def begin(self) -> None:
        """Count anew: somebody touched the glass, or another page came."""
        self._moment.start()
        most = self._watched.idle_ms()
        if most is None:
            self._idle.stop()
        else:
            self._idle.start(most)

    @property
    def left_ms(self) -> int | None:
        """The milliseconds until the lock; None while nothing counts."""
        return self._idle.remainingTime() if self._idle.isActive() else None

    def rest(self) -> None:
        """Watch no more: the window is going."""
        self._idle.stop()
        self._moment.stop()
        application = QApplication.instance()
        if application is not None:
            first_look(application).leave_out(self)

    def sees(self, watched: QObject, event: QInputEvent) -> bool:
        """Count anew at each touch; nothing is taken away."""
        if event.type() in _INPUT:
            self.begin()
        return False

    @Slot()
    def _on_idle(self) -> None:
        if self._watched.idle_ms() is not None:
            self._watched.lock()

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        self._watched.look_away(state != Qt.ApplicationState.ApplicationActive)
