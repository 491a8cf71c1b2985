"""Who is at the tablet: signing in, proving an act with a PIN, signing out; tries are counted durably."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from chairside import keys
from chairside.domain.facts import ClockCorrected, Fact, PinRefused, SignedIn, SignedOut, Stamped
from chairside.errors import KeyRefused, NotAllowed
from chairside.keys.pins import FREE_TRIES
from chairside.session.clinic import Clinic
from chairside.session.scribe import Act
from chairside.session.view import Outcome, Who


@dataclass(frozen=True)
class Proof:
    """A person and the signing key their PIN opened, for one act."""

    who: Who
    key: keys.PrivateKey


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
        who = self.clinic.people.get(person)
        if who is None or person in self.clinic.disabled:
            return Outcome("person_disabled"), None
        in_a_row, left = self._tries(person)
        if left > 0:
            return Outcome("pin_wait", wait_seconds=left), None
        lock = msgspec.json.decode(self.clinic.secret(f"pin:{person}"), type=keys.PinLock)
        try:
            key = keys.open_lock(lock, pin, self.clinic.data_key, demo=self.clinic.demo)
        except KeyRefused as trouble:
            if trouble.code != "pin_wrong":
                raise
            self._write(person, PinRefused(person, in_a_row + 1))
            wait = keys.wait_seconds(in_a_row + 1)
            return Outcome("pin_wrong", max(FREE_TRIES - in_a_row - 1, 0), wait), None
        if in_a_row:
            self._write(person, SignedIn(person))
        return Outcome(), Proof(who, key)

    def sign_in(self, person: str, pin: str) -> Outcome:
        """Open the staff side for a person."""
        outcome, proof = self.prove(person, pin)
        if proof is not None:
            self.arrive(proof)
        return outcome

    def arrive(self, proof: Proof) -> None:
        """Let a proved person take the staff side; whoever was there before is signed out."""
        if self.here is not None and self.here.who.person != proof.who.person:
            self.leave("switched")
        self._write(proof.who.person, SignedIn(proof.who.person))  # first: nobody is in without a trace
        self.here = proof

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

    def leave(self, why: str = "chosen") -> None:
        """Close the staff side; the key goes with the person."""
        if self.here is None:
            return
        person = self.here.who.person
        self.here = None
        left = msgspec.convert({"kind": "SignedOut", "person": person, "why": why}, SignedOut)
        self._write(person, left)

    def correct_clock(self, proof: Proof, reason: str) -> None:
        """Store that the clock was wrong and is right now (T8).

        Raises: NotAllowed("not_this_role" | "reason_needed").
        """
        if proof.who.role not in ("physician", "administrator"):
            raise NotAllowed("not_this_role")
        if not reason.strip():
            raise NotAllowed("reason_needed")
        act = Act(proof.who.person, self._stream, key=proof.key)
        self.clinic.scribe.write(act, [ClockCorrected(reason)])

    def _write(self, person: str, fact: SignedIn | SignedOut | PinRefused) -> None:
        self.clinic.scribe.write(Act(person, self._stream), [fact])

    def _tries(self, person: str) -> tuple[int, int]:
        """Return the wrong PINs in a row and the seconds still to wait."""
        last = self._last_try(person)
        if last is None or not isinstance(last.fact, PinRefused):
            return 0, 0
        in_a_row = last.fact.in_a_row
        waited = (self.clinic.scribe.clock.now() - last.stamp.utc).total_seconds()
        return in_a_row, max(keys.wait_seconds(in_a_row) - int(max(waited, 0)), 0)

    def all_left(self) -> bool:
        """Tell whether the last one here signed out: if not, the tablet stopped under somebody's hands."""
        door = (fact for fact in self._newest_first() if isinstance(fact.fact, (SignedIn, SignedOut)))
        last = next(door, None)
        return last is None or isinstance(last.fact, SignedOut)

    def _newest_first(self) -> Iterator[Stamped]:
        return reversed(self.clinic.ledger.stream(self._stream))

    @property
    def _stream(self) -> str:
        return f"device:{self.clinic.scribe.desk.tablet}"

    def _last_try(self, person: str) -> Stamped | None:
        for stamped in self._newest_first():
            if isinstance(stamped.fact, (PinRefused, SignedIn)) and stamped.fact.person == person:
                return stamped
        return None
