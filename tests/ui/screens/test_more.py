"""The page about a visit itself, and the page of a step that waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chairside.domain.facts import (
    Concluded,
    OpenedInError,
    PaperChosen,
    Replanned,
    Signed,
    SignedOnPaper,
    Stopped,
    TextGiven,
    VisitFact,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.standing import Status, Wait
from chairside.ui.screens.more import More, MoreDoors
from chairside.ui.screens.waiting import WaitDoors, Waiting
from chairside.ui.theme import Theme
from chairside.ui.widgets.button import Button
from chairside.words import Words
from tests.ui.screens.room import Room, book
from tests.ui.screens.stories import decided, opened, signed
from tests.ui.screens.touch import leave, said, sees, settle, tap, there, write


class Shown:
    """The page, what it told, and where its other taps led."""

    def __init__(self, qtbot: QtBot, words: Words, theme: Theme, room: Room) -> None:
        self.led: list[str] = []
        self.room = room
        led = self.led.append
        to = {name: partial(led, name) for name in ("stop", "go on", "board", "glass", "beside")}
        ways = (to["go on"], to["board"], to["glass"], to["beside"])
        doors = MoreDoors(self._told, to["stop"], self._print, *ways)
        self.told: list[VisitFact] = []
        self.page = More(words, theme, doors)
        _show(qtbot, self.page)
        self.again()

    def _print(self, kind: str) -> str:
        self.led.append(f"print {kind}")
        return "Printed."

    def _told(self, fact: VisitFact) -> None:
        self.told.append(fact)
        self.room.put(fact)
        self.again()

    def again(self) -> None:
        self.page.show_view(self.room.view())
        settle()


def _show(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1366, 1024)
    page.show()
    settle()


@pytest.fixture
def more(qtbot: QtBot, words: Words, theme: Theme) -> Callable[[Room], Shown]:
    return lambda room: Shown(qtbot, words, theme, room)


def test_a_wait_begins_and_ends_with_a_tap_each(more: Callable[[Room], Shown]) -> None:
    """And can carry a note; what is waited for already is not offered again. Proves: P1."""
    shown = more(opened())
    write(shown.page, "wait.note.own", "The box is in Reno.")
    tap(shown.page, "wait.begin.courier")
    assert shown.told == [WaitBegan("courier", "The box is in Reno.")]
    assert "Waits for the courier, 0 min. The box is in Reno." in said(shown.page)
    assert not sees(shown.page, "wait.begin.courier") and sees(shown.page, "wait.begin.physician")
    tap(shown.page, "wait.end.courier")
    assert shown.told[-1] == WaitEnded("courier") and not sees(shown.page, "wait.end.courier")


def test_something_else_is_said_in_words(more: Callable[[Room], Shown]) -> None:
    shown = more(opened())
    tap(shown.page, "wait.begin.other")
    assert shown.told == [] and sees(shown.page, "wait.note.own.error")
    write(shown.page, "wait.note.own", "The sister parks the car.")
    tap(shown.page, "wait.begin.other")
    assert shown.told == [WaitBegan("other", "The sister parks the car.")]


def test_the_injection_is_planned_anew_with_a_time_and_a_reason(more: Callable[[Room], Shown]) -> None:
    """Neither alone is enough. Proves: P1."""
    shown = more(opened())
    tap(shown.page, "more.part.replan")
    tap(shown.page, "replan.do")
    assert shown.told == [] and "Choose the day and the time first." in said(shown.page)
    assert not sees(shown.page, "replan.now"), "another time is not now"
    for name in ("replan.another_day", "replan.days.2026-03-17", "replan.at.0900", "replan.do"):
        tap(shown.page, name)
    assert shown.told == [], "a reason is needed"
    tap(shown.page, "replan.reason.likely.vial_late")
    tap(shown.page, "replan.do")
    at = datetime(2026, 3, 17, 16, 0, tzinfo=UTC)
    assert shown.told == [Replanned(at, "The vial is not here")]
    assert "Planned for 17 March 2026, 9:00 am." in said(shown.page)


@pytest.mark.parametrize("why", ["prefers", "tablet_failed"])
def test_a_patient_goes_on_on_paper(more: Callable[[Room], Shown], why: str) -> None:
    """Proves: P8."""
    shown = more(opened())
    tap(shown.page, "more.part.paper")
    tap(shown.page, f"paper.{why}")
    assert shown.told == [PaperChosen(why)]  # type: ignore[arg-type]
    assert not sees(shown.page, f"paper.{why}"), "once is enough"


def test_a_slip_to_paper_leads_back_to_the_tablet_until_something_is_signed_there(
    more: Callable[[Room], Shown],
) -> None:
    """Proves: P8."""
    shown = more(decided())
    tap(shown.page, "more.part.paper")
    tap(shown.page, "paper.tablet_failed")
    assert "may continue on the tablet" in said(shown.page)
    tap(shown.page, "paper.glass")
    assert shown.led == ["glass"]
    shown.room.put(
        SignedOnPaper("sign.patient_signature", "patient", "Jordan Avery", "I agree", ("ef56" * 16,))
    )
    shown.again()
    assert not sees(shown.page, "more.part.paper") and not sees(shown.page, "paper.glass")


def test_the_text_taken_home_is_the_one_this_visit_uses(more: Callable[[Room], Shown]) -> None:
    """Its first date is kept; printing tells nothing by itself. Proves: P6, R43."""
    shown = more(opened())
    tap(shown.page, "more.part.take_home")
    tap(shown.page, "more.print.preparation")
    assert shown.led == ["print preparation"] and shown.told == [] and "Printed." in said(shown.page)
    tap(shown.page, "give.consent")
    assert shown.told == [TextGiven("consent", "consent", book().forms["consent"].version)]
    assert "The text was first given on" in said(shown.page)


def test_a_patient_who_never_came(more: Callable[[Room], Shown]) -> None:
    """Proves: P4."""
    shown = more(opened())
    tap(shown.page, "more.part.end")
    tap(shown.page, "end.no_show")
    go_on = there(shown.page, "more.go_on")
    assert isinstance(go_on, Button) and go_on.action.kind == "secondary", "one main action, and not this"
    tap(shown.page, "end.do")
    assert shown.told == [] and sees(shown.page, "end.reason.own.error")
    tap(shown.page, "end.reason.likely.not_reached")
    tap(shown.page, "end.do")
    assert shown.told == [Stopped("no_show", "Did not come, not reached")]


def test_a_visit_opened_in_error(more: Callable[[Room], Shown]) -> None:
    """It is impossible once the patient has signed. Proves: P4."""
    shown = more(opened())
    tap(shown.page, "more.part.end")
    tap(shown.page, "end.in_error")
    write(shown.page, "end.reason.own", "Her sister's file was open.")
    leave(shown.page, "end.reason.own")
    tap(shown.page, "end.do")
    assert shown.told == [OpenedInError("Her sister's file was open.")]
    late = more(signed())
    assert any(isinstance(by.fact, Signed) for by in late.room.visit.facts)
    tap(late.page, "more.part.end")
    assert not sees(late.page, "end.in_error") and sees(late.page, "end.stop")


def test_a_patient_who_does_not_go_on_has_a_page_of_their_own(more: Callable[[Room], Shown]) -> None:
    shown = more(opened())
    tap(shown.page, "more.part.end")
    tap(shown.page, "end.stop")
    tap(shown.page, "more.go_on")
    tap(shown.page, "more.board")
    assert shown.led == ["stop", "go on", "board"]


def test_a_visit_that_is_over_offers_nothing_here(more: Callable[[Room], Shown]) -> None:
    room = opened()
    room.put(Concluded("refused"))
    shown = more(room)
    assert "This visit is over." in said(shown.page) and not sees(shown.page, "more.part.wait")


def test_a_step_that_waits_says_for_what_and_who_mends_it(qtbot: QtBot, words: Words, theme: Theme) -> None:
    """With the way there where there is one. Proves: P1, P2."""
    led: list[str] = []
    doors = WaitDoors(lambda: led.append("board"), lambda: led.append("more"), lambda: led.append("vials"))
    page = Waiting(words, theme, "sign", doors)
    _show(qtbot, page)
    page.show_view(opened().view())
    settle()
    assert "Sign: not yet" in said(page)
    assert "First: Decision" in said(page) or "First: Health check" in said(page)
    assert "does this." in said(page) and not sees(page, "waiting.vials")
    tap(page, "waiting.more")
    tap(page, "waiting.board")
    assert led == ["more", "board"]


def test_a_long_wait_is_a_picture_on_the_page_that_says_so(qtbot: QtBot, words: Words, theme: Theme) -> None:
    """Proves: screens.md 2."""
    page = Waiting(words, theme, "vial", WaitDoors(lambda: None, lambda: None, None))
    _show(qtbot, page)
    view = opened().view()
    since = view.when.now - timedelta(minutes=45)
    page.show_view(replace(view, status=Status("waiting", since, (Wait("courier", "vial", since),))))
    settle()
    assert "Waits for the courier, 45 min." in said(page)
    bar = there(page, "waiting.courier")
    assert bar is not None and bar.accessibleName() == "45 min of 2 h"


def test_staff_change_the_colours_from_a_visit_too(more: Callable[[Room], Shown], theme: Theme) -> None:
    """And back. Proves: screens.md 6."""
    shown = more(opened())
    tap(shown.page, "more.contrast")
    assert theme.high_contrast
    tap(shown.page, "more.contrast")
    assert not theme.high_contrast
