"""Until when the record of a visit is kept at least (Q44): a date to show, nothing ever deletes anything."""

from __future__ import annotations

from datetime import date

from chairside.domain.gate import local_day
from chairside.domain.visit import Visit

LEAST_KEPT_YEARS = 10  # Source: E10, V2 (tissue: ten years after it was used)
KEPT_TO_AGE = 19  # Units: years. Source: E10 (of a child at least one year past 18)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February the day after it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def kept_until(visit: Visit, years: int) -> date | None:
    """Return the last day of keeping: after the last that was done, and past a child's growing up.

    `years` are the clinic's, never fewer than the least. None: the visit is not over.
    """
    last = (visit.marks or (visit.concluded,))[-1]
    if last is None or visit.patient is None:
        return None
    whole = years_after(local_day(last), max(years, LEAST_KEPT_YEARS))
    return max(whole, years_after(visit.patient.born, KEPT_TO_AGE))
