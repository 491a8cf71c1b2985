"""A vial's own life, folded from its stream and its sheet.

Why it may not be thawed is `fitness`'s to say, and what may happen next in its life `custody`'s.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from chairside.domain import sheet as sheets
from chairside.domain.facts import (
    Answered,
    ExpectationEnded,
    Fact,
    Stamped,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialEndTakenBack,
    VialExpected,
    VialFreed,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
    VialUsed,
)
from chairside.domain.replies import Chosen, ChosenSeveral, Reply
from chairside.domain.sheet import Sheet

RECEIVING = "receiving"
# Source: V16: the six required answers at the desk.
SHIPMENT: tuple[str, ...] = (
    "box_intact",
    "dry_ice_left",
    "frozen_solid",
    "seal_intact",
    "label_matches_paper",
    "in_date",
)
PRODUCT = "product_type"
WARNING, NO_WARNING = "label_warning", "none"
ON_LABEL = ("vial_strength", PRODUCT, WARNING)  # what is chosen from the label
# Source: V7, 21 CFR 1271.90: each of these on label or paper stops the vial.
WARNINGS: tuple[str, ...] = (
    "not_evaluated", "advise_recipient", "reactive_results", "biohazard", "autologous_only",
)  # fmt: skip
Fate: TypeAlias = Literal[
    "expected", "received", "checked", "accepted", "quarantined", "rejected", "assigned", "opened",
    "thawed", "used", "partly_used", "discarded", "returned",
]  # fmt: skip
Gone: TypeAlias = Literal["used", "partly_used", "discarded", "returned"]


class Vial(Struct, frozen=True):
    """What is known of one vial; `facts` keeps who entered, checked and accepted it."""

    code: str = ""
    supplier: str = ""
    product: str = ""
    lot: str = ""
    expires: date | None = None
    replies: dict[str, Reply] = {}
    entered_by: str = ""
    writers: frozenset[str] = frozenset()  # everybody who entered something from label or sheet
    checked_by: str = ""  # empty again as soon as an entry changes: the check was of other entries
    accepted: bool = False
    visit: str = ""
    facts: tuple[Stamped, ...] = ()
    sheet_stream: str = ""  # the sheet that was named at receiving
    sheet: Sheet | None = None
    expecting: VialExpected | None = None
    ended: ExpectationEnded | None = None
    quarantined: bool = False
    rejected: bool = False
    opened: str = ""  # in which visit its package was opened
    thawed: str = ""  # for which visit
    gone: Gone | None = None  # it can never be used again
    entered: str = ""  # how the code came in at receiving: scanned, typed, or not told
    alike: tuple[str, ...] = ()  # numbers of the vials with this label, where the code read says none

    @property
    def strength_million(self) -> int | None:
        """The labelled strength, or the ordered one of a vial that is expected. Units: million cells."""
        said = self.said("vial_strength")
        if said.isdecimal():
            return int(said)
        return self.expecting.strength_million if self.expecting else None

    @property
    def product_type(self) -> str:
        """What the label says the vial holds (X4), or nothing."""
        return self.said(PRODUCT)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was said of warnings on label and paper (V7): each, or `none`; empty: nobody looked."""
        match self.replies.get(WARNING) or self.paper.get(WARNING):
            case ChosenSeveral(options):
                return options
            case Chosen(option):  # as one answer, before several could be chosen
                return (option,)
            case _:
                return ()

    @property
    def paper(self) -> dict[str, Reply]:
        """The donor sheet's answers: its own stream's where one is named, else the vial's."""
        if not self.sheet_stream:
            return self.replies
        return self.sheet.replies if self.sheet else {}

    @property
    def panel(self) -> dict[str, str]:
        """The result of each donor test on the sheet."""
        return sheets.panel(self.paper)

    @property
    def checked(self) -> bool:
        """Tell whether a second person compared the entries with the paper."""
        return bool(self.checked_by) and self.checked_by not in self.writers

    @property
    def fate(self) -> Fate:
        """What became of the vial last, the irrevocable first."""
        told: tuple[tuple[bool, Fate], ...] = (
            (self.rejected, "rejected"),
            (self.quarantined, "quarantined"),
            (bool(self.thawed), "thawed"),
            (bool(self.opened), "opened"),
            (bool(self.visit) and bool(self.code), "assigned"),
            (self.accepted, "accepted"),
            (self.checked, "checked"),
            (bool(self.code), "received"),
        )
        if self.gone:
            return self.gone
        return next((fate for holds, fate in told if holds), "expected")

    def said(self, item: str) -> str:
        """Return the option chosen for an item, on label, shipment or sheet, or nothing."""
        return sheets.chosen(self.replies, item) or sheets.chosen(self.paper, item)

    def ready(self, visit: str) -> bool:
        """Tell whether the vial may be mixed in this visit: accepted, set aside for it, not gone."""
        return self.accepted and self.visit == visit and self.thawed in ("", visit) and not self.gone


def _received(vial: Vial, fact: VialReceived, person: str) -> Vial:
    return structs.replace(
        vial,
        code=fact.code,
        supplier=fact.supplier,
        product=fact.product,
        lot=fact.lot,
        expires=fact.expires,
        sheet_stream=fact.sheet,
        entered=fact.entered,
        entered_by=person,
        writers=vial.writers | {person},
        checked_by="",
    )


def _told(vial: Vial, fact: Fact, person: str) -> Vial:
    match fact:
        case VialExpected():
            return structs.replace(vial, expecting=fact, supplier=fact.supplier, visit=fact.visit)
        case ExpectationEnded():
            return structs.replace(vial, ended=fact)
        case VialReceived():
            return _received(vial, fact, person)
        case Answered(_, item, reply):
            replies = {**vial.replies, item: reply}
            return structs.replace(vial, replies=replies, writers=vial.writers | {person}, checked_by="")
        case VialChecked(checker):
            return structs.replace(vial, checked_by=checker if checker == person else "")
        case _:
            return _moved(vial, fact)


# One line per kind: a table in the shape of a match, so that the type checker finds a missing one.
def _moved(vial: Vial, fact: Fact) -> Vial:  # noqa: C901, PLR0911, PLR0912
    """Take what happens to a vial in the building; one line per kind."""
    match fact:
        case VialAccepted():
            return structs.replace(vial, accepted=True, quarantined=False, rejected=False)
        case VialQuarantined():
            return structs.replace(vial, accepted=False, quarantined=True)
        case VialRejected():
            return structs.replace(vial, accepted=False, rejected=True)
        case VialAssigned(visit):
            return structs.replace(vial, visit=visit)
        case VialFreed():
            return structs.replace(vial, visit="", opened="")
        case VialOpened(visit):
            return structs.replace(vial, opened=visit)
        case VialThawed(visit):
            return structs.replace(vial, thawed=vial.thawed or visit)
        case VialUsed(_, whole):
            return structs.replace(vial, gone="used" if whole else "partly_used")  # whatever was said before
        case VialDiscarded():
            return structs.replace(vial, gone=vial.gone or "discarded")
        case VialReturned():
            return structs.replace(vial, gone=vial.gone or "returned")
        case _:
            return vial


def without_slips(facts: tuple[Stamped, ...]) -> tuple[Stamped, ...]:
    """Return a vial's facts without the ends that were taken back, and without their taking back."""
    kept: list[Stamped] = []
    for each in facts:
        if not isinstance(each.fact, VialEndTakenBack):
            kept.append(each)
            continue
        ends = [at for at, by in enumerate(kept) if isinstance(by.fact, (VialUsed, VialDiscarded))]
        if ends:
            del kept[ends[-1]]
    return tuple(kept)


def apply(vial: Vial, stamped: Stamped) -> Vial:
    """Return the vial after one more fact of its stream."""
    facts = (*vial.facts, stamped)
    if isinstance(stamped.fact, VialEndTakenBack):
        return structs.replace(vial, gone=fold(without_slips(facts)).gone, facts=facts)
    return structs.replace(_told(vial, stamped.fact, stamped.stamp.person), facts=facts)


def fold(facts: tuple[Stamped, ...], sheet_facts: tuple[Stamped, ...] = ()) -> Vial:
    """Return the vial these facts make, with the sheet that its receiving names."""
    vial = Vial()
    for stamped in facts:
        vial = apply(vial, stamped)
    return structs.replace(vial, sheet=sheets.fold(sheet_facts)) if sheet_facts else vial
