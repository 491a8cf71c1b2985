"""The look: one table of tokens, turned into pixels, fonts, palette and style sheet at a text size.

A Theme is alive: when the text size or the colours change it tells every widget that follows it, so
nothing that stands on a page (half-entered digits, ink) is rebuilt. Both belong to whoever reads: the
next reader finds their own again. No gradients, no shadows, no motion.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from chairside.ui import double_tap, spoken, sweep
from chairside.ui.followers import Followers

EFFECTIVE_WIDTH_FOR_RAIL_PX = 1000
EFFECTIVE_HEIGHT_FOR_TALL_BARS_PX = 820
ONE_LINE_FROM_SCALE = 1.5
ONE_LINE_BELOW_HEIGHT_PX = 700
_MARGINS_PX = ((1280, 160), (1024, 88), (0, 24))
LEAST_FOR_PATIENTS = "body"  # no smaller type stands before a patient (qt.md 10.2)


@dataclass(frozen=True)
class Tokens:
    """The table in resources/theme/tokens.toml; sizes in pixels at text size 1."""

    colours: dict[str, str]
    high_contrast: dict[str, str]
    type: dict[str, tuple[int, int, int]]
    space: dict[str, int]
    radius: dict[str, int]
    height: dict[str, int]
    width: dict[str, int]
    ring: dict[str, int]
    scales: tuple[float, ...]


def load_tokens(file: Path) -> Tokens:
    """Return the table of tokens kept in this file."""
    table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return Tokens(
        colours=table["colours"],
        high_contrast=table["high_contrast"],
        type={name: (size, line, weight) for name, (size, line, weight) in table["type"].items()},
        space=table["space"],
        radius=table["radius"],
        height=table["height"],
        width=table["width"],
        ring=table["focus_ring"],
        scales=tuple(table["scale"]["steps"]),
    )


@dataclass(frozen=True)
class Arrangement:
    """How a page of this size is divided. Units: pixels of the screen; `rail` 0 means a bar instead."""

    rail: int
    one_line: bool
    low: bool
    margin: int


@dataclass(frozen=True)
class Look:
    """What a reader may choose."""

    scale: float = 1.0
    high_contrast: bool = False


class Theme(QObject):
    """Tokens as whoever reads them likes them."""

    restyled = Signal()  # after every follower: only now do the parts of a page know how wide they are

    def __init__(self, tokens: Tokens, scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._look = Look(scale)
        self._reader, self._patient = "", False
        self._kept: dict[str, Look] = {}
        self._first = Look()  # what somebody finds who has chosen nothing yet
        self._fonts: dict[str, QFont] = {}
        self._gaps: dict[str, int] = {}  # layouts ask for each some thousand times a page
        self._followers = Followers()

    @property
    def scale(self) -> float:
        return self._look.scale

    @property
    def high_contrast(self) -> bool:
        """Whether the colours of the strongest contrast are on the glass."""
        return self._look.high_contrast

    def set_scale(self, scale: float) -> None:
        """Change the text size; every follower lays itself out anew."""
        self._wear(replace(self._look, scale=scale), self._patient)

    def set_high_contrast(self, high: bool) -> None:
        """Change the colours; every follower takes them."""
        self._wear(replace(self._look, high_contrast=high), self._patient)

    def read_by(self, reader: str, patient: bool = False) -> None:
        """Give the glass to this reader, with the look they left it in; a patient's type is never small."""
        self._kept[self._reader] = self._look
        look = self._look if reader == self._reader else self._kept.get(reader, self._first)
        self._reader = reader
        self._wear(look, patient)

    def _wear(self, look: Look, patient: bool) -> None:
        if (look, patient) == (self._look, self._patient):
            return
        self._look, self._patient = look, patient
        self._fonts.clear()
        self._gaps.clear()
        self._followers.tell()
        self.restyled.emit()

    def next_scale(self, step: int) -> float:
        """Return the text size `step` places along from this one, or the last there is."""
        scales = self._tokens.scales
        here = min(range(len(scales)), key=lambda place: abs(scales[place] - self.scale))
        return scales[max(0, min(len(scales) - 1, here + step))]

    def follow(self, restyle: Callable[[], None]) -> None:
        """Call this bound method now and whenever the look changes, as long as its widget is there."""
        self._followers.add(restyle)
        restyle()

    def px(self, size: float) -> int:
        """Return a size of text size 1 in pixels now."""
        return round(size * self.scale)

    def colour(self, name: str) -> QColor:
        return QColor(self._colours[name])

    @property
    def _colours(self) -> dict[str, str]:
        return self._tokens.high_contrast if self.high_contrast else self._tokens.colours

    def space(self, name: str) -> int:
        """Return a gap; gaps grow with the square root so that large text keeps its room."""
        if name not in self._gaps:
            self._gaps[name] = round(self._tokens.space[name] * math.sqrt(self.scale))
        return self._gaps[name]

    def radius(self, name: str) -> int:
        return self._tokens.radius[name]

    def ring(self, name: str) -> int:
        return self._tokens.ring[name]

    def width(self, name: str) -> int:
        return self.px(self._tokens.width[name])

    def least(self, name: str) -> int:
        """Return the least height of a control; its text may make it taller, never lower."""
        return self._tokens.height[name]

    def font(self, name: str) -> QFont:
        """Return the face of this kind of text."""
        if name not in self._fonts:
            weight = self._tokens.type[name][2]
            font = QFont([fontpkg_atkinson_hyperlegible.FAMILY, fontpkg_noto_sans.FAMILY])
            font.setPixelSize(self._raised(name, 0))
            font.setWeight(QFont.Weight(weight))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[name] = font
        return self._fonts[name]

    def _raised(self, name: str, place: int) -> int:
        """Return a size or a line in pixels; before a patient never less than the body's at text size 1."""
        value = self.px(self._tokens.type[name][place])
        return max(value, self._tokens.type[LEAST_FOR_PATIENTS][place]) if self._patient else value

    def line(self, name: str) -> int:
        """Return the distance between two lines of this kind of text."""
        return self._raised(name, 1)

    def arrangement(self, size: QSize) -> Arrangement:
        """Return how a page of this size is divided (facts/qt.md 11)."""
        width, height = size.width(), size.height()
        upright = (
            height > width
            or width / self.scale < EFFECTIVE_WIDTH_FOR_RAIL_PX
            or self.scale >= ONE_LINE_FROM_SCALE
        )
        one_line = self.scale >= ONE_LINE_FROM_SCALE or height / self.scale < ONE_LINE_BELOW_HEIGHT_PX
        low = one_line or height / self.scale < EFFECTIVE_HEIGHT_FOR_TALL_BARS_PX
        margin = next(side for least, side in _MARGINS_PX if width >= least) if upright else self.space("far")
        if one_line:
            margin = min(margin, self.space("wide"))
        return Arrangement(0 if upright else self._rail(width), one_line, low, margin)

    def _rail(self, width: int) -> int:
        if width >= 1920:
            return self.width("rail_large")
        return self.width("rail") if width >= 1366 else self.width("rail_small")

    def dress(self, application: QApplication) -> None:
        """Give the whole application this look, now and at every later text size, and its guards."""
        load_fonts()
        spoken.teach()
        double_tap.guard(application)
        sweep.keep(application)
        application.setStyle("Fusion")
        self._application = application
        self._hints = application.styleHints()  # kept: shiboken ends what it lends with the lender
        wished = self._hints.accessibility()
        wished.contrastPreferenceChanged.connect(self._on_contrast)
        self._on_contrast(wished.contrastPreference())
        self.follow(self._restyle)

    @Slot(Qt.ContrastPreference)
    def _on_contrast(self, wished: Qt.ContrastPreference) -> None:
        """Follow the machine: it speaks for everybody who has not chosen here."""
        high = wished == Qt.ContrastPreference.HighContrast
        if high != self._first.high_contrast:
            self._first = replace(self._first, high_contrast=high)
            self.set_high_contrast(high)

    def _restyle(self) -> None:
        """Dress the application; the sheet only where it says something else: it costs 0.4 s."""
        self._application.setPalette(self._palette())
        self._application.setFont(self.font("staff"))
        if (sheet := self.sheet()) != self._application.styleSheet():
            self._application.setStyleSheet(sheet)

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "canvas",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.Highlight: "primary",
            QPalette.ColorRole.HighlightedText: "on_primary",
            QPalette.ColorRole.PlaceholderText: "ink2",
        }
        for role, name in roles.items():
            palette.setColor(role, self.colour(name))
        return palette

    def sheet(self) -> str:
        """Return the one style sheet: frames, fields and scroll bars; all else paints itself.

        What scrolls has its ground from the palette: ruled here, Qt 6.11 kept what it worked out for one part
        of each page that was shown, after the page had gone (1 KB a page, 28 KB a visit).
        """
        colours = self._colours
        return f"""
        Card {{ background: {colours["surface"]}; border: 1px solid {colours["line"]};
                border-radius: {self.radius("card")}px; }}
        Bars {{ background: {colours["surface"]}; border: none; }}
        QLineEdit {{ background: {colours["surface"]}; color: {colours["ink"]};
                border: 2px solid {colours["edge"]}; border-radius: {self.radius("field")}px;
                padding: 0 {self.space("snug")}px; selection-background-color: {colours["primary"]};
                placeholder-text-color: {colours["ink2"]}; }}
        QPlainTextEdit {{ background: {colours["surface"]}; color: {colours["ink"]};
                border: 2px solid {colours["edge"]}; border-radius: {self.radius("field")}px;
                padding: {self.space("small")}px; selection-background-color: {colours["primary"]}; }}
        QLineEdit[wrong="true"] {{ border-color: {colours["danger"]}; }}
        QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
        QScrollBar::handle:vertical {{ background: {colours["edge"]}; border-radius: 4px; min-height: 48px; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        """


def load_fonts() -> None:
    """Load the two faces every page needs; Qt itself is asked whether they are there already."""
    if fontpkg_atkinson_hyperlegible.FAMILY in QFontDatabase.families():
        return
    for file in sorted((fontpkg_atkinson_hyperlegible.ROOT / "files").rglob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def load_fallback(text: str) -> None:
    """Load the wide face when this text has letters beyond the first face; it costs 20 ms, so only then."""
    if text.isascii() or all(ord(letter) < 0x250 for letter in text):
        return
    if fontpkg_noto_sans.FAMILY in QFontDatabase.families():
        return
    for file in sorted((fontpkg_noto_sans.ROOT / "files").rglob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
