"""What happens at one tablet: who came and went, its clock, its signed heads, its days."""

from __future__ import annotations

from datetime import date
from typing import Literal

from chairside.domain.facts.kinds import Fact


class TabletEnrolled(Fact, frozen=True, tag=True):
    """This tablet signs with this certificate (PEM)."""

    name: str
    certificate: str


class SignedIn(Fact, frozen=True, tag=True):
    """A staff member's PIN opened the staff side."""

    person: str


class SignedOut(Fact, frozen=True, tag=True):
    """The staff side was closed."""

    person: str
    why: Literal["chosen", "idle", "handed_over", "switched"]


class PinRefused(Fact, frozen=True, tag=True):
    """A wrong PIN, the how-manieth in a row."""

    person: str
    in_a_row: int


class HeadSigned(Fact, frozen=True, tag=True):
    """The tablet signed the state of its log: `chain` covers its facts 1..`last`, `root` its tree."""

    last: int
    chain: str
    tree_size: int
    root: str
    signature: str


class ClockCorrected(Fact, frozen=True, tag=True):
    """The clock was found wrong and set right by someone who may."""

    reason: str


class DayOpened(Fact, frozen=True, tag=True):
    """The day was opened at this tablet; `checks` says what was looked at: check -> what was found."""

    day: date
    checks: dict[str, str]


class DayClosed(Fact, frozen=True, tag=True):
    """The day was closed; `left` names the visits and vials that were not settled, with the reason."""

    day: date
    left: tuple[str, ...]
    reason: str = ""


class Printed(Fact, frozen=True, tag=True):
    """A paper left the tablet: what it was, whom or what it was about, how, and its SHA-256 (hex)."""

    what: str
    about: str
    how: Literal["printer", "folder"]
    sha256: str
