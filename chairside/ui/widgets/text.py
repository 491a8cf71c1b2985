"""Words on a page: always plain text, with the line height of the table, and headings that are headings.

QLabel has no line height for plain text, and rich text is not allowed to come from a form or a name,
so the lines are laid out here; the widget stays a QLabel for its role, name and text.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QStyle, QVBoxLayout, QWidget

from chairside.ui.theme import Theme, load_fallback

_UNBOUNDED_PX = 16_000
_SPARE_PX = 2  # beside the widest line, so that rounding breaks none
_LONGEST_WORD_PX = 200  # at text size 1; a longer one is broken, so no name pushes a page sideways


def lay_out(layout: QTextLayout, width: int, line_px: int) -> float:
    """Break the text into lines `line_px` apart; return the height of all."""
    layout.beginLayout()
    top = 0.0
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + (line_px - line.height()) / 2))
        top += line_px
    layout.endLayout()
    return top


def _widest(layout: QTextLayout) -> float:
    return max((layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount())), default=0.0)


class Text(QLabel):
    """A paragraph or a line in one kind of type."""

    def __init__(self, theme: Theme, text: str = "", kind: str = "body", colour: str = "ink") -> None:
        super().__init__()
        self._theme, self._kind, self._colour = theme, kind, colour
        self._kept: dict[tuple[object, ...], tuple[QTextLayout, float]] = {}
        self._unbroken: dict[str, tuple[float, float]] = {}  # width and height of words in as few lines
        self._marked = (0, 0)
        self._room: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        self._kept.clear()  # laid out in the face before
        self._unbroken.clear()
        self.setFont(self._theme.font(self._kind))
        self.updateGeometry()

    def setText(self, text: str) -> None:
        load_fallback(text)
        super().setText(text)

    def set_colour(self, colour: str) -> None:
        """Use another colour of the table."""
        self._colour = colour
        self.update()

    def take_kind(self, kind: str) -> None:
        """Use another kind of type."""
        if kind != self._kind:
            self._kind = kind
            self._restyle()

    def keep_room(self, texts: Sequence[str]) -> None:
        """Take the height of the tallest of these, whatever is said, and say it at the top of it."""
        self._room = tuple(texts)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.updateGeometry()

    @property
    def spare(self) -> int:
        """The height that is kept for something longer."""
        return self.height() - round(self._lines(self.width())[1]) if self._room else 0

    def mark(self, start: int, length: int) -> None:
        """Mark these letters, the word that is being read aloud; no letters, no mark."""
        self._marked = (start, length)
        self.update()

    def line_at(self, letter: int) -> QRect:
        """Return where the line with this letter stands."""
        line = self._lines(self.width())[0].lineForTextPosition(letter)
        return line.rect().toRect() if line.isValid() else self.rect()

    def _marks(self) -> list[QTextLayout.FormatRange]:
        if not self._marked[1]:
            return []
        spot = QTextLayout.FormatRange()
        spot.start, spot.length = self._marked
        spot.format.setBackground(self._theme.colour("primary"))
        spot.format.setForeground(self._theme.colour("on_primary"))
        return [spot]

    def _face(self) -> QFont:
        """Return the table's face: a style sheet may give a widget that changes its parent an older one."""
        return self._theme.font(self._kind)

    def _lines(self, width: int, said: str | None = None) -> tuple[QTextLayout, float]:
        text = self.text() if said is None else said
        asked = (width, text, self._theme.scale, self.layoutDirection(), self.alignment())
        if asked not in self._kept:
            if len(self._kept) > 6 + 2 * len(self._room):
                self._kept.clear()
            self._kept[asked] = self._laid_out(text, width)
        return self._kept[asked]

    def _laid_out(self, text: str, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(text.replace("\n", "\u2028"), self._face())
        option = QTextOption(QStyle.visualAlignment(self.layoutDirection(), self.alignment()))
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        layout.setTextOption(option)
        return layout, lay_out(layout, max(1, width), self._theme.line(self._kind))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(max(self._height(width, said) for said in (self.text(), *self._room)))

    def _height(self, width: int, said: str) -> float:
        """Return how high the words are; what fits unbroken is not laid out for every width tried."""
        widest, height = self._natural(said)
        return height if widest + _SPARE_PX <= width else self._lines(width, said)[1]

    def _natural(self, said: str) -> tuple[float, float]:
        if said not in self._unbroken:
            if len(self._unbroken) > 6 + 2 * len(self._room):
                self._unbroken.clear()
            layout, height = self._laid_out(said, _UNBOUNDED_PX)
            self._unbroken[said] = _widest(layout), height
        return self._unbroken[said]

    def natural_width(self, said: str | None = None) -> int:
        """Return the width of its words, or of others in its face, unbroken."""
        return int(self._natural(self.text() if said is None else said)[0]) + _SPARE_PX

    def sizeHint(self) -> QSize:
        return QSize(self.natural_width(), round(self._natural(self.text())[1]))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._face())
        widest = max((metrics.horizontalAdvance(word) for word in self.text().split(" ")), default=0)
        return QSize(min(widest, self._theme.px(_LONGEST_WORD_PX)) + 2, self._theme.line(self._kind))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.colour(self._colour))
        layout, height = self._lines(self.width())
        spare = self.height() - height if self.alignment() & Qt.AlignmentFlag.AlignVCenter else 0
        layout.draw(painter, QPointF(0, max(0, spare) // 2), self._marks())
        painter.end()


def keep_place(part: QWidget, kept: bool = True) -> None:
    """Let a part have its room while it is hidden, so that nothing moves under a finger when it comes."""
    policy = part.sizePolicy()
    if policy.retainSizeWhenHidden() != kept:
        policy.setRetainSizeWhenHidden(kept)
        part.setSizePolicy(policy)


class Heading(Text):
    """A heading; screen readers are told so, with its level."""

    def __init__(self, theme: Theme, text: str = "", level: int = 1) -> None:
        self.level = level
        super().__init__(theme, text, "display" if level == 1 else "section")

    def spoken_name(self) -> str:
        """Return its words."""
        return self.text()


class Paragraphs(QWidget):
    """A title and its paragraphs; lines that begin with "- " are a list."""

    def __init__(self, theme: Theme, name: str, title: str, lines: Sequence[str], level: int = 1) -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        if title:
            self._grid.addWidget(Heading(theme, title, level), 0, 0, 1, 2)
        for line in lines:
            self._add(line)
        theme.follow(self._restyle)

    def _add(self, line: str) -> None:
        row = self._grid.rowCount()
        if line.startswith("- "):
            self._grid.addWidget(Text(self._theme, "\u2022"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(self._theme, line[2:]), row, 1)
        else:
            self._grid.addWidget(Text(self._theme, line), row, 0, 1, 2)

    def _restyle(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.space("snug"))
        self._grid.setVerticalSpacing(self._theme.space("gap"))


class Stack(QVBoxLayout):
    """A column without margins whose gap follows the text size."""

    def __init__(self, theme: Theme, gap: str = "gap", parent: QWidget | None = None) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._theme, self._gap = theme, gap
        self.setContentsMargins(0, 0, 0, 0)
        theme.follow(self._restyle)

    def _restyle(self) -> None:
        self.setSpacing(self._theme.space(self._gap))
