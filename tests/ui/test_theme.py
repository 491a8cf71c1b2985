"""The table of tokens holds what it promises: contrast, faces, and room at every size."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from chairside.ui.theme import Theme, load_fallback


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


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "surface", 7),
        ("ink", "canvas", 7),
        ("ink", "primary_tint", 7),
        ("ink", "warn_tint", 7),
        ("on_primary", "primary", 7),
        ("primary", "surface", 7),
        ("ok", "surface", 7),
        ("danger", "surface", 7),
        ("danger", "danger_tint", 7),
        ("warn", "warn_tint", 7),
        ("ok", "ok_tint", 7),
        ("pen", "surface", 7),
        ("ink2", "canvas", 4.5),
        ("disabled_text", "disabled_fill", 4.5),
        ("primary", "primary_tint", 4.5),
        ("edge", "surface", 3),
        ("edge", "canvas", 3),
        ("focus", "canvas", 3),
        ("focus", "surface", 3),
    ],
)
def test_every_colour_is_readable_on_its_ground(theme: Theme, text: str, ground: str, least: float) -> None:
    """Proves: screens.md 1, qt.md 10.3."""
    assert contrast(theme, text, ground) >= least


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
