"""A notice in the page: what is so, what to do next, one action; spoken as it appears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chairside.ui.spoken import announce
from chairside.ui.theme import Theme
from chairside.ui.widgets import tab_order
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.marks import bang, framed, pen, tick
from chairside.ui.widgets.text import Stack, Text

Tone: TypeAlias = Literal["ok", "notice", "warn", "danger"]
_TINT = {"ok": "ok_tint", "notice": "primary_tint", "warn": "warn_tint", "danger": "danger_tint"}
_INK = {"ok": "ok", "notice": "primary", "warn": "warn", "danger": "danger"}


class _Sign(QWidget):
    """The painted mark of a tone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.tone: Tone = "notice"
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        side = self._theme.px(28)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, ink = QRectF(self.rect()), self._theme.colour(_INK[self.tone])
        framed(painter, box, box.width() / 2, ink, pen(ink, 1))
        (tick if self.tone == "ok" else bang)(painter, box, self._theme.colour("surface"))
        painter.end()


class Banner(QWidget):
    """One sentence, and where there is one, the action that mends it. Put it on a page before it speaks."""

    def __init__(self, theme: Theme, name: str, small: bool = False) -> None:
        """`small` is for staff, beside a control: staff's type and narrower edges."""
        super().__init__()
        self.setObjectName(name)
        self._theme, self._small = theme, small
        self._tone: Tone = "notice"
        self._row = QHBoxLayout(self)
        self._sign, self._text = _Sign(theme), Text(theme, "", "staff_strong" if small else "strong")
        self._column = Stack(theme, "snug")
        self._column.addWidget(self._text)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._column, 1)
        self._action_place = QHBoxLayout()
        self._action_place.addStretch(1)
        self._button: Button | None = None
        self._column.addLayout(self._action_place)
        theme.follow(self._restyle)
        self.hide()

    def keep_room(self, said: Sequence[str]) -> None:
        """Take the room of the longest of these from the start: nothing moves when one of them is told."""
        self._text.keep_room(said)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._text.show()  # as far as its layout is concerned: the banner itself is not

    @property
    def said(self) -> str:
        """The sentence on show."""
        return self._text.text()

    def tell(self, tone: Tone, text: str, action: Action | None = None) -> None:
        """Show and speak a sentence; saying it again changes nothing but is spoken again."""
        self._tone = self._sign.tone = tone
        self._text.setText(text)
        self._text.set_colour("ink" if tone in {"ok", "notice"} else _INK[tone])
        self.setAccessibleName(text)
        self._offer(action)
        self.show()
        self.update()
        announce(self, text, urgent=tone in {"warn", "danger"})

    def silence(self) -> None:
        """Take the sentence away."""
        self._text.setText("")
        self._offer(None)
        self.hide()

    def _offer(self, action: Action | None) -> None:
        if self._button is not None:
            self._button.hide()
            self._button.deleteLater()
        self._button = Button(self._theme, action) if action is not None else None
        if self._button is not None:
            self._action_place.insertWidget(0, self._button)

    def _restyle(self) -> None:
        side = self._theme.space("snug" if self._small else "gap")
        edge = self._theme.space("small" if self._small else "gap")
        self._row.setContentsMargins(side, edge, side, edge)
        self._row.setSpacing(self._theme.space("snug"))
        self._row.activate()  # Qt leaves a hidden one at the text size before, and its kept room too high

    def focusNextPrevChild(self, forward: bool) -> bool:
        return tab_order.step(forward, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        edge = pen(colour(_INK[self._tone]), 2)
        box = QRectF(self.rect().adjusted(0, 0, 0, -max(0, self._text.spare)))
        framed(painter, box, self._theme.radius("control"), colour(_TINT[self._tone]), edge)
        painter.end()
