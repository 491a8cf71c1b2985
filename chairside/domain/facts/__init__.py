"""Everything that can happen, as one closed union of frozen facts in the past tense.

A fact says what happened, a `Stamp` says who, when, on which tablet and over which text. Each module
here is one stream. Golden bytes of every kind are committed in tests/canon/golden; before the first
release they may change with the reason in the commit, afterwards never. Secrets never become facts.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from chairside.domain.facts.clinic import (
    ClinicFounded,
    FormAdopted,
    NoticeRestored,
    NoticeWaived,
    StaffAdded,
    StaffDisabled,
    SupplierAdded,
)
from chairside.domain.facts.device import (
    ClockCorrected,
    DayClosed,
    DayOpened,
    HeadSigned,
    PinRefused,
    Printed,
    SignedIn,
    SignedOut,
    TabletEnrolled,
)
from chairside.domain.facts.kinds import (
    SCHEMA,
    AddendumKind,
    Ages,
    Awaited,
    Ending,
    Mark,
    Profile,
    Role,
    Ruling,
    Signer,
    Stamp,
    Way,
)
from chairside.domain.facts.patient import CopyHanded, PatientAdded, PatientSeen
from chairside.domain.facts.people import IdentityConfirmed, PeopleFact
from chairside.domain.facts.vial import (
    ExpectationEnded,
    SheetChecked,
    SheetEntered,
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
from chairside.domain.facts.visit import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Answered,
    BreakTaken,
    ClearUndone,
    Concluded,
    Corrected,
    Countersigned,
    Decided,
    Explained,
    FormsRenewed,
    HandedOver,
    InkCleared,
    LanguageChosen,
    LimitPassed,
    MarkTakenBack,
    OpenedInError,
    PageRead,
    PaperAttested,
    PaperChosen,
    ProcedureMarked,
    QuestionRaised,
    QuestionSettled,
    ReleaseRenewed,
    Replanned,
    RuledOn,
    Sealed,
    Signed,
    SignedOnPaper,
    StepClosed,
    Stopped,
    StrokeDrawn,
    TextGiven,
    VisitOpened,
    WaitBegan,
    WaitEnded,
)

__all__ = [
    "SCHEMA",
    "AddendumConcluded",
    "AddendumKind",
    "AddendumSealed",
    "AddendumSigned",
    "Ages",
    "Answered",
    "Awaited",
    "Body",
    "BreakTaken",
    "ClearUndone",
    "ClinicFact",
    "ClinicFounded",
    "ClockCorrected",
    "Concluded",
    "CopyHanded",
    "Corrected",
    "Countersigned",
    "DayClosed",
    "DayOpened",
    "Decided",
    "DeviceFact",
    "Ending",
    "ExpectationEnded",
    "Explained",
    "Fact",
    "FormAdopted",
    "FormsRenewed",
    "HandedOver",
    "HeadSigned",
    "IdentityConfirmed",
    "InkCleared",
    "LanguageChosen",
    "LimitPassed",
    "Mark",
    "MarkTakenBack",
    "NoticeRestored",
    "NoticeWaived",
    "OpenedInError",
    "PageRead",
    "PaperAttested",
    "PaperChosen",
    "PatientAdded",
    "PatientFact",
    "PatientSeen",
    "PeopleFact",
    "PinRefused",
    "Printed",
    "ProcedureMarked",
    "Profile",
    "QuestionRaised",
    "QuestionSettled",
    "ReleaseRenewed",
    "Replanned",
    "Role",
    "RuledOn",
    "Ruling",
    "Sealed",
    "SheetChecked",
    "SheetEntered",
    "Signed",
    "SignedIn",
    "SignedOnPaper",
    "SignedOut",
    "Signer",
    "StaffAdded",
    "StaffDisabled",
    "Stamp",
    "Stamped",
    "StepClosed",
    "Stopped",
    "StrokeDrawn",
    "SupplierAdded",
    "TabletEnrolled",
    "TextGiven",
    "VialAccepted",
    "VialAssigned",
    "VialChecked",
    "VialDiscarded",
    "VialEndTakenBack",
    "VialExpected",
    "VialFact",
    "VialFreed",
    "VialOpened",
    "VialQuarantined",
    "VialReceived",
    "VialRejected",
    "VialReturned",
    "VialThawed",
    "VialUsed",
    "VisitFact",
    "VisitOpened",
    "WaitBegan",
    "WaitEnded",
    "Way",
]

ClinicFact: TypeAlias = (
    ClinicFounded | StaffAdded | StaffDisabled | FormAdopted | SupplierAdded | NoticeWaived | NoticeRestored
)
DayFact: TypeAlias = DayOpened | DayClosed | Printed
DeviceFact: TypeAlias = (
    TabletEnrolled | SignedIn | SignedOut | PinRefused | HeadSigned | ClockCorrected | DayFact
)
PatientFact: TypeAlias = PatientAdded | CopyHanded | PatientSeen
VialFact: TypeAlias = (
    VialExpected
    | ExpectationEnded
    | VialReceived
    | VialChecked
    | VialAccepted
    | VialAssigned
    | VialQuarantined
    | VialRejected
    | VialFreed
    | VialOpened
    | VialThawed
    | VialUsed
    | VialDiscarded
    | VialEndTakenBack
    | VialReturned
    | SheetEntered
    | SheetChecked
    | Answered
)
VisitFact: TypeAlias = (
    VisitOpened
    | Replanned
    | LanguageChosen
    | FormsRenewed
    | TextGiven
    | WaitBegan
    | WaitEnded
    | PaperChosen
    | HandedOver
    | IdentityConfirmed
    | PageRead
    | Answered
    | Corrected
    | Explained
    | QuestionRaised
    | QuestionSettled
    | BreakTaken
    | StepClosed
    | RuledOn
    | Decided
    | StrokeDrawn
    | InkCleared
    | ClearUndone
    | Signed
    | SignedOnPaper
    | PaperAttested
    | Countersigned
    | Stopped
    | OpenedInError
    | Concluded
    | Sealed
    | ProcedureMarked
    | MarkTakenBack
    | ReleaseRenewed
    | LimitPassed
    | AddendumSigned
    | AddendumConcluded
    | AddendumSealed
    | PeopleFact
)
Fact: TypeAlias = ClinicFact | DeviceFact | PatientFact | VialFact | VisitFact


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """What is hashed: a stamp and its fact."""

    stamp: Stamp
    fact: Fact


class Stamped(Struct, frozen=True):
    """A stored fact: its body, the hash of the stored bytes (hex) and, for a proved act, a signature.

    `signature` is a DER ECDSA P-256/SHA-256 signature, base64, over the stored bytes, by the person's key.
    """

    stamp: Stamp
    fact: Fact
    hash: str
    signature: str | None = None
