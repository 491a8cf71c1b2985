"""From a concluded visit, or a signed addendum, to a sealed PDF: build, certify, seal, keep.

The sealed file is kept inside the encrypted store, in the same transaction as the fact that names
its SHA-256, not as a file beside it: a stolen tablet must give away no record (T3), and a record is
then on disk whole or not at all. `save` writes a copy to a folder that a person names.

`prepare` reads the ledger on the caller's thread and holds the certifier's key; `Job.run` is the
plain function that the work lane runs; `finish` stores what came out. A job that fails leaves the
visit concluded and not sealed, which can be tried again with the certifier's PIN. An addendum goes the
same way, with `prepare_addendum` and `finish_addendum`; the record it follows never changes (P9).

What draws and signs is imported when it is first used, by `warm` while a visit is open: at start it
would cost 0.8 s before the first page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chairside import canon
from chairside.domain.facts import AddendumKind, AddendumSealed, AddendumSigned, Ending, Sealed
from chairside.errors import NotAllowed, RecordError
from chairside.keys.certificates import holder
from chairside.record import content as record
from chairside.session import ending
from chairside.session.gather import gather, gather_addendum, signed_addendum
from chairside.session.staff import Proof
from chairside.session.view import View
from chairside.session.visit import VisitRoom

if TYPE_CHECKING:
    from chairside.record.seal import Act as SealingAct
    from chairside.record.seal import Authority, Signer


@dataclass(frozen=True)
class Made:
    """What a sealing job made. Units: seconds on the monotonic clock."""

    data: bytes
    sha256: str
    unsigned: bytes
    build_seconds: float
    seal_seconds: float


@dataclass(frozen=True)
class Job:
    """Everything a work lane needs to make one PDF, and nothing of the ledger; `number` of an addendum."""

    content: record.Content
    certifier: Signer
    seal: Signer
    authority: Authority
    act: SealingAct
    leaf: int
    number: int = 0

    def run(self, _progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> Made:
        """Build, certify and seal the record. Raises: RecordError."""
        from chairside.record.build import build  # start-up: see the top
        from chairside.record.seal import certify_and_seal  # start-up: see the top

        began = time.monotonic()
        unsigned = build(self.content)
        built = time.monotonic()
        data = certify_and_seal(unsigned, self.certifier, self.seal, authority=self.authority, act=self.act)
        sealed = time.monotonic()
        return Made(data, canon.sha256_hex(data), unsigned, built - began, sealed - built)


def warm(_progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> None:
    """Load what the first record needs, so that nobody waits for it at the end of a visit."""
    from chairside.record import build, faces, seal  # start-up: see the top

    assert build and seal
    faces.warm()


def ending_of(room: VisitRoom) -> Ending:
    """Return how the visit ended. Raises: RecordError("not_concluded")."""
    return ending.ending_of(room.visit)


def certifier_of(room: VisitRoom, number: int = 0) -> str:
    """Return the person whose PIN sealing waits for: of the record, or of the addendum with this number."""
    if not number:
        return ending.certifier_of(room.visit)
    signed, _ = signed_addendum(room, number)
    return signed.stamp.person


# -- the record -------------------------------------------------------------------------------
def prepare(room: VisitRoom, certifier: Proof) -> Job:
    """Gather everything for sealing under the certifier's open key.

    Raises: NotAllowed("not_the_certifier") where somebody else's PIN was given,
    NotAllowed("already_sealed"); RecordError.
    """
    about = ending_of(room)
    if room.visit.sealed is not None:
        raise NotAllowed("already_sealed")
    _demand_certifier(certifier, certifier_of(room))
    return _job(room, gather(room, certifier), certifier, about)


def finish(room: VisitRoom, job: Job, made: Made) -> View:
    """Store the sealed file and its SHA-256 in the visit, and return the view."""
    return room.sealed(Sealed(made.sha256, job.leaf), made.data)


def sealed_file(room: VisitRoom) -> bytes | None:
    """Return the sealed PDF of a visit, or None while there is none."""
    sealed = room.visit.sealed.fact if room.visit.sealed else None
    return room.clinic.ledger.blob(sealed.sha256) if isinstance(sealed, Sealed) else None


# -- addenda ----------------------------------------------------------------------------------
def prepare_addendum(room: VisitRoom, number: int, certifier: Proof) -> Job:
    """Gather everything for sealing an addendum under the open key of who signed it.

    Raises: NotAllowed("not_the_certifier" | "already_sealed"); RecordError("addendum_unknown" |
    "not_concluded" | "not_sealed").
    """
    _, told = signed_addendum(room, number)
    if number in _sealed_numbers(room):
        raise NotAllowed("already_sealed", number=number)
    _demand_certifier(certifier, certifier_of(room, number))
    return _job(room, gather_addendum(room, number, certifier), certifier, told.about)


def finish_addendum(room: VisitRoom, job: Job, made: Made) -> View:
    """Store an addendum's sealed file and its SHA-256 in the visit, and return the view."""
    return room.sealed(AddendumSealed(job.number, made.sha256, job.leaf), made.data)


def unsealed_addenda(room: VisitRoom) -> tuple[int, ...]:
    """Return the numbers of the addenda that were signed and whose file is not made yet."""
    told = [by.fact.number for by in room.visit.addenda if isinstance(by.fact, AddendumSigned)]
    return tuple(sorted(set(told) - _sealed_numbers(room)))


def sealed_addenda(room: VisitRoom) -> tuple[tuple[int, AddendumKind, bytes], ...]:
    """Return the sealed addenda, oldest first: number, what each is about, the PDF."""
    kept = [by.fact for by in room.visit.addenda_sealed if isinstance(by.fact, AddendumSealed)]
    blob = room.clinic.ledger.blob
    return tuple(
        (each.number, signed_addendum(room, each.number)[1].about, blob(each.sha256))
        for each in sorted(kept, key=lambda each: each.number)
    )


# -- copies -----------------------------------------------------------------------------------
def save(room: VisitRoom, folder: Path) -> Path:
    """Write a copy of the sealed PDF to a folder and return where it is.

    Raises: RecordError("not_sealed"), SealError("disk_full" | "disk_refused").
    """
    data = sealed_file(room)
    if data is None:
        raise RecordError("not_sealed")
    return _written(folder, room.visit.id, data)


def save_addendum(room: VisitRoom, number: int, folder: Path) -> Path:
    """Write a copy of an addendum's sealed PDF to a folder and return where it is.

    Raises: RecordError("not_sealed"), SealError("disk_full" | "disk_refused").
    """
    for each, _, data in sealed_addenda(room):
        if each == number:
            return _written(folder, f"{room.visit.id}-addendum-{number}", data)
    raise RecordError("not_sealed", number=number)


def _written(folder: Path, name: str, data: bytes) -> Path:
    from chairside.record.write import write_record  # start-up: see the top

    path, _ = write_record(folder, name, data)
    return path


# -- the job ----------------------------------------------------------------------------------
def _demand_certifier(certifier: Proof, person: str) -> None:
    if certifier.who.person != person:
        raise NotAllowed("not_the_certifier", person=person)


def _sealed_numbers(room: VisitRoom) -> frozenset[int]:
    kept = (by.fact for by in room.visit.addenda_sealed)
    return frozenset(fact.number for fact in kept if isinstance(fact, AddendumSealed))


def _job(room: VisitRoom, content: record.Content, certifier: Proof, about: Ending | AddendumKind) -> Job:
    from chairside.record.seal import Act as SealingAct  # start-up: see the top
    from chairside.record.seal import Authority, Signer  # start-up: see the top

    clinic, who, meaning = room.clinic, certifier.who, content.certifier.meaning
    sealing = clinic.secret("certificate:seal").decode()
    return Job(
        content=content,
        certifier=Signer(certifier.key, clinic.certificates[who.person], who.name, meaning, who.role),
        seal=Signer(clinic.signing_key("seal"), sealing, holder(sealing).name, "seal", "seal"),
        authority=Authority(clinic.root_certificate(), (clinic.secret("revoked").decode(),)),
        act=SealingAct(about, clinic.scribe.clock.now()),
        leaf=content.proof.index,
        number=content.addendum.number if content.addendum else 0,
    )
