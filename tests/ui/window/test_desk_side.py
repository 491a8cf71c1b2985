"""A day at the desk: board, opening, closing, several visits at once, what one waits for, its odd ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from chairside.domain.facts import (
    DayClosed,
    DayOpened,
    OpenedInError,
    PatientAdded,
    Replanned,
    Stopped,
    WaitBegan,
)
from chairside.session import copies
from chairside.session.view import NewVisit
from chairside.ui.screens.board import Board
from chairside.ui.screens.desk import OpenNew
from chairside.ui.widgets.page import Page
from tests.session.clinics import PINS
from tests.ui.window.glass import Shown, restarted

AVERY = "Demo Patient Avery"


@pytest.fixture
def desk(glass: Shown) -> Shown:
    """The first nurse looks at an empty board."""
    glass.sign_in()
    return glass


def _other(shown: Shown, name: str = "Demo Patient Blake", days: int = 0) -> str:
    """Open a visit for somebody else, today or days ahead; return its id."""
    desk = shown.visitors.desk
    patient = PatientAdded(name, date(1971, 5, 6), "555 0112", "3 Nowhere", "post", "en")
    at = desk.now() + timedelta(days=days, hours=1)
    return desk.open_visit(NewVisit(patient, ("name", "born"), at, ())).visit.id


def _device_facts(shown: Shown) -> list[object]:
    clinic = shown.visitors.clinic
    return [stamped.fact for stamped in clinic.ledger.stream(clinic.tablet_stream)]


def _at_home(shown: Shown) -> None:
    shown.window.home()
    shown.hands.settle()


# -- the day ------------------------------------------------------------------------------------
def test_the_day_is_opened_and_closed_from_the_board(desk: Shown) -> None:
    """What was looked at is kept with who looked."""
    assert "The day is not opened yet." in desk.words()
    desk.hands.tap("day")
    desk.hands.tap("day.clock.right")
    desk.hands.tap("day.open")
    assert desk.page() == "board" and "The day is not opened yet." not in desk.words()
    opened = next(fact for fact in _device_facts(desk) if isinstance(fact, DayOpened))
    assert opened.checks["clock"] == "right" and opened.checks["battery"] == "unknown"
    desk.hands.tap("day")
    assert desk.page() == "day_close"
    desk.hands.tap("day.close")
    assert desk.page() == "board" and "The day is closed." in desk.words()
    assert any(isinstance(fact, DayClosed) for fact in _device_facts(desk))


def test_a_released_visit_keeps_the_day_open_until_somebody_says_why(desk: Shown) -> None:
    desk.visitors.whole()
    desk.visitors.staff.arrive(desk.visitors.proof("nurse-1"))
    _at_home(desk)
    desk.hands.tap("day")
    desk.hands.tap("day.clock.right")
    desk.hands.tap("day.open")
    desk.hands.tap("day")
    assert AVERY in desk.words()
    desk.hands.tap("day.close")
    assert desk.page() == "day_close"
    desk.hands.tap("day.reason.likely.not_today")
    desk.hands.tap("day.close")
    closed = next(fact for fact in _device_facts(desk) if isinstance(fact, DayClosed))
    assert closed.left and closed.reason == "Not done today, will be tomorrow"


# -- several visits -----------------------------------------------------------------------------
def test_each_visit_goes_on_where_it_was_left(desk: Shown) -> None:
    """From one to the other over the board, back and forth. Proves: P1."""
    first = desk.visitors.open().visit.id
    second = _other(desk)
    _at_home(desk)
    desk.hands.tap(f"resume.{first}")
    desk.hands.tap("step.medicines")
    _at_home(desk)
    desk.hands.tap(f"resume.{second}")
    assert desk.page() == "open", "the other visit's step is its own"
    _at_home(desk)
    desk.hands.tap(f"resume.{first}")
    assert desk.page() == "medicines"


def test_a_visit_planned_ahead_stands_in_a_group_of_its_own(desk: Shown) -> None:
    """Proves: P6."""
    today, ahead = desk.visitors.open().visit.id, _other(desk, days=3)
    _at_home(desk)
    page = desk.window.page
    assert isinstance(page, Board)
    groups = {name: columns for name, (_, columns) in page._groups.items()}
    assert groups["today"].isAncestorOf(desk.hands.find(f"resume.{today}"))
    assert groups["ahead"].isAncestorOf(desk.hands.find(f"resume.{ahead}"))
    assert "Planned" in desk.words()


def test_two_people_of_one_name_are_flagged_with_their_birth_dates(desk: Shown) -> None:
    desk.visitors.open()
    _other(desk, AVERY)
    _at_home(desk)
    said = [each.text() for each in desk.window.findChildren(QLabel)]
    assert sum(text.startswith("Another patient today has nearly the same name.") for text in said) == 2
    assert "born 14 March 1984" in desk.words() and "born 6 May 1971" in desk.words()


def test_a_patient_on_file_is_picked_and_not_added_again(desk: Shown) -> None:
    """The board's page looks people up in the store. Proves: T2."""
    desk.visitors.open()
    _at_home(desk)
    desk.hands.tap("new")
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "open.name", "what is typed at once is not lost"
    desk.hands.type("open.name", "avery")
    found = desk.visitors.desk.find("avery")[0].patient
    desk.hands.tap(f"find.{found}")
    page = desk.window.page
    assert isinstance(page, OpenNew) and page.draft.found is not None
    assert page.draft.found.told.name == AVERY
    assert len(desk.visitors.clinic.ledger.patients("Avery")) == 1


def test_patient_mode_never_shows_the_board(desk: Shown) -> None:
    """Not even where something asks the window for it. Proves: T1, T2."""
    desk.visitors.open()
    _other(desk)
    desk.visitors.hand_over("read")
    desk.enter()
    page = desk.page()
    desk.window.home()
    desk.window.pages.tick()
    desk.hands.settle()
    assert desk.page() == page and "Blake" not in desk.words()


# -- what a visit waits for ---------------------------------------------------------------------
def test_a_late_courier_is_said_on_the_board_with_the_time_since(desk: Shown) -> None:
    """Proves: P1."""
    visit = desk.visitors.open().visit.id
    desk.enter()
    desk.hands.tap("header.visit")
    desk.hands.type("wait.note.own", "The box is in Reno.")
    desk.hands.tap("wait.begin.courier")
    assert any(isinstance(by.fact, WaitBegan) for by in desk.window.room.visit.facts)  # type: ignore[union-attr]
    desk.hands.tap("more.board")
    desk.visitors.clock.ticks += 45 * 60
    desk.window.pages.tick()
    desk.hands.settle()
    assert "Waits for the courier, 45 min. The box is in Reno." in desk.words()
    desk.hands.tap(f"resume.{visit}")
    assert desk.page() == "health_check", "what waits does not keep anybody from going on"
    desk.hands.tap("header.visit")
    desk.hands.tap("wait.end.courier")
    desk.hands.tap("more.go_on")
    assert desk.page() == "health_check"


def test_a_nurse_alone_may_say_that_the_physician_is_awaited(desk: Shown) -> None:
    """The physician's PIN stands in the way of the page, not of the visit."""
    desk.visitors.open()
    desk.visitors.choose("health_check", transplant="yes")
    desk.enter()
    assert desk.page() == "door.pin"
    desk.hands.tap("pin.visit")
    desk.hands.tap("wait.begin.physician")
    desk.hands.tap("more.go_on")
    assert desk.page() == "door.pin"


def test_an_injection_is_planned_for_another_day(desk: Shown) -> None:
    """Proves: P1."""
    visit = desk.visitors.open().visit.id
    desk.enter()
    for name in ("header.visit", "more.part.replan", "replan.another_day"):
        desk.hands.tap(name)
    tomorrow = desk.visitors.desk.now().date() + timedelta(days=1)
    for name in (f"replan.days.{tomorrow}", "replan.at.0900", "replan.reason.likely.vial_late", "replan.do"):
        desk.hands.tap(name)
    facts = desk.window.room.visit.facts if desk.window.room else ()
    assert isinstance(facts[-1].fact, Replanned)
    desk.hands.tap("more.board")
    page = desk.window.page
    assert isinstance(page, Board)
    assert page._groups["ahead"][1].isAncestorOf(desk.hands.find(f"resume.{visit}"))


# -- odd ends -----------------------------------------------------------------------------------
def test_a_patient_who_never_came_ends_in_a_sealed_record(desk: Shown) -> None:
    """Certified by whoever attests it. Proves: P4."""
    desk.visitors.open()
    desk.enter()
    for name in ("header.visit", "more.part.end", "end.no_show", "end.reason.likely.not_reached", "end.do"):
        desk.hands.tap(name)
    desk.hands.pin(PINS["nurse-1"])
    desk.hands.find("record.pages.next")
    visit = desk.window.room.visit  # type: ignore[union-attr]
    assert isinstance(visit.stopped.fact, Stopped) and visit.stopped.fact.ending == "no_show"
    assert visit.sealed is not None


def test_a_visit_opened_in_error_is_gone_from_the_glass_with_its_reason_kept(desk: Shown) -> None:
    """Proves: P4."""
    visit = desk.visitors.open().visit.id
    desk.enter()
    names = ("header.visit", "more.part.end", "end.in_error", "end.reason.likely.wrong_patient", "end.do")
    for name in names:
        desk.hands.tap(name)
    desk.hands.pin(PINS["nurse-1"])
    assert desk.page() == "board"
    facts = [by.fact for by in desk.visitors.clinic.ledger.stream(f"visit:{visit}")]
    assert facts[-1] == OpenedInError("Wrong patient picked")


def test_staff_record_that_a_patient_does_not_go_on(desk: Shown) -> None:
    """Said in the room, not on the tablet; with a PIN, and a way back. Proves: P4, Q16."""
    desk.visitors.open()
    desk.enter()
    for name in ("header.visit", "more.part.end", "end.stop"):
        desk.hands.tap(name)
    assert desk.page() == "stopping"
    header = desk.window.page.header  # type: ignore[union-attr]  # a page of the visit
    assert "Demo Patient Avery" in [
        each.text() for each in header.findChildren(QLabel)
    ]  # whose end it would be
    desk.hands.tap("go_on")
    assert desk.page() in ("more", "health_check")
    if desk.page() == "health_check":
        desk.hands.tap("header.visit")
    for name in ("more.part.end", "end.stop", "said.likely.changed_mind", "attest"):
        desk.hands.tap(name)
    desk.hands.pin(PINS["nurse-1"])
    desk.hands.find("record.pages.next")
    visit = desk.window.room.visit  # type: ignore[union-attr]
    assert isinstance(visit.stopped.fact, Stopped) and visit.stopped.fact.ending == "refused"


def test_a_paper_that_is_owed_is_handed_from_the_board(desk: Shown) -> None:
    """Proves: P8."""
    visit = desk.visitors.open().visit.id
    desk.visitors.choose("health_check", transplant="yes")
    desk.enter()
    desk.window.home()
    owed = copies.owed(desk.visitors.clinic)
    for row in owed:
        desk.hands.tap(f"handed.{visit}.{row.what}")
    assert copies.owed(desk.visitors.clinic) == ()


def test_nobody_hands_over_who_is_not_signed_in(desk: Shown) -> None:
    """Refused in words, the tablet stays where it is. Proves: T1."""
    desk.visitors.open()
    desk.enter()
    desk.visitors.staff.seat(None)
    desk.window.hand_over("read")
    desk.hands.settle()
    assert "Nobody is signed in." in desk.banner()
    assert not desk.visitors.here().visit.with_patient


def test_a_procedure_that_has_begun_is_come_back_to_at_once(desk: Shown, qapp: QApplication) -> None:
    """Gloved hands look for no button, not even after the tablet stopped. Proves: P1."""
    desk.visitors.whole()
    visit = desk.visitors.here().visit.id
    desk.visitors.staff.arrive(desk.visitors.proof("nurse-1"))
    _at_home(desk)
    desk.hands.tap(f"resume.{visit}")
    assert desk.page() == "record"
    if desk.hands.sees("retry"):
        desk.hands.tap("retry")
        desk.hands.pin(PINS["physician-1"])
    desk.hands.tap("procedure.begin")
    assert desk.page() == "procedure" and desk.window.watch.left_ms is None
    desk.hands.tap("procedure.thawed")
    again = restarted(desk, qapp)
    again.sign_in()
    if again.page() == "board":
        assert "Thawed" in again.words()
        again.hands.tap(f"resume.{visit}")
    assert again.page() == "procedure"
    again.close()


def test_the_last_search_is_offered_to_who_made_it_and_to_nobody_else(glass: Shown) -> None:
    """Never put in by itself: it could become another patient's name. Proves: screens.md 8."""
    glass.sign_in()
    glass.visitors.open()
    glass.hands.tap("new")
    assert not glass.hands.sees("find.again")
    glass.hands.type("open.name", "Demo Pat")
    glass.hands.tap("back")
    glass.hands.tap("new")
    assert glass.window.isActiveWindow()  # a button shown before it has its page is a window of its own
    glass.hands.tap("find.again")
    assert "On file" in glass.words() and not glass.hands.sees("find.again")
    glass.hands.tap("header.lock")
    glass.sign_in("physician-1")
    glass.window.home()
    glass.hands.settle()
    glass.hands.tap("new")
    assert not glass.hands.sees("find.again") and 'Demo Pat"' not in glass.words()


@pytest.mark.parametrize(("percent", "shown"), [(83, "Battery 83 %"), (None, "")])
def test_staff_see_the_clock_and_the_battery_where_it_is_known(
    glass: Shown, percent: int | None, shown: str
) -> None:
    """Full screen hides the system's own. Proves: screens.md 8."""
    window = glass.window
    window.parts = replace(window.parts, battery=lambda: percent)
    glass.sign_in()
    clock = glass.visitors.desk.now().astimezone(ZoneInfo(glass.visitors.desk.zone))
    header = window.page.header if isinstance(window.page, Page) else None
    assert header is not None
    line = " ".join(label.text() for label in header.findChildren(QLabel) if label.isVisible())
    assert f"{clock.hour % 12 or 12}:" in line
    assert (shown in line) if shown else ("Battery" not in line)
    assert "Signed in: Demo Nurse Wren" in line, "whose name the next tap carries"
