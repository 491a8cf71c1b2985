"""The board: every visit by what it needs, said in words; one tap goes on with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from chairside.domain.standing import State, Status, Wait
from chairside.session.board import Board as Rows
from chairside.session.board import BoardRow, Day, VialCard
from chairside.ui.screens.board import Board, Doors
from chairside.ui.screens.board_card import CardDoors, VisitCard
from chairside.ui.theme import Theme
from chairside.ui.widgets.text import Text
from chairside.ui.widgets.time_bar import TimeBar
from chairside.words import Words
from tests.ui.screens.room import NOW, ZONE
from tests.ui.screens.touch import said, sees, settle, tap, there

MINUTE = timedelta(minutes=1)
TODAY = date(2026, 3, 16)


def row(
    visit: str, name: str, state: State = "open", hours: float = 1, waits: tuple[Wait, ...] = ()
) -> BoardRow:
    """A visit whose injection is so many hours away."""
    at = NOW + timedelta(hours=hours)
    return BoardRow(visit, f"p-{visit}", name, date(1984, 3, 14), 1, at, Status(state, NOW, waits), "read")


COURIER = Wait("courier", "vial", NOW - 45 * MINUTE, "The box is in Reno.")
LATE = VialCard("v1", "", "Example Supplier", 5, "", None, "expected", due=NOW - 45 * MINUTE, late_minutes=45)
VISITS = (
    row("1", "Jordan Avery"),
    row("2", "Sam Whitlock", "waiting", 0.5, (COURIER,)),
    replace(row("3", "Robin Okafor", "released"), thawed_at=NOW - 12 * MINUTE, limit_minutes=30),
    replace(row("4", "Dana Castellano", "deferred", -2), unsealed=True),
    replace(row("5", "Alex Montgomery", "given", -3), owed=("aftercare",)),
    row("6", "Kim Underwood", "refused", -3),
    row("7", "Lee Vasquez", "planned", 50),
    row("8", "Max Oduya", "planned", 3),
)


class Shown:
    """A board on the glass, and where its taps led."""

    def __init__(self, qtbot: QtBot, words: Words, theme: Theme) -> None:
        self.led: list[str] = []
        led = self.led.append
        card = CardDoors(
            lambda visit: led(f"enter {visit}"), lambda visit, paper: led(f"handed {visit} {paper}")
        )
        doors = Doors(
            card, lambda: led("new"), lambda: led("vials"), lambda: led("day"), lambda: led("print")
        )
        self.page = Board(words, theme, ZONE, doors)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 1024)
        self.page.show()

    def show(
        self, visits: tuple[BoardRow, ...], opened: bool = True, vials: tuple[VialCard, ...] = ()
    ) -> str:
        self.page.show_board(Rows(NOW, visits, vials, Day(TODAY, opened, False)))
        settle()
        return said(self.page)

    def order(self) -> list[str]:
        """The visits from top to bottom, each line from left to right."""
        shown = [each for each in self.page.findChildren(VisitCard) if each.isVisibleTo(self.page)]
        places = {card.row.visit: card for card in shown}
        at = {name: card.mapTo(self.page, QPoint(0, 0)) for name, card in places.items()}
        return sorted(at, key=lambda name: (at[name].y(), at[name].x()))


@pytest.fixture
def board(qtbot: QtBot, words: Words, theme: Theme) -> Shown:
    return Shown(qtbot, words, theme)


def test_what_presses_most_stands_first(board: Shown) -> None:
    """A thawed vial, a record without its seal, what somebody can go on with, what waits, what is ahead."""
    board.show(VISITS)
    assert board.order() == ["3", "4", "1", "2", "8", "5", "7", "6"]


def test_a_wait_is_said_with_what_for_and_how_long(board: Shown) -> None:
    """Proves: P1."""
    assert "Waits for the courier, 45 min. The box is in Reno." in board.show((VISITS[1],))
    assert "Waiting" in said(board.page)


@pytest.mark.parametrize(
    ("waited", "spoken", "end", "tone"),
    [(0, "0 min of 2 h", "2 h", "primary"), (45, "45 min of 2 h", "2 h", "primary"),
     (121, "2 h 1 min", "over 2 h", "warn")],
)  # fmt: skip
def test_a_wait_is_a_picture_too(board: Shown, waited: int, spoken: str, end: str, tone: str) -> None:
    """On one scale, so that two cards can be compared. Proves: screens.md 2."""
    board.show((row("2", "Sam Whitlock", "waiting", 0.5, (Wait("courier", "vial", NOW - waited * MINUTE),)),))
    bar = there(board.page, "lasted.2.0")
    assert isinstance(bar, TimeBar) and bar.accessibleName() == spoken
    assert (bar.lasted.minutes, bar.lasted.end, bar.lasted.tone) == (waited, end, tone)


def test_nothing_is_drawn_where_nobody_knows_since_when(board: Shown) -> None:
    """Nor of a thawed vial whose supplier states no limit."""
    thawed = replace(row("3", "Robin Okafor", "released"), thawed_at=NOW - 12 * MINUTE, limit_minutes=None)
    board.show((row("2", "Sam Whitlock", "waiting", 0.5, (Wait("vial", "vial", None),)), thawed))
    assert board.page.findChildren(TimeBar) == []


def test_a_thawed_vial_is_a_picture_against_its_suppliers_limit(board: Shown) -> None:
    """Proves: screens.md 2."""
    board.show((VISITS[2],))
    (bar,) = board.page.findChildren(TimeBar)
    assert (bar.lasted.minutes, bar.lasted.whole, bar.accessibleName()) == (12, 30, "12 min of 30 min")


@pytest.mark.parametrize(
    ("ago", "limit", "told"),
    [
        (12, 30, "The supplier's limit is 30 min: 18 min left."),
        (29.5, 30, "30 min: 1 min left."),
        (30, 30, "past the supplier's limit of 30 min. Call the physician."),
        (75, None, "Thawed 1 h 15 min ago. The supplier states no limit."),
    ],
)
def test_a_thawed_vial_is_timed_against_its_suppliers_own_limit(
    board: Shown, ago: float, limit: int | None, told: str
) -> None:
    """No limit is invented where the supplier states none. Proves: Q35, V18."""
    thawed = replace(VISITS[2], thawed_at=NOW - ago * MINUTE, limit_minutes=limit)
    assert told in board.show((thawed,))


def test_who_has_the_tablet_similar_names_and_a_missing_seal_are_said(board: Shown) -> None:
    marked = replace(row("9", "Robin Okafor-Lee"), holder="patient", similar=True)
    told = board.show((marked, VISITS[3]))
    assert "The patient has the tablet." in told
    assert "nearly the same name" in told and "born 14 March 1984" in told
    assert "not sealed yet" in told
    sealing = replace(VISITS[3], status=Status("deferred", NOW, (Wait("seal", "record", NOW, "Dr Sample"),)))
    told = board.show((sealing,))
    assert "Waits for the PIN of Dr Sample" in told and "not sealed yet" not in told


def test_a_paper_that_is_owed_is_one_tap(board: Shown) -> None:
    """A visit that owes a paper does not go to those that are over. Proves: P1."""
    board.show((VISITS[4],))
    tap(board.page, "handed.5.aftercare")
    tap(board.page, "resume.5")
    assert board.led == ["handed 5 aftercare", "enter 5"]


def test_a_visit_that_cannot_be_opened_is_listed_with_why(board: Shown) -> None:
    broken = replace(row("8", "Lost Sample"), status=None, trouble="form_version_missing")
    told = board.show((broken, VISITS[0]))
    assert "is not stored here" in told and board.order() == ["8", "1"]


def test_no_visit_is_said_calmly(board: Shown) -> None:
    assert "No visit today." in board.show(())
    tap(board.page, "new")
    assert board.led == ["new"]


def test_the_day_and_the_vials_are_said_where_they_need_somebody(board: Shown) -> None:
    told = board.show(
        (), opened=False, vials=(LATE, replace(LATE, stream="v2", fate="received", late_minutes=0))
    )
    assert "The day is not opened yet." in told
    assert "One vial is late. One vial waits to be checked or accepted." in told
    assert "Open the day" in told
    assert "Close the day" in board.show((), opened=True) and not sees(board.page, "board.day")
    for name in ("vials", "day", "print"):
        tap(board.page, name)
    assert board.led == ["vials", "day", "print"]


def test_large_type_keeps_its_lines_whole_on_a_narrow_card(board: Shown, theme: Theme) -> None:
    """At 200 % in 800 px the words had half the card, and broke after two or three. Proves: screens.md 6."""
    board.page.resize(800, 1280)
    for scale, below in ((1.0, False), (2.0, True)):
        theme.set_scale(scale)
        board.show(VISITS)
        settle()
        card = next(each for each in board.page.findChildren(VisitCard) if each.isVisible())
        who = next(each for each in card.findChildren(Text) if each.text().startswith("born"))
        assert (who.width() > 0.85 * card.width()) == below, f"{who.width()} of {card.width()} at {scale}"


def test_the_same_minute_shown_again_moves_nothing(board: Shown) -> None:
    """The clock goes on every twenty seconds; a page somebody scrolls does not jump."""
    board.show(VISITS)
    card = there(board.page, "resume.1")
    board.show(VISITS)
    assert there(board.page, "resume.1") is card


def test_a_later_minute_changes_only_what_it_says_anew(board: Shown) -> None:
    """A wait grows; a visit that is over goes to its own group; nobody stands there twice."""
    board.show(VISITS)
    waits, rests = there(board.page, "visit.2"), there(board.page, "visit.1")
    later = NOW + 5 * MINUTE
    ended = replace(VISITS[7], status=Status("no_show", later))
    board.page.show_board(Rows(later, (*VISITS[:7], ended), (), Day(TODAY, True, False)))
    settle()
    assert there(board.page, "visit.2") is not waits and "courier, 50 min" in said(board.page)
    assert there(board.page, "visit.1") is rests
    assert board.order()[-1] == "8" and len(board.order()) == len(VISITS)
    board.page.show_board(Rows(later, VISITS[:1], (), Day(TODAY, True, False)))
    settle()
    assert board.order() == ["1"]


@pytest.mark.parametrize(
    ("size", "scale", "columns"),
    [((1366, 1024), 1.0, 2), ((1280, 800), 1.0, 2), ((800, 1280), 1.0, 1), ((1920, 1280), 2.0, 1)],
)
def test_there_are_two_columns_where_there_is_room(
    board: Shown, theme: Theme, size: tuple[int, int], scale: float, columns: int
) -> None:
    """What else holds at every size is looked at in the gallery (tests/looks)."""
    theme.set_scale(scale)
    board.page.resize(*size)
    board.show(VISITS, opened=False, vials=(LATE,))
    for _ in range(3):
        settle()
    xs = {there(board.page, f"visit.{n}").mapTo(board.page, QPoint(0, 0)).x() for n in (1, 2)}  # type: ignore[union-attr]
    assert len(xs) == columns
