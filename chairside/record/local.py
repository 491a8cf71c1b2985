"""Clinic time on paper: zones from the tzdata package only, so that no machine's own zone files show."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from chairside.errors import RecordError

_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")


@lru_cache(maxsize=32)
def zone(name: str) -> ZoneInfo:
    """Return the zone with this IANA name. Raises: RecordError."""
    try:
        if not _ZONE.fullmatch(name):
            raise FileNotFoundError(name)
        with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as held:
            return ZoneInfo.from_file(held, key=name)
    except (OSError, ValueError) as trouble:
        raise RecordError("record_zone_unknown", zone=name) from trouble


def local(at: datetime, zone_name: str) -> datetime:
    """Return the instant on the clinic's clock."""
    return at.astimezone(zone(zone_name))
