"""Several lines of free text with their label: what is added to a record does not fit into one line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QPlainTextEdit, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.fields import plain
from chairside.ui.widgets.text import Stack, Text

LINES = 6


class NoteField(QWidget):
    """Label, lines, error. Tab leaves it, because a keyboard must get out again."""

    def __init__(self, theme: Theme, name: str, label: str, most: int) -> None:
        super().__init__()
        self._theme, self._most = theme, most
        self._caption = Text(theme, label, "strong")
        self.lines = QPlainTextEdit()
        self.lines.setObjectName(name)
        self.lines.setAccessibleName(label)
        self.lines.setTabChangesFocus(True)
        self._caption.setBuddy(self.lines)
        self._error = Text(theme, "", "staff_strong", "danger")
        self._error.setObjectName(f"{name}.error")
        self._error.hide()
        self.column = Stack(theme, "hair", self)
        for part in (self._caption, self.lines, self._error):
            self.column.addWidget(part)
        self.lines.textChanged.connect(self._on_changed)
        theme.follow(self._restyle)
        self._turn()

    @property
    def text(self) -> str:
        """What stands in the field, without outer spaces and without what cannot be seen."""
        lines = (plain(line).rstrip() for line in self.lines.toPlainText().splitlines())
        return "\n".join(lines).strip()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with it, or nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.lines.setAccessibleDescription(sentence)

    @Slot()
    def _on_changed(self) -> None:
        """Keep to the length: what goes beyond is not taken."""
        text = self.lines.toPlainText()
        if len(text) > self._most:
            cursor = self.lines.textCursor()
            place = min(cursor.position(), self._most)
            self.lines.setPlainText(text[: self._most])
            cursor.setPosition(place)
            self.lines.setTextCursor(cursor)
        self.show_error("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._turn()

    def _turn(self) -> None:
        """Read as the page is read: Qt would turn a line around that begins with a foreign word."""
        option = self.lines.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        option.setAlignment(QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft))
        self.lines.document().setDefaultTextOption(option)

    def _restyle(self) -> None:
        self.lines.setFont(self._theme.font("body"))
        self.lines.setMinimumHeight(LINES * self._theme.line("body") + 2 * self._theme.space("snug"))
