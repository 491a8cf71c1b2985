"""Which page comes next: a pure answer from the view, so that the window only has to obey it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from chairside.domain import paper, steps
from chairside.domain.facts import PeopleFact, ReleaseRenewed, Signer
from chairside.domain.facts.people import InterpreterAttested
from chairside.domain.form import Owner, is_private
from chairside.domain.steps import Lack, StepState
from chairside.session.view import View
from chairside.ui import turns

Kind: TypeAlias = Literal[
    "screen", "hand_over", "who_are_you", "hand_back", "record", "waiting", "more", "paper", "beside",
    "question",
]  # fmt: skip
BESIDE = "beside"  # chosen like a step: the page of who is here
MORE = "more"  # chosen like a step: the page about the visit itself
GLASS = "glass"  # chosen like a step: the tablet goes to the patient, and the visit back from paper
ALONE = "alone"  # chosen like a step: the tablet goes to the patient for the private questions
DONE = "done"  # chosen by the patient: they are through with those
PROCEDURE = "procedure"


@dataclass(frozen=True)
class Where:
    """A page of the visit: its kind and the step it is about."""

    kind: Kind
    step: str
    item: str = ""  # the question that was gone back to, with the list of answers it was gone from
    back: str = ""
    who: Signer = "patient"  # whose turn it is, of those who hold the tablet for a patient


@dataclass(frozen=True)
class Change:
    """A question that staff went back to from the list of answers on the step `back`."""

    step: str
    item: str
    back: str


Chosen: TypeAlias = str | Change


def _whose(view: View, lack: Lack, state: StepState) -> Owner:
    """Return who mends a lack: the item's own owner, or the step's."""
    item = view.book.item(lack.form, lack.item)
    return steps.owner_of(item, state.step) if item is not None else state.step.owner


def _for_patient(view: View, state: StepState) -> bool:
    """Tell whether the patient can mend something here now: their own step, or what staff left to them."""
    why = {lack.why for lack in state.lacks}
    if state.state not in ("open", "lacking") or "guardian" in why:
        return False
    if "assent_refused" in why:  # a child who said no may still look at it, and turn it round
        return view.visit.confirmed_as == "patient"
    left = ("question_open", "unclosed", *turns.NAMED)
    owners = [_whose(view, lack, state) for lack in state.lacks if lack.why not in left]
    if state.step.owner != "patient" and any(owner != "patient" for owner in owners):
        return False
    return "patient" in owners


def private_step(view: View) -> str:
    """Return the step with questions the patient may answer alone, while they may be answered, or nothing."""
    for state in view.steps:
        form = view.book.form_of(state.step)
        private = form is not None and any(map(is_private, form.items))
        if private and state.state != "waiting":
            return state.step.id
    return ""


def patient_page(view: View, chosen: Chosen | None = None) -> Where:
    """Return what the patient sees: first who they are, then each step of theirs, then handing back."""
    if view.visit.at_step and view.visit.at_step == private_step(view):
        if view.visit.confirmed_as != "patient":
            return Where("who_are_you", view.visit.at_step)
        return Where("hand_back" if chosen == DONE else "screen", view.visit.at_step)
    for state in view.steps:
        if _for_patient(view, state):
            who = turns.holder(view, state)
            if view.visit.confirmed_as == who:
                return Where("screen", state.step.id)
            return Where(
                "who_are_you", state.step.id if view.visit.confirmed else view.visit.at_step, who=who
            )
    return Where("hand_back" if view.visit.confirmed else "who_are_you", view.visit.at_step)


def _staff_kind(view: View, state: StepState) -> Kind:
    if state.step.closes == "seal":
        return "record"
    if turns.wants_names(state):
        return "beside"
    if state.step.closes != "decision" and any(lack.why == "question_open" for lack in state.lacks):
        return "question"
    mine = any(
        _whose(view, lack, state) == "nurse" and lack.why not in ("unclosed", *turns.NAMED)
        for lack in state.lacks
    )
    if mine or not _for_patient(view, state):
        return "screen"
    return "paper" if view.visit.on_paper is not None else "hand_over"


def _procedure(view: View) -> StepState | None:
    """Return how the procedure stands, where the plan has one and its turn has come."""
    found = next((state for state in view.steps if state.step.manner == PROCEDURE), None)
    return found if found is not None and found.state in ("open", "lacking") else None


def _to_glass(view: View) -> Where:
    """Return the hand-over that takes a visit back from paper: to what the patient can do now."""
    due = [state.step.id for state in view.steps if _for_patient(view, state)]
    theirs = [state.step.id for state in view.steps if state.step.owner == "patient"]
    return Where("hand_over", (*due, *theirs)[0])


def _given(view: View, alone: bool) -> Where | None:
    """Return the hand-over that staff asked for, where it is possible now."""
    if alone:
        return Where("hand_over", step) if (step := private_step(view)) else None
    return _to_glass(view) if paper.may_return(view.visit) else None


def over_page(view: View, chosen: Chosen | None) -> Where:
    """Return what staff see of a visit whose record is due: the record, or the procedure it released.

    A procedure that has begun is come back to at once: gloved hands look for no button.
    """
    due = _procedure(view)
    begun = due is not None and bool(view.visit.marks)
    if due is not None and (begun or chosen == due.step.id):
        return Where("screen", due.step.id)
    return Where("record", "record")


def staff_page(view: View, chosen: Chosen | None) -> Where:
    """Return what staff see: the step they chose, else the first that is open, else the first that waits."""
    if chosen in (MORE, BESIDE):
        return Where("more" if chosen == MORE else "beside", view.visit.at_step)
    if view.visit.concluded is not None:
        return over_page(view, chosen)
    if chosen in (GLASS, ALONE):
        if (given := _given(view, chosen == ALONE)) is not None:
            return given
        chosen = None
    if isinstance(chosen, Change):
        return Where("screen", chosen.step, chosen.item, chosen.back)
    if chosen is not None and view.state(chosen).state not in ("done", "stopped", "waiting"):
        return Where(_staff_kind(view, view.state(chosen)), chosen)
    ready = [state for state in view.steps if state.state in ("open", "lacking")]
    for state in ready:
        return Where(_staff_kind(view, state), state.step.id)
    waiting = [state.step.id for state in view.steps if state.state == "waiting"]
    return Where("waiting", next(iter(waiting), view.steps[0].step.id))


def wants_physician(view: View, where: Where) -> bool:
    """Tell whether this page is a physician's while somebody else is signed in."""
    if where.kind != "screen" or view.mode == "patient" or view.state(where.step).step.owner != "physician":
        return False
    return view.who is None or view.who.role != "physician"


def after(told: object) -> str | None:
    """Return the page to go on with after this was told: a renewed release leads back to the chair.

    Who names one person often names another: the page of who is here stays.
    """
    if isinstance(told, PeopleFact) and not isinstance(told, InterpreterAttested):
        return BESIDE
    return PROCEDURE if isinstance(told, ReleaseRenewed) else None


def page(view: View, chosen: Chosen | None) -> Where:
    """Return the page this view belongs on."""
    return patient_page(view, chosen) if view.mode == "patient" else staff_page(view, chosen)
