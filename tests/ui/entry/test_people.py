"""The administrator's pages: people come and go under PIN, and nobody else gets there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chairside.app.glass import glass_on
from chairside.app.look import Look
from chairside.demo.robot import Robot
from chairside.domain.facts import NoticeWaived, StaffAdded, StaffDisabled
from chairside.session.clinic import CLINIC_STREAM, openers
from chairside.settings import settle
from chairside.ui.widgets.text import Text
from chairside.ui.window import Window
from tests.ui.entry.test_entry import STAFF, Start, start
from tests.ui.look import sentences

__all__ = ["start"]  # the fixture
TOP = Path(__file__).parents[3]
PINS = {name: pin for name, _, pin in STAFF}


class Here:
    """The window on a clinic that was just set up, and hands on it."""

    def __init__(self, made: Start, qtbot: QtBot) -> None:
        made.finish(made.until_key())
        self.clinic = made.opened[0]
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        settings = settle(made.folder, TOP / "forms")
        look = Look.of(settings, sentences(), application)
        self.window: Window = glass_on(self.clinic, settings, look, (), kiosk=False)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 1024)
        self.window.show()
        self.hands = Robot(self.window, lambda page, place: None)

    def sign_in(self, person: str, pin: str) -> None:
        self.hands.tap(f"staff.{person}")
        self.hands.pin(pin)

    def facts(self) -> list[object]:
        return [stamped.fact for stamped in self.clinic.ledger.stream(CLINIC_STREAM)]


@pytest.fixture
def here(start: Start, qtbot: QtBot) -> Here:
    return Here(start, qtbot)


def _add_nora(here: Here, again: str) -> None:
    """The administrator adds a nurse; `again` is the PIN as it is typed the second time."""
    hands = here.hands
    here.sign_in("ann-admin", PINS["Ann Admin"])
    hands.tap("people")
    hands.tap("people.add")
    hands.type("setup.staff_name", "Nora New")
    hands.tap("staff_role.nurse")
    hands.type("setup.staff_pin", "604817")
    hands.type("setup.staff_pin_again", again)
    hands.tap("setup.continue")


def test_people_are_added_and_switched_off_under_the_administrators_pin(here: Here) -> None:
    hands = here.hands
    _add_nora(here, "604817")
    assert "nora-new" not in here.clinic.people  # not before the PIN
    hands.pin(PINS["Ann Admin"])
    assert here.clinic.people["nora-new"].role == "nurse"
    hands.tap("people.switch_off.nils-nurse")
    assert "Nils Nurse" in [each.text() for each in here.window.findChildren(Text) if each.isVisible()]
    hands.type("setup.reason", "Left the clinic")
    hands.tap("setup.continue")
    hands.pin(PINS["Ann Admin"])
    assert "nils-nurse" in here.clinic.disabled
    assert not hands.sees("people.switch_off.nils-nurse")
    kinds = [type(fact) for fact in here.facts()]
    assert kinds.count(StaffDisabled) == 1 and kinds.count(StaffAdded) == len(STAFF) + 1


def test_two_pins_that_differ_are_said_beside_the_second(here: Here) -> None:
    """A strip above the page said it, two fields away from what had to be typed anew. Proves: qt.md 10.7."""
    hands = here.hands
    _add_nora(here, "604818")
    assert "not the same" in hands.find("setup.staff_pin_again").accessibleDescription()


def test_a_second_opener_has_a_passphrase_of_their_own(here: Here) -> None:
    hands = here.hands
    here.sign_in("ann-admin", PINS["Ann Admin"])
    hands.tap("people")
    hands.tap("people.make_opener.pia-doctor")
    hands.type("setup.passphrase", "eight paper boats")
    hands.type("setup.passphrase_again", "eight paper boats")
    hands.tap("setup.continue")
    hands.pin(PINS["Ann Admin"])
    assert set(openers(here.clinic.folder)) == {"ann-admin", "pia-doctor"}


def test_the_last_administrator_stays(here: Here) -> None:
    hands = here.hands
    here.sign_in("ann-admin", PINS["Ann Admin"])
    hands.tap("people")
    hands.tap("people.switch_off.ann-admin")
    hands.type("setup.reason", "A slip")
    hands.tap("setup.continue")
    hands.pin(PINS["Ann Admin"])
    assert "ann-admin" not in here.clinic.disabled
    assert here.window.banner.isVisible()


def test_nobody_else_is_offered_the_people(here: Here) -> None:
    here.sign_in("nils-nurse", PINS["Nils Nurse"])
    assert here.hands.sees("new") and not here.hands.sees("people")


def test_a_notice_of_the_law_is_left_out_on_a_document_and_shown_again(here: Here) -> None:
    """Nothing is kept before the document is named and the PIN given. Proves: Q7."""
    hands = here.hands
    here.sign_in("ann-admin", PINS["Ann Admin"])
    hands.tap("people")
    hands.tap("people.notices")
    assert not hands.sees("notices.waive.medical_board")
    hands.tap("notices.waive.s684")
    hands.tap("basis.ind")
    hands.type("setup.reference", "IND 12345")
    hands.type("setup.reference_on", "March")
    hands.tap("setup.continue")
    assert "Year, month, day" in hands.find("setup.reference_on").accessibleDescription()
    hands.find("setup.reference_on").clear()  # type: ignore[attr-defined]  # the line of the field
    hands.type("setup.reference_on", "2026-03-02")
    hands.tap("setup.continue")
    assert not here.clinic.waived
    hands.pin(PINS["Ann Admin"])
    told = NoticeWaived("s684", "ind", "IND 12345", date(2026, 3, 2))
    assert here.facts()[-1] == told == here.clinic.waived["s684"].fact
    hands.tap("notices.restore.s684")
    hands.pin(PINS["Ann Admin"])
    assert not here.clinic.waived and hands.sees("notices.waive.s684")
