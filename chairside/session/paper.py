"""From a concluded visit to a sealed PDF: gather, build, certify, seal, keep.

The sealed file is kept inside the encrypted store, in the same transaction as the fact that names
its SHA-256, not as a file beside it: a stolen tablet must give away no record (T3), and a record is
then on disk whole or not at all. `save` writes a copy to a folder that a person names.

`prepare` reads the ledger on the caller's thread and holds the certifier's key; `Job.run` is the
plain function that the work lane runs; `finish` stores what came out. A job that fails leaves the
visit concluded and not sealed, which can be tried again with the certifier's PIN.

What draws and signs is imported when it is first used, by `warm` while a visit is open: at start it
would cost 0.8 s before the first page.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chairside import canon, keys
from chairside.domain.facts import Countersigned, Ending, HeadSigned, Sealed, Signed, Stamped, Stopped
from chairside.domain.ink import Stroke, width_um
from chairside.errors import NotAllowed, RecordError
from chairside.keys.certificates import holder
from chairside.record import content as record
from chairside.session.scribe import Act
from chairside.session.staff import Proof
from chairside.session.view import View
from chairside.session.visit import VisitRoom, vial_stream

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
    """Everything a work lane needs to make one record, and nothing of the ledger."""

    content: record.Content
    certifier: Signer
    seal: Signer
    authority: Authority
    act: SealingAct
    leaf: int

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


def outline(stroke: Stroke) -> tuple[tuple[int, int, int], ...]:
    """Return the shape of a stroke alone: (x, y, width) in 1/100 mm, without time or pressure."""
    return tuple((point.x_um // 10, point.y_um // 10, width_um(point) // 10) for point in stroke.points)


def ending_of(room: VisitRoom) -> Ending:
    """Return how the visit ended. Raises: RecordError("not_concluded")."""
    concluded = room.visit.concluded
    if concluded is None:
        raise RecordError("not_concluded")
    ending: Ending = concluded.fact.ending  # type: ignore[union-attr]
    return ending


def certifier_of(room: VisitRoom) -> str:
    """Return the person whose PIN sealing waits for."""
    closing = room.visit.countersigned or room.visit.stopped
    return closing.stamp.person if closing else ""


def _meaning(room: VisitRoom) -> str:
    closing = room.visit.countersigned or room.visit.stopped
    fact = closing.fact if closing else None
    if isinstance(fact, Countersigned):
        return fact.meaning
    return fact.reason if isinstance(fact, Stopped) else ""


def sign_head(room: VisitRoom) -> Stamped:
    """Let the tablet sign the state of its log as it stands, and return the stored fact."""
    clinic = room.clinic
    tablet = clinic.scribe.desk.tablet
    head = clinic.ledger.head(tablet)
    data = canon.head_bytes(tablet, head.number, head.chain, head.size, head.root)
    signature = b64encode(keys.sign(clinic.signing_key("tablet"), data)).decode()
    fact = HeadSigned(head.number, head.chain, head.size, head.root, signature)
    return clinic.scribe.write(Act(certifier_of(room), f"device:{tablet}"), [fact])[0]


def _bodies(room: VisitRoom) -> tuple[Stamped, ...]:
    """Return the facts the record holds: patient's and vial's first, then the visit's up to its head."""
    visit = room.visit
    vial = room.clinic.ledger.stream(vial_stream(visit.vial.code)) if visit.vial else ()
    own = visit.facts[: [fact.hash for fact in visit.facts].index(_head(room)) + 1]
    return (*room.patient_facts(), *vial, *own)


def _head(room: VisitRoom) -> str:
    ending_of(room)
    assert room.visit.concluded is not None
    return room.visit.concluded.hash


def _proof(room: VisitRoom) -> record.Proof:
    clinic = room.clinic
    signed = sign_head(room)
    fact = signed.fact
    assert isinstance(fact, HeadSigned)
    leaf = clinic.ledger.leaf(_head(room), fact.tree_size)
    return record.Proof(
        head=_head(room),
        index=leaf.index,
        size=leaf.size,
        root=leaf.root,
        path=leaf.proof,
        certificate=clinic.secret("certificate:tablet").decode(),
        signed_head=clinic.ledger.body_bytes(signed.hash).decode(),
    )


def _strokes(room: VisitRoom) -> dict[str, tuple[tuple[int, int, int], ...]]:
    signed = (*room.visit.signed.values(), room.visit.countersigned)
    digests = [
        stroke
        for stamped in signed
        if stamped is not None and isinstance(stamped.fact, (Signed, Countersigned))
        for stroke in stamped.fact.strokes
    ]
    return {digest: outline(room.stroke(digest)) for digest in digests}


def _clinic(room: VisitRoom) -> record.Clinic:
    founded = room.clinic.founded
    return record.Clinic(
        name=founded.name,
        address=founded.address,
        phone_24h=founded.phone_24h,
        zone=founded.zone,
        profile=founded.profile,
        root_sha256=founded.root_sha256,
        demo=founded.demo,
    )


def gather(room: VisitRoom, certifier: Proof) -> record.Content:
    """Return the record's whole content, frozen."""
    from chairside.record.sentences import sentences  # start-up: see the top

    view = room.view()
    facts = _bodies(room)
    ledger = room.clinic.ledger
    acted = {stamped.stamp.person for stamped in facts} & set(room.clinic.people)
    forms = tuple(room.book.forms[name] for name in sorted(room.book.forms))
    who = certifier.who
    languages = {view.language, room.clinic.founded.language}
    return record.Content(
        schema=record.SCHEMA,
        generator=record.generator(),
        generator_digest=record.generator_digest(),
        record_id=record.record_id(_head(room)),
        visit=room.visit.id,
        ending=ending_of(room),
        clinic=_clinic(room),
        language=view.language,
        staff_language=room.clinic.founded.language,
        people={
            p: record.Person(room.clinic.people[p].name, room.clinic.people[p].role) for p in sorted(acted)
        },
        bodies=tuple(ledger.body_bytes(stamped.hash).decode() for stamped in facts),
        signatures={stamped.hash: stamped.signature for stamped in facts if stamped.signature},
        certificates={p: room.clinic.certificates[p] for p in sorted(acted)},
        forms=forms,
        plan=room.book.plan,
        strokes=_strokes(room),
        findings=_found(view),
        verdict=view.verdict.word,
        proof=_proof(room),
        words={language: sentences(language) for language in sorted(languages)},
        certifier=record.Certifier(who.person, who.name, who.role, _meaning(room)),
        demo=room.clinic.demo,
        sample=any(prose.status != "approved" for form in forms for prose in form.prose.values()),
    )


def _found(view: View) -> tuple[record.Found, ...]:
    return tuple(record.Found(each.id, each.weight.word, each.items, each.about) for each in view.findings)


def prepare(room: VisitRoom, certifier: Proof) -> Job:
    """Gather everything for sealing under the certifier's open key.

    Raises: NotAllowed("not_the_certifier") where somebody else's PIN was given,
    NotAllowed("already_sealed"); RecordError.
    """
    from chairside.record.seal import Act as SealingAct  # start-up: see the top
    from chairside.record.seal import Authority, Signer  # start-up: see the top

    ending = ending_of(room)
    if room.visit.sealed is not None:
        raise NotAllowed("already_sealed")
    if certifier.who.person != certifier_of(room):
        raise NotAllowed("not_the_certifier", person=certifier_of(room))
    clinic = room.clinic
    content = gather(room, certifier)
    certificate = clinic.certificates[certifier.who.person]
    sealing = clinic.secret("certificate:seal").decode()
    return Job(
        content=content,
        certifier=Signer(certifier.key, certificate, certifier.who.name, _meaning(room), certifier.who.role),
        seal=Signer(clinic.signing_key("seal"), sealing, holder(sealing).name, "seal", "seal"),
        authority=Authority(clinic.root_certificate(), (clinic.secret("revoked").decode(),)),
        act=SealingAct(ending, clinic.scribe.clock.now()),
        leaf=content.proof.index,
    )


def finish(room: VisitRoom, job: Job, made: Made) -> View:
    """Store the sealed file and its SHA-256 in the visit, and return the view."""
    return room.sealed(Sealed(made.sha256, job.leaf), made.data)


def sealed_file(room: VisitRoom) -> bytes | None:
    """Return the sealed PDF of a visit, or None while there is none."""
    sealed = room.visit.sealed.fact if room.visit.sealed else None
    return room.clinic.ledger.blob(sealed.sha256) if isinstance(sealed, Sealed) else None


def save(room: VisitRoom, folder: Path) -> Path:
    """Write a copy of the sealed PDF to a folder and return where it is.

    Raises: RecordError("not_sealed"), SealError("disk_full" | "disk_refused").
    """
    from chairside.record.write import write_record  # start-up: see the top

    data = sealed_file(room)
    if data is None:
        raise RecordError("not_sealed")
    path, _ = write_record(folder, room.visit.id, data)
    return path
