"""What set-up asks, and everything that may be wrong with the answers: each said by its own code.

A clinic of its own is judged whole before anything is made. The demo's is not: its cast has no
administrator, and nothing in it is true.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from chairside import keys
from chairside.domain.facts import Ages, Role
from chairside.domain.keeping import LEAST_KEPT_YEARS
from chairside.domain.phones import is_phone
from chairside.errors import SettingsError
from chairside.keys.keyfile import SHORTEST_PASSPHRASE
from chairside.session.clock import zone_named
from chairside.session.texts import LONGEST_LINE, text_trouble

LANGUAGES = ("en", "es")
LONGEST_NAME = 64  # Units: characters; X.509 allows no more in a certificate's name
_PERSON = re.compile(r"[a-z0-9][a-z0-9-]{0,31}\Z")
# Source: product.md P6, Procedure, Patient mode; E10.
_LIMITS = {
    "consent_valid_days": (1, 90),
    "release_hours": (1, 24),
    "idle_minutes": (2, 5),
    "keep_years": (LEAST_KEPT_YEARS, 100),
}


@dataclass(frozen=True)
class NewStaff:
    """A staff member at set-up or later, with the first PIN."""

    person: str
    name: str
    role: Role
    pin: str


@dataclass(frozen=True)
class Charter:
    """What set-up asks; `root` is the published demo root (key PEM, certificate PEM) or None.

    `opener` is the person whose passphrase opens the store. `counsel*`: who answered for the notices of
    a profile that ships none, when, and under which memo.
    """

    name: str
    address: str
    phone_24h: str
    zone: str
    profile: Literal["california", "other"]
    language: str
    consent_valid_days: int
    release_hours: int
    opener: str
    passphrase: str
    staff: tuple[NewStaff, ...]
    root: tuple[bytes, str] | None = None
    ages: Ages = "any"
    idle_minutes: int = 3
    physician_alone: bool = False
    counsel: str = ""
    counsel_on: date | None = None
    counsel_memo: str = ""
    keep_years: int = LEAST_KEPT_YEARS

    @property
    def demo(self) -> bool:
        """Tell whether this is the demo's clinic: the published root makes it one."""
        return self.root is not None


def troubles(charter: Charter, now: datetime) -> tuple[str, ...]:
    """Return the code of everything that stands against founding a clinic of its own, in the order asked."""
    return tuple(
        dict.fromkeys(
            (
                *_house(charter),
                *_limits(charter),
                *_counsel(charter, now),
                *_people(charter),
                *_opening(charter),
            )
        )
    )


def _house(charter: Charter) -> Iterator[str]:
    if charter.demo:
        yield "demo_root"
    lines = (("clinic_name", charter.name, LONGEST_NAME), ("address", charter.address, LONGEST_LINE))
    for what, text, most in lines:
        if trouble := text_trouble(text, most):
            yield f"{what}_{trouble}"
    phone = charter.phone_24h.strip()
    if not phone:
        yield "phone_24h_missing"
    elif not is_phone(phone):
        yield "phone_24h_not_valid"
    try:
        zone_named(charter.zone)
    except SettingsError as unknown:
        yield unknown.code
    if charter.language not in LANGUAGES:
        yield "language_unknown"


def _limits(charter: Charter) -> Iterator[str]:
    for name, (least, most) in _LIMITS.items():
        if not least <= getattr(charter, name) <= most:
            yield f"{name}_out_of_range"


def _counsel(charter: Charter, now: datetime) -> Iterator[str]:
    """A profile without sourced notices goes live only on counsel's word (product.md, Notices)."""
    if charter.profile != "other":
        return
    for what, text in (("counsel", charter.counsel), ("counsel_memo", charter.counsel_memo)):
        if text_trouble(text, LONGEST_LINE):
            yield f"{what}_missing"
    if charter.counsel_on is None:
        yield "counsel_date_missing"
    elif charter.counsel_on > (now + timedelta(hours=14)).date():  # no zone is further ahead of UTC
        yield "counsel_date_in_the_future"


def _people(charter: Charter) -> Iterator[str]:
    roles = {each.role for each in charter.staff}
    needed: tuple[Role, ...] = ("administrator", "physician", "nurse")
    for role in needed:
        if role not in roles and not (role == "nurse" and charter.physician_alone):
            yield f"no_{role}"
    taken: set[str] = set()
    for each in charter.staff:
        yield from staff_troubles(each, frozenset(taken))
        taken.add(each.person)


def staff_troubles(new: NewStaff, taken: frozenset[str]) -> Iterator[str]:
    """Yield the code of everything that stands against a new member of the staff."""
    if not _PERSON.match(new.person):
        yield "person_not_valid"
    if new.person in taken:
        yield "person_twice"
    if trouble := text_trouble(new.name, LONGEST_NAME):
        yield f"staff_name_{trouble}"
    if weak := keys.pin_trouble(new.pin):
        yield weak


def _opening(charter: Charter) -> Iterator[str]:
    if charter.opener not in {each.person for each in charter.staff}:
        yield "opener_not_staff"
    yield from passphrase_troubles(charter.passphrase)


def passphrase_troubles(passphrase: str) -> Iterator[str]:
    """Yield why a passphrase is too weak to hold a store."""
    typed = unicodedata.normalize("NFKC", passphrase).strip()
    if len(typed) < SHORTEST_PASSPHRASE:
        yield "passphrase_short"
    elif len(set(typed.casefold())) < 4:  # Units: different letters; "aaaaaaaaaaaa" is no passphrase
        yield "passphrase_too_easy"
