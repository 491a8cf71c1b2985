"""What the physician should know of the medicines and need not rule on: notes, of the weight CLEAR.

The three-day rule stays the gate (C19). A note says what that rule does not: what is still in the body,
what platelets need, and that a steroid does what the rule asks NSAIDs not to do. None says stop.
"""

from __future__ import annotations

from datetime import timedelta

from chairside.domain.drugs import Drug, DrugList
from chairside.domain.finding import Finding
from chairside.domain.form import Verdict
from chairside.domain.replies import DrugsTaken, DrugTaken, Never
from chairside.domain.visit import Visit
from chairside.domain.washout import MEDICINES, NSAIDS, WASHOUT_BEFORE_HOURS, last_dose_at
from chairside.domain.when import When

PLATELETS_WITHIN_DAYS = 10  # Source: C14, Q24 (platelets live 7-10 days)
WITH_STEROID = "h1_h2_steroid"


def is_slow(drug: Drug) -> bool:
    """Tell whether a drug may outlast the window before the injection (C19)."""
    return drug.is_nsaid == "yes" and drug.clears_hours > WASHOUT_BEFORE_HOURS


def _still_there(row: DrugTaken, hours: int, when: When) -> bool:
    """Tell whether the injection may come within so many hours of the last dose; not known counts as so."""
    if isinstance(row.last_dose, Never):
        return False
    at = last_dose_at(row.last_dose, when)
    return at is None or when.injection - at < timedelta(hours=hours)


def of_row(row: DrugTaken, drug: Drug | None, when: When) -> tuple[Finding, ...]:
    """Return the notes on one drug the patient named."""
    if drug is None:
        return ()
    told: list[Finding] = []
    if is_slow(drug) and _still_there(row, drug.clears_hours, when):
        told.append(Finding("clears_slowly", Verdict.CLEAR, (NSAIDS,), row.name, days=drug.clears_days))
    shelf = drug.irreversible and row.prescribed is False
    if shelf and _still_there(row, PLATELETS_WITHIN_DAYS * 24, when):
        told.append(Finding("aspirin_platelets", Verdict.CLEAR, (NSAIDS,), row.name))
    return tuple(told)


def _steroid(visit: Visit) -> tuple[Finding, ...]:
    """Return the note on a steroid that is ordered, or chosen and not yet decided (C18, X11)."""
    chosen = visit.decision.premedication if visit.decision else (visit.option("decision", "premedication"),)
    return (Finding("steroid_and_nsaid_rule", Verdict.CLEAR, ()),) if WITH_STEROID in chosen else ()


def notes(drugs: DrugList, visit: Visit, when: When) -> tuple[Finding, ...]:
    """Return every note on the medicines told and ordered."""
    reply = visit.replies.get((MEDICINES, NSAIDS))
    rows = reply.rows if isinstance(reply, DrugsTaken) else ()
    named = tuple(note for row in rows for note in of_row(row, drugs.find(row.name), when))
    return (*named, *_steroid(visit))
