"""Every page in a language that is longer, accented and read from the right: mirrored whole, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from chairside.ui.theme import Theme
from chairside.ui.widgets.fields import FieldRow
from chairside.ui.widgets.note_field import NoteField
from chairside.ui.widgets.text import Stack, Text
from chairside.ui.widgets.tiles import TileMark, Tiles
from chairside.ui.widgets.time_bar import Lasted, TimeBar
from chairside.ui.widgets.vial_clock import ClockFace, VialClock
from chairside.ui.widgets.washout import DoseMark, WashoutPicture, WindowWords
from chairside.words import places
from tests.ui.access.mirror import Shown, misplaced, shown, unturned
from tests.ui.access.pages import PAGES, Dress, on_glass
from tests.ui.access.pseudo import LONGER, pseudo, spoken
from tests.ui.look import sentences
from tests.ui.screens.touch import settle, there

pytestmark = pytest.mark.a11y


@pytest.fixture
def from_the_right(qapp: QApplication) -> Iterator[None]:
    """The application reads from the right, and from the left again afterwards."""
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def seen(qtbot: QtBot, theme: Theme, name: str, direction: Qt.LayoutDirection) -> Shown:
    QApplication.setLayoutDirection(direction)
    page = on_glass(Dress(qtbot, theme, spoken()), name)
    page.setFocus()
    settle()
    cut = [
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisibleTo(page) and label.heightForWidth(label.width()) > label.height() + 1
    ]
    assert cut == [] and page.content.widget().width() <= page.content.viewport().width()  # type: ignore[union-attr]  # every page has both
    told = shown(page)
    page.hide()
    return told


@pytest.mark.parametrize("name", PAGES)
def test_every_page_mirrors_whole_in_the_pseudo_language(
    qtbot: QtBot, theme: Theme, name: str, from_the_right: None
) -> None:
    """Custom painting included; longer words break nothing. Proves: screens.md 6, complaint 32."""
    left = seen(qtbot, theme, name, Qt.LayoutDirection.LeftToRight)
    right = seen(qtbot, theme, name, Qt.LayoutDirection.RightToLeft)
    assert misplaced(left, right) == []
    assert unturned(left, right) == []


def alone(theme: Theme, qtbot: QtBot, direction: Qt.LayoutDirection) -> Shown:
    """Show what stands on no page above, or stands there empty, one below the other."""
    QApplication.setLayoutDirection(direction)
    holder = QWidget()
    holder.resize(700, 900)
    column = Stack(theme, "gap", holder)
    line = FieldRow(theme, "line", "Name", lambda _: None)
    line.show_text("Jordan Avery")
    note = NoteField(theme, "note", "Note", 200)
    note.lines.setPlainText("Jordan Avery fainted.")
    washout = WashoutPicture(theme, "washout")
    marks = [DoseMark("Aspirin, 325 mg", 10, inside=True), DoseMark("Ibuprofen", 120, inside=False)]
    washout.show_window(72, marks, WindowWords("3 days before: Tue 9 am", "Injection: Fri 9 am", "all"))
    clock = VialClock(theme, "clock")
    clock.show_face(ClockFace(20, 60, "20 minutes since thawed", "The limit: 60 minutes, until 3:05 pm"))
    wait = TimeBar(theme, "wait", Lasted(45, 120, "2 h", "45 min of 2 h"))
    for part in (Text(theme, "Aspirin 325 mg"), line, note, washout, clock, wait):
        column.addWidget(part)
    qtbot.addWidget(holder)
    holder.show()
    holder.setFocus()
    settle()
    told = shown(holder)
    holder.hide()
    return told


def test_one_latin_word_turns_no_line_around(qtbot: QtBot, theme: Theme, from_the_right: None) -> None:
    """A name or a drug in Latin letters stands where a reader from the right begins. Proves: complaint 32."""
    left = alone(theme, qtbot, Qt.LayoutDirection.LeftToRight)
    right = alone(theme, qtbot, Qt.LayoutDirection.RightToLeft)
    assert misplaced(left, right) == [] and unturned(left, right) == []


def test_what_is_not_mirrored_is_found(qtbot: QtBot, theme: Theme) -> None:
    """The mirror itself: the same picture from the left twice is told to be wrong."""
    left = alone(theme, qtbot, Qt.LayoutDirection.LeftToRight)
    again = alone(theme, qtbot, Qt.LayoutDirection.LeftToRight)
    kinds = {each.split()[0] for each in unturned(left, again)}
    assert {"Text", "QLineEdit", "WashoutPicture", "VialClock", "TimeBar"} <= kinds


def test_the_pseudo_language_keeps_every_place_and_is_longer() -> None:
    english = sentences().sentences
    for key, said in english.items():
        told = spoken().sentences[key]
        assert places(told) == places(said), key
        assert len(told) >= (1 + LONGER) * len(said) - 12 * len(places(said)) or not said, key
    assert pseudo("Stop now, {name}.") == "Štöp ñöw, {name} ôm âren."


def test_the_keys_of_a_pin_stand_alike_for_everybody(
    qtbot: QtBot, theme: Theme, from_the_right: None
) -> None:
    """One, two, three from the left, as on every telephone."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page = on_glass(Dress(qtbot, theme, spoken()), "pin")
    keys = [there(page, f"pin.{digit}") for digit in "123"]
    left = [key.mapTo(page, QPoint(0, 0)).x() for key in keys if key is not None]
    assert len(left) == 3 and left == sorted(left)


def test_a_tile_takes_a_second_line_for_a_long_one_below(qtbot: QtBot, theme: Theme) -> None:
    """Two dates and a time in another language did not fit, and were cut at both ends."""
    short, long = (
        Tiles(theme, name, [TileMark("a", "a.jpg", said)], lambda _: None)
        for name, said in (
            ("s", "16 March"),
            ("l", pseudo("16 March 2026, 10:30 in the morning, at the desk")),
        )
    )
    heights = []
    for tiles in (short, long):
        qtbot.addWidget(tiles)
        tile = tiles.findChild(QAbstractButton, f"{tiles.objectName()}.a")
        assert tile is not None
        heights.append(tile.heightForWidth(260))
    assert heights[1] >= heights[0] + theme.line("body") // 2
