"""Who is at the tablet: signing in, proving an act with a PIN, signing out; tries are counted durably."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec

from chairside import keys
from chairside.domain.facts import ClockCorrected, Fact, HandedOver, PinRefused, SignedIn, SignedOut
from chairside.domain.visit import Visit
from chairside.errors import KeyRefused, NotAllowed
from chairside.keys.pins import FREE_TRIES
from chairside.session.clinic import Clinic
from chairside.session.founding import pin_owner
from chairside.session.scribe import Act
from chairside.session.texts import refuse_strange
from chairside.session.view import Outcome, Who

Leaving: TypeAlias = Literal["chosen", "idle", "handed_over", "switched"]


@dataclass(frozen=True)
class Proof:
    """A person and the signing key their PIN opened, for one act."""

    who: Who
    key: keys.PrivateKey


@dataclass(frozen=True)
class Tried:
    """What came of trying a PIN: the signing key, or None for a wrong one; nothing is counted yet."""

    key: keys.PrivateKey | None


def handed_over_by(clinic: Clinic, visit: Visit) -> Who | None:
    """Return who gave the tablet to the patient last: whom facts of patient mode name."""
    for stamped in reversed(visit.facts):
        if isinstance(stamped.fact, HandedOver):
            return clinic.people.get(stamped.stamp.person)
    return None


class Staff:
    """The staff side of one tablet; at most one person is signed in."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.here: Proof | None = None

    @property
    def who(self) -> Who | None:
        """The person signed in, or None."""
        return self.here.who if self.here else None

    def tiles(self) -> tuple[Who, ...]:
        """Return everybody who may sign in."""
        return self.clinic.staff()

    def prove(self, person: str, pin: str) -> tuple[Outcome, Proof | None]:
        """Check a PIN; a wrong one is stored before it is answered, so a restart forgives nothing (T1).

        Raises: LedgerError where the try cannot be stored: then nothing is answered.
        """
        refused = self.refused(person)
        if refused is not None:
            return refused, None
        return self.judged(person, self.trying(person, pin)())

    def refused(self, person: str) -> Outcome | None:
        """Return why a person may not try a PIN now, or None."""
        if person not in self.clinic.people or person in self.clinic.disabled:
            return Outcome("person_disabled")
        _, left = self._tries(person)
        return Outcome("pin_wait", wait_seconds=left) if left > 0 else None

    def trying(self, person: str, pin: str) -> Callable[[], Tried]:
        """Return what tries the PIN: slow and without the store, so that another thread may do it.

        Raises, when called: KeyRefused for a damaged or too cheap lock.
        """
        lock = msgspec.json.decode(self.clinic.secret(f"pin:{person}"), type=keys.PinLock)
        data_key, demo = self.clinic.data_key, self.clinic.demo

        def tried() -> Tried:
            try:
                return Tried(keys.open_lock(lock, pin, data_key, demo=demo))
            except KeyRefused as trouble:
                if trouble.code != "pin_wrong":
                    raise
                return Tried(None)

        return tried

    def judged(self, person: str, tried: Tried) -> tuple[Outcome, Proof | None]:
        """Count a try and answer it: a wrong one is stored first (T1).

        Another try may have been counted meanwhile: then this one is not answered before its wait is over.
        Raises: LedgerError where the try cannot be stored.
        """
        refused = self.refused(person)
        if refused is not None:
            return refused, None
        in_a_row, _ = self._tries(person)
        if tried.key is None:
            self._write(person, PinRefused(person, in_a_row + 1))
            wait = keys.wait_seconds(in_a_row + 1)
            return Outcome("pin_wrong", max(FREE_TRIES - in_a_row - 1, 0), wait), None
        if in_a_row:
            self._write(person, SignedIn(person))
        return Outcome(), Proof(self.clinic.people[person], tried.key)

    def sign_in(self, person: str, pin: str) -> Outcome:
        """Open the staff side for a person."""
        outcome, proof = self.prove(person, pin)
        if proof is not None:
            self.arrive(proof)
        return outcome

    def arrive(self, proof: Proof) -> None:
        """Let a proved person take the staff side; whoever was there before is signed out with it."""
        was = self.here.who.person if self.here else proof.who.person
        told: list[tuple[Act, Fact]] = [(Act(proof.who.person, self._stream), SignedIn(proof.who.person))]
        if was != proof.who.person:  # both or neither: a cut in between would look like a goodbye
            told.insert(0, (Act(was, self._stream), SignedOut(was, "switched")))
        (act, first), *beside = told
        self.clinic.scribe.write(act, [first], beside=tuple(beside))
        self.here = proof  # last: nobody is in without a trace

    def taking(self, proof: Proof) -> tuple[tuple[Act, Fact], ...]:
        """Return what is stored beside taking the tablet back; `seat` follows once it is."""
        return ((Act(proof.who.person, self._stream), SignedIn(proof.who.person)),)

    def giving(self) -> tuple[tuple[Act, Fact], ...]:
        """Return what is stored beside giving the tablet away; `seat(None)` follows once it is."""
        if self.here is None:
            return ()
        person = self.here.who.person
        return ((Act(person, self._stream), SignedOut(person, "handed_over")),)

    def seat(self, proof: Proof | None) -> None:
        """Let this person be the one at the tablet, or nobody: the key goes with the person."""
        self.here = proof

    def leave(self, why: Leaving = "chosen") -> None:
        """Close the staff side; the key goes with the person. `idle`: nobody touched the glass a while."""
        if self.here is None:
            return
        person = self.here.who.person
        self.here = None
        self._write(person, SignedOut(person, why))

    def correct_clock(self, proof: Proof, reason: str) -> None:
        """Store that the clock was wrong and is right now (T8).

        Raises: NotAllowed("not_this_role" | "reason_needed" | "text_long" | "text_not_printable").
        """
        fact = ClockCorrected(reason.strip())
        if proof.who.role not in ("physician", "administrator"):
            raise NotAllowed("not_this_role")
        if not fact.reason:
            raise NotAllowed("reason_needed")
        refuse_strange(fact)
        act = Act(proof.who.person, self._stream, key=proof.key)
        self.clinic.scribe.write(act, [fact])

    def change_pin(self, proof: Proof, new: str) -> Outcome:
        """Put a person's signing key under a new PIN of their own; the old one opens nothing any more.

        The PIN that was used until now is the proof. Raises: LedgerError, and then the old one stays.
        """
        person = proof.who.person
        if trouble := keys.pin_trouble(new):
            return Outcome(trouble)
        if self.trying(person, new)().key is not None:
            return Outcome("pin_same")
        owner = pin_owner(person, demo=self.clinic.demo)
        lock = keys.lock_key(proof.key, new, self.clinic.data_key, owner)
        self.clinic.ledger.keep_secret(f"pin:{person}", msgspec.json.encode(lock))
        return Outcome()

    def _write(self, person: str, fact: SignedIn | SignedOut | PinRefused) -> None:
        self.clinic.scribe.write(Act(person, self._stream), [fact])

    def _tries(self, person: str) -> tuple[int, int]:
        """Return the wrong PINs in a row and the seconds still to wait."""
        last = self.clinic.ledger.last_try(self.clinic.scribe.desk.tablet, person)
        if last is None or not last.in_a_row:
            return 0, 0
        waited = (self.clinic.scribe.clock.now() - last.at).total_seconds()
        return last.in_a_row, max(keys.wait_seconds(last.in_a_row) - int(max(waited, 0)), 0)

    def all_left(self) -> bool:
        """Tell whether the last one here signed out: if not, the tablet stopped under somebody's hands."""
        return self.clinic.ledger.all_left(self.clinic.scribe.desk.tablet)

    @property
    def _stream(self) -> str:
        return self.clinic.tablet_stream
