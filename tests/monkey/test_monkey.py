"""Patients left alone with the tablet for a while, and that the rules they are held to can be broken.

An hour of it: `make monkey`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from chairside.domain.facts import BreakTaken, PinRefused, SignedIn
from chairside.session.scribe import Act
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.pin_pad import PinPad
from tests.monkey.__main__ import Monkey, replay
from tests.monkey.doings import Doing, doings
from tests.monkey.rounds import CANARIES, STARTS, Round, Rounds
from tests.monkey.rules import Broken, Troubles
from tests.session.clinics import PINS

DOINGS = 350
NOTHING = Doing("tick")


@pytest.fixture
def rounds(tmp_path: Path, qapp: QApplication, sweeping: None) -> Iterator[Rounds]:
    """A clinic with other people's visits, and a window on it."""
    QAccessible.setActive(True)
    with Troubles() as troubles:
        made = Rounds(tmp_path / "clinic", qapp, troubles)
        yield made
        made.shown.close()


@pytest.fixture
def held(rounds: Rounds, request: pytest.FixtureRequest) -> Round:
    """A patient who reads."""
    return rounds.begin(1, Random(3), getattr(request, "param", "read"))


@pytest.mark.parametrize("start", STARTS)
def test_a_patient_left_alone_finds_no_way_out(rounds: Rounds, tmp_path: Path, start: str) -> None:
    """Nor another's name, nor anything shown that is not stored, nor a bug.

    Proves: T1, T2, T19, T23, F16 (a short run of it; its hour is `make monkey`).
    """
    monkey = Monkey(rounds, tmp_path)
    monkey.play(f"gate {start}", 1, islice(doings(f"gate {start}"), DOINGS), start)
    assert monkey.done > DOINGS / 4


def test_whoever_would_come_late_comes_tomorrow(rounds: Rounds) -> None:
    """Waits after wrong PINs add up: a visit that went on past midnight would rightly be planned again."""
    rounds.guests.clock.wait(timedelta(hours=13, minutes=59))
    rounds.begin(1, Random(3), "sign")
    today = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
    assert today < rounds.guests.clock.now() < today + timedelta(hours=1)


def test_a_seed_makes_always_the_same_list() -> None:
    """Whatever is on the glass: that is what makes a replay possible."""
    first, again = (list(islice(doings("7 2"), 3000)) for _ in range(2))
    assert first == again != list(islice(doings("8 2"), 3000))
    typed = [each.text for each in first if each.kind in ("type", "burst")]
    assert typed and not [text for text in typed if "1" in text], "no PIN can be typed without a 1"
    assert all("1" in pin for pin in PINS.values())
    assert {"pen", "finger", "mouse"} == {each.kind.split(".")[0] for each in first if "." in each.kind}


def test_what_broke_a_rule_is_left_and_breaks_it_again(rounds: Rounds, tmp_path: Path) -> None:
    """The file holds seed, start and every doing up to the one that broke it."""
    monkey, label = Monkey(rounds, tmp_path), QLabel(f"{CANARIES[0]} was here", rounds.shown.window)
    with pytest.raises(Broken, match=CANARIES[0]):
        monkey.play("9 0", 1, islice(doings("9 0"), 90), "read")
    file = tmp_path / "9-0.json"
    with pytest.raises(Broken, match=CANARIES[0]):
        replay(monkey, file)
    label.deleteLater()


def test_the_rules_notice_a_foreign_name_wherever_it_hides(held: Round) -> None:
    """In a widget nobody sees, in what only a screen reader says, in the title, in the clipboard."""
    window = held.shown.window
    held.rules.search()
    hidden = QLabel(CANARIES[1], window)
    hidden.hide()
    with pytest.raises(Broken, match=CANARIES[1]):
        held.rules.search()
    hidden.setText("")
    hidden.setAccessibleDescription(CANARIES[2])
    with pytest.raises(Broken, match=CANARIES[2]):
        held.rules.search()
    hidden.setAccessibleDescription("")
    window.setWindowTitle(CANARIES[0])
    with pytest.raises(Broken, match=CANARIES[0]):
        held.rules.search()
    window.setWindowTitle("")
    QApplication.clipboard().setText(CANARIES[0])
    with pytest.raises(Broken, match=CANARIES[0]):
        held.rules.search()
    QApplication.clipboard().clear()


def test_the_rules_notice_a_way_out(held: Round) -> None:
    """Another page, another window, somebody of the staff, a fact that no patient tells."""
    window, visitors = held.shown.window, held.shown.visitors
    held.rules.after(NOTHING)
    beside = QLabel("beside")
    beside.show()
    with pytest.raises(Broken, match="another window"):
        held.rules.after(NOTHING)
    beside.close()
    clinic = visitors.clinic
    clinic.scribe.write(Act("nurse-1", clinic.tablet_stream), [SignedIn("nurse-1")])
    with pytest.raises(Broken, match="SignedIn was stored"):
        held.rules.after(NOTHING)
    window.hide()
    with pytest.raises(Broken, match="window is gone"):
        held.rules.after(NOTHING)
    window.show()
    page = window.page
    assert page is not None
    page.setObjectName("board")
    with pytest.raises(Broken, match="not the patient's"):
        held.rules.after(NOTHING)


def test_the_rules_tell_a_burst_from_a_pin_that_was_being_checked_before_it(held: Round) -> None:
    """The answer to a PIN comes a while later; a burst that is refused as a PIN would cost a try."""
    clinic, burst = held.shown.visitors.clinic, Doing("burst", text="K234567\r")
    parts = held.shown.window.parts
    pad = PinPad(parts.theme, parts.words, "pin", lambda _: None)
    pad.setParent(held.shown.window)
    pad.check(True)
    held.rules.after(NOTHING)
    pad.check(False)
    clinic.scribe.write(Act("nurse-1", clinic.tablet_stream), [PinRefused("nurse-1", 1)])
    held.rules.after(burst)
    clinic.scribe.write(Act("nurse-1", clinic.tablet_stream), [PinRefused("nurse-1", 2)])
    with pytest.raises(Broken, match="burst stored"):
        held.rules.after(burst)
    pad.deleteLater()


def test_the_rules_notice_what_is_shown_and_not_stored(held: Round) -> None:
    """A tick without a fact, a fact without a view, a bug."""
    window, page = held.shown.window, held.shown.window.page
    assert isinstance(page, Screen) and window.room is not None
    ticked = QPushButton(page)
    ticked.setObjectName("ask_call.call_now")
    ticked.setCheckable(True)
    ticked.setChecked(True)
    with pytest.raises(Broken, match="shown and not stored"):
        held.rules.after(NOTHING)
    ticked.setChecked(False)
    window.room.take(BreakTaken("read"), None)
    with pytest.raises(Broken, match="facts stored"):
        held.rules.after(NOTHING)
    held.rules._troubles.seen.append("ZeroDivisionError")
    with pytest.raises(Broken, match="a bug"):
        held.rules.after(NOTHING)


@pytest.mark.parametrize("held", ["read", "sign", "vial"], indirect=True)
def test_the_rules_notice_a_page_on_which_nobody_can_ask(held: Round) -> None:
    page = held.shown.window.page
    if not isinstance(page, Screen):
        held.shown.hands.tap("who_are_you.yes")
        page = held.shown.window.page
    assert isinstance(page, Screen)
    held.rules.after(NOTHING)
    page.footer.show_actions(None, None)
    with pytest.raises(Broken, match="in reach"):
        held.rules.after(NOTHING)


@pytest.mark.parametrize("held", ["sign"], indirect=True)
def test_the_rules_notice_a_lost_stroke(held: Round) -> None:
    """Under way and then gone, without a fact."""
    held.rules.after(NOTHING)
    held.rules._under_way = (0, "pen", 60)
    with pytest.raises(Broken, match="60 points was lost"):
        held.rules.after(NOTHING)
