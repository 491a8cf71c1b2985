"""A card's words and, at their end, what is tapped; below them where large type would leave no line whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.text import Stack

BESIDE_FROM_PX = 400  # at text size 1: below this the words beside the button broke after two or three
_DOWN, _ALONG = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class Across(QWidget):
    """Two layouts; the second is a column beside the first, or a line below it."""

    def __init__(self, theme: Theme, words: QBoxLayout, end: QBoxLayout) -> None:
        super().__init__()
        self._theme, self._end = theme, end
        self._line = QBoxLayout(_ALONG, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addLayout(words, 1)
        self._line.addLayout(end)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        self._line.setSpacing(self._theme.space("gap"))
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= self._theme.px(BESIDE_FROM_PX)
        if beside != (self._line.direction() == _ALONG):
            self._line.setDirection(_ALONG if beside else _DOWN)
            self._end.setDirection(_DOWN if beside else _ALONG)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def at_end(theme: Theme, *actions: Action) -> Stack:
    """Return what is tapped on a card, for its end: at the foot of the words, several side by side."""
    end = Stack(theme, "snug")
    end.addStretch(1)
    if len(actions) == 1:
        end.addWidget(Button(theme, actions[0]), 0, Qt.AlignmentFlag.AlignRight)
        return end
    holder = QWidget()
    line = FlowLayout(theme, holder, at_end=True)
    for action in actions:
        line.addWidget(Button(theme, action))
    end.addWidget(holder)
    return end
