"""Every page there is, by name, ready to be shown: what is asked of one page is asked of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.session.board import Board as Rows
from chairside.session.board import Day, FoundPatient
from chairside.session.charter import NewStaff
from chairside.session.view import Outcome
from chairside.ui.screens import asking, setup
from chairside.ui.screens.board import Board, Doors
from chairside.ui.screens.board_card import CardDoors
from chairside.ui.screens.day import CloseDay, OpenDay, Seen
from chairside.ui.screens.desk import OpenNew
from chairside.ui.screens.door import Asked, HandBack, HandOver, Locked, PinPage, SignIn, WhoAreYou
from chairside.ui.screens.draft import OpenDesk
from chairside.ui.screens.more import More, MoreDoors
from chairside.ui.screens.people import Member, People, PeopleDoors
from chairside.ui.screens.prints import Prints
from chairside.ui.screens.reading import Reading
from chairside.ui.screens.stopping import Choices, Stopping
from chairside.ui.screens.waiting import WaitDoors, Waiting
from chairside.ui.theme import Theme
from chairside.ui.widgets.header import Head, Header
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.steps import StepMark
from chairside.words import Words
from tests.ui.screens import stock
from tests.ui.screens.conftest import made
from tests.ui.screens.room import NOW, NURSE, PHYSICIAN, ZONE, book
from tests.ui.screens.stories import opened, signed
from tests.ui.screens.test_board import LATE, TODAY, VISITS
from tests.ui.screens.test_day import RELEASED
from tests.ui.screens.test_every_page import MADE
from tests.ui.screens.test_every_screen import CASES
from tests.ui.screens.test_reading import all_read
from tests.ui.screens.touch import settle


@dataclass(frozen=True)
class Dress:
    """What every page is made with."""

    qtbot: QtBot
    theme: Theme
    words: Words


Maker: TypeAlias = Callable[[Dress], Page]


def nothing(*_: object) -> None:
    """Go nowhere."""


def said(*_: object) -> str:
    return "Printed."


def screen(case: str, dress: Dress) -> Page:
    kind, step, room = CASES[case]
    there = room()
    page = made(kind, dress.words, dress.theme, there, step)
    there.screen = page  # type: ignore[assignment]  # the room says None before its first screen
    there.show()
    return page


def reading(dress: Dress, to_the_end: bool = False) -> Page:
    room = opened()
    room.hand_to_patient("read")
    if to_the_end:
        all_read(room)
    page = Reading(book().plan.step("read"), dress.words, dress.theme, room.tell, nothing)
    room.screen = page  # type: ignore[assignment]  # the room says None before its first screen
    room.show()
    return page


def pin(dress: Dress, locked: bool = False) -> Page:
    asked = Asked(NURSE.name, dress.words.say("door.opens_step"), others=nothing)
    return PinPage(dress.theme, dress.words, asked, lambda _: Outcome("wrong_pin"), nothing)


def not_me(dress: Dress) -> Page:
    page = WhoAreYou(dress.theme, dress.words, "Jordan A.", (nothing, nothing))
    page._on_no()
    return page


def board(dress: Dress, empty: bool = False) -> Page:
    doors = Doors(CardDoors(nothing, nothing), nothing, nothing, nothing, nothing)
    page = Board(dress.words, dress.theme, ZONE, doors)
    visits, vials = ((), ()) if empty else (VISITS, (LATE,))
    page.show_board(Rows(NOW, visits, vials, Day(TODAY, not empty, False)))
    return page


def open_new(dress: Dress) -> Page:
    def find(text: str) -> tuple[FoundPatient, ...]:
        return ()

    desk = OpenDesk(book().forms["open"], (PHYSICIAN, NURSE), find, nothing, nothing)
    page = OpenNew(dress.words, dress.theme, desk, None)
    page.show_now(NOW, ZONE)
    return page


def more(dress: Dress) -> Page:
    page = More(dress.words, dress.theme, MoreDoors(nothing, nothing, said, nothing, nothing))
    page.show_view(signed().view())
    return page


def waiting(dress: Dress) -> Page:
    page = Waiting(dress.words, dress.theme, "vial", WaitDoors(nothing, nothing, nothing))
    page.show_view(signed().view())
    return page


def stopping(dress: Dress) -> Page:
    return Stopping(dress.theme, dress.words, Choices("refused", nothing, nothing))


def asked_of(name: str, asks: tuple[asking.Ask, ...], dress: Dress) -> Page:
    return asking.Asking((dress.theme, dress.words), name, asks, {}, (nothing, nothing))


def people(dress: Dress) -> Page:
    members = (Member(NURSE, False, False), Member(PHYSICIAN, True, False))
    return People(dress.words, dress.theme, members, PeopleDoors(nothing, nothing, nothing, nothing))


def staff_list(dress: Dress) -> Page:
    staff = (NewStaff("n1", "Robin Example", "nurse", ""), NewStaff("p1", "Sam Sample", "physician", ""))
    return setup.StaffList((dress.theme, dress.words), staff, "", (nothing, nothing, nothing, nothing))


def of_visit(name: str, dress: Dress) -> Page:
    return MADE[name](dress.qtbot, dress.theme, dress.words)


def of_vials(name: str, dress: Dress) -> Page:
    return stock.PAGES[name](stock.dressed(dress.theme, dress.words))


PAGES: dict[str, Maker] = {
    "sign in": lambda d: SignIn(d.theme, d.words, (NURSE, PHYSICIAN), nothing, ("Robin Example: 123456",)),
    "pin": pin,
    "hand over": lambda d: HandOver(d.theme, d.words, "Jordan A.", (nothing, nothing), 12),
    "who are you": lambda d: WhoAreYou(d.theme, d.words, "Jordan A.", (nothing, nothing)),
    "not me": not_me,
    "hand back": lambda d: HandBack(d.theme, d.words, nothing),
    "locked": lambda d: Locked(d.theme, d.words, nothing),
    "board": board,
    "empty board": partial(board, empty=True),
    "open a visit": open_new,
    "open the day": lambda d: OpenDay(
        d.words, d.theme, Seen(NOW, ZONE, 80, ("Front desk",), (stock.CARDS[0],)), nothing, nothing
    ),
    "close the day": lambda d: CloseDay(
        d.words, d.theme, (Day(NOW.date(), True, False, (RELEASED,), (LATE,)), NOW, ZONE), nothing, nothing
    ),
    "people": people,
    "papers": lambda d: Prints(d.words, d.theme, said, nothing),
    "reading": reading,
    "questions to the reader": partial(reading, to_the_end=True),
    "about the visit": more,
    "waiting": waiting,
    "stopping": stopping,
    "set-up: rules": partial(asked_of, "rules", setup.RULES),
    "set-up: person": partial(asked_of, "person", setup.PERSON),
    "set-up: recover": partial(asked_of, "recover", setup.RECOVER),
    "set-up: staff": staff_list,
    "set-up: key": lambda d: setup.Recovery(
        (d.theme, d.words), "ABCD-EFGH-JKLM-NPQR", (nothing, nothing, nothing)
    ),
    "set-up: key again": lambda d: setup.Retype((d.theme, d.words), (nothing, lambda _: "")),
    **{f"step: {case}": partial(screen, case) for case in CASES},
    **{f"visit: {name}": partial(of_visit, name) for name in MADE},
    **{f"vials: {name}": partial(of_vials, name) for name in stock.PAGES},
}
MARKS = (
    ("open", "done"),
    ("health_check", "done"),
    ("read", "current"),
    ("decision", "open"),
    ("sign", "waiting"),
)


def dressed(dress: Dress, page: Page) -> Page:
    """Put the header and the steps on, as the window does."""
    if page.header is None:
        header = Header(dress.theme, dress.words, nothing)
        header.show_head(Head("Jordan Avery", "born 14 March 1984", "10:30 am", "80 %"))
        page.set_header(header)
    titles = {step: dress.words.say(f"step.{step}") for step, _ in MARKS}
    page.show_steps([StepMark(step, titles[step], state) for step, state in MARKS], nothing)  # type: ignore[arg-type]
    return page


def on_glass(dress: Dress, name: str, size: tuple[int, int] = (1366, 1024)) -> Page:
    """Show one page as the window would."""
    page = dressed(dress, PAGES[name](dress))
    dress.qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    settle()
    application = QApplication.instance()
    assert application is not None
    return page
