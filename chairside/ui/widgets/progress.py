"""A line for work that takes longer than half a second: what is being done, and for how long.

It counts seconds instead of moving: nothing on the glass moves by itself (qt.md 10.15).
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Slot

from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.words import Words

SHOWN_AFTER_MS = 500


class Progress(Banner):
    """Nothing for half a second; then the sentence, and every second how long it has been."""

    def __init__(self, theme: Theme, words: Words, name: str) -> None:
        super().__init__(theme, name)
        self._words, self._doing = words, ""
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_time)

    def begin(self, doing: str) -> None:
        """Say this once it has taken half a second."""
        self._doing = doing
        self._since.start()
        self._timer.start(SHOWN_AFTER_MS)

    def done(self) -> None:
        """The work is over."""
        self._timer.stop()
        self.silence()

    @Slot()
    def _on_time(self) -> None:
        seconds = self._since.elapsed() // 1000
        if not self.isVisibleTo(self.window()):
            self.tell("notice", self._doing)  # spoken once, not with every second
        elif seconds:
            self._text.setText(self._words.say("widgets.so_far", doing=self._doing, count=seconds))
        self._timer.setInterval(1000)
