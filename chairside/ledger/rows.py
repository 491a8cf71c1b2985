"""What the ledger takes and gives: drafts, proofs, projection rows and the report of a check."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from chairside.domain.facts import Body, Ending, Role

AnchorFound: TypeAlias = Literal["matches", "missing", "unreadable"]


class Draft(Struct, frozen=True):
    """A fact about to be stored: its body, a signature (DER, base64) over its bytes, its attachments."""

    body: Body
    signature: str | None = None
    blobs: tuple[bytes, ...] = ()


class LeafProof(Struct, frozen=True):
    """That `leaf` is number `index` of a tablet's tree of `size` leaves with this root; hashes in hex."""

    leaf: str
    index: int
    size: int
    root: str
    proof: tuple[str, ...]


class Head(Struct, frozen=True):
    """The state of one tablet's log: last number, chain value, tree size and root; hashes in hex."""

    tablet: str
    number: int
    chain: str
    size: int
    root: str


class Report(Struct, frozen=True):
    """What a whole check went through and found in order; `anchor` is the second voice beside the store."""

    facts: int
    signatures: int
    leaves: int
    blobs: int
    heads: tuple[Head, ...]
    anchor: AnchorFound


class PatientRow(Struct, frozen=True):
    """A patient, as found by type-ahead."""

    patient: str
    name: str
    born: date
    phone: str


class VisitRow(Struct, frozen=True):
    """A visit, whatever became of it: `sealed` is the record's SHA-256, `holder` "patient" or empty.

    Shape: `given_on` is the local day of the first injection; `unsealed` counts addenda without a file.
    """

    visit: str
    patient: str
    name: str
    session: int
    injection: datetime
    ending: Ending | None
    sealed: str | None
    physician: str = ""
    given_on: date | None = None
    holder: str = ""
    unsealed: int = 0
    error: bool = False
    over: bool = False


VialStatus: TypeAlias = Literal[
    "expected", "came", "not_coming", "received", "checked", "accepted", "quarantined", "rejected",
    "assigned", "opened", "thawed", "used", "partly_used", "discarded", "returned",
]  # fmt: skip


class VialRow(Struct, frozen=True):
    """A vial and where it stands, or one that is expected (without a code; `due` and `reference` then)."""

    stream: str
    code: str
    supplier: str
    product: str
    lot: str
    expires: date | None
    status: VialStatus
    visit: str | None
    strength: int | None = None  # Units: million cells
    due: datetime | None = None
    reference: str = ""
    sheet: str = ""
    expected: str = ""
    entered_by: str = ""
    thawed_at: datetime | None = None
    changed_at: datetime | None = None
    meant_for: str = ""  # the visit it was expected for


class SheetRow(Struct, frozen=True):
    """A donor-test sheet and how many vials it covers."""

    stream: str
    supplier: str
    donor: str
    lot: str
    entered_by: str
    checked_by: str
    vials: int


class CopyRow(Struct, frozen=True):
    """A paper that a patient is still owed."""

    visit: str
    patient: str
    name: str
    what: Literal["notices", "record", "aftercare"]
    owed_at: datetime


class TryRow(Struct, frozen=True):
    """The wrong PINs of a person in a row at one tablet, and when the last try was."""

    in_a_row: int
    at: datetime


class DayRow(Struct, frozen=True):
    """A day at one tablet: when it was opened and closed last."""

    day: date
    opened_at: datetime | None
    closed_at: datetime | None


class PersonRow(Struct, frozen=True):
    """A staff member; never deleted, at most disabled."""

    person: str
    name: str
    role: Role
    certificate: str
    disabled: bool
