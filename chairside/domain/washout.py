"""Medicines before the injection: the 72-hour window, and what a prescribed antithrombotic asks for.

The rule optimises the result, it is not a safety stop: a miss is the physician's to rule on.
Nothing here ever says that a prescribed antithrombotic should be stopped (C15, C16).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from chairside.domain.drugs import Drug, DrugList
from chairside.domain.finding import Finding
from chairside.domain.form import Drugs, Verdict
from chairside.domain.replies import AtMoment, DrugsTaken, DrugTaken, LastDose, Never, NotSure, OnDate, Reply
from chairside.domain.when import When

WASHOUT_BEFORE_HOURS = 72  # Source: C12, C17 (three days, absolute time; exactly 72 h is met)
RESUME_AFTER_DAYS = 21  # Source: C17 (none through and including day 21)
MEDICINES, NSAIDS = "medicines", "nsaids"  # the form, and its item


def last_dose_at(dose: LastDose, when: When) -> datetime | None:
    """Return the latest instant the dose may have been taken; None for never and not sure."""
    match dose:
        case AtMoment(at):
            return at
        case OnDate(day):
            return when.end_of_day(day)
        case Never() | NotSure():
            return None
        case _:
            assert_never(dose)


def washout_hours(item: Drugs) -> int:
    """Return the hours asked for: the form's or the floor, whichever is stricter."""
    return max(item.washout_hours, WASHOUT_BEFORE_HOURS)


def _in_window(row: DrugTaken, hours: int, when: When) -> tuple[Finding, ...]:
    if isinstance(row.last_dose, Never):
        return ()
    at = last_dose_at(row.last_dose, when)
    if at is None:
        return (Finding("last_dose_unknown", Verdict.PHYSICIAN, (NSAIDS,), row.name),)
    if when.injection - at < timedelta(hours=hours):
        return (Finding("washout_not_met", Verdict.PHYSICIAN, (NSAIDS,), row.name),)
    return ()


def _prescription(row: DrugTaken, drug: Drug) -> tuple[Finding, ...]:
    if row.prescribed is None:
        return (Finding("prescription_not_asked", Verdict.INCOMPLETE, (NSAIDS,), row.name),)
    if isinstance(row.last_dose, Never):
        return ()
    if row.prescribed is False:
        if drug.is_nsaid == "yes":  # aspirin from the shelf: the window alone speaks
            return ()
        # A prescription drug that nobody prescribed is misheard, another's, or taken unwatched.
        return (Finding("antithrombotic_not_prescribed", Verdict.PHYSICIAN, (NSAIDS,), row.name),)
    return (Finding("prescribed_antithrombotic", Verdict.PHYSICIAN, (NSAIDS,), row.name),)


def row_findings(row: DrugTaken, drug: Drug | None, hours: int, when: When) -> tuple[Finding, ...]:
    """Return the findings of one drug the patient named."""
    if drug is None or (drug.is_nsaid == "related" and not drug.antithrombotic):
        return (Finding("unknown_drug", Verdict.PHYSICIAN, (NSAIDS,), row.name),)
    prescription = _prescription(row, drug) if drug.antithrombotic else ()
    if drug.is_nsaid == "yes":
        return (*prescription, *_in_window(row, hours, when))
    return prescription


def findings(item: Drugs, reply: Reply | None, drugs: DrugList, when: When) -> tuple[Finding, ...]:
    """Return every finding of the medicines list; not asked is incomplete, an empty list is none."""
    if not isinstance(reply, DrugsTaken):
        return (Finding(item.id + "_unanswered", Verdict.INCOMPLETE, (item.id,)),)
    hours = washout_hours(item)
    return tuple(
        finding for row in reply.rows for finding in row_findings(row, drugs.find(row.name), hours, when)
    )


def resume_on(item: Drugs, when: When) -> datetime:
    """Return the first instant at which an NSAID is allowed again: the end of the last day without."""
    days = max(item.resume_days, RESUME_AFTER_DAYS)
    return when.end_of_day(when.injection_day + timedelta(days=days))
