"""The life of a vial, from expected to used or returned, and of the sheets that cover vials."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from chairside.domain.facts.kinds import Fact


class VialExpected(Fact, frozen=True, tag=True):
    """A vial is on its way; `reference` is the order's or courier's number, `visit` whom it is for, if known.

    It has a stream of its own: the code is known when the vial is here.
    """

    reference: str
    supplier: str
    strength_million: int
    due: datetime
    visit: str = ""


class ExpectationEnded(Fact, frozen=True, tag=True):
    """What was expected came (with this code) or will not come (without one, and why)."""

    code: str
    reason: str = ""


class VialReceived(Fact, frozen=True, tag=True):
    """A vial is in the building, as labelled; the shipment's answers follow as Answered facts.

    `sheet` names the donor-test sheet (its stream) that covers the vial, `expected` the stream it was due in.
    `entered` says how the code came in, where it was told: a typed one was typed twice (Q33).
    """

    code: str
    supplier: str
    product: str
    lot: str
    expires: date
    sheet: str = ""
    expected: str = ""
    entered: Literal["scanned", "typed", ""] = ""


class VialChecked(Fact, frozen=True, tag=True):
    """A second person compared the entries with the paper."""

    person: str


class VialAccepted(Fact, frozen=True, tag=True):
    """The shipment was accepted; the vial may be used."""


class VialAssigned(Fact, frozen=True, tag=True):
    """The vial was set aside for one visit."""

    visit: str


class VialQuarantined(Fact, frozen=True, tag=True):
    """The vial is set apart until somebody accepts or rejects it."""

    reason: str


class VialRejected(Fact, frozen=True, tag=True):
    """The vial may not be used."""

    reason: str


class VialFreed(Fact, frozen=True, tag=True):
    """The vial, not thawed, no longer belongs to a visit (P10); signed by who freed it."""

    visit: str
    reason: str


class VialOpened(Fact, frozen=True, tag=True):
    """The package was opened in front of the patient of this visit."""

    visit: str


class VialThawed(Fact, frozen=True, tag=True):
    """The vial was thawed for this visit; it can never be frozen again."""

    visit: str


class VialUsed(Fact, frozen=True, tag=True):
    """The vial, or a part of it, was injected; this cannot happen twice."""

    visit: str
    whole: bool


class VialDiscarded(Fact, frozen=True, tag=True):
    """The vial was thrown away."""

    reason: str


class VialEndTakenBack(Fact, frozen=True, tag=True):
    """The mark that said the vial was used, or thrown away, was a slip: what it said of the vial is undone.

    A vial that was gone for another cause before that mark stays gone. `reason`: a slip of the desk, which
    belongs to no visit.
    """

    visit: str
    reason: str = ""


class VialReturned(Fact, frozen=True, tag=True):
    """The vial went back to its supplier."""

    reason: str


class SheetEntered(Fact, frozen=True, tag=True):
    """A donor-test sheet was copied from paper; it covers every vial of this donor or lot of the supplier.

    The sheet's answers follow as Answered facts of its own stream.
    """

    supplier: str
    donor: str
    lot: str


class SheetChecked(Fact, frozen=True, tag=True):
    """A second person compared the sheet's entries with the paper."""

    person: str
