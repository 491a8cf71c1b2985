"""The fold: a visit is made of its facts, one after the other, and of nothing else.

The facts of its patient and of the vials it points at are folded in beside it, so that a screen
and a page need one object. Every fact is kept with its stamp: the record prints them all.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from msgspec import structs

from chairside.domain import beside
from chairside.domain.codes.identity import identity
from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Answered,
    BreakTaken,
    ClearUndone,
    Concluded,
    Corrected,
    Countersigned,
    Decided,
    Explained,
    FormsRenewed,
    HandedOver,
    IdentityConfirmed,
    InkCleared,
    LanguageChosen,
    LimitPassed,
    MarkTakenBack,
    OpenedInError,
    PageRead,
    PaperAttested,
    PaperChosen,
    PatientAdded,
    PeopleFact,
    ProcedureMarked,
    QuestionRaised,
    QuestionSettled,
    ReleaseRenewed,
    Replanned,
    RuledOn,
    Sealed,
    Signed,
    SignedOnPaper,
    Stamped,
    StepClosed,
    Stopped,
    StrokeDrawn,
    TextGiven,
    VisitFact,
    VisitOpened,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.gate import local_day
from chairside.domain.replies import Coded, CodesRead, Reply
from chairside.domain.seen import still
from chairside.domain.told import Afterwards, Around, OnPage
from chairside.domain.unsigning import back_on_glass, renewed, spoken, unsigned
from chairside.domain.vial import Vial
from chairside.domain.visit import NOT_SIGNED_OVER, OUTDATES, VIAL, Key, Pad, Told, Visit, texts


def with_patient(visit: Visit, facts: tuple[Stamped, ...]) -> Visit:
    """Return the visit with its patient as the patient's own stream tells it."""
    added = [stamped.fact for stamped in facts if isinstance(stamped.fact, PatientAdded)]
    return structs.replace(visit, patient=added[-1] if added else None)


def with_vials(visit: Visit, vials: tuple[Vial, ...]) -> Visit:
    """Return the visit with the vials its codes point at; one that changed since is to be seen anew."""
    return still(structs.replace(visit, vials=vials))


def with_history(visit: Visit, last_given: date | None) -> Visit:
    """Return the visit knowing when this patient was last treated before it."""
    return structs.replace(visit, last_given=last_given)


def with_stock(visit: Visit, stock: bool) -> Visit:
    """Return the visit knowing whether an accepted vial is in the building for it."""
    return structs.replace(visit, stock=stock)


def _answered(visit: Visit, key: Key, reply: Reply, by: Stamped) -> Visit:
    told = Told(reply, by, len(visit.facts))
    kept = visit if visit.concluded is not None else unsigned(visit, _signed_over(visit, key, reply))
    return structs.replace(kept, told={**kept.told, key: (*kept.told.get(key, ()), told)})


def _signed_over(visit: Visit, key: Key, reply: Reply) -> str:
    """Return the form whose signature this reply outdates, or "": the same again is no change."""
    was = visit.reply(key)
    if isinstance(reply, (Coded, CodesRead)) and key[0] == VIAL:
        return "" if _vials(was) == _vials(reply) else VIAL
    if was is None and key[0] == VIAL:  # something added, a photo: what was signed over stays as it was
        return ""
    return "" if was == reply or key in NOT_SIGNED_OVER else OUTDATES.get(key[0], "")


def _vials(reply: Reply | None) -> tuple[str, ...]:
    """Return which vials a reply names: another spelling of a code is the same vial."""
    return tuple(identity(text).key for text in texts(reply))


def _step_closed(visit: Visit, step: str, by: Stamped) -> Visit:
    places = {**visit.closed_place, step: len(visit.facts)}
    return structs.replace(visit, closed={**visit.closed, step: by}, closed_place=places)


def _decided(visit: Visit, fact: Decided, by: Stamped) -> Visit:
    """Take a decision; one that replaces another asks for new ink, new strength for new signatures (P10)."""
    ruled = {**visit.ruled, **{ruling.finding: ruling for ruling in fact.rulings}}
    same = visit.decision is not None and visit.decision.strength_million == fact.strength_million
    signed, papers = (visit.signed, visit.papers) if same else ({}, {})
    pads = {name: pad for name, pad in visit.pads.items() if name in signed}
    return structs.replace(
        visit,
        decided=by,
        decided_place=len(visit.facts),
        ruled=ruled,
        signed=signed,
        papers=papers,
        pads=pads,
    )


def _ink(visit: Visit, pad: str, now: Pad) -> Visit:
    return structs.replace(visit, pads={**visit.pads, pad: now})


def _inked(visit: Visit, fact: StrokeDrawn | InkCleared | ClearUndone, by: Stamped) -> Visit:
    day = local_day(by)
    if fact.pad in visit.signed:  # the signature counts no longer (`acts` let ink on it): a clean pad
        kept = {pad: by for pad, by in visit.signed.items() if pad != fact.pad}
        visit = _ink(structs.replace(visit, signed=kept), fact.pad, Pad())
    was = visit.pads.get(fact.pad, Pad())
    if was.day is not None and was.day < day:  # what was drawn and not signed went with its day
        was = Pad()
    match fact:
        case StrokeDrawn(pad, stroke):
            return _ink(visit, pad, Pad((*was.strokes, stroke), day=day))
        case InkCleared(pad):
            return _ink(visit, pad, Pad((), was.strokes, day)) if was.strokes else visit
        case ClearUndone(pad):
            return _ink(visit, pad, Pad(was.cleared, day=day)) if was.cleared and not was.strokes else visit
        case _:
            assert_never(fact)


def _handed(visit: Visit, to_patient: bool, step: str) -> Visit:
    """Give the tablet away or take it back; in the patient's hands the visit goes on on glass."""
    kept = back_on_glass(visit) if to_patient else visit
    return structs.replace(kept, confirmed=False, confirmed_as="", with_patient=to_patient, at_step=step)


def _attested(visit: Visit, pad: str) -> Visit:
    papers = {name: by for name, by in visit.papers.items() if name != pad}
    return structs.replace(visit, signed={**visit.signed, pad: visit.papers[pad]}, papers=papers)


# One line per kind: a table in the shape of a match, so that the type checker finds a missing one.
def _around(visit: Visit, fact: Around, by: Stamped) -> Visit:  # noqa: C901, PLR0911, PLR0912
    """Take what happens beside the steps: planning, waiting, paper."""
    match fact:
        case Replanned(injection):
            return structs.replace(visit, injection=injection)
        case LanguageChosen(language):
            return spoken(visit, language)
        case FormsRenewed():
            return renewed(spoken(visit, fact.language) if fact.language else visit, fact)
        case TextGiven(what):
            first = visit.given_text or (by if what == "consent" else None)
            return structs.replace(visit, given_text=first)
        case WaitBegan(awaited):
            return structs.replace(visit, waits={**visit.waits, awaited: by})
        case WaitEnded(awaited):
            left = {name: since for name, since in visit.waits.items() if name != awaited}
            return structs.replace(visit, waits=left)
        case PaperChosen():
            return structs.replace(visit, on_paper=by, with_patient=False)
        case SignedOnPaper(pad):
            return structs.replace(visit, papers={**visit.papers, pad: by})
        case PaperAttested(pad):
            return _attested(visit, pad)
        case OpenedInError():
            return structs.replace(visit, in_error=by)
        case _:
            assert_never(fact)


def _afterwards(visit: Visit, fact: Afterwards, by: Stamped) -> Visit:
    """Take what happens after the record: the procedure and the addenda."""
    match fact:
        case ProcedureMarked():
            return structs.replace(visit, marks=(*visit.marks, by))
        case MarkTakenBack(mark):
            limit = None if mark == "thawed" else visit.limit
            return structs.replace(visit, marks=visit.marks[:-1], limit=limit)
        case ReleaseRenewed():
            return structs.replace(visit, renewed=by)
        case LimitPassed():
            return structs.replace(visit, limit=by)
        case AddendumSigned():
            return structs.replace(visit, addenda=(*visit.addenda, by))
        case AddendumConcluded():
            return structs.replace(visit, addenda_over=(*visit.addenda_over, by))
        case AddendumSealed():
            return structs.replace(visit, addenda_sealed=(*visit.addenda_sealed, by))
        case _:
            assert_never(fact)


def _on_page(visit: Visit, fact: OnPage, by: Stamped) -> Visit:
    """Take what the patient did with a page."""
    key = (fact.form, fact.item)
    match fact:
        case PageRead():
            return structs.replace(visit, read={**visit.read, key: by})
        case Explained():
            in_person = visit.in_person if visit.with_patient else {**visit.in_person, key: by}
            times = visit.explained.get(key, 0) + 1
            return structs.replace(visit, explained={**visit.explained, key: times}, in_person=in_person)
        case QuestionRaised():
            return structs.replace(visit, questions=visit.questions | {key})
        case QuestionSettled():
            return structs.replace(visit, questions=visit.questions - {key})
        case _:
            assert_never(fact)


# One line per kind: a table in the shape of a match, so that the type checker finds a missing one.
def _apply(visit: Visit, fact: VisitFact, by: Stamped) -> Visit:  # noqa: C901, PLR0911, PLR0912
    if isinstance(fact, OnPage):
        return _on_page(visit, fact, by)
    if isinstance(fact, Around):
        return _around(visit, fact, by)
    if isinstance(fact, Afterwards):
        return _afterwards(visit, fact, by)
    if isinstance(fact, PeopleFact):
        return beside.told(visit, fact, by)
    match fact:
        case VisitOpened():
            return structs.replace(visit, opened=fact, injection=fact.injection)
        case HandedOver(to, step):
            return _handed(visit, to == "patient", step)
        case IdentityConfirmed(who):
            return structs.replace(visit, confirmed=True, confirmed_as=who)
        case Answered(form, item, reply) | Corrected(form, item, reply):
            return _answered(visit, (form, item), reply, by)
        case BreakTaken():
            return visit
        case StepClosed(step):
            return _step_closed(visit, step, by)
        case RuledOn(finding):
            return structs.replace(visit, ruled={**visit.ruled, finding: fact})
        case Decided():
            return _decided(visit, fact, by)
        case StrokeDrawn() | InkCleared() | ClearUndone():
            return _inked(visit, fact, by)
        case Signed(pad):
            return structs.replace(visit, signed={**visit.signed, pad: by})
        case Countersigned():
            return structs.replace(visit, countersigned=by)
        case Stopped():
            return structs.replace(visit, stopped=by)
        case Concluded():
            return structs.replace(visit, concluded=by)
        case Sealed():
            return structs.replace(visit, sealed=by)
        case _:
            assert_never(fact)


def apply(visit: Visit, stamped: Stamped) -> Visit:
    """Return the visit after one more fact of its own stream; facts of other streams leave it as it is."""
    kept = structs.replace(visit, facts=(*visit.facts, stamped))
    return _apply(kept, stamped.fact, stamped) if isinstance(stamped.fact, VisitFact) else visit


def fold(visit_id: str, facts: tuple[Stamped, ...]) -> Visit:
    """Return the visit these facts make, in this order."""
    visit = Visit(visit_id)
    for stamped in facts:
        visit = apply(visit, stamped)
    return visit
