"""Pictures of a play: one of every page a person sees, as it looked when they left it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QPixmap


class Pictures:
    """Keeps the pictures in a folder, numbered in the order of the play."""

    def __init__(self, folder: Path, grab: Callable[[], QPixmap]) -> None:
        self._folder, self._grab = folder, grab
        self._place, self._page = "", ""
        self._picture: QPixmap | None = None
        self._count = 0

    def look(self, page: str, place: str) -> None:
        """Take a picture; save the one before where this is another page."""
        if place != self._place:
            self.keep()
        self._page, self._place, self._picture = page, place, self._grab()

    def keep(self) -> None:
        """Save the last picture."""
        if self._picture is None:
            return
        self._count += 1
        name = "".join(letter if letter.isalnum() else "-" for letter in self._page) or "page"
        self._picture.save(str(self._folder / f"{self._count:02}-{name}.png"))
        self._picture = None
