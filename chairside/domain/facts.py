"""Everything that can happen, as one closed union of frozen facts in the past tense.

A fact says what happened, a `Stamp` says who, when, on which tablet and over which text.
Golden bytes of every kind are committed in tests/canon/golden; before the first release they
may change with the reason in the commit, afterwards never. Secrets never become facts.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from chairside.domain.replies import Reply

Role: TypeAlias = Literal["nurse", "physician", "administrator"]
Signer: TypeAlias = Literal["patient", "nurse", "physician"]
Ruling: TypeAlias = Literal["proceed", "defer", "do_not_treat"]
Ending: TypeAlias = Literal["countersigned", "deferred", "do_not_treat", "refused", "withdrawn", "no_show"]
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


class _Fact(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    """A tagged fact; the tag is the class name."""


# -- the clinic's stream ------------------------------------------------------------------------
class ClinicFounded(_Fact, frozen=True, tag=True):
    """A clinic exists: its name, phone, profile and the fingerprint of its root key."""

    name: str
    address: str
    phone_24h: str
    zone: str
    profile: Literal["california", "other"]
    language: str
    root_sha256: str
    demo: bool
    consent_valid_days: int
    release_hours: int


class StaffAdded(_Fact, frozen=True, tag=True):
    """A person may act in a role; `certificate` is PEM."""

    person: str
    name: str
    role: Role
    certificate: str


class StaffDisabled(_Fact, frozen=True, tag=True):
    """A person may no longer act."""

    person: str
    reason: str


class FormAdopted(_Fact, frozen=True, tag=True):
    """A version of a form is in force from now on."""

    form: str
    version: str
    digest: str


# -- the device's stream ------------------------------------------------------------------------
class TabletEnrolled(_Fact, frozen=True, tag=True):
    """This tablet signs with this certificate (PEM)."""

    name: str
    certificate: str


class SignedIn(_Fact, frozen=True, tag=True):
    """A staff member's PIN opened the staff side."""

    person: str


class SignedOut(_Fact, frozen=True, tag=True):
    """The staff side was closed."""

    person: str
    why: Literal["chosen", "idle", "handed_over", "switched"]


class PinRefused(_Fact, frozen=True, tag=True):
    """A wrong PIN, the how-manieth in a row."""

    person: str
    in_a_row: int


class HeadSigned(_Fact, frozen=True, tag=True):
    """The tablet signed the state of its log: `chain` covers its facts 1..`last`, `root` its tree."""

    last: int
    chain: str
    tree_size: int
    root: str
    signature: str


class ClockCorrected(_Fact, frozen=True, tag=True):
    """The clock was found wrong and set right by someone who may."""

    reason: str


# -- a patient's stream -------------------------------------------------------------------------
class PatientAdded(_Fact, frozen=True, tag=True):
    """A person is on file."""

    name: str
    born: date
    phone: str
    address: str
    letters_by: Literal["post", "phone", "in_person"]
    letters_language: str


# -- a vial's stream ----------------------------------------------------------------------------
class VialReceived(_Fact, frozen=True, tag=True):
    """A vial is in the building, as labelled; the paper's answers follow as Answered facts."""

    code: str
    supplier: str
    product: str
    lot: str
    expires: date


class VialChecked(_Fact, frozen=True, tag=True):
    """A second person compared the entries with the paper."""

    person: str


class VialAccepted(_Fact, frozen=True, tag=True):
    """The shipment was accepted; the vial may be used."""


class VialAssigned(_Fact, frozen=True, tag=True):
    """The vial was set aside for one visit."""

    visit: str


# -- a visit's stream ---------------------------------------------------------------------------
class VisitOpened(_Fact, frozen=True, tag=True):
    """A visit began; `forms` fixes the digest of every form it will use."""

    patient: str
    session: int
    injection: datetime
    identifiers: tuple[str, ...]
    forms: dict[str, str]
    steps: str


class HandedOver(_Fact, frozen=True, tag=True):
    """The tablet changed hands."""

    to: Literal["patient", "staff"]
    step: str


class IdentityConfirmed(_Fact, frozen=True, tag=True):
    """The patient tapped "yes, that is me"."""


class PageRead(_Fact, frozen=True, tag=True):
    """Continue was tapped on a page that had been shown to its end; `shown` is the page's digest."""

    form: str
    item: str
    shown: str


class Answered(_Fact, frozen=True, tag=True):
    """An item was answered, or answered anew."""

    form: str
    item: str
    reply: Reply
    private: bool = False


class Corrected(_Fact, frozen=True, tag=True):
    """An absolute answer was asked again and changed under the physician's PIN."""

    form: str
    item: str
    reply: Reply
    source: str
    reason: str


class Explained(_Fact, frozen=True, tag=True):
    """A teach-back answer was wrong and the point was explained again."""

    form: str
    item: str


class QuestionRaised(_Fact, frozen=True, tag=True):
    """The patient has a question about a page."""

    form: str
    item: str


class QuestionSettled(_Fact, frozen=True, tag=True):
    """A staff member answered the patient's question."""

    form: str
    item: str


class BreakTaken(_Fact, frozen=True, tag=True):
    """The patient asked for a break."""

    step: str


class StepClosed(_Fact, frozen=True, tag=True):
    """The owner of a step says it is done; by PIN where the step asks for one."""

    step: str


class RuledOn(_Fact, frozen=True, tag=True):
    """What the physician says to one finding; it counts once the decision covers it."""

    finding: str
    reason: str
    mitigation: str = ""


class Decided(_Fact, frozen=True, tag=True):
    """The physician's decision, under PIN; `rulings` repeats every ruling it rests on.

    `reason` is why the treatment is not given today; a decision to proceed needs none of its own.
    """

    ruling: Ruling
    discussed: Literal["in_person", "video", "phone"]
    strength_million: int | None
    premedication: tuple[str, ...]
    rulings: tuple[RuledOn, ...]
    reason: str = ""


class StrokeDrawn(_Fact, frozen=True, tag=True):
    """One stroke, pen down to pen up; the points are the blob with this digest."""

    pad: str
    stroke: str


class InkCleared(_Fact, frozen=True, tag=True):
    """The pad was cleared; the strokes stay in the ledger."""

    pad: str


class ClearUndone(_Fact, frozen=True, tag=True):
    """The last clearing of the pad was taken back."""

    pad: str


class Signed(_Fact, frozen=True, tag=True):
    """A person signed: the strokes on the pad, the name and the meaning."""

    pad: str
    signer: Signer
    name: str
    meaning: str
    strokes: tuple[str, ...]


class Countersigned(_Fact, frozen=True, tag=True):
    """The physician signed under PIN and ink; `meaning` fits the decision."""

    name: str
    meaning: str
    strokes: tuple[str, ...]


class Stopped(_Fact, frozen=True, tag=True):
    """The patient refused before, or withdrew after, signing; attested by staff."""

    ending: Literal["refused", "withdrawn"]
    reason: str


class Concluded(_Fact, frozen=True, tag=True):
    """The visit is over; the facts up to this one are what the record holds."""

    ending: Ending


class Sealed(_Fact, frozen=True, tag=True):
    """The record was written; `sha256` is of the whole file."""

    sha256: str
    leaf: int


ClinicFact: TypeAlias = ClinicFounded | StaffAdded | StaffDisabled | FormAdopted
DeviceFact: TypeAlias = TabletEnrolled | SignedIn | SignedOut | PinRefused | HeadSigned | ClockCorrected
PatientFact: TypeAlias = PatientAdded
VialFact: TypeAlias = VialReceived | VialChecked | VialAccepted | VialAssigned | Answered
VisitFact: TypeAlias = (
    VisitOpened
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
    | Countersigned
    | Stopped
    | Concluded
    | Sealed
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
