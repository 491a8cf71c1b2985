"""The line below every page: Back at its start, the main action at its end, what is lacking beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Action, Button
from chairside.ui.widgets.flow import FlowLayout
from chairside.ui.widgets.frames import Bars, empty
from chairside.ui.widgets.text import Text


class Footer(Bars):
    """One line where everything fits; otherwise the other actions stand above Back and the main one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, line_below=False)
        self.setObjectName("footer")
        self._line = QBoxLayout(QBoxLayout.Direction.BottomToTop, self)
        self._main, self._others = QHBoxLayout(), QWidget()
        self._flow = FlowLayout(theme, self._others)
        self._back, self._primary = QHBoxLayout(), QHBoxLayout()
        self._lacking = Text(theme, "", "staff", "ink")
        self._lacking.setObjectName("footer.lacking")
        self._lacking.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._main.addLayout(self._back)
        self._main.addWidget(self._others)
        self._main.addWidget(self._lacking, 1)
        self._main.addLayout(self._primary)
        self._line.addLayout(self._main)
        self._above = QHBoxLayout()
        self._line.addLayout(self._above)
        self._width, self._low = 1000, False

    def show_actions(
        self, back: Action | None, primary: Action | None, others: Sequence[Action] = (), lacking: str = ""
    ) -> None:
        """Offer these; `lacking` says what still stands in the way of the main action."""
        for place, action in ((self._back, back), (self._primary, primary)):
            empty(place)
            if action is not None:
                place.addWidget(Button(self._theme, action))
        empty(self._flow)
        for action in others:
            self._flow.addWidget(Button(self._theme, action))
        self._others.setVisible(bool(others))
        self._lacking.setText(lacking)
        self.fit(self._width, self._low)

    def fit(self, width: int, low: bool) -> None:
        """Take this width."""
        self._width, self._low = width, low
        side, gap = self._theme.space("room"), self._theme.space("small" if low else "gap")
        self._line.setContentsMargins(side, gap, side, gap)
        self._line.setSpacing(self._theme.space("small"))
        self._main.setSpacing(self._theme.space("gap"))
        others = self._flow.sizeHint().width()
        lacking = min(self._lacking.sizeHint().width(), self._theme.px(220)) if self._lacking.text() else 0
        ends = self._back.sizeHint().width() + self._primary.sizeHint().width()
        together = ends + others + lacking + 2 * side + 3 * self._theme.space("gap") <= width
        self._move_others(together)
        self.setMinimumHeight(self._theme.least("footer_low" if low else "footer"))

    def _move_others(self, beside: bool) -> None:
        if beside and self._main.indexOf(self._others) < 0:
            self._above.removeWidget(self._others)
            self._main.insertWidget(1, self._others)
        elif not beside and self._above.indexOf(self._others) < 0:
            self._main.removeWidget(self._others)
            self._above.addWidget(self._others)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._line.minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.minimumHeight(), self._line.heightForWidth(width))
