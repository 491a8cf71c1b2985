"""One visit at the tablet: take what is told, judge it, store it, and only then give a new view."""

from __future__ import annotations

import msgspec

from chairside import canon
from chairside.domain import acts, gate, steps, vial
from chairside.domain.acts import Actor, Scene
from chairside.domain.book import Book
from chairside.domain.facts import (
    Answered,
    Concluded,
    Corrected,
    Countersigned,
    Ending,
    HandedOver,
    PageRead,
    Sealed,
    Signed,
    Stamped,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VialAssigned,
    VisitFact,
)
from chairside.domain.finding import worst
from chairside.domain.folding import apply, fold, with_patient, with_stock, with_vials
from chairside.domain.ink import Stroke, is_a_signature
from chairside.domain.visit import Visit
from chairside.domain.when import When
from chairside.errors import NotAllowed
from chairside.record.content import record_id
from chairside.session.clinic import Clinic
from chairside.session.clock import when, zone_named
from chairside.session.kept import book_of
from chairside.session.scribe import Act
from chairside.session.shown import shown_digest
from chairside.session.staff import Proof, Staff
from chairside.session.view import Drawn, View, Who

VIAL_CODE = ("vial", "vial_code")
_ENDINGS: dict[str, Ending] = {
    "proceed": "countersigned",
    "defer": "deferred",
    "do_not_treat": "do_not_treat",
}


def vial_stream(code: str) -> str:
    """Return the stream of the vial with this code; the code itself may hold any character."""
    return f"vial:{canon.sha256_hex(code.strip().encode())[:32]}"


class VisitRoom:
    """A visit that is open on this tablet."""

    def __init__(self, clinic: Clinic, staff: Staff, visit_id: str) -> None:
        self.clinic = clinic
        self.staff = staff
        self.stream = f"visit:{visit_id}"
        self._strokes: dict[str, Stroke] = {}
        self.visit = Visit(visit_id)
        self._read()
        self._assign_if_due()
        self._conclude_if_due()

    def _read(self) -> None:
        """Read the visit anew from the store."""
        self.visit = fold(self.visit.id, self.clinic.ledger.stream(self.stream))
        self.visit = with_patient(self.visit, self.patient_facts())
        self.book = self._book()
        self._look_for_vials()
        self._attach_vial()

    # -- what is seen ---------------------------------------------------------------------------
    def patient_facts(self) -> tuple[Stamped, ...]:
        """Return the facts of this visit's patient."""
        opened = self.visit.opened
        return self.clinic.ledger.stream(f"patient:{opened.patient}") if opened else ()

    def when(self) -> When:
        """Return now and the planned injection, in the clinic's zone."""
        over = self.visit.concluded  # what is over is judged as it stood, whatever day it is looked at
        now = over.stamp.utc if over else self.clinic.scribe.clock.now()
        injection = self.visit.opened.injection if self.visit.opened else now
        return when(now, max(now, injection), zone_named(self.clinic.founded.zone))

    def view(self) -> View:
        """Return everything a screen may show of this visit now."""
        self._look_for_vials()
        moment = self.when()
        found = gate.standing(gate.findings(self.book, self.visit, moment), {})
        pads = {
            name: tuple(self.stroke(each) for each in pad.strokes) for name, pad in self.visit.pads.items()
        }
        return View(
            visit=self.visit,
            steps=steps.states(self.book, self.visit, moment),
            findings=found,
            verdict=worst(found),
            when=moment,
            who=self.staff.who,
            mode="patient" if self.visit.with_patient else "staff",
            language="en",
            zone=self.clinic.founded.zone,
            book=self.book,
            staff=self.clinic.staff(),
            record_id=record_id(self.visit.concluded.hash) if self.visit.concluded else "",
            strokes=pads,
        )

    def stroke(self, digest: str) -> Stroke:
        """Return the points behind a stroke's digest, as they were stored."""
        if digest not in self._strokes:
            self._strokes[digest] = msgspec.json.decode(self.clinic.ledger.blob(digest), type=Stroke)
        return self._strokes[digest]

    # -- what is told ---------------------------------------------------------------------------
    def take(self, told: VisitFact | Drawn, proof: Proof | None = None) -> View:
        """Judge a fact, store it, and return the visit as it now stands.

        Raises: NotAllowed with the code of the rule that refuses it; LedgerError where it could not be
        stored, and then nothing has changed.
        """
        fact, blobs = self._as_fact(told)
        with self.clinic.scribe.alone():
            self._refuse_stale()
            if isinstance(fact, StepClosed):
                self._attach_vial()  # the vial may have gone to another visit meanwhile
            self._look_for_vials()
            actor = self._actor(fact, proof)
            scene = Scene(self.book, self.visit, self.when())
            if (code := acts.forbids(scene, fact, actor) or self._untrue(fact)) is not None:
                raise NotAllowed(code, fact=type(fact).__name__)
            self._store(fact, actor.person, proof, blobs)
        self._follow(fact)
        return self.view()

    def _refuse_stale(self) -> None:
        """Look at the store before judging: another copy of this room may have gone on (a second window).

        Raises: NotAllowed("visit_went_on") after taking in what happened; the person looks again.
        """
        if self.clinic.ledger.heads(self.stream) != (self.visit.head,):
            self._read()
            raise NotAllowed("visit_went_on")

    def _untrue(self, fact: VisitFact) -> str | None:
        """Refuse what session knows better: what a page showed, what ink is, what only it may say."""
        match fact:
            case PageRead(form, item, shown):
                return (
                    None if shown == shown_digest(self.book.forms[form].words(item, "en")) else "page_differs"
                )
            case Signed(strokes=strokes) | Countersigned(strokes=strokes):
                drawn = tuple(self.stroke(each) for each in strokes)
                return None if is_a_signature(drawn) else "ink_too_little"
            case Concluded() | Sealed():
                return "not_told_by_people"
            case _:
                return None

    def _as_fact(self, told: VisitFact | Drawn) -> tuple[VisitFact, tuple[bytes, ...]]:
        if isinstance(told, Drawn):
            data = canon.canonical(told.stroke)
            digest = canon.sha256_hex(data)
            self._strokes[digest] = told.stroke
            return StrokeDrawn(told.pad, digest), (data,)
        return told, ()

    def _actor(self, fact: VisitFact, proof: Proof | None) -> Actor:
        handed = self._handed_over_by() if self.visit.with_patient else None
        who = proof.who if proof else self.staff.who or handed
        if who is None:
            raise NotAllowed("nobody_signed_in", fact=type(fact).__name__)
        return Actor(who.person, who.role, proof is not None, who.name)

    def _handed_over_by(self) -> Who | None:
        """Return who gave the tablet to the patient: whom facts of patient mode name."""
        for stamped in reversed(self.visit.facts):
            if isinstance(stamped.fact, HandedOver):
                return self.clinic.people.get(stamped.stamp.person)
        return None

    def _store(
        self, fact: VisitFact, person: str, proof: Proof | None, blobs: tuple[bytes, ...] = ()
    ) -> None:
        """Store a fact and, beside a hand-over, who left or took the staff side: both or neither."""
        staff, giving = self.staff, isinstance(fact, HandedOver) and fact.to == "patient"
        taking = isinstance(fact, HandedOver) and fact.to == "staff"
        signer = proof or (staff.here if giving else None)  # giving away needs no fresh PIN
        beside = staff.giving() if giving else staff.taking(proof) if taking and proof else ()
        key = signer.key if signer else None
        act = Act(person, self.stream, self._form_digest(fact), "en", key)
        for stamped in self.clinic.scribe.write(act, [fact], blobs, beside):
            self.visit = apply(self.visit, stamped)
        if giving or taking:
            staff.seat(None if giving else proof)

    def _form_digest(self, fact: VisitFact) -> str | None:
        form = getattr(fact, "form", None)
        step = getattr(fact, "step", None)
        if form is None and step is not None:
            form = self.book.plan.step(step).form
        return self.book.forms[form].digest if form in self.book.forms else None

    # -- what follows ---------------------------------------------------------------------------
    def _follow(self, fact: VisitFact) -> None:
        match fact:
            case Answered(form, item) | Corrected(form, item) if (form, item) == VIAL_CODE:
                self._attach_vial()
            case StepClosed(step=steps.VIAL_STEP):
                self._assign_if_due()
            case Countersigned() | Stopped():
                self._conclude_if_due()
            case _:
                return

    def _look_for_vials(self) -> None:
        """Find out whether an accepted vial is in the building that this visit may use."""
        usable = (
            row.status == "accepted" or (row.status == "assigned" and row.visit == self.visit.id)
            for row in self.clinic.ledger.vials()
        )
        stock = any(usable)
        if stock is not self.visit.stock:
            self.visit = with_stock(self.visit, stock)

    def _attach_vial(self) -> None:
        streams = (self.clinic.ledger.stream(vial_stream(code)) for code in self.visit.codes)
        self.visit = with_vials(self.visit, tuple(vial.fold(facts) for facts in streams if facts))

    def _assign_if_due(self) -> None:
        """Set the vial aside as soon as its step is closed; after a crash in between, at the next opening."""
        closed, own = self.visit.closed.get(steps.VIAL_STEP), self.visit.vial
        if closed is None or own is None or own.visit or self.visit.concluded is not None:
            return
        if steps.is_done(self.book, self.book.plan.step(steps.VIAL_STEP), self.visit):
            act = Act(closed.stamp.person, vial_stream(own.code))
            self.clinic.scribe.write(act, [VialAssigned(self.visit.id)])
            self._attach_vial()

    def _conclude_if_due(self) -> None:
        """Store the ending as soon as it is due; after a crash in between, at the next opening."""
        visit = self.visit
        if visit.concluded is not None:
            return
        due: Ending | None = None
        if visit.stopped is not None and isinstance(visit.stopped.fact, Stopped):
            due = visit.stopped.fact.ending
        elif visit.countersigned is not None and visit.decision is not None:
            due = _ENDINGS[visit.decision.ruling]
        if due is not None:
            closing = visit.stopped or visit.countersigned
            person = closing.stamp.person if closing else ""
            stored, _ = self.clinic.scribe.conclude(Act(person, self.stream), Concluded(due))
            self.visit = apply(self.visit, stored)

    def sealed(self, fact: Sealed, data: bytes) -> View:
        """Store the sealed file with the fact that names it, and return the view."""
        concluded = self.visit.concluded
        self._store(fact, concluded.stamp.person if concluded else "", None, (data,))
        return self.view()

    def _book(self) -> Book:
        """Return the forms and plan this visit began with, whatever is in force today (Q46)."""
        return book_of(self.clinic, self.visit.opened) if self.visit.opened else self.clinic.book
