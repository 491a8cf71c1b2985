"""Answer rows: the whole row is the target, nothing is preset, and a tap shows only once it is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QWidget,
)

from chairside.ui.theme import Theme, load_fallback
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.marks import dot, framed, pen, tick
from chairside.ui.widgets.text import Stack

_WRAP = int(Qt.TextFlag.TextWordWrap)
_ONWARD = {Qt.Key.Key_Down, Qt.Key.Key_Right}
_BACK = {Qt.Key.Key_Up, Qt.Key.Key_Left}


if TYPE_CHECKING:
    _Touched = QAbstractButton
else:
    _Touched = object  # two Qt classes in one line of descent crash shiboken, so this half is plain


class _Row(_Touched):
    """What both kinds of row share: words, mark, size. The Qt class beside it gives the role."""

    _theme: Theme
    _action: Action
    _round = True
    _trailing = ""

    def _begin(self, theme: Theme, action: Action) -> None:
        self._theme, self._action = theme, action
        load_fallback(action.text)
        self.setText(action.text)
        self.setObjectName(action.name)
        self.setAccessibleName(action.spoken or action.text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)
        theme.follow(self._restyle)

    @Slot()
    def _on_clicked(self) -> None:
        self._action.tapped()

    def nextCheckState(self) -> None:
        """A tap does not check."""

    def show_checked(self, checked: bool) -> None:
        """Show the row as answered, or not."""
        self.setChecked(checked)

    def _restyle(self) -> None:
        self.setFont(self._theme.font("body"))
        self.setMinimumHeight(self._theme.least("answer"))
        self.updateGeometry()

    def _mark_px(self) -> int:
        return self._theme.px(32) if self._theme.scale < 1.5 else self._theme.px(26)

    def _words_box(self, width: int) -> QRect:
        gap = self._theme.space("gap")
        trailing = self._theme.px(64) if self._trailing else 0
        return QRect(
            2 * gap + self._mark_px(), 0, max(1, width - 3 * gap - self._mark_px() - trailing), 10_000
        )

    def heightForWidth(self, width: int) -> int:
        words = self.fontMetrics().boundingRect(self._words_box(width), _WRAP, self.text())
        return max(self._theme.least("answer"), words.height() + 2 * self._theme.space("snug"))

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = (
            self.fontMetrics().horizontalAdvance(self.text()) + 3 * self._theme.space("gap") + self._mark_px()
        )
        return QSize(width + 4 + (self._theme.px(64) if self._trailing else 0), self._theme.least("answer"))

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(word) for word in self.text().split(" ")), default=0)
        return QSize(widest + 3 * self._theme.space("gap") + self._mark_px() + 2, self._theme.least("answer"))

    def hitButton(self, point: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, chosen = self._theme.colour, self.isChecked()
        fill = colour("primary_tint") if chosen or self.isDown() else colour("surface")
        framed(
            painter,
            QRectF(self.rect()),
            self._theme.radius("control"),
            fill,
            pen(colour("primary" if chosen else "edge"), 2),
        )
        self._paint_mark(painter, chosen)
        words = self._words_box(self.width())
        words.setHeight(self.height())
        where = QStyle.visualRect(self.layoutDirection(), self.rect(), words)
        painter.setPen(colour("ink"))
        start = Qt.AlignmentFlag.AlignLeft
        lined = QStyle.visualAlignment(self.layoutDirection(), start | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(where, _WRAP | int(lined), self.text())
        self._paint_trailing(painter)
        painter.end()

    def _paint_mark(self, painter: QPainter, chosen: bool) -> None:
        side, colour = self._mark_px(), self._theme.colour
        box = QRect(self._theme.space("gap"), (self.height() - side) // 2, side, side)
        box = QStyle.visualRect(self.layoutDirection(), self.rect(), box)
        radius = side / 2 if self._round else self._theme.radius("field")
        framed(
            painter,
            QRectF(box),
            radius,
            colour("primary" if chosen else "surface"),
            pen(colour("primary" if chosen else "edge"), 2),
        )
        if chosen and self._round:
            dot(
                painter,
                QRectF(box).adjusted(side * 0.3, side * 0.3, -side * 0.3, -side * 0.3),
                colour("on_primary"),
            )
        elif chosen:
            tick(painter, QRectF(box), colour("on_primary"))

    def _paint_trailing(self, painter: QPainter) -> None:
        if not (self._trailing and self.isChecked()):
            return
        wide = self._theme.px(64)
        box = QRect(self.width() - wide - self._theme.space("gap"), 0, wide, self.height())
        painter.setFont(self._theme.font("strong"))
        painter.setPen(self._theme.colour("pen"))
        end = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
        painter.drawText(
            QStyle.visualRect(self.layoutDirection(), self.rect(), box),
            int(end | Qt.AlignmentFlag.AlignVCenter),
            self._trailing,
        )


class AnswerRow(_Row, QRadioButton):
    """One of several answers.

    Qt calls a button a radio button only while it is auto-exclusive, which also lets arrow keys answer,
    takes rows out of the Tab order and checks by itself: those three are switched off here.
    """

    def __init__(self, theme: Theme, action: Action) -> None:
        super().__init__()
        self._begin(theme, action)

    def show_checked(self, checked: bool) -> None:
        self.setAutoExclusive(False)
        self.setChecked(checked)
        self.setAutoExclusive(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        QWidget.focusInEvent(self, event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ONWARD:
            self.focusNextPrevChild(True)
        elif event.key() in _BACK:
            self.focusNextPrevChild(False)
        else:
            super().keyPressEvent(event)


class TickRow(_Row, QCheckBox):
    """One thing that is so, or not yet said to be so."""

    _round = False

    def __init__(self, theme: Theme, action: Action) -> None:
        super().__init__()
        self._begin(theme, action)


class InitialRow(TickRow):
    """A row that one tap initials; the initials stand at its end once written."""

    def __init__(self, theme: Theme, action: Action, initials: str) -> None:
        self.initials = self._trailing = initials
        super().__init__(theme, action)


class Options(QWidget):
    """The options of one question, as rows or as chips side by side."""

    _row: type[AnswerRow | TickRow] = AnswerRow

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: Sequence[tuple[str, str]],
        choose: Callable[[str], None],
        chips: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._choose = choose
        self.rows: dict[str, AnswerRow | TickRow | Button] = {}
        for key, text in options:
            action = Action(f"{name}.{key}", text, self._chooser(key), "chip")
            self.rows[key] = Button(theme, action) if chips else self._row(theme, action)
        arranged = FlowLayout(theme, self) if chips else Stack(theme, "small", self)
        for row in self.rows.values():
            arranged.addWidget(row)

    def entitle(self, title: str, each: bool = False) -> None:
        """Say which question this answers; a chip's few words mean nothing without it.

        `each`: nor do the rows', where several questions of a page have the same answers.
        """
        self.setAccessibleName(title)
        for row in self.rows.values():
            if each or isinstance(row, Button):
                row.setAccessibleName(f"{title} {row.text()}")

    def _chooser(self, key: str) -> Callable[[], None]:
        return lambda: self._choose(key)

    def show_choice(self, chosen: str | None) -> None:
        """Show which option is written, if any."""
        self.show_chosen(() if chosen is None else (chosen,))

    def show_chosen(self, chosen: Collection[str]) -> None:
        """Show which options are written."""
        for key, row in self.rows.items():
            if isinstance(row, Button):
                row.show_chosen(key in chosen)
            else:
                row.show_checked(key in chosen)

    def take_focus(self) -> None:
        """Take the keyboard's place, at the first option."""
        next(iter(self.rows.values())).setFocus(Qt.FocusReason.TabFocusReason)


class Ticks(Options):
    """The options of a question of which any may be chosen: their marks are boxes."""

    _row = TickRow
