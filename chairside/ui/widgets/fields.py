"""One labelled field with its own error beside it.

Every field has an end, and what is no letter (control signs, marks that turn the line around) is
dropped as it comes in by key or clipboard: nobody could see it on the page or on paper.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLineEdit, QRadioButton, QStyle, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.text import Stack, Text

MOST_LETTERS = 200


def plain(text: str) -> str:
    """Return the text without anything that cannot be seen; a line break is a space."""
    return "".join(letter for letter in " ".join(text.splitlines()) if letter.isprintable())


class FieldRow(QWidget):
    """Label, line, error. Tells the text when the person leaves the field or presses Enter."""

    def __init__(
        self, theme: Theme, name: str, label: str, written: Callable[[str], None], hint: str = ""
    ) -> None:
        super().__init__()
        self._theme, self._written, self._label = theme, written, label
        self._caption = Text(theme, label, "strong")
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(hint)
        self.line.setMaxLength(MOST_LETTERS)
        self._caption.setBuddy(self.line)
        self._error = Text(theme, "", "staff_strong", "danger")
        self._error.setObjectName(f"{name}.error")
        self._error.hide()
        self._told = ""
        self.column = Stack(theme, "hair", self)
        for part in (self._caption, self.line, self._error):
            self.column.addWidget(part)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_left)
        theme.follow(self._restyle)
        self._turn()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if (kept := plain(text)) != text:
            self.line.setText(kept)
        self.show_error("")  # while it is typed, not when it is left: the page must not move under a tap

    @Slot()
    def _on_left(self) -> None:
        text = self.line.text().strip()
        if text != self._told:
            self._told = text
            self._written(text)
        if not self.line.hasFocus():
            self.line.home(False)  # of a long text its begin is shown, not where typing ended

    @property
    def text(self) -> str:
        """What stands in the field now, without outer spaces."""
        return self.line.text().strip()

    def show_text(self, text: str) -> None:
        """Show what is written; a field being typed in keeps its letters."""
        self._told = text
        if not self.line.hasFocus() and self.line.text() != text:
            self.line.setText(text)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with it, or nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
        self.line.setProperty("wrong", bool(sentence))
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def set_secret(self) -> None:
        """Show dots instead of letters."""
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._turn()

    def _turn(self) -> None:
        """Begin where the page is begun to be read: Qt would let the first letter typed decide."""
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        self.line.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def _restyle(self) -> None:
        self.line.setFont(self._theme.font("body"))
        self.line.setMinimumHeight(max(self._theme.least("primary"), self._theme.line("body") + 16))


def begin_typing(page: QWidget) -> None:
    """Give the keyboard to a page's first field, where one is asked first: what is typed must not be lost."""
    asked = (each for each in page.findChildren(QWidget) if isinstance(each, QLineEdit | QRadioButton))
    first = next((each for each in asked if each.isVisibleTo(page)), None)
    if isinstance(first, QLineEdit):
        first.setFocus()
