"""The gate P3: all findings of a visit, what the physician's rulings lift, and the verdict.

Strictest first: do_not_treat > defer > hold > incomplete > physician > clear. Only a finding of
weight PHYSICIAN can be lifted, one by one, each with a reason; no role lifts anything above it.
Health answers expire with their day, and so does the list of medicines: a pill taken between consent
and injection would never be asked about. An expired yes or not sure of an absolute question goes on
standing: waiting for midnight must not make the verdict laxer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from msgspec import structs

from chairside.domain import checklist, evidence, notes, premedication, seen, washout
from chairside.domain.book import Book
from chairside.domain.facts import RuledOn, Stamped
from chairside.domain.finding import Finding, worst
from chairside.domain.form import Choice, Drugs, Verdict
from chairside.domain.replies import Reply
from chairside.domain.visit import Key, Told, Visit
from chairside.domain.when import When

MEDICINES = washout.MEDICINES
CONSENT = "consent"
OF_ONE_DAY = (checklist.HEALTH_CHECK, MEDICINES)  # forms whose answers count on the day they were told only
LEAST_MONTHS = 4  # Source: product.md P7
NEEDLING_FROM_YEARS = 22  # Source: C8, R25 (FDA authorised microneedling for this age and over)
EXPLANATIONS = 2  # re-explanations without a right answer that raise "understanding" (product.md, Read)


def screening(book: Book, replies: Mapping[Key, Reply], born: date, when: When) -> tuple[Finding, ...]:
    """Return the findings of health check and medicines together, before any ruling."""
    health = checklist.findings(book.forms[checklist.HEALTH_CHECK], replies, born, when.injection_day)
    medicines = book.forms[MEDICINES]
    taken = tuple(
        finding
        for item in medicines.items
        if isinstance(item, Drugs)
        for finding in washout.findings(item, replies.get((MEDICINES, item.id)), book.drugs, when)
    )
    if not any(isinstance(item, Drugs) and item.id == washout.NSAIDS for item in medicines.items):
        taken = (*taken, Finding("nsaids_unanswered", Verdict.INCOMPLETE, (washout.NSAIDS,)))
    return (*health, *taken)


def local_day(stamped: Stamped) -> date:
    """Return the clinic's day on which a fact happened."""
    at = stamped.stamp.happened or stamped.stamp.utc
    return (at + timedelta(minutes=stamped.stamp.offset_minutes)).date()


def settled_by(visit: Visit) -> Stamped | None:
    """Return the act a visit that is over is judged at, and not at the midnight after it.

    A deferral is judged when it was decided, whenever it is countersigned; a visit that was stopped
    when the patient was last asked, so that what was answered does not read as left open.
    """
    decision = visit.decision
    if visit.countersigned is not None and decision is not None and decision.ruling != "proceed":
        return visit.decided
    if visit.stopped is not None:
        asked = (rows[-1].by for key, rows in visit.told.items() if key[0] in OF_ONE_DAY)
        return max(asked, key=lambda by: by.stamp.utc, default=visit.stopped)
    return visit.countersigned or visit.concluded


def _expired(book: Book, key: Key, told: Told, today: date) -> bool:
    of_today = key[0] not in OF_ONE_DAY or local_day(told.by) >= today
    # What is measured or dated beside a question, no form asks for: with an older text it would go unasked,
    # so what asks for a ruling stands until it is told again.
    if of_today and (not told.outdated or evidence.says(key[1], told.reply, today) != "no"):
        return False
    return not checklist.stands(book.item(*key), told.reply)


def current(book: Book, visit: Visit, when: When) -> Visit:
    """Return the visit without the answers that expired at the end of their day (product.md P2)."""
    settled = settled_by(visit)
    today = local_day(settled) if settled else when.today
    told = {key: rows for key, rows in visit.told.items() if not _expired(book, key, rows[-1], today)}
    return visit if len(told) == len(visit.told) else structs.replace(visit, told=told)


def understood(item: Choice, visit: Visit, form: str) -> bool:
    """Tell whether the last answer to a teach-back question is the right one."""
    return visit.option(form, item.id) == item.right


def understanding(book: Book, visit: Visit) -> tuple[Finding, ...]:
    """Return one finding for each teach-back question still wrong after two re-explanations."""
    form = book.forms.get(CONSENT)
    return tuple(
        Finding("understanding_raised", Verdict.PHYSICIAN, (item.id,), item.id)
        for item in (form.items if form else ())
        if isinstance(item, Choice)
        and item.right
        and visit.explained.get((CONSENT, item.id), 0) >= EXPLANATIONS
        and not understood(item, visit, CONSENT)
    )


def months_between(since: date, on: date) -> int:
    """Return the whole months from one day to another."""
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)


def interval(visit: Visit, when: When) -> tuple[Finding, ...]:
    """Return the note that the treatment was given less than four months ago (P7): it stops nothing."""
    if visit.last_given is None:
        return ()
    months = months_between(visit.last_given, when.injection_day)
    if months < 1:  # "0 months ago" tells nobody anything
        return (Finding("second_session_within_month", Verdict.CLEAR, ()),)
    early = Finding("second_session_early", Verdict.CLEAR, (), str(months))
    return (early,) if months < LEAST_MONTHS else ()


def needling(born: date, when: When) -> tuple[Finding, ...]:
    """Return the note that needles that are rolled over the skin are authorised from 22 years on (C8)."""
    young = checklist.years_old(born, when.injection_day) < NEEDLING_FROM_YEARS
    return (Finding("needling_under_22", Verdict.CLEAR, ()),) if young else ()


def findings(book: Book, visit: Visit, when: When) -> tuple[Finding, ...]:
    """Return every finding of the visit, strictest first."""
    if visit.patient is None:
        return (Finding("patient_missing", Verdict.INCOMPLETE, ()),)
    now = current(book, visit, when)
    screened = screening(book, now.replies, visit.patient.born, when)
    medical = (*evidence.notes(now.replies), *notes.notes(book.drugs, now, when))
    told = (*interval(visit, when), *needling(visit.patient.born, when), *medical, *seen.notes(now))
    found = (*screened, *understanding(book, now), *premedication.findings(now), *seen.donor(now), *told)
    return tuple(sorted(found, key=lambda finding: -finding.weight))


def key_of(finding: Finding) -> str:
    """Return what a ruling names: the finding's id, with the drug or question it is about."""
    return f"{finding.id}:{finding.about}" if finding.about else finding.id


def _lifted(finding: Finding, ruling: RuledOn | None, ordered: Collection[str]) -> bool:
    if finding.weight is not Verdict.PHYSICIAN or ruling is None or not ruling.reason.strip():
        return False
    if not finding.mitigations:
        return True
    return ruling.mitigation in finding.mitigations and ruling.mitigation in ordered


def standing(
    found: tuple[Finding, ...], ruled: Mapping[str, RuledOn], ordered: Collection[str]
) -> tuple[Finding, ...]:
    """Return the findings that no ruling lifts: it lifts PHYSICIAN only, and needs a reason.

    Where the form names mitigations, the ruling names one of them and the decision orders it (Q27).
    """
    return tuple(each for each in found if not _lifted(each, ruled.get(key_of(each)), ordered))


def uncovered(found: tuple[Finding, ...], visit: Visit) -> tuple[Finding, ...]:
    """Return the findings the decision in force does not cover.

    Its own rulings count, and only for what was answered before it: a later answer asks for a new decision.
    """
    decision = visit.decision
    given = decision.rulings if decision else ()
    since = {key[1] for key, told in visit.told.items() if told[-1].place > visit.decided_place}
    weighed = tuple(each for each in found if each.weight is not Verdict.CLEAR)  # a note asks for nothing
    ordered = decision.premedication if decision else ()
    stand = standing(weighed, {ruling.finding: ruling for ruling in given}, ordered)
    return tuple(finding for finding in weighed if finding in stand or since & set(finding.items))


def screened_since(visit: Visit) -> bool:
    """Tell whether the patient was asked anything anew, that the gate weighs, since the decision."""
    return any(
        key[0] in (checklist.HEALTH_CHECK, MEDICINES, CONSENT) and told[-1].place > visit.decided_place
        for key, told in visit.told.items()
    )


def stops(found: tuple[Finding, ...]) -> bool:
    """Tell whether the visit goes straight to the decision: an absolute yes or not sure stands."""
    return worst(found) >= Verdict.HOLD
