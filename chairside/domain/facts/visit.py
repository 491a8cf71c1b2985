"""Everything that happens in a visit up to its end and its record."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from chairside.domain.facts.kinds import AddendumKind, Awaited, Ending, Fact, Mark, Ruling, Signer, Way
from chairside.domain.replies import Reply


class VisitOpened(Fact, frozen=True, tag=True):
    """A visit began; `forms` fixes the digest of every form it will use.

    `waived` names the notices that this visit leaves out, each with the hash of the fact that says why.
    """

    patient: str
    session: int
    injection: datetime
    identifiers: tuple[str, ...]
    forms: dict[str, str]
    steps: str
    physician: str = ""  # who is expected to decide
    waived: dict[str, str] = {}


class Replanned(Fact, frozen=True, tag=True):
    """The injection was planned for another time."""

    injection: datetime
    reason: str


class LanguageChosen(Fact, frozen=True, tag=True):
    """From here on the patient reads, answers and signs in this language."""

    language: str


class FormsRenewed(Fact, frozen=True, tag=True):
    """The visit goes on with newer forms: what was read or signed of a changed one counts no longer.

    `language` is set where the newer texts are not there in the visit's own: it goes on in this one.
    `shown` are notices that it left out and shows again: the clinic took the word on them back (Q7).
    """

    forms: dict[str, str]
    language: str = ""
    shown: tuple[str, ...] = ()


class TextGiven(Fact, frozen=True, tag=True):
    """The patient was given a form's text, or the preparation sheet, to take home (R43)."""

    what: Literal["consent", "preparation"]
    form: str
    version: str


class WaitBegan(Fact, frozen=True, tag=True):
    """The visit waits for something that happens off the tablet."""

    awaited: Awaited
    note: str = ""


class WaitEnded(Fact, frozen=True, tag=True):
    """What the visit waited for is here, or no longer awaited."""

    awaited: Awaited


class PaperChosen(Fact, frozen=True, tag=True):
    """From here on the patient reads and signs on paper (P8)."""

    why: Literal["prefers", "tablet_failed"]


class HandedOver(Fact, frozen=True, tag=True):
    """The tablet changed hands."""

    to: Literal["patient", "staff"]
    step: str


class PageRead(Fact, frozen=True, tag=True):
    """Continue was tapped on a page that had been shown to its end; `shown` is the page's digest."""

    form: str
    item: str
    shown: str


class Answered(Fact, frozen=True, tag=True):
    """An item was answered, or answered anew."""

    form: str
    item: str
    reply: Reply
    private: bool = False


class Corrected(Fact, frozen=True, tag=True):
    """An absolute answer was asked again and changed under the physician's PIN."""

    form: str
    item: str
    reply: Reply
    source: str
    reason: str


class Explained(Fact, frozen=True, tag=True):
    """A teach-back answer was wrong and the point was explained again."""

    form: str
    item: str


class QuestionRaised(Fact, frozen=True, tag=True):
    """The patient has a question about a page."""

    form: str
    item: str


class QuestionSettled(Fact, frozen=True, tag=True):
    """A staff member answered the patient's question."""

    form: str
    item: str


class BreakTaken(Fact, frozen=True, tag=True):
    """The patient asked for a break."""

    step: str


class StepClosed(Fact, frozen=True, tag=True):
    """The owner of a step says it is done; by PIN where the step asks for one."""

    step: str


class RuledOn(Fact, frozen=True, tag=True):
    """What the physician says to one finding; it counts once the decision covers it."""

    finding: str
    reason: str
    mitigation: str = ""


class Decided(Fact, frozen=True, tag=True):
    """The physician's decision, under PIN; `rulings` repeats every ruling it rests on.

    `reason` is why the treatment is not given today; `doses` what of an ordered mitigation, and how (C24).
    """

    ruling: Ruling
    discussed: Literal["in_person", "video", "phone"]
    strength_million: int | None
    premedication: tuple[str, ...]
    rulings: tuple[RuledOn, ...]
    reason: str = ""
    doses: str = ""


class StrokeDrawn(Fact, frozen=True, tag=True):
    """One stroke, pen down to pen up; the points are the blob with this digest."""

    pad: str
    stroke: str


class InkCleared(Fact, frozen=True, tag=True):
    """The pad was cleared; the strokes stay in the ledger."""

    pad: str


class ClearUndone(Fact, frozen=True, tag=True):
    """The last clearing of the pad was taken back."""

    pad: str


class Signed(Fact, frozen=True, tag=True):
    """A person signed: the strokes on the pad (none where the name was typed), the name and the meaning."""

    pad: str
    signer: Signer
    name: str
    meaning: str
    strokes: tuple[str, ...]
    way: Way = "drawn"


class SignedOnPaper(Fact, frozen=True, tag=True):
    """A person signed the printed pack, as photos (blobs by SHA-256) show; it counts once attested."""

    pad: str
    signer: Signer
    name: str
    meaning: str
    pictures: tuple[str, ...]


class PaperAttested(Fact, frozen=True, tag=True):
    """A second person compared the photos with the paper and with the name on the visit."""

    pad: str


class Countersigned(Fact, frozen=True, tag=True):
    """The physician signed under PIN and ink; `meaning` fits the decision."""

    name: str
    meaning: str
    strokes: tuple[str, ...]


class Stopped(Fact, frozen=True, tag=True):
    """The patient refused before, or withdrew after, signing, or never came; attested by staff."""

    ending: Literal["refused", "withdrawn", "no_show"]
    reason: str


class OpenedInError(Fact, frozen=True, tag=True):
    """The visit should never have been opened; there is no record of it, and no way back."""

    reason: str


class Concluded(Fact, frozen=True, tag=True):
    """The visit is over; the facts up to this one are what the record holds."""

    ending: Ending


class Sealed(Fact, frozen=True, tag=True):
    """The record was written; `sha256` is of the whole file."""

    sha256: str
    leaf: int


class ProcedureMarked(Fact, frozen=True, tag=True):
    """A button of the procedure was tapped: the time is the stamp's; `vials` are the codes it was about."""

    mark: Mark
    vials: tuple[str, ...] = ()
    note: str = ""


class MarkTakenBack(Fact, frozen=True, tag=True):
    """The last mark was a slip of the finger; an emergency is never taken back."""

    mark: Mark


class ReleaseRenewed(Fact, frozen=True, tag=True):
    """The physician let a lapsed release begin anew, under PIN."""

    reason: str


class LimitPassed(Fact, frozen=True, tag=True):
    """The physician decided, under PIN, what to do with a vial past its supplier's limit (Q35)."""

    go_on: bool
    reason: str


class AddendumSigned(Fact, frozen=True, tag=True):
    """What is added to a sealed record, numbered from 1, signed under PIN and, where a pad is, in ink."""

    number: int
    about: AddendumKind
    text: str
    name: str
    meaning: str
    strokes: tuple[str, ...] = ()


class AddendumConcluded(Fact, frozen=True, tag=True):
    """The addendum is complete: this fact is a leaf of the tablet's tree."""

    number: int
    about: AddendumKind


class AddendumSealed(Fact, frozen=True, tag=True):
    """The addendum's file was written; `sha256` is of the whole file."""

    number: int
    sha256: str
    leaf: int
