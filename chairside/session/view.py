"""What a screen is given and what it may say back: one frozen view down, typed callbacks up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from chairside.domain import languages
from chairside.domain.book import Book
from chairside.domain.facts import FormsRenewed, Mark, PatientAdded, Role, VisitFact
from chairside.domain.finding import Finding
from chairside.domain.form import Verdict
from chairside.domain.ink import Stroke
from chairside.domain.replies import Reply
from chairside.domain.standing import Status
from chairside.domain.steps import StepState
from chairside.domain.visit import Key, Visit
from chairside.domain.when import When

Mode: TypeAlias = Literal["staff", "patient"]


@dataclass(frozen=True)
class Who:
    """A staff member as the screens know one."""

    person: str
    name: str
    role: Role


@dataclass(frozen=True)
class View:
    """Everything a screen of a visit may show; made anew after every stored fact.

    `visit` is the visit as it counts today: no answer that expired and no ink of another day looks given.
    `when` is the moment the visit is judged at: what is over is judged as it stood when it ended.
    `before` is what the patient said the last time, for staff to see beside and never preset.
    """

    visit: Visit
    steps: tuple[StepState, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    when: When
    who: Who | None
    mode: Mode
    language: str
    zone: str
    book: Book
    staff: tuple[Who, ...]
    status: Status
    record_id: str = ""  # the short code people compare, once the visit is concluded
    strokes: dict[str, tuple[Stroke, ...]] = field(default_factory=dict)  # by pad, as they stand now
    release: datetime | None = None  # until when the released treatment may begin
    expected_marks: tuple[Mark, ...] = ()  # what may be tapped in the procedure now
    limit_at: datetime | None = None  # when the supplier's limit after thawing passes
    renewal: FormsRenewed | None = None  # what takes the newer texts in, where there are any
    renewable: tuple[str, ...] = ()  # the forms of which a newer text is in force
    before: dict[Key, Reply] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the patient may read and sign from here on."""
        return languages.open_to(self.book, self.visit)

    def state(self, step_id: str) -> StepState:
        """Return how a step stands. Raises: KeyError."""
        for state in self.steps:
            if state.step.id == step_id:
                return state
        raise KeyError(step_id)


@dataclass(frozen=True)
class Drawn:
    """A finished stroke on a pad; session keeps the points and makes the fact StrokeDrawn."""

    pad: str
    stroke: Stroke


@dataclass(frozen=True)
class NewVisit:
    """What the Open step gathers before there is a visit to attach it to."""

    patient: PatientAdded | str  # somebody new, or who is on file (the id of a FoundPatient)
    identifiers: tuple[str, ...]
    injection: datetime | None  # None: now
    answers: tuple[tuple[str, Reply], ...]  # (item id of the form `open`, reply)
    physician: str = ""  # who is expected to decide


@dataclass(frozen=True)
class OpenVisit:
    """One row of the visits that are not over; `trouble` is the code of why it cannot be opened."""

    visit: str
    name: str
    born: date | None
    step: str
    since: datetime
    trouble: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a secret: `code` is empty when it was right, else the trouble's code."""

    code: str = ""
    tries_left: int = 0
    wait_seconds: int = 0

    @property
    def right(self) -> bool:
        """Tell whether the secret was accepted."""
        return not self.code


Tell: TypeAlias = Callable[[VisitFact | Drawn], None]
Prove: TypeAlias = Callable[[str], Outcome | None]  # None: it is being checked, the answer follows
