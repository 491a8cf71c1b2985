"""The papers a clinic prints, made from the store as it stands; `log` keeps that one left the tablet.

Poster and blank pack need no visit; a pack with a visit carries the patient's name. What draws is
imported when the first paper is made: at start it would cost 0.3 s.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import structs

from chairside.domain import folding, languages, people
from chairside.domain.book import Book
from chairside.domain.facts import ClinicFounded, ProcedureMarked
from chairside.domain.form import Form, Ink, Statement
from chairside.domain.replies import DrugsTaken, DrugTaken, Never
from chairside.domain.source import SOURCE
from chairside.domain.steps import pad_of
from chairside.domain.visit import ASSENT, Visit
from chairside.domain.washout import MEDICINES, NSAIDS
from chairside.errors import RecordError, SealError
from chairside.record import content as record
from chairside.session import prints
from chairside.session.clinic import Clinic
from chairside.session.clock import when, zone_named
from chairside.session.copies import printed as log
from chairside.session.kept import book_of, terms_of

if TYPE_CHECKING:
    from chairside.record.press import Press

__all__ = ["Kind", "log", "make", "recovery", "write_recovery"]

Kind: TypeAlias = Literal["poster", "blank_pack", "preparation", "aftercare", "recovery"]


def make(clinic: Clinic, kind: Kind, about: str = "") -> bytes:
    """Return a paper as PDF.

    `about` is the visit's id for pack (or nothing), preparation and aftercare; the item of the notices'
    form for a poster (nothing: the first one); the recovery key for the sheet of that name.
    Raises: RecordError("paper_without_text" | "visit_unknown"), FormError.
    """
    at = clinic.scribe.clock.now()
    if kind == "recovery":
        return recovery(clinic.founded, about, at)
    if kind == "poster":
        return _poster(_press(clinic.founded, at), clinic.book, about)
    visit = _visit(clinic, about) if about else None
    book = book_of(clinic, visit.opened) if visit and visit.opened else clinic.book
    press = _press(clinic.founded, at, _language(clinic.founded, book, kind, visit))
    if kind == "blank_pack":
        return _pack(press, book, visit)
    if visit is None:
        raise RecordError("visit_unknown", visit=about)
    return _take_home(press, book, kind, visit)


def _language(founded: ClinicFounded, book: Book, kind: Kind, visit: Visit | None) -> str:
    """Return the patient's language for a paper of theirs, where its text may be shown to patients."""
    if visit is None:
        whole = structs.replace(book, terms=terms_of(founded))
        return founded.language if founded.language in languages.offered(whole) else SOURCE
    form = book.forms.get(kind)  # a pack holds the pages of the visit, which are all there in its language
    shown = form is None or languages.may_be_shown(form, visit.language, drafts=founded.demo)
    return visit.language if shown else SOURCE


def recovery(founded: ClinicFounded, key: str, at: datetime) -> bytes:
    """Return the recovery sheet of a clinic, which need not exist on disk yet."""
    from chairside.record import papers  # start-up: see the top

    return papers.recovery(_press(founded, at), key)


def write_recovery(folder: Path, founded: ClinicFounded, key: str, at: datetime) -> Path:
    """Write the recovery sheet where no printer is; `prints.clear_recovery` takes it away when set-up ends.

    Raises: SealError("disk_refused").
    """
    try:
        return prints.put(folder, prints.RECOVERY, recovery(founded, key, at))
    except OSError as trouble:
        raise SealError("disk_refused", path=str(folder), reason=trouble.strerror) from trouble


def _press(founded: ClinicFounded, at: datetime, language: str = "") -> Press:
    from chairside.record.press import Press  # start-up: see the top
    from chairside.record.sentences import sentences  # start-up: see the top

    clinic = record.Clinic(
        name=founded.name,
        address=founded.address,
        phone_24h=founded.phone_24h,
        zone=founded.zone,
        profile=founded.profile,
        root_sha256=founded.root_sha256,
        demo=founded.demo,
    )
    said = language or founded.language
    return Press(said, {said: sentences(said)}, founded.zone, clinic, at)


def _visit(clinic: Clinic, visit_id: str) -> Visit:
    visit = folding.fold(visit_id, clinic.ledger.stream(f"visit:{visit_id}"))
    if visit.opened is None:
        raise RecordError("visit_unknown", visit=visit_id)
    return folding.with_patient(visit, clinic.ledger.stream(f"patient:{visit.opened.patient}"))


def _form(book: Book, name: str) -> Form:
    form = book.forms.get(name)
    if form is None:
        raise RecordError("paper_without_text", form=name)
    return form


def _poster(press: Press, book: Book, item_id: str) -> bytes:
    from chairside.record import papers  # start-up: see the top

    for step in book.plan.steps:
        form = book.form_of(step)
        for item in form.items if form else ():
            if isinstance(item, Statement) and item.statutory and item_id in ("", item.id):
                assert form is not None  # its items were just looked through
                return papers.poster(press, form, item)
    raise RecordError("paper_without_text", form=item_id or "notices")


def _pack(press: Press, book: Book, visit: Visit | None) -> bytes:
    from chairside.record.blank_pack import Whose, blank_pack  # start-up: see the top

    patient, opened = (visit.patient, visit.opened) if visit else (None, None)
    if patient is None:
        return blank_pack(press, book)
    session, lines = opened.session if opened else 1, _lines(press, book, visit) if visit else None
    waived = frozenset(opened.waived) if opened else frozenset()
    return blank_pack(press, book, Whose(patient.name, press.day(patient.born), session, lines, waived))


def _lines(press: Press, book: Book, visit: Visit) -> frozenset[str]:
    """Return the pads that are signed in this visit by who is there; an assent where a child is asked."""
    zone = zone_named(press.clinic.zone)
    now = visit.last_at or visit.injection
    assert now is not None  # the visit was opened
    child = people.assent_due(visit, when(now, visit.injection or now, zone))
    return frozenset(
        pad_of(form.id, item.id)
        for form in book.forms.values()
        for item in form.items
        if isinstance(item, Ink)
        and people.asked_to_sign(visit, form.id, item)
        and (child or form.id != ASSENT)
        and not (item.signer == "interpreter" and people.remote(visit))
    )


def _take_home(press: Press, book: Book, kind: Kind, visit: Visit) -> bytes:
    from chairside.record import papers  # start-up: see the top

    name = visit.patient.name if visit.patient else ""
    planned = visit.injection
    assert planned is not None  # the visit was opened
    if kind == "preparation":
        told = papers.Planned(name, planned, _prescribed(visit))
        return papers.preparation(press, _form(book, kind), told)
    marked = (
        by.stamp.utc
        for by in visit.marks
        if isinstance(by.fact, ProcedureMarked) and by.fact.mark == "first_injection"
    )
    day = papers.day_at(press, next(marked, planned))
    identity = record.record_id(visit.concluded.hash) if visit.concluded else ""
    given = papers.Given(name, day, visit.codes, identity, _prescribed(visit))
    return papers.aftercare(press, _form(book, kind), given)


def _prescribed(visit: Visit) -> tuple[DrugTaken, ...]:
    """Return the patient's prescribed medicines as told last, on whatever day: none is ever stopped.

    One that was never taken is none to go on with: nobody here tells a patient to begin it.
    """
    reply = visit.replies.get((MEDICINES, NSAIDS))
    rows = reply.rows if isinstance(reply, DrugsTaken) else ()
    return tuple(row for row in rows if row.prescribed and not isinstance(row.last_dose, Never))
