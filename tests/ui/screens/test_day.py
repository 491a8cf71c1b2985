"""Opening and closing the day: what the tablet can tell, what a person must say, what is left over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from chairside.domain.standing import Status
from chairside.session.board import BoardRow, Day, VialCard
from chairside.ui.screens.day import CloseDay, OpenDay, Seen
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.room import NOW, ZONE
from tests.ui.screens.touch import leave, said, sees, settle, tap, write

VIAL = VialCard(
    "v1", "", "Example Supplier", 5, "", None, "expected", patient="Jordan Avery",
    due=NOW - timedelta(minutes=45), late_minutes=45,
)  # fmt: skip
RELEASED = BoardRow(
    "1", "p1", "Jordan Avery", date(1984, 3, 14), 1, NOW, Status("released", NOW), "procedure"
)  # fmt: skip


def opening(
    qtbot: QtBot,
    theme: Theme,
    words: Words,
    battery: int | None = 80,
    printers: tuple[str, ...] = ("Front desk",),
) -> tuple[OpenDay, list[dict[str, str]]]:
    opened: list[dict[str, str]] = []
    page = OpenDay(words, theme, Seen(NOW, ZONE, battery, printers, (VIAL,)), opened.append, lambda: None)
    qtbot.addWidget(page)
    page.show()
    settle()
    return page, opened


def closing(qtbot: QtBot, theme: Theme, words: Words, day: Day) -> tuple[CloseDay, list[str]]:
    closed: list[str] = []
    page = CloseDay(words, theme, (day, NOW, ZONE), closed.append, (lambda: None, closed.append))
    qtbot.addWidget(page)
    page.show()
    settle()
    return page, closed


def test_the_clock_is_compared_by_a_person(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """The tablet cannot know that its clock is right. Proves: T8."""
    page, opened = opening(qtbot, theme, words)
    assert "16 March 2026, 10:30 am" in said(page)
    tap(page, "day.open")
    assert opened == [] and sees(page, "day.lacking")
    tap(page, "day.clock.wrong")
    tap(page, "day.open")
    assert opened == [] and "Set the clock" in said(page)
    tap(page, "day.clock.right")
    tap(page, "day.open")
    assert opened == [{"clock": "right", "battery": "80 %", "printer": "Front desk", "vials_due": "1"}]


@pytest.mark.parametrize(
    ("battery", "told"),
    [(24, "Battery 24 %. Plug the tablet in."), (25, "Battery 25 %"), (None, "cannot be read")],
)
def test_a_low_battery_is_said_in_the_morning(
    qtbot: QtBot, theme: Theme, words: Words, battery: int | None, told: str
) -> None:
    page, _ = opening(qtbot, theme, words, battery)
    assert told in said(page) and ("Plug" in said(page)) is (battery == 24)


def test_no_printer_holds_nobody_up(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """No printer never blocks care (product.md, Notices)."""
    page, opened = opening(qtbot, theme, words, printers=())
    assert "No printer is set up." in said(page) and "45 min late" in said(page)
    tap(page, "day.clock.right")
    tap(page, "day.open")
    assert opened[0]["printer"] == "none"


def test_a_settled_day_closes_with_one_tap(qtbot: QtBot, theme: Theme, words: Words) -> None:
    page, closed = closing(qtbot, theme, words, Day(NOW.date(), True, False))
    assert "Everything is settled." in said(page)
    tap(page, "day.close")
    assert closed == [""]


def test_what_is_left_needs_a_reason(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Released but not given, and vials without a fate, by name."""
    page, closed = closing(qtbot, theme, words, Day(NOW.date(), True, False, (RELEASED,), (), (VIAL,)))
    assert "Jordan Avery · born 14 March 1984 · Released" in said(page) and "Example Supplier" in said(page)
    tap(page, "day.close")
    assert closed == [] and sees(page, "day.reason.own.error")
    write(page, "day.reason.own", "The courier comes at seven.")
    leave(page, "day.reason.own")
    tap(page, "day.close")
    tap(page, "day.reason.likely.with_physician")
    tap(page, "day.close")
    assert closed == ["The courier comes at seven.", "The physician knows"]


def test_a_procedure_nobody_signed_is_named_and_led_to(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Given, and its addendum is not made: the day closed over it without a word. Proves: P2 (Procedure)."""
    given = replace(RELEASED, status=Status("given", NOW))
    page, told = closing(qtbot, theme, words, Day(NOW.date(), True, False, (), (given,)))
    assert "Jordan Avery · born 14 March 1984 · Given" in said(page) and sees(page, "day.not_signed")
    tap(page, "day.close")
    assert told == [] and sees(page, "day.reason.own.error")
    tap(page, "day.resume.1")
    assert told == ["1"]
