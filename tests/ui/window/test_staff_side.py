"""The staff side: who comes in, what a wrong PIN says, the lock, the rail, a PIN that counts once."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from chairside.domain.facts import Decided, StepClosed
from chairside.errors import NotAllowed
from chairside.session import paper
from chairside.ui.screens.board import Board
from chairside.ui.screens.review import Review
from tests.session.clinics import PINS
from tests.ui.window.glass import INK, Shown, restarted


def test_a_wrong_pin_is_answered_with_the_tries_left(glass: Shown) -> None:
    """And then with the wait; the right one afterwards opens. Proves: T1."""
    glass.hands.tap("staff.nurse-1")
    for left in ("4", "3", "2", "1"):
        glass.hands.pin("000000")
        assert glass.page() == "door.pin"
        assert left in glass.words().split("try")[0] or left in glass.words()
    glass.hands.pin("000000")
    assert "30 seconds" in glass.words()
    glass.hands.pin(PINS["nurse-1"])
    assert glass.page() == "door.pin", "the right PIN waits as well"
    glass.visitors.clock.ticks += 31
    glass.hands.pin(PINS["nurse-1"])
    assert glass.page() == "board"


def test_the_lock_shows_nothing_of_a_visit_and_leads_back_to_it(glass: Shown) -> None:
    """Proves: T7."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    assert glass.page() == "health_check"
    glass.window.doorway.lock()
    glass.hands.settle()
    assert glass.page() == "door.sign_in" and glass.visitors.staff.who is None
    assert "Avery" not in glass.words()
    glass.sign_in("nurse-2")
    assert glass.page() == "health_check"


def test_a_record_sealed_behind_the_lock_stays_behind_it(glass: Shown) -> None:
    """The seal comes a second after the ink; the tablet may be locked by then. Proves: T1, T2."""
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.choose("health_check", transplant="yes")
    glass.visitors.decide("do_not_treat")
    glass.enter()
    glass.hands.sign("physician_signature.pad", INK)
    glass.hands.tap("sign")
    if glass.hands.sees("pin.1"):
        glass.hands.pin(PINS["physician-1"])
    assert glass.hands.sees("retry") is False, "while it is being written there is nothing to try again"
    glass.window.doorway.lock()
    glass.hands.settle()  # nobody taps on a page they have not seen
    while glass.window.sealing.busy:
        glass.hands.settle()
    assert glass.page() == "door.sign_in"
    room = glass.window.room
    assert room is not None and paper.sealed_file(room) is not None
    glass.sign_in("nurse-1")
    glass.hands.find("record.pages.next")


def test_a_fresh_pin_of_the_physician_counts_exactly_once(glass: Shown) -> None:
    """Unlocking straight onto the decision stands for its PIN; the countersignature asks anew. Proves: T6."""
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.choose("health_check", transplant="yes")
    glass.enter()
    assert glass.page() == "door.pin"
    glass.hands.pin(PINS["physician-1"])
    glass.hands.tap("discussed.in_person")
    glass.hands.type("reason.text", "a transplant")
    glass.hands.tap("do_not_treat")
    facts = glass.window.room.visit.facts if glass.window.room else ()
    assert isinstance(facts[-1].fact, Decided) and facts[-1].signature
    glass.hands.sign("physician_signature.pad", INK)
    glass.hands.tap("sign")
    assert glass.page() == "door.pin"
    glass.hands.tap("pin.cancel")
    assert glass.page() == "countersign"


@pytest.mark.parametrize("way", ["board", "lock", "other page"])
def test_a_fresh_pin_is_gone_with_its_page(glass: Shown, way: str) -> None:
    """Left and come back to, the decision asks for the PIN again. Proves: T6."""
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.choose("health_check", transplant="yes")
    glass.enter()
    glass.hands.pin(PINS["physician-1"])
    assert isinstance(glass.window.page, Review)
    match way:
        case "board":
            glass.window.home()
            glass.enter()
        case "lock":
            glass.window.doorway.lock()
            glass.hands.settle()  # a page nobody has seen takes no tap
            glass.sign_in("physician-1")
        case _:
            glass.window.show_again()
    glass.hands.tap("discussed.in_person")
    glass.hands.type("reason.text", "a transplant")
    glass.hands.tap("do_not_treat")
    assert glass.page() == "door.pin"


def test_open_steps_of_the_rail_lead_to_their_pages(glass: Shown) -> None:
    """By finger and by keyboard; what is done, waits or is stopped is only shown."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    ways = [way.objectName() for way in glass.window.findChildren(QPushButton) if "step." in way.objectName()]
    assert "step.medicines" in ways
    assert not {"step.open", "step.decision", "step.countersign"} & set(ways)
    assert glass.hands.find("step.medicines").height() >= 48
    glass.hands.tap("step.medicines")
    assert glass.page() == "medicines"
    way = glass.hands.find("step.health_check")
    assert way.focusPolicy() is Qt.FocusPolicy.TabFocus and "Health check" in way.accessibleName()
    QTest.keyClick(way, Qt.Key.Key_Return)
    glass.hands.settle()
    assert glass.page() == "health_check"
    glass.hands.tap("step.medicines")
    QTest.keyClick(glass.hands.find("step.health_check"), Qt.Key.Key_Space)
    glass.hands.settle()
    assert glass.page() == "health_check"


def test_after_a_crash_the_tablet_is_locked_and_leads_back_to_the_same_step(
    glass: Shown, qapp: QApplication
) -> None:
    """Proves: T26."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    glass.hands.tap("transplant.no")
    visit = glass.visitors.here().visit.id
    again = restarted(glass, qapp)
    assert again.page() == "door.sign_in"
    assert "Avery" not in again.words()
    again.sign_in("nurse-2")
    assert again.page() == "health_check"
    assert again.window.room is not None and again.window.room.visit.id == visit
    again.close()


def test_after_a_goodbye_the_tablet_starts_with_the_visits(glass: Shown, qapp: QApplication) -> None:
    """Closing the window in good order signs out."""
    glass.sign_in()
    glass.visitors.open()
    glass.enter()
    glass.window.close()
    assert glass.visitors.staff.who is None
    again = restarted(glass, qapp)
    again.sign_in()
    assert isinstance(again.window.page, Board)
    again.hands.tap(f"resume.{glass.visitors.here().visit.id}")
    assert again.page() == "health_check"
    again.close()


def test_one_broken_visit_does_not_hide_the_others(glass: Shown) -> None:
    """It is listed with why and what to do; tapping it says so again and stays there."""
    lost = glass.visitors
    lost.staff.sign_in("nurse-1", PINS["nurse-1"])
    broken, whole = lost.open().visit.id, lost.open().visit.id
    lost.staff.leave()
    ledger, kept = lost.clinic.ledger, lost.clinic.book.plan
    ledger._open_writer().execute("DELETE FROM secret WHERE name = ?", (f"plan:{kept.digest}",))
    changed = msgspec.structs.replace(kept, digest="8" * 64)
    lost.clinic.book = msgspec.structs.replace(lost.clinic.book, plan=changed)
    glass.sign_in()
    assert isinstance(glass.window.page, Board)
    assert glass.hands.sees(f"resume.{whole}")
    assert "The text this visit began with" in glass.words()
    glass.hands.tap(f"resume.{broken}")
    assert glass.page() == "board" and "The text this visit began with" in glass.banner()


def test_who_may_not_open_a_visit_types_no_name_for_it(glass: Shown) -> None:
    """Said at once, with nothing stored. Proves: T6."""
    glass.sign_in("physician-1")
    glass.hands.tap("new")
    assert glass.page() == "board" and glass.banner()
    assert glass.visitors.desk.open_visits() == ()
    with pytest.raises(NotAllowed, match="not_this_role"):
        glass.visitors.open()
    assert glass.visitors.clinic.ledger.patients("Avery") == ()


def test_a_closed_step_is_the_persons_own_pin(glass: Shown) -> None:
    """Only the one signed in is asked for. Proves: T6."""
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.health()
    glass.enter()
    glass.hands.tap("close")
    assert glass.page() == "door.pin"
    glass.hands.pin(PINS["nurse-1"])
    assert isinstance(glass.window.room.visit.facts[-1].fact, StepClosed)  # type: ignore[union-attr]
    assert glass.page() == "medicines"


def test_a_clock_set_back_is_mended_by_a_physician_from_the_glass(glass: Shown) -> None:
    """The nurse's PIN is refused, the banner offers the way, the physician's PIN opens it. Proves: T8."""
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.health()
    glass.enter()
    glass.visitors.clock.ticks -= 3600
    glass.window.tell(StepClosed("health_check"))
    glass.hands.settle()
    glass.hands.pin(PINS["nurse-1"])
    assert "clock is behind" in glass.banner()
    glass.hands.tap("banner.clock")
    glass.hands.pin(PINS["physician-1"])
    assert not glass.banner()
    glass.window.tell(StepClosed("health_check"))
    glass.hands.settle()
    glass.hands.pin(PINS["nurse-1"])
    assert glass.window.room is not None
    assert "health_check" in glass.window.room.visit.closed
