"""Whose turn it is and what each step still lacks: opened by what it needs, not by its number."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from chairside.domain import gate, vial
from chairside.domain.book import Book
from chairside.domain.facts import Signer
from chairside.domain.finding import Finding
from chairside.domain.form import Choice, Form, Initial, Ink, Item, Statement, Step
from chairside.domain.visit import Visit
from chairside.domain.when import When

Standing: TypeAlias = Literal["waiting", "open", "lacking", "done", "stopped"]
Why: TypeAlias = Literal[
    "unread",
    "unanswered",
    "not_initialled",
    "explain_again",
    "unsigned",
    "needs",
    "question_open",
    "finding",
    "vial",
    "unclosed",
]
VIAL_STEP = "vial"
AFTER_STOP: frozenset[str] = frozenset({"decision", "countersign", "record"})


class Lack(Struct, frozen=True):
    """One thing a step still lacks: why, and the item, step or finding it is about."""

    why: Why
    form: str
    item: str


class StepState(Struct, frozen=True):
    """A step and how it stands; `lacks` says in ids what is missing, words say it to people."""

    step: Step
    state: Standing
    lacks: tuple[Lack, ...] = ()


def pad_of(form: str, item: str) -> str:
    """Return the name of the signature pad of an Ink item."""
    return f"{form}.{item}"


def pad_for(book: Book, step_id: str, signer: Signer) -> str:
    """Return the name of the pad a person signs on in a step, or nothing where there is none."""
    step = book.plan.step(step_id)
    form = book.form_of(step)
    for item in form.items if form else ():
        if isinstance(item, Ink) and item.signer == signer:
            return pad_of(step.form, item.id)
    return ""


def item_lack(form: Form, item: Item, visit: Visit) -> Lack | None:
    """Return what one item lacks, or None."""
    key = (form.id, item.id)
    if isinstance(item, Statement):
        return None if key in visit.read else Lack("unread", form.id, item.id)
    if isinstance(item, Ink):
        signed = pad_of(form.id, item.id) in visit.signed
        return None if signed else Lack("unsigned", form.id, item.id)
    if key not in visit.told:
        why: Why = "not_initialled" if isinstance(item, Initial) else "unanswered"
        return Lack(why, form.id, item.id) if item.required else None
    if isinstance(item, Choice) and item.right and not gate.understood(item, visit, form.id):
        enough = visit.explained.get(key, 0) >= gate.EXPLANATIONS
        return None if enough else Lack("explain_again", form.id, item.id)
    return None


def lacks_of(book: Book, step: Step, visit: Visit) -> tuple[Lack, ...]:
    """Return what the items of a step's form lack; text is only demanded where it is read."""
    form = book.form_of(step)
    if form is None or step.closes in ("decision", "countersign", "seal"):
        return ()
    found = [
        lack
        for item in form.items
        if (lack := item_lack(form, item, visit))
        and (lack.why != "unread" or step.manner == "reading" or item.owner == "patient")
    ]
    return tuple(found)


def _vial_lacks(visit: Visit, when: When) -> tuple[Lack, ...]:
    ordered = visit.decision.strength_million if visit.decision else None
    return tuple(
        Lack("vial", VIAL_STEP, gate.key_of(reason))
        for reason in vial.gate(visit.vial, visit.id, ordered, when.injection_day)
    )


def _closing_lacks(book: Book, step: Step, visit: Visit, when: When) -> tuple[Lack, ...]:
    lacks = lacks_of(book, step, visit)
    if step.id == VIAL_STEP:
        lacks = (*lacks, *_vial_lacks(visit, when))
    if step.closes == "signature":
        lacks = (*lacks, *(Lack("question_open", form, item) for form, item in sorted(visit.questions)))
    return lacks


def is_done(book: Book, step: Step, visit: Visit) -> bool:
    """Tell whether a step is done: its closing act has happened and nothing of its items is missing."""
    match step.closes:
        case "decision":
            return visit.decided is not None
        case "countersign":
            return visit.countersigned is not None
        case "seal":
            return visit.sealed is not None
        case "read" | "signature":
            return visit.opened is not None and not lacks_of(book, step, visit)
        case "tap" | "pin":
            return step.id in visit.closed and not lacks_of(book, step, visit)


def _is_over(visit: Visit, found: tuple[Finding, ...]) -> bool:
    decided = visit.decision
    if visit.stopped is not None:
        return True
    return gate.stops(found) if decided is None else decided.ruling != "proceed"


def _needs(book: Book, step: Step, visit: Visit, over: bool) -> tuple[Lack, ...]:
    if over:
        needs = {"decision": (), "countersign": ("decision",), "record": ("countersign",)}.get(step.id, ())
        needs = () if visit.stopped is not None else needs
    else:
        needs = step.needs
    return tuple(
        Lack("needs", step.form, need) for need in needs if not is_done(book, book.plan.step(need), visit)
    )


def state_of(book: Book, step: Step, visit: Visit, found: tuple[Finding, ...], when: When) -> StepState:
    """Return how one step stands, with what it waits for or lacks."""
    over = _is_over(visit, found)
    if is_done(book, step, visit):
        return StepState(step, "done")
    if over and step.id not in AFTER_STOP:
        return StepState(step, "stopped")
    waits = _needs(book, step, visit, over)
    if waits:
        return StepState(step, "waiting", waits)
    lacks = _closing_lacks(book, step, visit, when)
    started = bool(lacks) and any(key[0] == step.form for key in visit.told)
    return StepState(step, "lacking" if started else "open", lacks)


def states(book: Book, visit: Visit, when: When) -> tuple[StepState, ...]:
    """Return every step of the plan and how it stands, in rail order."""
    found = gate.findings(book, visit, when)
    return tuple(state_of(book, step, visit, found, when) for step in book.plan.steps)
