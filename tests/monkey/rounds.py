"""A clinic full of other people's names, and one patient after the other left alone with the tablet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from PySide6.QtWidgets import QApplication

from chairside.domain.facts import HandedOver, PatientAdded, Stopped
from chairside.session.view import NewVisit
from chairside.session.visit import VisitRoom
from chairside.ui import route
from chairside.ui.screens.stopping import ending_of
from tests.monkey.doings import SIZES
from tests.monkey.rules import Rules, Troubles
from tests.session.clinics import A_DAY, PINS, Visitors, clinic_in
from tests.ui.window.glass import Shown, over

OTHERS = 5
CANARIES = ("Zanzibar", "Quokka", "Canary Row", "555 9876")
STARTS = ("notices", "read", "sign", "vial")
LATE = 8 * 60 * 60  # seconds after the first hour of a day: whoever comes later comes tomorrow
DONE_FOR = 150  # doings on the way back, with nothing left to do, until the next patient


class Guests(Visitors):
    """Visitors each of whom has a name of their own."""

    guest: str = ""

    def open(self, born: date = date(1984, 3, 14), at: datetime | None = None, again: str = "") -> VisitRoom:
        patient = PatientAdded(self.guest, born, "555 0111", "2 Nowhere", "post", "en")
        return super().open(born, at, again or patient)  # type: ignore[arg-type]  # as its parent


@dataclass
class Round:
    """One patient with the tablet: `over` once nothing is left but to give it back."""

    shown: Shown
    rules: Rules
    idle: int = 0

    def over(self) -> bool:
        """Count a doing; tell whether the next patient should come."""
        view = self.shown.window.view
        done = view is not None and route.patient_page(view).kind == "hand_back"
        self.idle = self.idle + 1 if done else 0
        return self.idle > DONE_FOR


class Rounds:
    """Patients one after the other, on one clinic, in one window."""

    def __init__(self, folder: Path, application: QApplication, troubles: Troubles) -> None:
        plain = clinic_in(folder)
        guests = Guests(plain.clinic, plain.staff, plain.desk, plain.clock)
        guests.staff.leave()
        self.shown, self.guests, self._troubles = over(guests, application), guests, troubles
        self._before: list[str] = []
        self._in()
        for letter in "ABCDEFGHIJ"[:OTHERS]:
            name = f"{CANARIES[0]}-{letter} {CANARIES[1]}{letter}"
            patient = PatientAdded(name, date(1971, 5, 6), CANARIES[3], f"9 {CANARIES[2]}", "post", "en")
            guests.desk.open_visit(NewVisit(patient, ("name", "born"), None, ()))

    def begin(self, number: int, chance: Random, start: str = "") -> Round:
        """Bring the next patient to some page of theirs and give them the tablet."""
        guests, window = self.guests, self.shown.window
        if guests.clock.ticks % A_DAY > LATE:
            guests.clock.until_tomorrow()
        guests.guest = f"Mango{number:04d} Papaya{number:04d}"
        self._in()
        window.home()
        self._prepare(start or chance.choice(STARTS), number)
        confirmed = chance.random() < 0.7
        if confirmed:
            guests.hand_over(self._step())
        else:
            guests.tell(HandedOver("patient", self._step()))
        window.resize(*chance.choice(SIZES))
        self.shown.enter()
        foreign = (*CANARIES, *self._before)
        self._before.append(guests.guest.split()[1])
        return Round(self.shown, Rules(self.shown, foreign, self._troubles))

    def _step(self) -> str:
        """Return the patient's step whose turn it is."""
        view = self.guests.here().view()
        return next(s.step.id for s in view.steps if s.state in ("open", "lacking"))

    def _prepare(self, start: str, number: int) -> None:
        guests = self.guests
        if start == "vial":
            code = f"CORD-5M-{1000 + number:06d}"
            guests.receive(code)
            guests.until_vial()
            guests.scan(code)
            guests.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
        elif start == "sign":
            guests.until_decision()
            guests.decide()
        else:
            guests.open()
            guests.asked()
            if start == "read":
                guests.hand_over("notices")
                guests.read("notices_california")
                guests.hand_back()
            guests.choose("notices_california", paper_copy="handed")

    def end(self) -> None:
        """Take the tablet back with a PIN, and end the visit as a patient's who went."""
        window, guests = self.shown.window, self.guests
        self._wait()
        assert window.room is not None
        window.take(HandedOver("staff", window.room.visit.at_step), guests.proof("nurse-1"))
        guests.room = guests.desk.room(window.room.visit.id)
        window.home()
        guests.tell(Stopped(ending_of(guests.here().visit), "the round is over"), "nurse-1")

    def _in(self) -> None:
        self._wait()
        if self.guests.staff.who is None:
            assert self.guests.staff.sign_in("nurse-1", PINS["nurse-1"]).right

    def _wait(self) -> None:
        """Let the waits pass that wrong PINs brought."""
        left = max(self.guests.staff._tries(person)[1] for person in PINS)
        self.guests.clock.wait(timedelta(seconds=left + 1))
