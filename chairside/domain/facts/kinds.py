"""What every fact is made of: its stamp, its tag, and the words several kinds of facts share."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

Role: TypeAlias = Literal["nurse", "physician", "administrator"]
Signer: TypeAlias = Literal["patient", "nurse", "physician", "representative", "interpreter", "witness"]
Beside: TypeAlias = Literal["representative", "interpreter", "witness"]  # who may be with the patient
Relation: TypeAlias = Literal[
    "parent", "legal_guardian", "health_care_agent", "conservator", "closest_relative", "other"
]
InterpreterMode: TypeAlias = Literal["in_person", "video", "phone"]
Way: TypeAlias = Literal["drawn", "by_mark", "typed"]  # how a person signs
Ruling: TypeAlias = Literal["proceed", "defer", "do_not_treat"]
Ending: TypeAlias = Literal["countersigned", "deferred", "do_not_treat", "refused", "withdrawn", "no_show"]
Profile: TypeAlias = Literal["california", "other"]
Ages: TypeAlias = Literal["adults", "from_12", "any"]  # whom the clinic treats (X14)
Awaited: TypeAlias = Literal["courier", "physician", "supplier", "patient", "laboratory", "other"]
Mark: TypeAlias = Literal[
    "thawed", "mixed", "first_injection", "last_injection", "stopped_part_way", "not_given", "emergency"
]
AddendumKind: TypeAlias = Literal["procedure", "amendment", "withdrawal", "adverse_event"]
SCHEMA = 1


class Stamp(Struct, frozen=True, forbid_unknown_fields=True):
    """Who, when, where and over which text: the envelope of every fact.

    Units: `offset_minutes` east of UTC, `monotonic_ms` since `boot`. `number` counts this tablet's
    facts from 1 without gaps; `after` holds the hashes (hex SHA-256) of the stream's heads.
    `happened` is set only where it differs from `utc`, always in the past.
    """

    schema: int
    clinic: str
    stream: str  # "visit:<id>", "patient:<id>", "vial:<code id>", "clinic:<id>", "device:<tablet>"
    tablet: str
    number: int
    after: tuple[str, ...]
    person: str
    utc: datetime
    offset_minutes: int
    zone: str
    monotonic_ms: int
    boot: str
    form: str | None  # digest of the form on screen
    language: str
    happened: datetime | None = None


class Fact(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    """A tagged fact; the tag is the class name."""
