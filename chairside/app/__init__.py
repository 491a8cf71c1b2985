"""The composition root: the only place that builds across floors. Nothing here decides anything."""

from __future__ import annotations

from chairside.app.demo import (
    Demo,
    day_of,
    demo_clinic,
    demo_settings,
    opening_clock,
    window,
)
from chairside.app.leave import RECORD, Left, judge, leave_record
from chairside.app.stage import StageClock

__all__ = [
    "RECORD",
    "Demo",
    "Left",
    "StageClock",
    "day_of",
    "demo_clinic",
    "demo_settings",
    "judge",
    "leave_record",
    "opening_clock",
    "window",
]
