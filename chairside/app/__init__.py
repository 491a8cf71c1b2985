"""The composition root: the only place that builds across floors. Nothing here decides anything."""

from __future__ import annotations

from chairside.app.demo import (
    Demo,
    Left,
    day_of,
    demo_clinic,
    demo_settings,
    judge,
    leave_record,
    window,
)
from chairside.app.stage import StageClock

__all__ = [
    "Demo",
    "Left",
    "StageClock",
    "day_of",
    "demo_clinic",
    "demo_settings",
    "judge",
    "leave_record",
    "window",
]
