"""One whole visit after the other through one window, from opening to the sealed addendum of the procedure.

The patient's pages are read and handed back by the robot's taps; what staff tell goes to the window as their
screens send it, so that every fact is stored, judged and shown by the page it belongs to. All of it by
taps would take four times as long: `chairside demo` plays that.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chairside.demo.acts import read_everything
from chairside.domain.facts import Fact
from chairside.session import copies, paper
from chairside.session.view import Drawn, View
from chairside.ui.route import PROCEDURE
from tests.monkey.rounds import Guests
from tests.session.clinics import clinic_in
from tests.ui.window.glass import Shown, over

SEALED_WITHIN_SECONDS = 300


class OnGlass(Guests):
    """Visitors whose every fact goes through the window."""

    shown: Shown
    times_ms: list[float]  # from a fact told to the page that shows it

    def tell(self, fact: Fact | Drawn, by: str | None = None) -> View:
        window, room = self.shown.window, self.here()
        proof, before = self.proof(by) if by else None, len(room.visit.facts)
        began = time.perf_counter_ns()
        window.take(fact, proof)  # type: ignore[arg-type]
        QApplication.processEvents()
        self.times_ms.append((time.perf_counter_ns() - began) / 1e6)
        assert len(room.visit.facts) > before, f"{fact}: {self.shown.banner()}"
        assert window.view is not None
        return window.view


def guests_in(folder: Path, application: QApplication) -> OnGlass:
    """Found a clinic in a folder, and put a window over it with the first nurse signed in."""
    plain = clinic_in(folder)
    guests = OnGlass(plain.clinic, plain.staff, plain.desk, plain.clock)
    guests.staff.leave()
    guests.shown, guests.times_ms = over(guests, application), []
    guests.shown.sign_in()
    return guests


def visit(guests: OnGlass, number: int) -> None:
    """Let one guest come, read, sign, see the vial, be treated and go with their papers."""
    shown, code = guests.shown, f"CORD-5M-{1000 + number:06d}"
    guests.guest = f"Guest{number:04d} Soak{number:04d}"
    guests.staff.arrive(guests.proof("nurse-1"))
    guests.receive(code)
    shown.window.home()
    shown.window.enter(guests.open().visit.id)
    guests.room = shown.window.room
    guests.asked()
    guests.choose("notices_california", paper_copy="handed")
    shown.hands.tap("hand_over.given")
    shown.hands.tap("who_are_you.yes")
    read_everything(shown.hands)
    shown.hands.tap("hand_back.staff")
    shown.sign_in()
    guests.decide()
    guests.sign_consent()
    guests.premedicate()
    guests.show_vial(code)
    guests.countersign()
    _until_sealed(guests)
    guests.staff.arrive(guests.proof("nurse-1"))
    shown.window.choose(PROCEDURE)
    guests.mark("thawed", "mixed", "first_injection", "last_injection")
    guests.sign_procedure()
    _until_sealed(guests)
    for each in copies.owed(guests.clinic):
        copies.handed(guests.clinic, guests.staff, each.visit, each.what)
    shown.window.home()
    shown.hands.settle()
    shown.hands.done.clear()  # the robot's own log of its taps is no part of the tablet
    shown.hands.parts.clear()


def _until_sealed(guests: OnGlass) -> None:
    """Wait until the record, or its addendum, is sealed and on the glass."""
    until, room = time.monotonic() + SEALED_WITHIN_SECONDS, guests.here()
    while room.visit.sealed is None or paper.unsealed_addenda(room) or guests.shown.window.sealing.busy:
        assert time.monotonic() < until, guests.shown.banner()
        time.sleep(0.01)
        guests.shown.hands.settle()
    assert guests.shown.page() == "record"
