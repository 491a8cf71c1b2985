"""The desk: visits that are not over, opening a new one, receiving a vial."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from chairside.domain.facts import (
    Answered,
    Fact,
    PatientAdded,
    Stamped,
    StepClosed,
    VialAccepted,
    VialChecked,
    VialReceived,
    VisitOpened,
)
from chairside.domain.folding import fold
from chairside.domain.replies import Reply
from chairside.domain.vial import RECEIVING, Vial
from chairside.domain.vial import fold as fold_vial
from chairside.errors import ChairsideError, LedgerError, NotAllowed
from chairside.ledger import VisitRow
from chairside.session.clinic import Clinic
from chairside.session.clock import zone_named
from chairside.session.kept import keep_book
from chairside.session.scribe import Act
from chairside.session.staff import Proof, Staff
from chairside.session.view import NewVisit, OpenVisit
from chairside.session.visit import VisitRoom, vial_stream


@dataclass(frozen=True)
class Arrival:
    """A vial as it came: what the label says, and the sheet's answers by item of the receiving form."""

    code: str
    supplier: str
    product: str
    lot: str
    expires: date
    answers: tuple[tuple[str, Reply], ...]


class Desk:
    """What staff do when no visit is on the screen."""

    def __init__(self, clinic: Clinic, staff: Staff) -> None:
        self.clinic = clinic
        self.staff = staff

    @property
    def name(self) -> str:
        """The clinic's name."""
        return self.clinic.founded.name

    @property
    def zone(self) -> str:
        """The clinic's zone, an IANA name."""
        return self.clinic.founded.zone

    def now(self) -> datetime:
        """Return the tablet's time, aware, in UTC."""
        return self.clinic.scribe.clock.now()

    def open_visits(self) -> tuple[OpenVisit, ...]:
        """Return the visits that are not over, oldest first."""
        return tuple(self._row(row) for row in self.clinic.ledger.open_visits())

    def interrupted(self) -> str | None:
        """Return the visit that was on the glass when the tablet stopped without a goodbye, or None.

        That is the visit a patient holds, else the last one worked on by somebody who never signed out.
        """
        visits = [fold(row.visit, self._facts(row.visit)) for row in self.clinic.ledger.open_visits()]
        held = [visit for visit in visits if visit.with_patient]
        worked = [] if self.staff.all_left() else [visit for visit in visits if visit.facts]
        last = max(held or worked, key=lambda visit: visit.facts[-1].stamp.number, default=None)
        return last.id if last is not None else None

    def _facts(self, visit: str) -> tuple[Stamped, ...]:
        """Return the facts of a visit; none where they cannot be read, which its row will say."""
        try:
            return self.clinic.ledger.stream(f"visit:{visit}")
        except LedgerError:
            return ()

    def _row(self, row: VisitRow) -> OpenVisit:
        """Return one row; a visit that cannot be opened is listed with why, and hides no other."""
        try:
            room = VisitRoom(self.clinic, self.staff, row.visit)
            born = room.visit.patient.born if room.visit.patient else None
            return OpenVisit(row.visit, row.name, born, _next_step(room), room.visit.facts[-1].stamp.utc)
        except ChairsideError as trouble:
            return OpenVisit(row.visit, row.name, None, "", row.injection, trouble.code)

    def open_visit(self, new: NewVisit) -> VisitRoom:
        """Add the patient, open the visit, store its first answers, and return the room.

        Raises: NotAllowed("nobody_signed_in" | "not_this_role" | "name_missing" | "name_not_printable" |
        "born_in_the_future" | "identifiers_missing").
        """
        self.refuse_to_open()
        person = self._person()
        self._refuse_incomplete(new)
        patient = secrets.token_hex(8)
        visit = secrets.token_hex(8)
        now = self.clinic.scribe.clock.now()
        opened = VisitOpened(
            patient=patient,
            session=1,
            injection=new.injection or now,
            identifiers=new.identifiers,
            forms={form.id: form.digest for form in self.clinic.book.forms.values()},
            steps=self.clinic.book.plan.digest,
        )
        keep_book(self.clinic)
        self.clinic.scribe.write(Act(person, f"patient:{patient}"), [new.patient])
        first: list[Fact] = [opened, *(Answered("open", item, reply) for item, reply in new.answers)]
        self.clinic.scribe.write(Act(person, f"visit:{visit}"), first)
        room = VisitRoom(self.clinic, self.staff, visit)
        if not room.view().state("open").lacks:
            room.take(StepClosed("open"))
        return room

    def refuse_to_open(self) -> None:
        """Refuse whoever may not open a visit, before they type a patient's name.

        Raises: NotAllowed("nobody_signed_in" | "not_this_role").
        """
        self._person()
        owner = self.clinic.book.plan.step("open").owner
        if self.staff.who is not None and owner not in ("any", self.staff.who.role):
            raise NotAllowed("not_this_role")

    def room(self, visit_id: str) -> VisitRoom:
        """Return the room of a visit that is on file."""
        return VisitRoom(self.clinic, self.staff, visit_id)

    def receive(self, arrival: Arrival) -> Vial:
        """Store a vial that came and its paper, by the person signed in."""
        person = self._person()
        received = VialReceived(arrival.code, arrival.supplier, arrival.product, arrival.lot, arrival.expires)
        answers = [Answered(RECEIVING, item, reply) for item, reply in arrival.answers]
        self.clinic.scribe.write(Act(person, vial_stream(arrival.code)), [received, *answers])
        return self.vial(arrival.code)

    def check_vial(self, code: str, checker: Proof) -> Vial:
        """Store that a second person compared the entries with the paper, under PIN.

        Raises: NotAllowed("second_person_needed").
        """
        if self.vial(code).entered_by == checker.who.person:
            raise NotAllowed("second_person_needed")
        act = Act(checker.who.person, vial_stream(code), key=checker.key)
        self.clinic.scribe.write(act, [VialChecked(checker.who.person)])
        return self.vial(code)

    def accept_vial(self, code: str) -> Vial:
        """Store that the shipment is accepted."""
        self.clinic.scribe.write(Act(self._person(), vial_stream(code)), [VialAccepted()])
        return self.vial(code)

    def vial(self, code: str) -> Vial:
        """Return what is known of a vial; an unknown code gives an empty one."""
        return fold_vial(self.clinic.ledger.stream(vial_stream(code)))

    def _person(self) -> str:
        who = self.staff.who
        if who is None:
            raise NotAllowed("nobody_signed_in")
        return who.person

    def _refuse_incomplete(self, new: NewVisit) -> None:
        from chairside.record import faces  # start-up: 50 ms that only a new person needs

        patient: PatientAdded = new.patient
        now = self.clinic.scribe.clock.now()
        if not patient.name.strip():
            raise NotAllowed("name_missing")
        if not faces.covered(patient.name):
            raise NotAllowed("name_not_printable")
        if patient.born > now.astimezone(zone_named(self.zone)).date():
            raise NotAllowed("born_in_the_future")
        if len(set(new.identifiers)) < 2:
            raise NotAllowed("identifiers_missing")


def _next_step(room: VisitRoom) -> str:
    states = room.view().steps
    return next((state.step.id for state in states if state.state in ("open", "lacking")), "record")
