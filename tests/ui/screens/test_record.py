"""The record on the tablet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from chairside.domain.facts import (
    AddendumConcluded,
    AddendumKind,
    AddendumSealed,
    AddendumSigned,
    Concluded,
    Sealed,
)
from chairside.ui.screens.record import Record
from chairside.ui.screens.record_files import RecordDoors
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import Room
from tests.ui.screens.stories import sealed as released
from tests.ui.screens.stories import unsealed
from tests.ui.screens.touch import said, sees, settle, tap

PAGES = 3


class Paper:
    """Three pages a file; counts how often one is asked for, who went where, and what is owed."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gone: list[str] = []
        self.places: list[tuple[str, str]] = [("/somewhere", "Documents")]
        self.owed = {"record", "aftercare"}

    def pages(self, which: int) -> int:
        return PAGES

    def page(self, which: int, number: int) -> QImage | None:
        self.asked.append(10 * which + number)
        if number >= PAGES:
            return None
        image = QImage(60, 85, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        return image

    def went(self, where: str) -> Callable[[], None]:
        return lambda: self.gone.append(where)

    def did(self, what: str) -> str:
        self.gone.append(what)
        return f"did {what}"

    def handed(self, what: str) -> None:
        self.owed.discard(what)

    def doors(self) -> RecordDoors:
        return RecordDoors(
            home=self.went("home"),
            retry=self.went("retry"),
            begin=self.went("begin"),
            add=self.went("add"),
            seal=lambda number: self.gone.append(f"seal {number}"),
            pages=self.pages,
            page=self.page,
            print_=lambda which: self.did(f"print {which}"),
            places=lambda: self.places,
            save=lambda which, folder: self.did(f"save {which} {folder}"),
            aftercare=lambda: self.did("aftercare"),
            owed=lambda: self.owed,
            handed=self.handed,
        )

    def put(self, qtbot: QtBot, theme: Theme, words: Words, room: Room) -> Record:
        screen = Record(words, theme, self.doors())
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
    assert "Sealed as record ab12ab12ab12" in said(screen) and "Approved and countersigned" in said(screen)
    assert "Keep it at least until" in said(screen), "ten years or more (Q44)"


def test_a_page_is_drawn_when_it_is_turned_to(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper, room = Paper(), sealed()
    screen = paper.put(qtbot, theme, words, room)
    screen.show_view(room.view())
    settle()
    assert paper.asked == [0]  # and shown again, none is drawn anew
    tap(screen, "record.pages.next")
    assert paper.asked == [0, 1]


def test_after_the_consent_was_taken_back_the_record_invites_to_no_procedure(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """A withdrawal after the seal stands above the approval; only how it ended is left to say. Proves: P4."""
    paper, room = Paper(), released()
    screen = paper.put(qtbot, theme, words, room)
    assert words.say("record.begin_procedure") in said(screen) and not sees(screen, "record.against")
    room.put(AddendumSigned(1, "withdrawal", "The patient said stop.", "Robin Example", "m"))
    screen.show_view(room.view())
    settle()
    assert sees(screen, "record.against") and words.say("record.withdrew") in said(screen)
    assert words.say("record.begin_procedure") not in said(screen)
    assert words.say("record.end_procedure") in said(screen)


def test_who_was_not_treated_is_owed_no_aftercare(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Nor is it said that they have the sheet. Proves: P4."""
    paper, room = Paper(), Room()
    paper.owed = {"record"}
    room.put(Concluded("do_not_treat"))
    room.put(Sealed("ab12" * 16, 1))
    screen = paper.put(qtbot, theme, words, room)
    assert sees(screen, "record.print") and sees(screen, "record.handed_record")
    assert not sees(screen, "record.aftercare") and "aftercare" not in said(screen)


def test_concluded_but_not_sealed_offers_another_try(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper = Paper()
    screen = paper.put(qtbot, theme, words, concluded())
    assert not sees(screen, "record.pages") and paper.asked == []
    tap(screen, "retry")
    tap(screen, "home")
    assert paper.gone == ["retry", "home"]


def test_a_consent_is_taken_back_while_the_record_waits_for_its_seal(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """Proves: P4."""
    paper, room = Paper(), unsealed()
    screen = paper.put(qtbot, theme, words, room)
    tap(screen, "record.add")
    assert paper.gone == ["add"] and not sees(screen, "record.against")
    room.put(AddendumSigned(1, "withdrawal", "The patient said stop.", "Robin Example", "m"))
    screen.show_view(room.view())
    settle()
    assert words.say("record.withdrew_before") in said(screen) and not sees(screen, "record.add")


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


def added(room: Room, about: AddendumKind = "amendment", file: bool = True) -> Room:
    number = len(room.visit.addenda) + 1
    room.put(AddendumSigned(number, about, "What was left out", "Robin Example", "m"))
    room.put(AddendumConcluded(number, about))
    if file:
        room.put(AddendumSealed(number, "cd34" * 16, 2))
    return room


def test_what_was_added_is_listed_and_each_file_can_be_looked_at(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    """Proves: P9: linked, separately signed; the first record never changes."""
    paper = Paper()
    screen = paper.put(qtbot, theme, words, added(sealed(), "adverse_event"))
    assert "Addition 1: A report of harm. Robin Example" in said(screen)
    assert paper.asked == [10], "the newest is on show first"
    tap(screen, "record.look_0")
    assert paper.asked == [10, 0]
    assert "Page 1 of 3" in said(screen)


def test_an_addition_that_is_not_sealed_waits_for_its_signer(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    paper = Paper()
    screen = paper.put(qtbot, theme, words, added(sealed(), file=False))
    assert not sees(screen, "record.look_1") and "waits for the PIN of Robin Example" in said(screen)
    tap(screen, "record.seal_1")
    assert paper.gone == ["seal 1"]


def test_copies_go_out_and_what_is_owed_stays_said(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Proves: P8: no printer never blocks; the copy stays owed until it is handed over."""
    paper = Paper()
    screen = paper.put(qtbot, theme, words, sealed())
    for name in ("record.print", "record.save", "record.save_0", "record.aftercare"):
        tap(screen, name)
    assert paper.gone == ["print 0", "save 0 /somewhere", "aftercare"]
    assert "did aftercare" in said(screen) and not sees(screen, "record.save_0")
    tap(screen, "record.handed_record")
    assert not sees(screen, "record.handed_record") and sees(screen, "record.handed_aftercare")
    assert "The patient has the copy." in said(screen)


def test_no_folder_to_save_to_is_said(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper = Paper()
    paper.places = []
    screen = paper.put(qtbot, theme, words, sealed())
    tap(screen, "record.save")
    assert "No folder was found" in said(screen) and paper.gone == []


def test_adding_is_offered_only_to_what_is_sealed(qtbot: QtBot, theme: Theme, words: Words) -> None:
    paper = Paper()
    waiting = paper.put(qtbot, theme, words, concluded())
    assert not sees(waiting, "record.add")
    screen = paper.put(qtbot, theme, words, sealed())
    tap(screen, "record.add")
    assert paper.gone == ["add"]
