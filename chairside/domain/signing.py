"""Ink and signatures: whose pad, over which strokes, with which name and meaning, and when."""

from __future__ import annotations

from chairside.domain import ahead, gate, people, steps
from chairside.domain.actor import Actor, own_name, physician_pin
from chairside.domain.ages import too_young
from chairside.domain.answering import foreign, patient_side, wrong_side
from chairside.domain.facts import (
    ClearUndone,
    Countersigned,
    InkCleared,
    Ruling,
    Signed,
    SignedOnPaper,
    StrokeDrawn,
)
from chairside.domain.form import Ink, Owner, Step
from chairside.domain.steps import Scene, StepState
from chairside.domain.visit import ASSENT, CONSENTING, Pad, Visit

COUNTERSIGN = "countersign"
# What may be missing while a signature is given: the signature itself, others beside it and, in a step
# that staff close by PIN, their own answers. Everything else comes first.
_BESIDE_INK: dict[str, frozenset[str]] = {
    "signature": frozenset({"unsigned", "unattested", "consent_too_old"})
}
_BESIDE_OTHER = frozenset({"unsigned", "unattested", "unanswered"})


def pad_item(scene: Scene, pad: str) -> tuple[Step, Ink] | None:
    """Return the step and the Ink item a pad belongs to, or None."""
    for step in scene.book.plan.steps:
        form = scene.book.form_of(step)
        for item in form.items if form else ():
            if isinstance(item, Ink) and steps.pad_of(step.form, item.id) == pad:
                return step, item
    return None


def _state(scene: Scene, step: Step) -> StepState:
    found = gate.findings(scene.book, scene.visit, scene.when)
    return steps.state_of(scene.book, step, scene.visit, found, scene.when)


def _whose(scene: Scene, step: Step, item: Ink, actor: Actor) -> str | None:
    """Refuse ink from the wrong side of the glass, or by somebody else's hand among the staff."""
    if item.signer in people.ON_GLASS:
        if scene.visit.on_paper is not None:
            return "on_paper"
        mine = scene.visit.confirmed_as == item.signer
        return patient_side(scene, actor) or (None if mine else "identity_not_confirmed")
    # Whoever gave the treatment signs for it, and that may be the physician.
    owner: Owner = "physician" if item.signer == "physician" else "nurse"
    return wrong_side(scene, "any" if step.closes == "marks" else owner, actor)


def ink(scene: Scene, fact: StrokeDrawn | InkCleared | ClearUndone, actor: Actor) -> str | None:
    """Refuse ink on an unknown pad, somebody else's pad, a signed one, or before its step is open."""
    known = pad_item(scene, fact.pad)
    if known is None:
        return "item_unknown"
    step, item = known
    if _signed(scene, fact.pad):
        return "already_signed"
    wrong = foreign(scene, step.form) or _whose(scene, step, item, actor)
    return wrong or _closed(_state(scene, step))


def _closed(state: StepState) -> str | None:
    """Refuse what a step is not open for."""
    refused = {"waiting": "step_waits", "stopped": "step_stopped"}
    if state.step.closes == "marks":
        refused["done"] = "already_signed"
    return refused.get(state.state)


def _same_ink(pad: Pad | None, strokes: tuple[str, ...]) -> str | None:
    if not strokes:
        return "ink_missing"
    return None if pad is not None and pad.strokes == strokes else "ink_differs"


def _current(scene: Scene) -> Visit:
    return ahead.current(scene.book, scene.visit, scene.when)


def _signed(scene: Scene, pad: str) -> bool:
    """Tell whether a pad holds a signature that still counts today."""
    return pad in _current(scene).signed


def _not_theirs(scene: Scene, step: Step, item: Ink, name: str) -> str | None:
    """Refuse a name that is not the one of who signs here, and who is not to sign here (Q14, Q15)."""
    visit, signer = scene.visit, item.signer
    if people.named(visit, signer) != name:
        return "name_differs"
    if step.form != ASSENT and people.needs_guardian(visit, scene.when):
        return "guardian_needed"
    if not people.asked_to_sign(visit, step.form, item):
        return "signer_differs"
    if people.assent_due(visit, scene.when) and people.dissents(visit):
        return "assent_refused"
    if signer in CONSENTING:
        return None
    if signer == "interpreter" and people.remote(visit):
        return "interpreter_not_here"
    return None if people.signed_by(visit, step.form) is not None else "patient_signs_first"


def _signer(scene: Scene, fact: Signed, known: tuple[Step, Ink], actor: Actor) -> str | None:
    step, item = known
    if item.signer != fact.signer:
        return "signer_differs"
    if (wrong := _whose(scene, step, item, actor)) is not None:
        return wrong
    if fact.signer not in people.ON_GLASS:
        return own_name(fact.name, actor) if actor.proved else "pin_needed"
    fits = fact.way == people.way(scene.visit, fact.signer)
    return _not_theirs(scene, step, item, fact.name) or (None if fits else "way_differs")


def _pad(scene: Scene, pad: str) -> tuple[Step, Ink] | str:
    """Return the step and item of a pad that may be signed, or why it may not."""
    known = pad_item(scene, pad)
    if known is None or known[0].closes in ("countersign", "marks"):
        return "item_unknown"
    return "already_signed" if _signed(scene, pad) else foreign(scene, known[0].form) or known


def _may_stand(scene: Scene, step: Step, meaning: str) -> str | None:
    """Refuse any signature without a meaning, a decision to proceed, or everything before it."""
    if not meaning.strip():
        return "meaning_missing"
    decision = scene.visit.decision
    if decision is None or decision.ruling != "proceed":
        return "decision_first"
    return _not_yet(scene, step)


def signature(scene: Scene, fact: Signed, actor: Actor) -> str | None:
    """Refuse a signature that is not this person's, not now, or not what is on the pad."""
    known = _pad(scene, fact.pad)
    if isinstance(known, str):
        return known
    wrong = _signer(scene, fact, known, actor) or _may_stand(scene, known[0], fact.meaning)
    if wrong is None and fact.way == "typed":
        return "ink_differs" if fact.strokes else None  # the name is the signature: no line is drawn
    return wrong or _same_ink(_current(scene).pads.get(fact.pad), fact.strokes)


def patients_signature(scene: Scene, fact: SignedOnPaper) -> str | None:
    """Refuse on paper what would be refused on glass, the ink aside: the pictures show it."""
    known = _pad(scene, fact.pad)
    if isinstance(known, str):
        return known
    step, item = known
    if fact.signer != item.signer or item.signer not in people.ON_GLASS:
        return "signer_differs"
    return _not_theirs(scene, step, item, fact.name) or _may_stand(scene, step, fact.meaning)


def _not_yet(scene: Scene, step: Step) -> str | None:
    if scene.visit.questions:
        return "question_open"
    state = _state(scene, step)
    beside = _BESIDE_INK.get(step.closes, _BESIDE_OTHER)
    return _closed(state) or ("step_lacks" if any(lack.why not in beside for lack in state.lacks) else None)


def meanings(scene: Scene, ruling: Ruling) -> frozenset[str]:
    """Return what a countersignature under this ruling may say: the form's words for it, or their id."""
    step = scene.book.plan.step(COUNTERSIGN)
    form = scene.book.form_of(step)
    name = f"meaning_{ruling}"
    if form is None or form.item(name) is None:
        return frozenset()
    said = {name}
    for prose in form.prose.values():
        words = prose.items[name]
        said |= {words.title, *(joint.join(words.body) for joint in (" ", "\n", "\n\n"))}
    return frozenset(said)


def _own_work(scene: Scene, actor: Actor) -> bool:
    """Tell whether this person closed one of the checklists that are to be countersigned (T6)."""
    closed = {step: by for step, by in scene.visit.closed.items() if step != "open"}
    return any(by.stamp.person == actor.person for by in closed.values())


def countersignature(scene: Scene, fact: Countersigned, actor: Actor) -> str | None:
    """Refuse the physician's signature until everything it stands over is done (Q1)."""
    visit = scene.visit
    if (wrong := physician_pin(actor) or own_name(fact.name, actor)) is not None:
        return wrong
    if _own_work(scene, actor) and not scene.book.terms.physician_alone:
        return "own_checklist"
    if visit.decision is None:
        return "step_waits"
    if fact.meaning not in meanings(scene, visit.decision.ruling):
        return "meaning_does_not_fit"
    pad = steps.pad_for(scene.book, COUNTERSIGN, "physician")
    if (wrong := _same_ink(_current(scene).pads.get(pad), fact.strokes)) is not None:
        return wrong
    if visit.decision.ruling == "proceed" and (wrong := _not_approved(scene)) is not None:
        return wrong
    return "step_waits" if _state(scene, scene.book.plan.step(COUNTERSIGN)).lacks else None


def _not_approved(scene: Scene) -> str | None:
    """Refuse an approval over a finding the decision does not cover, or ahead of its day."""
    found = gate.findings(scene.book, scene.visit, scene.when)
    if gate.uncovered(found, gate.current(scene.book, scene.visit, scene.when)):
        return "finding_stands"
    if (wrong := too_young(scene)) is not None:
        return wrong
    return "before_the_injection_day" if scene.when.today < scene.when.injection_day else None
