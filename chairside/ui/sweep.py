"""Python's garbage collector, on the glass's own thread only.

Left alone it runs in whichever thread happens to make the object too many, and destroys Qt's objects there
while the glass is in the midst of them: seen as a segmentation fault inside `setStyleSheet` and as methods
called on objects already emptied. So it rests, and a timer of the glass does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QTimer, Slot

EVERY_MS = 500


class Sweep(QTimer):
    """One for an application; collects what Python would have collected by itself."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        gc.disable()
        gc.freeze()  # what is loaded by now stays: looking through it is most of a whole round's time
        self.timeout.connect(self.look)
        self.start(EVERY_MS)

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, and the younger with it."""
        counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counted) if count > most]
        if due:
            gc.collect(due[-1])


def keep(application: QCoreApplication) -> Sweep:
    """Have the glass's thread collect from now on; asked again, it changes nothing."""
    found = application.findChild(Sweep)
    return found if found is not None else Sweep(application)
