"""The composition root: the only place that builds across floors. Nothing here decides anything.

Its names are fetched when they are first asked for: a clinic's own start needs none of the demo.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
_LEFT = ("RECORD", "Left", "judge", "leave_record")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    where = "leave" if name in _LEFT else "stage" if name == "StageClock" else "demo"
    return getattr(import_module(f"{__name__}.{where}"), name)
