"""The record on the tablet."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from chairside.domain.facts import Concluded, Sealed
from chairside.ui.screens.record import Record
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import Room
from tests.ui.screens.touch import said, sees, settle, tap

PAGES = 3


class Paper:
    """Three pages; counts how often one is asked for, and who went where."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gone: list[str] = []

    def page(self, number: int) -> QImage | None:
        self.asked.append(number)
        if number >= PAGES:
            return None
        image = QImage(60, 85, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        return image

    def put(self, qtbot: QtBot, theme: Theme, words: Words, room: Room) -> Record:
        doors = (lambda: self.gone.append("home"), lambda: self.gone.append("retry"))
        screen = Record(words, theme, self.page, doors)
        qtbot.addWidget(screen)
        screen.show_view(room.view())
        screen.resize(1366, 1024)
        screen.show()
        settle()
        return screen


def concluded() -> Room:
    room = Room()
    room.put(Concluded("countersigned"))
    return room


def sealed() -> Room:
    room = concluded()
    room.put(Sealed("ab12" * 16, 1))
    return room


def test_a_sealed_record_is_shown_page_by_page(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper = Paper()
    screen = paper.put(qtbot, theme, words, sealed())
    qtbot.waitUntil(lambda: "Page 1 of 3" in said(screen))
    tap(screen, "record.pages.next")
    assert "Page 2 of 3" in said(screen)
    assert "Record ab12ab12ab12" in said(screen) and "Approved and countersigned" in said(screen)


def test_showing_it_again_asks_for_no_page_twice(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper, room = Paper(), sealed()
    screen = paper.put(qtbot, theme, words, room)
    qtbot.waitUntil(lambda: PAGES in paper.asked)
    screen.show_view(room.view())
    settle()
    assert paper.asked == list(range(PAGES + 1))


def test_concluded_but_not_sealed_offers_another_try(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper = Paper()
    screen = paper.put(qtbot, theme, words, concluded())
    assert not sees(screen, "record.pages") and paper.asked == []
    tap(screen, "retry")
    tap(screen, "home")
    assert paper.gone == ["retry", "home"]


def test_the_seal_arrives_while_the_page_stands_there(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper, room = Paper(), concluded()
    screen = paper.put(qtbot, theme, words, room)
    screen.show_building()
    assert "being written" in said(screen)
    room.put(Sealed("ab12" * 16, 1))
    screen.show_view(room.view())
    qtbot.waitUntil(lambda: "Page 1 of 3" in said(screen))
    assert not sees(screen, "retry")


def test_a_visit_that_goes_on_has_no_record_yet(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper = Paper()
    screen = paper.put(qtbot, theme, words, Room())
    assert not sees(screen, "record.pages") and not sees(screen, "retry")
    assert "First: Countersign" in said(screen)
