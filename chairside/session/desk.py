"""The desk: the board, finding a person, opening a visit for today or ahead."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from chairside.domain import acts
from chairside.domain.actor import Actor, may_do
from chairside.domain.book import Book
from chairside.domain.facts import (
    Answered,
    Fact,
    LanguageChosen,
    PatientAdded,
    PatientSeen,
    Stamped,
    StepClosed,
    VisitOpened,
)
from chairside.domain.folding import fold
from chairside.domain.steps import Scene
from chairside.domain.vial import Vial
from chairside.domain.visit import Visit
from chairside.errors import LedgerError, NotAllowed
from chairside.session.before import open_on
from chairside.session.board import Board, FoundPatient
from chairside.session.cards import vial_cards
from chairside.session.clinic import Clinic
from chairside.session.clock import when, zone_named
from chairside.session.day import day_of
from chairside.session.kept import keep_book, terms_of
from chairside.session.names import short_name
from chairside.session.rows import board_row, board_rows
from chairside.session.scribe import Act
from chairside.session.staff import Staff
from chairside.session.texts import text_trouble
from chairside.session.vials import vial_in, vial_stream
from chairside.session.view import NewVisit, OpenVisit, Who
from chairside.session.visit import VisitRoom

MOST_FOUND = 10
LONGEST_NAME, LONGEST_PHONE = 80, 40  # Units: characters; what fits a record's lines and a letter's
OLDEST_YEARS = 125


class Desk:
    """What staff do when no visit is on the screen."""

    def __init__(self, clinic: Clinic, staff: Staff) -> None:
        self.clinic = clinic
        self.staff = staff
        self._shown: set[tuple[str, str, date]] = set()  # who of the staff was shown whom, on which day

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

    # -- what is there --------------------------------------------------------------------------
    def board(self) -> Board:
        """Return everything on the board, made anew."""
        visits, vials = board_rows(self.clinic, self.staff), vial_cards(self.clinic)
        return Board(self.now(), visits, vials, day_of(self.clinic, visits, vials))

    def open_visits(self) -> tuple[OpenVisit, ...]:
        """Return the visits that are not over, by the time of their injection."""
        made = (board_row(self.clinic, self.staff, row) for row in self.clinic.ledger.open_visits())
        return tuple(
            OpenVisit(
                row.visit,
                row.name,
                row.born,
                row.step,
                row.status.since if row.status else row.injection,
                row.trouble,
            )
            for row in made
        )

    def sounds_alike(self, visit: str) -> bool:
        """Tell whether the short name of this visit's patient fits another patient's who is not over yet."""
        rows = self.clinic.ledger.open_visits()
        own = next((row for row in rows if row.visit == visit), None)
        others = {short_name(row.name).casefold() for row in rows if own and row.patient != own.patient}
        return own is not None and short_name(own.name).casefold() in others

    def interrupted(self) -> str | None:
        """Return the visit that was on the glass when the tablet stopped without a goodbye, or None.

        That is the visit a patient holds, else the last one worked on by somebody who never signed out.
        """
        visits = [fold(row.visit, self._facts(row.visit)) for row in self.clinic.ledger.open_visits()]
        held = [visit for visit in visits if visit.with_patient]
        worked = [] if self.staff.all_left() else [visit for visit in visits if visit.facts]
        last = max(held or worked, key=lambda visit: visit.facts[-1].stamp.number, default=None)
        return last.id if last is not None else None

    def room(self, visit_id: str) -> VisitRoom:
        """Return the room of a visit that is on file."""
        return VisitRoom(self.clinic, self.staff, visit_id)

    def vial(self, code: str) -> Vial:
        """Return what is known of a vial and its sheet; an unknown code gives an empty one."""
        return vial_in(self.clinic.ledger, vial_stream(code))

    def find(self, text: str) -> tuple[FoundPatient, ...]:
        """Return whom the typed words may mean, by name, at most ten; that they were shown is kept first.

        Raises: NotAllowed("nobody_signed_in"); LedgerError where it could not be kept.
        """
        who, rows = self._who(), self.clinic.ledger.patients(text, MOST_FOUND)
        self._keep_shown(who, tuple(row.patient for row in rows))
        return tuple(self._found(row.patient) for row in rows)

    def _keep_shown(self, who: Who, patients: tuple[str, ...]) -> None:
        """Keep who was shown whom (product.md, Privacy): once a day each, not at every key."""
        today = self.now().astimezone(zone_named(self.zone)).date()
        new = [each for each in patients if (who.person, each, today) not in self._shown]
        told = tuple((Act(who.person, f"patient:{each}"), PatientSeen("searched")) for each in new)
        if told:
            (act, seen), *beside = told
            self.clinic.scribe.write(act, [seen], (), tuple(beside))
        self._shown.update((who.person, each, today) for each in new)

    def _found(self, patient: str) -> FoundPatient:
        told = self._patient(patient)
        given = [row.given_on for row in self.clinic.ledger.visits_of(patient) if row.given_on is not None]
        same = any(row.patient != patient for row in self.clinic.ledger.same_names(told.name))
        return FoundPatient(patient, told, len(given), max(given, default=None), same)

    def _facts(self, visit: str) -> tuple[Stamped, ...]:
        """Return the facts of a visit; none where they cannot be read, which its row will say."""
        try:
            return self.clinic.ledger.stream(f"visit:{visit}")
        except LedgerError:
            return ()

    # -- a new visit ----------------------------------------------------------------------------
    def open_visit(self, new: NewVisit) -> VisitRoom:
        """Open a visit for somebody new or on file, store its first answers, and return the room.

        With an injection on a later day it is planned ahead; the two identifiers are checked anew each time.
        Everything is stored in one transaction. Raises: NotAllowed("nobody_signed_in" | "not_this_role" |
        "name_missing" | "born_in_the_future" | "identifiers_missing" | "patient_unknown" |
        "visit_open_already" | "physician_missing" | "physician_unknown" | "injection_in_the_past" |
        "adults_only" | "from_12_only" | ...).
        """
        who = self.refuse_to_open()
        on_file = isinstance(new.patient, str)
        patient = new.patient if isinstance(new.patient, str) else secrets.token_hex(8)
        told = self._patient(patient) if isinstance(new.patient, str) else new.patient
        if not on_file:
            self._refuse_person(told)
        injection = self._injection(new)
        if on_file:
            self._refuse_second(patient, injection)
        opened = VisitOpened(
            patient=patient,
            session=1 + sum(row.given_on is not None for row in self.clinic.ledger.visits_of(patient)),
            injection=injection,
            identifiers=tuple(dict.fromkeys(new.identifiers)),
            forms={form.id: form.digest for form in self.clinic.book.forms.values()},
            steps=self.clinic.book.plan.digest,
            physician=self._physician(new.physician),
            waived={notice: by.hash for notice, by in self.clinic.waived.items()},
        )
        self._judge(opened, told, who)
        seen: Fact = PatientSeen("new_visit") if on_file else told
        return self._stored(who, (f"patient:{patient}", seen), opened, new)

    def refuse_to_open(self) -> Who:
        """Refuse whoever may not open a visit, before they type a patient's name; return who may.

        Raises: NotAllowed("nobody_signed_in" | "not_this_role").
        """
        who = self._who()
        owner = self.clinic.book.plan.step("open").owner
        if not may_do(owner, who.role, alone=self.clinic.founded.physician_alone):
            raise NotAllowed("not_this_role")
        return who

    def _stored(self, who: Who, seen: tuple[str, Fact], opened: VisitOpened, new: NewVisit) -> VisitRoom:
        visit = secrets.token_hex(8)
        keep_book(self.clinic)
        first: list[Fact] = [opened, *(Answered("open", item, reply) for item, reply in new.answers)]
        beside = ((Act(who.person, seen[0]), seen[1]),)
        self.clinic.scribe.write(Act(who.person, f"visit:{visit}"), first, (), beside)
        room = VisitRoom(self.clinic, self.staff, visit)
        letters = room.visit.patient.letters_language if room.visit.patient else room.visit.language
        if letters != room.visit.language and letters in room.view().languages:
            room.take(LanguageChosen(letters))  # until the patient says otherwise
        if not room.view().state("open").lacks:
            room.take(StepClosed("open"))
        return room

    def _judge(self, opened: VisitOpened, patient: PatientAdded, who: Who) -> None:
        """Let the domain judge the opening as it judges everything that comes after it."""
        whole = self.clinic.book
        book = Book(whole.forms, whole.plan, whole.drugs, terms_of(self.clinic.founded))
        now = self.now()
        moment = when(now, max(now, opened.injection), zone_named(self.zone))
        scene = Scene(book, Visit("", patient=patient), moment)
        if (code := acts.forbids(scene, opened, Actor(who.person, who.role, name=who.name))) is not None:
            raise NotAllowed(code, fact="VisitOpened")

    def _who(self) -> Who:
        if self.staff.who is None:
            raise NotAllowed("nobody_signed_in")
        return self.staff.who

    def _patient(self, patient: str) -> PatientAdded:
        """Return what is on file about a person. Raises: NotAllowed("patient_unknown")."""
        stream = self.clinic.ledger.stream(f"patient:{patient}")
        told = [stamped.fact for stamped in stream if isinstance(stamped.fact, PatientAdded)]
        if not told:
            raise NotAllowed("patient_unknown", patient=patient)
        return told[-1]

    def _refuse_person(self, told: PatientAdded) -> None:
        if trouble := text_trouble(told.name, LONGEST_NAME):
            raise NotAllowed(f"name_{trouble}", most=LONGEST_NAME)
        for field, text, most in (("phone", told.phone, LONGEST_PHONE), ("address", told.address, 200)):
            if (trouble := text_trouble(text, most)) and trouble != "missing":
                raise NotAllowed(f"text_{trouble}", field=field)
        today = self.now().astimezone(zone_named(self.zone)).date()
        if told.born > today:
            raise NotAllowed("born_in_the_future")
        if today.year - told.born.year > OLDEST_YEARS:
            raise NotAllowed("born_too_long_ago")

    def _injection(self, new: NewVisit) -> datetime:
        """Return when the injection is planned: now, or another time from today on."""
        zone, now = zone_named(self.zone), self.now()
        if new.injection is None:
            return now
        if new.injection.astimezone(zone).date() < now.astimezone(zone).date():
            raise NotAllowed("injection_in_the_past")
        return new.injection

    def _refuse_second(self, patient: str, injection: datetime) -> None:
        """Refuse a second visit of a person on a day on which the first is not over."""
        if visit := open_on(self.clinic.ledger, patient, injection, zone_named(self.zone)):
            raise NotAllowed("visit_open_already", visit=visit)

    def _physician(self, named: str) -> str:
        """Return who is expected to decide; where the clinic has one physician, nobody needs to say so."""
        known = [who.person for who in self.clinic.staff() if who.role == "physician"]
        if not named and len(known) == 1:
            return known[0]
        if not named:
            raise NotAllowed("physician_missing")
        if named not in known:
            raise NotAllowed("physician_unknown", person=named)
        return named
