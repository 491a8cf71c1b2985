"""Stamps facts and hands them to the ledger: who, when, on which tablet, after what, over which text."""

from __future__ import annotations

import threading
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from chairside import canon, keys
from chairside.domain import timekeeping
from chairside.domain.facts import (
    SCHEMA,
    AddendumConcluded,
    Body,
    ClockCorrected,
    Concluded,
    Fact,
    MarkTakenBack,
    ProcedureMarked,
    Stamp,
    Stamped,
    VialAccepted,
    VialOpened,
    VialThawed,
    VialUsed,
)
from chairside.errors import NotAllowed
from chairside.ledger import Draft, LeafProof, Ledger
from chairside.session.clock import Clock, zone_named


@dataclass(frozen=True)
class Desk:
    """Where facts are stamped: the clinic, this tablet and the clinic's zone."""

    clinic: str
    tablet: str
    zone: str


@dataclass(frozen=True)
class Act:
    """By whom and over what: the person, the stream, the form on screen, and the key of a proved act.

    `happened` is when it was, where that is not now: entered late, and marked so (P5).
    """

    person: str
    stream: str
    form: str | None = None
    language: str = "en"
    key: keys.PrivateKey | None = None
    happened: datetime | None = None


def composed(fact: Fact) -> Fact:
    """Return the fact with every text in NFC: keyboards differ in how they compose letters."""
    plain = msgspec.to_builtins(fact, builtin_types=(datetime, date))
    whole: Fact = msgspec.convert(_composed(plain), Fact)
    return whole


def _composed(value: object) -> object:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list() | tuple():
            return [_composed(each) for each in value]
        case dict():
            return {key: _composed(each) for key, each in value.items()}
        case _:
            return value


_TIMED = (VialAccepted, VialOpened, VialThawed, VialUsed, MarkTakenBack)


def _needs_the_time(act: Act, fact: Fact) -> bool:
    """Tell whether a fact means nothing, or something else, under a clock that is wrong (T8).

    An emergency is kept at once: nothing may stand between a hand and that button.
    """
    match fact:
        case ClockCorrected():
            return False
        case ProcedureMarked(mark):
            return mark != "emergency"
        case _:
            return act.key is not None or isinstance(fact, _TIMED)


class Scribe:
    """The one writer of this tablet; facts leave it stored or not at all.

    `heard` is called with every fact once it is on disk: a demo counts what its inputs caused.
    """

    def __init__(self, ledger: Ledger, desk: Desk, clock: Clock) -> None:
        self.ledger = ledger
        self.desk = desk
        self.clock = clock
        self._lock = threading.RLock()
        self.heard: Callable[[Fact], None] = lambda _: None

    def write(
        self,
        act: Act,
        facts: Sequence[Fact],
        blobs: tuple[bytes, ...] = (),
        beside: tuple[tuple[Act, Fact], ...] = (),
    ) -> tuple[Stamped, ...]:
        """Return the facts as stored, all in one transaction, each after the one before.

        `beside` are facts of other streams that stand or fall with these. Raises: NotAllowed where a
        proved act meets a clock that cannot be trusted; LedgerError.
        """
        with self._lock:
            self._refuse_bad_clock(((act, facts), *((other, (fact,)) for other, fact in beside)))
            drafts = self._drafts([*((act, fact) for fact in facts), *beside], blobs)
            return self._kept(self.ledger.append(drafts))[: len(facts)]

    def alone(self) -> threading.RLock:
        """Return the lock under which one writer looks and writes without another in between."""
        return self._lock

    def conclude(self, act: Act, fact: Concluded | AddendumConcluded) -> tuple[Stamped, LeafProof]:
        """Store the end of a visit or of an addendum.

        Its hash becomes the next leaf of this tablet's tree in the same transaction.
        """
        with self._lock:
            stored, proof = self.ledger.conclude(self._drafts([(act, fact)], ())[0])
            return self._kept((stored,))[0], proof

    def _kept(self, stored: tuple[Stamped, ...]) -> tuple[Stamped, ...]:
        for stamped in stored:
            self.heard(stamped.fact)
        return stored

    def _drafts(self, told: Sequence[tuple[Act, Fact]], blobs: tuple[bytes, ...]) -> list[Draft]:
        """Number the facts one after the other, each after the one before it in its own stream."""
        first = self.ledger.last_number(self.desk.tablet) + 1
        after: dict[str, tuple[str, ...]] = {}
        drafts = []
        for number, (act, fact) in enumerate(told, first):
            heads = after.get(act.stream) or tuple(self.ledger.heads(act.stream))
            draft = self._draft(act, fact, number, heads)
            drafts.append(draft)
            after[act.stream] = (canon.fact_hash(canon.encode(draft.body)),)
        drafts[0] = Draft(drafts[0].body, drafts[0].signature, blobs)
        return drafts

    def trouble(self) -> str | None:
        """Return why the clock cannot be trusted now, or None (T8)."""
        clock = self.clock
        reading = timekeeping.Reading(clock.now(), clock.boot, clock.monotonic_ms())
        return timekeeping.trouble(self.ledger.clock(self.desk.tablet), reading)

    def _refuse_bad_clock(self, told: Sequence[tuple[Act, Sequence[Fact]]]) -> None:
        """Refuse what a PIN proves and what is measured in minutes; all else is kept, whatever the clock."""
        timed = any(_needs_the_time(act, fact) for act, facts in told for fact in facts)
        if timed and (trouble := self.trouble()) is not None:
            raise NotAllowed(trouble)

    def _draft(self, act: Act, fact: Fact, number: int, after: tuple[str, ...]) -> Draft:
        now = self.clock.now()
        offset = zone_named(self.desk.zone).utcoffset(now.astimezone(zone_named(self.desk.zone)))
        stamp = Stamp(
            schema=SCHEMA,
            clinic=self.desk.clinic,
            stream=act.stream,
            tablet=self.desk.tablet,
            number=number,
            after=after,
            person=act.person,
            utc=now,
            offset_minutes=int(offset.total_seconds() // 60) if offset else 0,
            zone=self.desk.zone,
            monotonic_ms=self.clock.monotonic_ms(),
            boot=self.clock.boot,
            form=act.form,
            language=act.language,
            happened=act.happened,
        )
        body = Body(stamp, composed(fact))
        signature = None
        if act.key is not None:
            signature = b64encode(keys.sign(act.key, canon.encode(body))).decode()
        return Draft(body, signature)
