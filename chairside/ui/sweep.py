"""Python's garbage collector, on the glass's own thread only.

Left alone it runs in whichever thread happens to make the object too many, and destroys Qt's objects there
while the glass is in the midst of them: seen as a segmentation fault inside `setStyleSheet` and as methods
called on objects already emptied. So it rests, and a timer of the glass does its work: between two touches,
as a round may take as long as a page takes to be drawn.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QTimer, Slot
from PySide6.QtGui import QInputEvent

from chairside.ui.first_look import first_look

EVERY_MS = 500
REST_MS = 300  # after a touch, a key or a piece of a line: what follows from it comes first
LATEST_MS = 2_000  # so long a round waits for a hand that never rests: what waits meanwhile takes room


class Sweep(QTimer):
    """One for an application; collects what Python would have collected by itself."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        gc.disable()
        gc.freeze()  # what is loaded by now stays: looking through it is most of a whole round's time
        self._touched, self._swept = QElapsedTimer(), QElapsedTimer()
        self._touched.start()
        self._swept.start()
        first_look(application).take_in(self)
        self.timeout.connect(self.look)
        self.start(EVERY_MS)

    def sees(self, _watched: QObject, _event: QInputEvent) -> bool:
        """Wait: somebody is at work."""
        self._touched.restart()
        return False

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, and the younger with it, when the hand rests."""
        if self._touched.elapsed() < REST_MS and self._swept.elapsed() < LATEST_MS:
            return
        self._swept.restart()
        counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counted) if count > most]
        if due:
            gc.collect(due[-1])


def keep(application: QCoreApplication) -> Sweep:
    """Have the glass's thread collect from now on; asked again, it changes nothing."""
    found = application.findChild(Sweep)
    return found if found is not None else Sweep(application)
