"""What is on file about a person, and which papers the person was given."""

from __future__ import annotations

from datetime import date
from typing import Literal

from chairside.domain.facts.kinds import Fact


class PatientAdded(Fact, frozen=True, tag=True):
    """A person is on file."""

    name: str
    born: date
    phone: str
    address: str
    letters_by: Literal["post", "phone", "in_person"]
    letters_language: str


class CopyHanded(Fact, frozen=True, tag=True):
    """A paper that was owed to the person was given, `what` from the visit named."""

    visit: str
    what: Literal["notices", "record", "aftercare"]


class PatientSeen(Fact, frozen=True, tag=True):
    """Somebody of the staff opened a visit of this person, or was shown name and birth date by a search."""

    why: Literal["new_visit", "searched"]
