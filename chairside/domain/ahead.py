"""Consent signed ahead of the day (P6): how long it holds, and what is said again on the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import structs

from chairside.domain import gate, people
from chairside.domain.book import Book
from chairside.domain.facts import Signed, SignedOnPaper, Stamped
from chairside.domain.form import Step
from chairside.domain.gate import local_day
from chairside.domain.visit import ASSENT, VIAL, Visit
from chairside.domain.when import When

SIGN = "sign"
AT_THE_CHAIR = ("premedication", VIAL)  # given, drawn and shown on the day of the injection, not before it


def as_of(visit: Visit, when: When) -> date:
    """Return the clinic's day a visit is judged on: the day it was settled, else today."""
    settled = gate.settled_by(visit)
    return local_day(settled) if settled else when.today


def _form(book: Book) -> str:
    return next((step.form for step in book.plan.steps if step.id == SIGN), "")


def _signed_on(visit: Visit, form: str) -> date | None:
    """Return the day who consents signed a form; who signs beside them later makes it no younger."""
    by = people.signed_by(structs.replace(visit, papers={}), form)
    return local_day(by) if by else None


def too_old(book: Book, visit: Visit, when: When) -> bool:
    """Tell whether the consent was signed longer ago than the clinic lets it count."""
    signed = _signed_on(visit, _form(book))
    valid = timedelta(days=book.terms.consent_valid_days)
    return signed is not None and signed + valid < as_of(visit, when)


def agreed_at(book: Book, visit: Visit, when: When) -> datetime | None:
    """Return when who consents first signed today: the consent, or on its day that one of before holds."""
    forms = {_form(book), *(step.form for step in book.plan.steps if step.due == "signed_ahead")}
    day, who = as_of(visit, when), people.consenting(visit)
    signed = (
        by.stamp.happened or by.stamp.utc
        for by in visit.facts
        if isinstance(by.fact, Signed | SignedOnPaper)
        and by.fact.signer == who
        and by.fact.pad.partition(".")[0] in forms
        and local_day(by) == day
    )
    return min(signed, default=None)


def counts(book: Book, visit: Visit, when: When, pad: str, by: Stamped) -> bool:
    """Tell whether a signature of this age would still count: some are of the day only, a consent of more."""
    form, day = pad.partition(".")[0], as_of(visit, when)
    if form == _form(book):
        return local_day(by) + timedelta(days=book.terms.consent_valid_days) >= day
    of_the_day = {VIAL, *(step.form for step in book.plan.steps if step.due == "signed_ahead")}
    return form not in of_the_day or local_day(by) >= day


def _without(visit: Visit, form: str, day: date) -> Visit:
    """Take away what was read and signed on a form before this day."""
    pads = {pad for pad, by in visit.signed.items() if pad.startswith(f"{form}.") and local_day(by) < day}
    read = {key: by for key, by in visit.read.items() if key[0] != form or local_day(by) >= day}
    if not pads and len(read) == len(visit.read):
        return visit
    return structs.replace(
        visit,
        signed={pad: by for pad, by in visit.signed.items() if pad not in pads},
        pads={pad: ink for pad, ink in visit.pads.items() if pad not in pads},
        read=read,
    )


def _at_the_chair(visit: Visit, day: date) -> Visit:
    """Take away what was done at the chair on an earlier day: it is done again, after the reaffirmation."""
    told = {
        k: rows for k, rows in visit.told.items() if k[0] not in AT_THE_CHAIR or local_day(rows[-1].by) >= day
    }
    closed = {s: by for s, by in visit.closed.items() if s not in AT_THE_CHAIR or local_day(by) >= day}
    if (len(told), len(closed)) == (len(visit.told), len(visit.closed)):
        return visit
    kept = structs.replace(visit, told=told, closed=closed)
    vials = tuple(vial for vial in visit.vials if vial.code in kept.codes)
    return _without(structs.replace(kept, vials=vials), VIAL, day)


def _without_old_ink(visit: Visit, day: date) -> Visit:
    """Take away ink that was drawn on an earlier day and never signed: one tap must not sign it today."""
    pads = {
        pad: ink
        for pad, ink in visit.pads.items()
        if pad in visit.signed or ink.day is None or ink.day >= day
    }
    return visit if len(pads) == len(visit.pads) else structs.replace(visit, pads=pads)


def current(book: Book, visit: Visit, when: When) -> Visit:
    """Return the visit without the answers, and without the signatures, that count no longer today."""
    day = as_of(visit, when)
    now = _without_old_ink(_at_the_chair(gate.current(book, visit, when), day), day)
    for step in book.plan.steps:
        if step.due == "signed_ahead":  # what is said again on the day was not said the day before
            now = _without(now, step.form, day)
    papers = {pad: by for pad, by in now.papers.items() if counts(book, visit, when, pad, by)}
    now = now if papers == now.papers else structs.replace(now, papers=papers)
    if not too_old(book, visit, when):
        return now
    return _without(_without(now, _form(book), day), ASSENT, day)


def is_due(book: Book, step: Step, visit: Visit, when: When) -> bool:
    """Tell whether a step counts in this visit, given without what counts no longer (`current`).

    Reaffirming is due only where the consent is of an earlier day, an assent only where a child is asked.
    """
    if step.due == "always":
        return True
    if step.due == "minor":
        return people.assent_due(visit, when)
    signed = _signed_on(visit, _form(book))
    return signed is not None and signed < as_of(visit, when)
