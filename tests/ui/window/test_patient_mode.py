"""While the patient holds the tablet: this visit only, no way out but a staff PIN.

What nobody thought of is tried by chance in tests/monkey.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget

from chairside.demo.acts import read_everything
from chairside.domain.facts import Concluded, HandedOver, PatientAdded
from chairside.session.view import NewVisit
from chairside.ui.screens.board import Board
from chairside.ui.screens.desk import OpenNew
from chairside.ui.screens.picker import Picker
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.review import Review
from tests.ui.window.glass import Shown, restarted
from tests.ui.window.reach import from_the_desk

STAFF_PAGES = (Board, OpenNew, Questions, Picker, Review)
PATIENT_PAGES = {
    "door.who_are_you", "door.hand_back", "door.sign_in", "door.pin", "notices", "read", "sign", "vial",
}  # fmt: skip
CANARIES = tuple(f"Zanzibar-{letter} Quokka{letter}" for letter in "ABCDE")


@pytest.fixture
def held(glass: Shown) -> Iterator[Shown]:
    """A visit whose patient has said yes, that is me; five other patients are on file."""
    visitors = glass.visitors
    glass.sign_in()
    for name in CANARIES:
        patient = PatientAdded(name, date(1971, 5, 6), "555 9876", "9 Canary Row", "post", "en")
        visitors.desk.open_visit(NewVisit(patient, ("name", "born"), None, ()))
    visitors.open()
    visitors.health()
    glass.window.home()
    glass.hands.settle()
    glass.hands.tap(f"resume.{visitors.here().visit.id}")
    from_the_desk(glass)
    yield glass


def _nothing_of_staff_or_others(held: Shown) -> None:
    said = held.words() + QGuiApplication.clipboard().text()
    assert not [name for name in CANARIES if name in said or name.split("-")[0] in said]
    assert "Canary Row" not in said and "555 9876" not in said
    assert held.page() in PATIENT_PAGES, held.page()
    assert not [page for page in held.window.findChildren(QWidget) if isinstance(page, STAFF_PAGES)]
    assert held.window.isVisible() and held.visitors.staff.here is None
    assert held.window.view is not None and held.window.view.mode == "patient"
    others = [top for top in QApplication.topLevelWidgets() if top is not held.window and top.isVisible()]
    assert not [top for top in others if isinstance(top, (QDialog, QMenu))] and not others
    ways = [way for way in held.window.findChildren(QPushButton) if way.objectName().startswith("step.")]
    assert ways == [], "the rail only shows"


def test_every_page_of_the_patient_holds_this_visit_only(held: Shown) -> None:
    """Five other patients are on file. Proves: T2, T1."""
    held.hands.look = lambda _page, _place: _nothing_of_staff_or_others(held)
    header = held.window.page.header  # type: ignore[union-attr]
    assert "Demo Patient Avery" not in [
        label.text() for label in header.findChildren(QWidget) if hasattr(label, "text")
    ]
    read_everything(held.hands)
    assert held.page() == "door.hand_back"
    held.hands.tap("hand_back.staff")
    _nothing_of_staff_or_others(held)
    held.hands.tap("pin.others")
    assert held.page() == "door.sign_in"
    _nothing_of_staff_or_others(held)


def test_every_page_of_the_patient_offers_to_stop(held: Shown) -> None:
    """From the first page to the giving back: reading, asking back, initials. Proves: Q16."""
    seen: set[str] = set()

    def offers(page: str, _place: str) -> None:
        seen.add(page)
        assert held.hands.sees("stop"), held.page()

    held.hands.look = offers
    read_everything(held.hands)
    offers(held.page(), "")
    assert held.page() == "door.hand_back" and len(seen) > 2


def test_nothing_closes_the_window_in_the_patients_hands(held: Shown) -> None:
    """Proves: T1."""
    alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    page = held.page()
    assert held.window.close() is False
    for key in (Qt.Key.Key_Escape, *(Qt.Key(Qt.Key.Key_F1 + n) for n in range(12)), Qt.Key.Key_Menu):
        for modifier in (Qt.KeyboardModifier.NoModifier, alt, control):
            QTest.keyClick(QApplication.focusWidget() or held.window, key, modifier)
    for key in (Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_N, Qt.Key.Key_O, Qt.Key.Key_P):
        QTest.keyClick(QApplication.focusWidget() or held.window, key, control)
    held.hands.settle()
    assert held.page() == page
    _nothing_of_staff_or_others(held)


def test_only_a_staff_pin_leads_back(held: Shown) -> None:
    """A wrong one, and Cancel, lead to the patient's page again. Proves: T1."""
    held.window.hand_back()
    held.hands.settle()
    held.hands.tap("pin.others")
    held.hands.tap("staff.nurse-2")
    held.hands.pin("000000")
    _nothing_of_staff_or_others(held)
    held.hands.tap("pin.cancel")
    assert held.page() == "notices"
    held.window.hand_back()
    held.hands.settle()
    held.sign_in("nurse-2")
    assert held.window.view is not None and held.window.view.mode == "staff"
    assert held.visitors.staff.who is not None and held.visitors.staff.who.person == "nurse-2"


def test_who_is_not_the_patient_sees_no_more_than_how_to_give_it_back(glass: Shown) -> None:
    """Proves: T2, Q39."""
    glass.to_the_patient()
    assert glass.page() == "door.who_are_you" and "Demo A." in glass.words()
    glass.hands.tap("who_are_you.no")
    body = glass.window.page.body  # type: ignore[union-attr]
    assert body is not None and not glass.hands.sees("who_are_you.yes")
    glass.hands.tap("who_are_you.staff")
    assert glass.page() == "door.pin"
    assert glass.visitors.here().visit.confirmed is False


def test_a_tablet_killed_in_the_patients_hands_comes_back_locked(held: Shown, qapp: QApplication) -> None:
    """And after a staff PIN on the same step, in the staff's hands. Proves: T1, T26."""
    visit = held.window.room.visit  # type: ignore[union-attr]
    again = restarted(held, qapp)
    assert again.page() == "door.sign_in" and again.visitors.staff.here is None
    assert not [name for name in (*CANARIES, "Avery") if name in again.words()]
    again.sign_in("nurse-2")
    room = again.window.room
    assert room is not None and (room.visit.id, room.visit.at_step) == (visit.id, visit.at_step)
    assert not room.visit.with_patient and again.page() == "door.hand_over"
    taken = room.visit.facts[-1]
    assert taken.fact == HandedOver("staff", visit.at_step) and taken.signature
    assert taken.stamp.person == "nurse-2"
    again.close()


def test_a_patient_who_does_not_go_on_ends_in_a_sealed_refusal(held: Shown) -> None:
    """Staff attest it with what was said, under the PIN that took the tablet back. Proves: P4, Q16, Q17."""
    held.hands.tap("stop")
    held.hands.tap("leave")
    held.sign_in()
    assert held.page() == "stopping"
    held.hands.tap("attest")
    assert held.window.room is not None and held.window.room.visit.stopped is None, "a reason first"
    held.hands.tap("said.likely.more_time")
    held.hands.tap("attest")
    held.hands.find("record.pages.next")
    visit = held.window.room.visit
    assert visit.concluded is not None and visit.concluded.fact == Concluded("refused")
    assert visit.sealed is not None


def test_a_patient_who_goes_on_after_all_loses_nothing(held: Shown) -> None:
    """The visit stands where it stood."""
    held.hands.tap("stop")
    held.hands.tap("leave")
    held.sign_in()
    held.hands.tap("go_on")
    assert held.window.room is not None
    assert held.window.room.visit.stopped is None and not held.window.room.visit.with_patient
