"""What happens to the clinic itself: founded, staffed, its forms in force, its suppliers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from chairside.domain.facts.kinds import Ages, Fact, Profile, Role


class ClinicFounded(Fact, frozen=True, tag=True):
    """A clinic exists: its name, phone, profile and the fingerprint of its root key.

    Units: `idle_minutes` before a visit's staff page locks (2-5), `keep_years` of a record. `counsel*` name
    who answered for the notices of a profile that ships none. `physician_alone`: one person may check and
    countersign (T6).
    """

    name: str
    address: str
    phone_24h: str
    zone: str
    profile: Profile
    language: str
    root_sha256: str
    demo: bool
    consent_valid_days: int
    release_hours: int
    ages: Ages = "any"
    idle_minutes: int = 3
    physician_alone: bool = False
    counsel: str = ""
    counsel_on: date | None = None
    counsel_memo: str = ""
    keep_years: int = 10


class StaffAdded(Fact, frozen=True, tag=True):
    """A person may act in a role; `certificate` is PEM."""

    person: str
    name: str
    role: Role
    certificate: str


class StaffDisabled(Fact, frozen=True, tag=True):
    """A person may no longer act."""

    person: str
    reason: str


class FormAdopted(Fact, frozen=True, tag=True):
    """A version of a form is in force from now on."""

    form: str
    version: str
    digest: str


class SupplierAdded(Fact, frozen=True, tag=True):
    """A supplier of vials is known, or known anew; the limits are the supplier's own, none is invented.

    Units: `thaw_limit_minutes` from thawed to the last injection; None: the supplier states none (V18).
    `may_move`: an unthawed vial may go to another visit. The rest is what the supplier is known by (V17):
    FDA registration and when somebody looked it up, state licence, accreditation, the instructions for use
    by document and version, the storage temperature they ask for, and whom to call on a recall.
    """

    name: str
    address: str
    phone: str
    thaw_limit_minutes: int | None
    may_move: bool
    registration: str = ""
    registration_checked: date | None = None
    licence: str = ""
    accreditation: str = ""
    instructions: str = ""
    storage: str = ""
    recall_contact: str = ""


class NoticeWaived(Fact, frozen=True, tag=True):
    """Visits opened from now on leave a notice of the law out, on a document that says it does not apply.

    `notice` is its item; `on` the day of the document: an FDA investigational exemption (IND), or a memo of
    the clinic's counsel (Q7, R15).
    """

    notice: str
    basis: Literal["ind", "counsel_memo"]
    reference: str
    on: date


class NoticeRestored(Fact, frozen=True, tag=True):
    """Visits show the notice again: those opened from now on, and each that left it out and goes on."""

    notice: str
