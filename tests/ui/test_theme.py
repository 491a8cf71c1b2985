"""The table of tokens holds what it promises: contrast, faces, and room at every size."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from chairside.ui.theme import Theme, load_fallback
from tests.ui.look import tokens


def luminance(colour: QColor) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(theme: Theme, one: str, two: str) -> float:
    lights = sorted((luminance(theme.colour(one)), luminance(theme.colour(two))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


GROUNDS = ("surface", "canvas", "primary_tint", "ok_tint", "warn_tint", "danger_tint")
TEXTS = ("ink", "ink2")  # they may stand on every ground
PAIRS = [
    *((text, ground, 7.0) for text in TEXTS for ground in GROUNDS),
    *(("on_primary", ground, 7.0) for ground in ("primary", "pressed", "danger")),
    *(("primary", ground, 7.0) for ground in ("surface", "canvas", "primary_tint")),
    *((tone, ground, 7.0) for tone in ("ok", "warn", "danger") for ground in ("surface", f"{tone}_tint")),
    *(("pen", ground, 7.0) for ground in ("surface", "primary_tint")),
    ("disabled_text", "disabled_fill", 7.0),
    *((line, ground, 3.0) for line in ("edge", "focus", "primary") for ground in GROUNDS),
]


@pytest.mark.parametrize("high", [False, True], ids=["calm", "high contrast"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_colour_is_readable_on_its_ground(
    theme: Theme, text: str, ground: str, least: float, high: bool
) -> None:
    """Words 7:1 on every ground, under a finger too; edges 3:1. Proves: screens.md 1, qt.md 10.3."""
    theme.set_high_contrast(high)
    assert contrast(theme, text, ground) >= least


@pytest.mark.parametrize("ground", GROUNDS)
def test_high_contrast_shows_every_hairline_and_no_tone_is_weaker(theme: Theme, ground: str) -> None:
    """A hairline that only decorates calm paper is an edge here. Proves: screens.md 6."""
    pairs = [pair for pair in PAIRS if pair[0] != "focus"]
    calm = [contrast(theme, text, on) for text, on, _ in pairs]
    theme.set_high_contrast(True)
    assert contrast(theme, "line", ground) >= 3
    high = [contrast(theme, text, on) for text, on, _ in pairs]
    assert all(now >= before for now, before in zip(high, calm, strict=True))
    assert set(tokens().high_contrast) == set(tokens().colours)


def test_colours_reach_palette_style_sheet_and_followers_at_once(theme: Theme, qapp: QApplication) -> None:
    """Proves: screens.md 6."""
    theme.set_high_contrast(True)
    black = tokens().high_contrast["ink"]
    assert theme.colour("ink").name().upper() == black
    assert qapp.palette().color(QPalette.ColorRole.WindowText).name().upper() == black
    assert f"color: {black}" in qapp.styleSheet()


def test_the_machines_wish_for_contrast_is_followed(theme: Theme, qapp: QApplication) -> None:
    """Whoever has chosen nothing finds what the machine was told; Proves: screens.md 6."""
    hints = qapp.styleHints()
    wish = hints.accessibility().contrastPreferenceChanged
    wish.emit(Qt.ContrastPreference.HighContrast)
    assert theme.high_contrast
    theme.read_by("somebody else")
    assert theme.high_contrast
    wish.emit(Qt.ContrastPreference.NoPreference)
    assert not theme.high_contrast


def test_text_size_and_contrast_belong_to_their_reader(theme: Theme) -> None:
    """Proves: screens.md 1: the patient's 200 % does not stay on for the next person."""
    theme.read_by("patient of one visit", patient=True)
    theme.set_scale(2.0)
    theme.set_high_contrast(True)
    theme.read_by("nurse")
    assert (theme.scale, theme.high_contrast) == (1.0, False)
    theme.set_scale(1.25)
    theme.read_by("patient of another visit", patient=True)
    assert (theme.scale, theme.high_contrast) == (1.0, False)
    theme.read_by("patient of one visit", patient=True)
    assert (theme.scale, theme.high_contrast) == (2.0, True)
    theme.read_by("nurse")
    assert theme.scale == 1.25


@pytest.mark.parametrize("kind", list(tokens().type))
def test_no_type_before_a_patient_is_small(theme: Theme, kind: str) -> None:
    """Proves: screens.md 1, qt.md 10.2: 20 px on a line of 30, and twice the table at 200 %."""
    theme.read_by("patient", patient=True)
    assert theme.font(kind).pixelSize() >= 20
    assert theme.line(kind) >= theme.font(kind).pixelSize() * 1.15
    theme.set_scale(2.0)
    assert theme.font(kind).pixelSize() == 2 * tokens().type[kind][0]


def test_the_four_faces_are_there_and_the_wide_one_only_when_needed(theme: Theme) -> None:
    """Proves: qt.md 1."""
    assert QFontInfo(theme.font("body")).family() == "Atkinson Hyperlegible"
    assert set(QFontDatabase.styles("Atkinson Hyperlegible")) == {"Regular", "Bold", "Italic", "Bold Italic"}
    load_fallback("Zo\u00eb")
    load_fallback("\u0416\u0430\u043d\u043d\u0430")
    assert "Noto Sans" in QFontDatabase.families()


@pytest.mark.parametrize(
    ("size", "scale", "rail"),
    [
        ((1366, 1024), 1.0, 272),
        ((1920, 1280), 1.0, 320),
        ((1280, 800), 1.0, 240),
        ((1024, 1366), 1.0, 0),
        ((800, 1280), 1.0, 0),
        ((1366, 1024), 1.5, 0),
        ((1280, 800), 2.0, 0),
        ((1366, 1024), 1.25, 340),
        ((1920, 1280), 2.0, 0),
    ],
)
def test_a_rail_stands_only_where_there_is_room(
    theme: Theme, size: tuple[int, int], scale: float, rail: int
) -> None:
    """Proves: screens.md 7, qt.md 11."""
    theme.set_scale(scale)
    assert theme.arrangement(QSize(*size)).rail == rail


def test_text_grows_in_steps_and_stops_at_the_ends(theme: Theme) -> None:
    """Proves: screens.md 1."""
    assert [theme.next_scale(step) for step in (-1, 1, 2, 3, 9)] == [1.0, 1.25, 1.5, 2.0, 2.0]
    assert theme.font("body").pixelSize() == 20
    theme.set_scale(2.0)
    assert theme.font("body").pixelSize() == 40


def test_a_dead_widget_is_not_told_of_a_new_text_size(theme: Theme, qapp: QApplication) -> None:
    """A page that was destroyed at hand-over must not be called again."""
    called: list[int] = []

    class Follower(QWidget):
        def restyle(self) -> None:
            called.append(1)

    follower = Follower()
    theme.follow(follower.restyle)
    follower.deleteLater()
    qapp.sendPostedEvents(None, 52)  # DeferredDelete
    theme.set_scale(1.5)
    assert called == [1]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_qt_does_not_eat_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 loses a reference to None in every void call and aborts. Proves: qt.md 0.1."""
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(2000):
        widget.update()
    assert sys.getrefcount(None) > before - 100
