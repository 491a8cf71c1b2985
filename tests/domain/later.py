"""The made-up clinic with the steps after the record, and a visit that was released, told fact by fact."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from msgspec import structs

from chairside.domain import procedure
from chairside.domain.acts import Scene
from chairside.domain.book import Book, Terms
from chairside.domain.facts import AddendumSigned, Mark, PageRead, ProcedureMarked, Sealed, Signed
from chairside.domain.form import Ink, Statement, Step, VisitPlan
from chairside.domain.visit import Visit
from tests.domain.made_up import BOOK, NAME, NOON, NURSE, PLAN, Story, form

REAFFIRM_PAD, NURSE_PAD = "reaffirm.patient_signature", "procedure.nurse_signature"
_REAFFIRM = Step("reaffirm", "patient", "signing", "reaffirm", ("sign",), "signature", "signed_ahead")
_PROCEDURE = Step("procedure", "nurse", "procedure", "procedure", ("record",), "marks")
_FORMS = (
    form(
        "reaffirm",
        Statement(id="still_agree", owner="patient"),
        Ink(id="patient_signature", owner="patient", signer="patient"),
    ),
    form("procedure", Ink(id="nurse_signature", owner="nurse", signer="nurse")),
)


def _plan() -> VisitPlan:
    """The plan with reaffirm before premedication and vial, and the procedure after the record."""
    steps: list[Step] = []
    for step in PLAN.steps:
        waits = step.id in ("premedication", "vial")
        steps.append(structs.replace(step, needs=("reaffirm",)) if waits else step)
        steps += [_REAFFIRM] if step.id == "sign" else []
    return VisitPlan("digest-of-plan", (*steps, _PROCEDURE))


def book(**terms: object) -> Book:
    forms = {**BOOK.forms, **{each.id: each for each in _FORMS}}
    return structs.replace(BOOK, forms=forms, plan=_plan(), terms=structs.replace(Terms(), **terms))


class Later(Story):
    """A story over the longer plan; the supplier's limit is the story's own."""

    limit: int | None = None

    def __init__(self, now: datetime = NOON, **terms: object) -> None:
        super().__init__(book(**terms), now)

    @property
    def scene(self) -> Scene:
        return structs.replace(super().scene, thaw_limit=self.limit)

    def sealed(self) -> Later:
        """Go the ordinary way until the record is sealed; gone once for all who set out at that time."""
        self.visit, self.now = _sealed(self.now)
        return self

    def pass_minutes(self, minutes: int) -> Later:
        self.now += timedelta(minutes=minutes)
        return self

    def mark(self, *marks: Mark) -> Later:
        for mark in marks:
            self.tell(marked(mark))
        return self

    def expected(self) -> set[Mark]:
        scene = self.scene
        return set(procedure.expected_marks(scene.visit, scene.when, scene.book.terms, scene.thaw_limit))

    def reaffirm(self) -> Later:
        self.hand_over("reaffirm").tell(read("reaffirm", "still_agree"))
        self.tell(Signed(REAFFIRM_PAD, "patient", NAME, "I still agree", self.ink(REAFFIRM_PAD)))
        self.hand_back()
        return self


@cache
def _sealed(now: datetime) -> tuple[Visit, datetime]:
    story = Later(now)
    story.until_countersign().countersign().conclude()
    story.tell(Sealed("0" * 64, 0))
    return story.visit, story.now


def read(form_id: str, item: str) -> PageRead:
    return PageRead(form_id, item, "shown")


def marked(mark: Mark) -> ProcedureMarked:
    return ProcedureMarked(mark, ("V-1",) if mark == "thawed" else ())


def addendum(about: str = "procedure", number: int = 1, **changed: object) -> AddendumSigned:
    text = "" if about == "procedure" else "What happened."
    made = AddendumSigned(number, about, text, NURSE.name, "I gave the treatment")  # type: ignore[arg-type]
    return structs.replace(made, **changed)
