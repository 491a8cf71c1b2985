"""What still lacks, listed: the list takes the keyboard's place, and each line goes to where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from chairside.ui.spoken import announce
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner, Tone
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.frames import empty
from chairside.ui.widgets.text import Stack, Text, keep_place

_WRAP = int(Qt.TextFlag.TextWordWrap)
Line: TypeAlias = tuple[str, Callable[[], None] | None]  # without a way where nothing here mends it


class Summary(Banner):
    """A notice with a list of ways."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._lines = Stack(theme, "small")
        self._column.insertLayout(1, self._lines)
        self._listed: tuple[str, ...] = ()

    def tell(self, tone: Tone, text: str, action: Action | None = None) -> None:
        """Say one sentence in place of the list."""
        empty(self._lines)
        self._listed = ()
        super().tell(tone, text, action)

    def list_lines(self, title: str, lines: Sequence[Line], steady: bool = False) -> None:
        """Show these under a title, or nothing where there is none; the same again leaves all as it is.

        `steady`: the list gets shorter while somebody answers below it. It keeps its room, or the next answer
        would move up under the finger, and another strength be ordered than the one aimed at.
        """
        self._keep_height(steady)
        if not lines:
            self.silence()
            return
        said = (title, *(text for text, _ in lines))
        if said == self._listed and not self.isHidden():
            return
        self.tell("warn", title)
        self._listed = said
        for number, (text, go) in enumerate(lines):
            line = self._line(f"{self.objectName()}.{number}", (title, text), go)
            self._lines.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName("\n".join(said))
        announce(self, "\n".join(said[1:]))

    def _keep_height(self, steady: bool) -> None:
        if not self.isHidden() or not steady:
            self.setMinimumHeight(self.height() if steady else 0)
            keep_place(self, steady)

    def _line(self, name: str, said: tuple[str, str], go: Callable[[], None] | None) -> QWidget:
        """Return a line; its way is spoken with the title, or it would be called as the field it leads to."""
        if go is None:
            return Text(self._theme, said[1], "body")
        return _Way(self._theme, Action(name, said[1], go, "quiet", " ".join(said)))


class _Way(Button):
    """A line to follow: underlined, from the start of the line like the sentence above it."""

    def _restyle(self) -> None:
        super()._restyle()
        font = QFont(self._theme.font("strong"))  # a copy: the theme's own is shared
        font.setUnderline(True)
        self.setFont(font)

    def _sides(self) -> int:
        return 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._paint_frame(painter))
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(self.rect(), _WRAP | int(start | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()
