"""One visit at the tablet: take what is told, judge it, store it, and only then give a new view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from chairside import canon
from chairside.domain import acts, ahead, gate, procedure, standing, steps
from chairside.domain.acts import Actor, Scene
from chairside.domain.coming_of_age import grown
from chairside.domain.facts import (
    AddendumSealed,
    AddendumSigned,
    Countersigned,
    Fact,
    FormsRenewed,
    HandedOver,
    MarkTakenBack,
    PaperChosen,
    ProcedureMarked,
    Sealed,
    Signed,
    Stamped,
    StrokeDrawn,
    VisitFact,
)
from chairside.domain.finding import worst
from chairside.domain.folding import apply, fold, with_history, with_patient, with_stock, with_vials
from chairside.domain.ink import Stroke
from chairside.domain.visit import Visit
from chairside.domain.when import When
from chairside.errors import NotAllowed
from chairside.record.content import record_id
from chairside.session import ending, inked, truth, vials
from chairside.session.before import last_given, last_replies, second_visit
from chairside.session.clinic import Clinic
from chairside.session.clock import when, zone_named
from chairside.session.kept import asked_of, keep_book, renewable, renewal
from chairside.session.scribe import Act
from chairside.session.shown import language_shown, text_of
from chairside.session.staff import Proof, Staff, handed_over_by
from chairside.session.vials import vial_stream
from chairside.session.view import Drawn, View

__all__ = ["VisitRoom", "vial_stream"]


@dataclass(frozen=True)
class _Told:
    """A fact on its way to the store, with all that goes with it."""

    fact: VisitFact
    proof: Proof | None = None
    blobs: tuple[bytes, ...] = ()
    happened: datetime | None = None
    ink: tuple[bytes, ...] = ()
    person: str = ""


class VisitRoom:
    """A visit that is open on this tablet."""

    def __init__(self, clinic: Clinic, staff: Staff, visit_id: str) -> None:
        self.clinic = clinic
        self.staff = staff
        self.stream = f"visit:{visit_id}"
        self._strokes: dict[str, Stroke] = {}
        self.visit = Visit(visit_id)
        self._read()
        self._conclude_what_is_due()

    def _read(self) -> None:
        """Read the visit anew from the store."""
        self.visit = fold(self.visit.id, self.clinic.ledger.stream(self.stream))
        self.visit = with_patient(self.visit, self.patient_facts())
        self.visit = with_history(self.visit, last_given(self.clinic.ledger, self.visit))
        self.before = last_replies(self.clinic.ledger, self.visit)
        self._take_book()
        self._look_around()

    # -- what is seen ---------------------------------------------------------------------------
    def patient_facts(self) -> tuple[Stamped, ...]:
        """Return the facts of this visit's patient."""
        opened = self.visit.opened
        return self.clinic.ledger.stream(f"patient:{opened.patient}") if opened else ()

    def when(self, *, as_it_ended: bool = False) -> When:
        """Return now and the planned injection, in the clinic's zone; or the moment the visit ended.

        What the patient said is judged as it stood at the end; the procedure goes on after it, by the clock.
        """
        over = gate.settled_by(self.visit) if as_it_ended else None
        now = over.stamp.utc if over else self.clinic.scribe.clock.now()
        return when(now, max(now, self.visit.injection or now), zone_named(self.clinic.founded.zone))

    def _scene(self) -> Scene:
        limit = vials.thaw_limit(self.clinic.ledger, self.visit)
        return Scene(self.book, self.visit, self.when(), thaw_limit=limit)

    def view(self) -> View:
        """Return everything a screen may show of this visit now."""
        self._look_around()
        scene, visit, terms = self._scene(), self.visit, self.book.terms
        today = ahead.current(self.book, visit, scene.when)
        found = gate.findings(self.book, visit, self.when(as_it_ended=True))
        newer, stood = self.renewal(), steps.states(self.book, visit, scene.when)
        return View(
            visit=today,
            steps=stood,
            findings=found,
            verdict=worst(found),
            when=scene.when,
            who=self.staff.who,
            mode="patient" if visit.with_patient else "staff",
            language=language_shown(visit),
            zone=self.clinic.founded.zone,
            book=self.book,
            staff=self.clinic.staff(),
            status=standing.status(scene, stood),
            record_id=record_id(visit.concluded.hash) if visit.concluded else "",
            strokes={
                pad: tuple(self.stroke(each) for each in ink.strokes) for pad, ink in today.pads.items()
            },
            release=procedure.release_until(visit, terms),
            expected_marks=procedure.expected_marks(visit, scene.when, terms, scene.thaw_limit),
            limit_at=procedure.limit_at(visit, scene.thaw_limit),
            renewal=newer,
            renewable=renewable(self.clinic, self.book) if newer else (),
            before=self.before,
        )

    def renewal(self) -> FormsRenewed | None:
        """Return the fact that takes the newer texts in, while there are any and the visit goes on."""
        opened, over = self.visit.opened, self.visit.concluded or self.visit.in_error
        changed = renewable(self.clinic, self.book) if opened and not over else ()
        return renewal(self.clinic, opened, changed, self.visit.language) if opened and changed else None

    def stroke(self, digest: str) -> Stroke:
        """Return the points behind a stroke's digest, as they were stored."""
        if digest not in self._strokes:
            self._strokes[digest] = msgspec.json.decode(self.clinic.ledger.blob(digest), type=Stroke)
        return self._strokes[digest]

    # -- what is told ---------------------------------------------------------------------------
    def take(
        self,
        told: VisitFact | Drawn,
        proof: Proof | None = None,
        blobs: tuple[bytes, ...] = (),
        happened: datetime | None = None,
    ) -> View:
        """Judge a fact, store it, and return the visit as it now stands.

        `blobs` are the photos (JPEG) that the fact names; `happened` is when it was, where that is told
        late (P5). Raises: NotAllowed with the code of the rule that refuses it; LedgerError where it could
        not be stored, and then nothing has changed.
        """
        fact, ink = self._as_fact(told)
        with self.clinic.scribe.alone():
            self._refuse_stale(emergency=truth.is_emergency(fact))
            self._look_around()  # a vial may have gone to another visit, or into quarantine, meanwhile
            self._store(self._judged(_Told(fact, proof, blobs, happened, ink)))
        self._conclude_what_is_due()
        return self.view()

    def retime(self, mark: ProcedureMarked, happened: datetime) -> View:
        """Say when the last mark really was: it is taken back and made anew, both or neither.

        Raises: as `take`; the mark that stood then stands as it was.
        """
        with self.clinic.scribe.alone():
            self._refuse_stale()
            self._look_around()
            back, stood = self._judged(_Told(MarkTakenBack(mark.mark))), self.visit
            undone = self.visit = vials.without_last_mark(stood, MarkTakenBack(mark.mark))
            try:
                self._judged(_Told(mark, happened=happened))
            finally:
                self.visit = stood
            again = Act(back.person, self.stream, *text_of(self.book, undone, mark), happened=happened)
            self._store(back, ((again, mark), *vials.beside(undone, mark, again)))
            self._read()
        return self.view()

    def _judged(self, told: _Told) -> _Told:
        """Return what is told with who tells it. Raises: NotAllowed with the code of the rule against it."""
        fact, happened, actor = told.fact, told.happened, self._actor(told.fact, told.proof)
        scene = msgspec.structs.replace(self._scene(), happened=happened)
        now = scene.when.now.astimezone(zone_named(self.clinic.founded.zone))
        code = acts.forbids(scene, fact, actor) or self._untrue(fact) or truth.unprintable(fact)
        code = code or truth.false_time(self.visit, fact, happened, now)
        code = code or second_visit(self.clinic.ledger, self.visit, fact, now)
        code = code or truth.false_pictures(self.visit, fact, told.blobs, self.clinic.ledger)
        if code is not None:
            raise NotAllowed(code, fact=type(fact).__name__)
        return replace(told, person=actor.person)

    def _refuse_stale(self, *, emergency: bool = False) -> None:
        """Look at the store before judging: another copy of this room may have gone on (a second window).

        An emergency is taken in all the same: nobody looks again first.

        Raises: NotAllowed("visit_went_on") after taking in what happened; the person looks again.
        """
        if self.clinic.ledger.heads(self.stream) != (self.visit.head,):
            self._read()
            if not emergency:
                raise NotAllowed("visit_went_on")

    def _untrue(self, fact: VisitFact) -> str | None:
        """Refuse what session knows better: what a page showed, what ink is, what only it may say."""
        match fact:
            case Signed(pad) if pad.startswith("reaffirm.") and self.renewal() is not None:
                return "forms_renewed_first"  # a promise of today over a text that says something else (P6)
            case StrokeDrawn() | Signed() | Countersigned() | AddendumSigned():
                return inked.false_ink(self.clinic.ledger, fact, self.stroke)
            case FormsRenewed():
                return None if fact == self.renewal() else "nothing_changed"
            case _:
                return truth.not_so(self.book, self.visit, fact)

    def _as_fact(self, told: VisitFact | Drawn) -> tuple[VisitFact, tuple[bytes, ...]]:
        if isinstance(told, Drawn):
            data = canon.canonical(told.stroke)
            digest = canon.sha256_hex(data)
            self._strokes[digest] = told.stroke
            return StrokeDrawn(told.pad, digest), (data,)
        return told, ()

    def _actor(self, fact: VisitFact, proof: Proof | None) -> Actor:
        handed = handed_over_by(self.clinic, self.visit) if self.visit.with_patient else None
        who = proof.who if proof else self.staff.who or handed
        if who is None:
            if truth.is_emergency(fact):
                return Actor("", "nurse")  # nobody signed in: the time counts, not the name
            raise NotAllowed("nobody_signed_in", fact=type(fact).__name__)
        return Actor(who.person, who.role, proof is not None, who.name)

    # -- what is stored -------------------------------------------------------------------------
    def _store(self, told: _Told, then: tuple[tuple[Act, Fact], ...] = ()) -> None:
        """Store a fact and, beside it, what it means for the door and for the vials: all or nothing."""
        fact, proof, staff = told.fact, told.proof, self.staff
        giving = isinstance(fact, HandedOver) and fact.to == "patient"
        taking = self.visit.with_patient and isinstance(fact, (HandedOver, PaperChosen))
        signer = proof or (staff.here if giving else None)  # giving away needs no fresh PIN
        door = staff.giving() if giving else staff.taking(proof) if taking and proof else ()
        if isinstance(fact, FormsRenewed):
            keep_book(self.clinic)
        key = signer.key if signer else None
        act = Act(told.person, self.stream, *text_of(self.book, self.visit, fact), key, told.happened)
        beside = (*door, *vials.beside(self.visit, fact, act), *then)
        for stamped in self.clinic.scribe.write(act, [fact], (*told.ink, *told.blobs), beside):
            self.visit = apply(self.visit, stamped)
        if isinstance(fact, FormsRenewed):
            self._take_book()
        if giving or taking:
            staff.seat(None if giving else proof)

    def _conclude_what_is_due(self) -> None:
        """Store each end as soon as it is due; after a crash in between, at the next opening."""
        if not ending.due(self.visit):
            return
        with self.clinic.scribe.alone():
            if self.clinic.ledger.heads(self.stream) != (self.visit.head,):  # concluded elsewhere meanwhile
                self._read()
            for person, fact in ending.due(self.visit):
                stored, _ = self.clinic.scribe.conclude(Act(person, self.stream), fact)
                self.visit = apply(self.visit, stored)

    def sealed(self, fact: Sealed | AddendumSealed, data: bytes) -> View:
        """Store the sealed file with the fact that names it, and return the view.

        Raises: NotAllowed("visit_went_on") where another copy of this room has gone on meanwhile.
        """
        with self.clinic.scribe.alone():
            self._refuse_stale()
            head = ending.head_of(self.visit, fact.number if isinstance(fact, AddendumSealed) else 0)
            self._store(_Told(fact, blobs=(data,), person=head.stamp.person))
        self._conclude_what_is_due()
        return self.view()

    # -- what is around -------------------------------------------------------------------------
    def _look_around(self) -> None:
        """Look for the vials this visit names, for one in the building, and whether the patient is of age."""
        ledger, visit = self.clinic.ledger, self.visit
        found = vials.vials_of(ledger, visit.read_codes)
        if found != visit.vials:
            self.visit = with_vials(self.visit, found)
        stock = vials.in_the_building(ledger, visit.id, self.when())
        if stock is not visit.stock:
            self.visit = with_stock(self.visit, stock)
        self.visit = grown(self.visit, self.when(as_it_ended=True))

    def _take_book(self) -> None:
        """Take the forms and plan this visit keeps, whatever is in force today (Q46)."""
        opened = self.visit.opened
        self.book = asked_of(self.clinic, opened) if opened else self.clinic.book
