"""The date on a label, as people copy it: a month is good through its last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_LABEL = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


def last_day(text: str) -> date | None:
    """Return the last day on which something labelled YYYY-MM or YYYY-MM-DD is good, or None."""
    found = _LABEL.fullmatch(text.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        return date(year, month, int(found[3] or monthrange(year, month)[1]))
    except ValueError:  # calendar's own error for a thirteenth month is one of these
        return None


def unfit(text: str, on: date) -> str | None:
    """Refuse a date that cannot be read, or that has passed by the day of use."""
    last = last_day(text)
    if last is None:
        return "expiry_unreadable"
    return "expired" if last < on else None
