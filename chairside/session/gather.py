"""Everything one PDF is made of, gathered from the ledger and frozen: of a record, or of an addendum.

What is gathered is what stood when its last fact was concluded. A record that is made late, after
a restart or a full disk, holds no word that was said after it, and is the same file it would have been.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TypeAlias

from chairside import canon, keys
from chairside.domain import people
from chairside.domain.book import Book
from chairside.domain.facts import (
    AddendumSigned,
    CopyHanded,
    Countersigned,
    Fact,
    HeadSigned,
    PatientAdded,
    Sealed,
    Signed,
    Stamped,
    Stopped,
    SupplierAdded,
    VialAssigned,
    VialEndTakenBack,
    VialExpected,
    VialFreed,
    VialOpened,
    VialThawed,
    VialUsed,
)
from chairside.domain.form import Form
from chairside.domain.ink import Stroke, width_um
from chairside.domain.replies import DrugsTaken
from chairside.errors import RecordError
from chairside.record import content as record
from chairside.session import ending
from chairside.session.clinic import CLINIC_STREAM
from chairside.session.kept import book_of
from chairside.session.scribe import Act
from chairside.session.staff import Proof
from chairside.session.truth import pictures_of
from chairside.session.vials import sheet_of, vial_stream
from chairside.session.view import View
from chairside.session.visit import VisitRoom

_FOR_A_VISIT = (
    VialAssigned, VialEndTakenBack, VialExpected, VialFreed, VialOpened, VialThawed, VialUsed,
)  # fmt: skip
_Shapes: TypeAlias = dict[str, tuple[tuple[int, int, int], ...]]  # by its digest, a stroke's outline
_By: TypeAlias = tuple[Proof, Stamped, record.Addendum | None]  # who certifies, the last fact, what is added


def outline(stroke: Stroke) -> tuple[tuple[int, int, int], ...]:
    """Return the shape of a stroke alone: (x, y, width) in 1/100 mm, without time or pressure."""
    return tuple((point.x_um // 10, point.y_um // 10, width_um(point) // 10) for point in stroke.points)


def signed_addendum(room: VisitRoom, number: int) -> tuple[Stamped, AddendumSigned]:
    """Return an addendum as it was signed. Raises: RecordError("addendum_unknown")."""
    for by in room.visit.addenda:
        if isinstance(by.fact, AddendumSigned) and by.fact.number == number:
            return by, by.fact
    raise RecordError("addendum_unknown", number=number)


def gather(room: VisitRoom, certifier: Proof) -> record.Content:
    """Return the whole content of a visit's record. Raises: RecordError("not_concluded")."""
    head = ending.head_of(room.visit)
    own = _until(room.visit.facts, head)
    beside = (*_waivers(room), *_beside(room, head))
    return _content(room, (*beside, *own), _strokes(room), (certifier, head, None))


def gather_addendum(room: VisitRoom, number: int, certifier: Proof) -> record.Content:
    """Return the whole content of an addendum: what came after the record, up to its own end.

    Raises: RecordError("not_concluded" | "not_sealed" | "addendum_unknown").
    """
    head, (_, told) = ending.head_of(room.visit, number), signed_addendum(room, number)
    sealed = room.visit.sealed.fact if room.visit.sealed else None
    if not isinstance(sealed, Sealed):
        raise RecordError("not_sealed")
    own = _until(room.visit.facts, head)[len(_until(room.visit.facts, ending.head_of(room.visit))) :]
    about = record.Addendum(
        number=number,
        about=told.about,
        text=told.text,
        follows_id=record.record_id(ending.head_of(room.visit).hash),
        follows_sha256=sealed.sha256,
        meaning=told.meaning,
    )
    strokes = {digest: outline(room.stroke(digest)) for digest in told.strokes}
    beside = (*_suppliers(room, head), *_beside(room, head))
    return _content(room, (*beside, *own), strokes, (certifier, head, about))


def _content(room: VisitRoom, facts: tuple[Stamped, ...], strokes: _Shapes, by: _By) -> record.Content:
    from chairside.record.sentences import sentences  # start-up: see the top of paper.py

    certifier, head, addendum = by
    view, clinic, book = room.view(), room.clinic, _whole_book(room)
    acted, forms = _acted(room, facts), tuple(form for _, form in sorted(book.forms.items()))
    return record.Content(
        schema=record.SCHEMA,
        generator=record.generator(),
        generator_digest=record.generator_digest(),
        record_id=record.record_id(head.hash),
        visit=room.visit.id,
        ending=ending.ending_of(room.visit),
        clinic=_clinic(room),
        language=room.visit.language,
        staff_language=clinic.founded.language,
        people=acted,
        bodies=tuple(clinic.ledger.body_bytes(stamped.hash).decode() for stamped in facts),
        signatures={stamped.hash: stamped.signature for stamped in facts if stamped.signature},
        certificates={p: clinic.certificates[p] for p in acted},
        forms=forms,
        plan=book.plan,
        strokes=strokes,
        findings=_found(view),
        verdict=view.verdict.word,
        proof=_proof(room, head, certifier.who.person),
        words={each: sentences(each) for each in sorted({room.visit.language, clinic.founded.language})},
        certifier=_certifier(room, certifier, addendum),
        demo=clinic.demo,
        sample=_is_sample(forms, {room.visit.language, clinic.founded.language}),
        pictures=_pictures(room, facts),
        addendum=addendum,
        nsaids=_nsaids(room, book),
        drug_lists=book.drugs.status,
        brands=book.drugs.brands,
    )


def _whole_book(room: VisitRoom) -> Book:
    """Return the forms whole: what a later session leaves out still belongs to the text it was asked of."""
    assert room.visit.opened is not None  # nothing is concluded that was not opened
    return book_of(room.clinic, room.visit.opened)


def _nsaids(room: VisitRoom, book: Book) -> tuple[str, ...]:
    """Return the medicines told, ever, that the drug list counts to the washout."""
    replies = (each.reply for told in room.visit.told.values() for each in told)
    named = {row.name for reply in replies if isinstance(reply, DrugsTaken) for row in reply.rows}
    known = {name: book.drugs.find(name) for name in named}
    return tuple(sorted(name for name, drug in known.items() if drug and drug.is_nsaid == "yes"))


def _is_sample(forms: tuple[Form, ...], languages: set[str]) -> bool:
    """Tell whether a text of this record, in a language it is told in, was never approved (Q48)."""
    return any(form.told_in(each).status != "approved" for form in forms for each in languages)


def _found(view: View) -> tuple[record.Found, ...]:
    return tuple(
        record.Found(each.id, each.weight.word, each.items, each.about, each.days) for each in view.findings
    )


def _acted(room: VisitRoom, facts: tuple[Stamped, ...]) -> dict[str, record.Person]:
    """Return everybody of the staff who acts in these facts."""
    known = room.clinic.people
    names = sorted({stamped.stamp.person for stamped in facts} & set(known))
    return {name: record.Person(known[name].name, known[name].role) for name in names}


def _certifier(room: VisitRoom, by: Proof, addendum: record.Addendum | None) -> record.Certifier:
    meaning = addendum.meaning if addendum else _ending_means(room)
    return record.Certifier(by.who.person, by.who.name, by.who.role, meaning)


def _ending_means(room: VisitRoom) -> str:
    """Return what the signature of who certifies a record says: a reason alone attests nothing."""
    from chairside.record.sentences import attests  # start-up: see the top of paper.py

    stopped = room.visit.stopped
    if stopped is not None and isinstance(stopped.fact, Stopped):
        decided_for = people.consenting(room.visit) == "representative"
        return attests(room.clinic.founded.language, stopped.fact, decided_for=decided_for)
    return ending.meaning_of(room.visit)


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
        ages=founded.ages,
        physician_alone=founded.physician_alone,
        keep_years=founded.keep_years,
    )


# -- facts ------------------------------------------------------------------------------------
def _until(facts: tuple[Stamped, ...], head: Stamped) -> tuple[Stamped, ...]:
    """Return the facts up to this one, in their stored order."""
    return facts[: [fact.hash for fact in facts].index(head.hash) + 1]


def _before(stamped: Stamped, head: Stamped) -> bool:
    """Tell whether a fact of another stream was stored before: by count on one tablet, else by clock."""
    ours, theirs = stamped.stamp, head.stamp
    return ours.number < theirs.number if ours.tablet == theirs.tablet else ours.utc <= theirs.utc


def _beside(room: VisitRoom, head: Stamped) -> tuple[Stamped, ...]:
    """Return the facts of the patient, then the sheets, then the vials, as they stood at this one.

    Of the patient's stream only who it is and what was handed of this visit: who else looked at the
    file, and other visits' papers, are no part of this record. Nor is what a vial went through for another
    visit: it would name that visit, and say in free words why the vial was freed.
    """
    ledger, visit = room.clinic.ledger, room.visit
    patient = [fact for fact in room.patient_facts() if _of_this_visit(fact.fact, visit.id)]
    vials = [_not_of_another(ledger.stream(vial_stream(code)), visit.id) for code in visit.codes]
    names = dict.fromkeys(sheet for facts in vials if (sheet := sheet_of(facts)))
    sheets = [fact for name in names for fact in ledger.stream(name)]
    every = (*patient, *sheets, *(fact for facts in vials for fact in facts))
    return tuple(fact for fact in every if _before(fact, head))


def _suppliers(room: VisitRoom, head: Stamped) -> tuple[Stamped, ...]:
    """Return what was known of the suppliers of these vials: an addendum compares times with their limits."""
    ours = {each.supplier for each in room.visit.vials}
    told = room.clinic.ledger.stream(CLINIC_STREAM)
    named = (by for by in told if isinstance(by.fact, SupplierAdded) and by.fact.name in ours)
    return tuple(by for by in named if _before(by, head))


def _waivers(room: VisitRoom) -> tuple[Stamped, ...]:
    """Return by what this visit left out notices of the law: who said so, and on which document (Q7)."""
    named = room.visit.opened.waived.values() if room.visit.opened else ()
    return tuple(by for by in room.clinic.ledger.stream(CLINIC_STREAM) if by.hash in named)


def _of_this_visit(fact: Fact, visit: str) -> bool:
    return isinstance(fact, PatientAdded) or (isinstance(fact, CopyHanded) and fact.visit == visit)


def _not_of_another(facts: tuple[Stamped, ...], visit: str) -> tuple[Stamped, ...]:
    """Return the facts without those of another visit; an expectation may name none."""
    return tuple(by for by in facts if not isinstance(by.fact, _FOR_A_VISIT) or by.fact.visit in ("", visit))


def _strokes(room: VisitRoom) -> _Shapes:
    signed = (*room.visit.signed.values(), room.visit.countersigned)
    digests = [
        stroke
        for stamped in signed
        if stamped is not None and isinstance(stamped.fact, (Signed, Countersigned))
        for stroke in stamped.fact.strokes
    ]
    return {digest: outline(room.stroke(digest)) for digest in digests}


def _pictures(room: VisitRoom, facts: tuple[Stamped, ...]) -> dict[str, str]:
    """Return every photo that a fact names, base64, by its digest."""
    named = sorted({digest for stamped in facts for digest in pictures_of(stamped.fact)})
    return {digest: b64encode(room.clinic.ledger.blob(digest)).decode() for digest in named}


# -- the tablet's log -------------------------------------------------------------------------
def _proof(room: VisitRoom, head: Stamped, person: str) -> record.Proof:
    clinic = room.clinic
    signed = sign_head(room, person)
    fact = signed.fact
    assert isinstance(fact, HeadSigned)
    leaf = clinic.ledger.leaf(head.hash, fact.tree_size)
    return record.Proof(
        head=head.hash,
        index=leaf.index,
        size=leaf.size,
        root=leaf.root,
        path=leaf.proof,
        certificate=clinic.secret("certificate:tablet").decode(),
        signed_head=clinic.ledger.body_bytes(signed.hash).decode(),
    )


def sign_head(room: VisitRoom, person: str) -> Stamped:
    """Let the tablet sign the state of its log as it stands, and return the stored fact."""
    clinic = room.clinic
    tablet = clinic.scribe.desk.tablet
    head = clinic.ledger.head(tablet)
    data = canon.head_bytes(tablet, head.number, head.chain, head.size, head.root)
    signature = b64encode(keys.sign(clinic.signing_key("tablet"), data)).decode()
    fact = HeadSigned(head.number, head.chain, head.size, head.root, signature)
    return clinic.scribe.write(Act(person, f"device:{tablet}"), [fact])[0]
