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
    """A visit that is open, or concluded and not yet sealed (`ending` set, `sealed` None)."""

    visit: str
    patient: str
    name: str
    session: int
    injection: datetime
    ending: Ending | None
    sealed: str | None


class VialRow(Struct, frozen=True):
    """A vial and where it stands."""

    stream: str
    code: str
    supplier: str
    product: str
    lot: str
    expires: date
    status: Literal["received", "checked", "accepted", "assigned"]
    visit: str | None


class PersonRow(Struct, frozen=True):
    """A staff member; never deleted, at most disabled."""

    person: str
    name: str
    role: Role
    certificate: str
    disabled: bool
