"""Whom the clinic treats by age (X14): judged at the opening, at the decision and at the countersignature.

A visit may be planned anew for an earlier day, on which the patient is younger than when it was opened.
"""

from __future__ import annotations

from chairside.domain.checklist import years_old
from chairside.domain.people import OF_AGE
from chairside.domain.steps import Scene

YOUNGEST = {"adults": ("adults_only", OF_AGE), "from_12": ("from_12_only", 12)}  # Source: X14


def too_young(scene: Scene) -> str | None:
    """Refuse a person this clinic does not treat at the age of the day of the injection."""
    code, least = YOUNGEST.get(scene.book.terms.ages, ("", 0))
    patient = scene.visit.patient
    return code if patient and years_old(patient.born, scene.when.injection_day) < least else None
