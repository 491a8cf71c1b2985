"""What may be answered: by whom, with which kind of reply, when, and what only the physician may correct."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from chairside.domain import ahead, checklist, evidence, expiry, gate, people, premedication, steps
from chairside.domain.actor import Actor, clinical, may_do
from chairside.domain.book import Book
from chairside.domain.codes.identity import identity
from chairside.domain.facts import Answered, Corrected
from chairside.domain.form import (
    Choice,
    Code,
    Dose,
    Drugs,
    Initial,
    Item,
    Measure,
    Moment,
    Owner,
    Panel,
    Picture,
    Several,
    Step,
    Text,
    is_private,
)
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    ChosenSeveral,
    Coded,
    CodesRead,
    DoseGiven,
    DoseNotGiven,
    DrugsTaken,
    Initialled,
    LastDose,
    Measured,
    OnDate,
    PanelRead,
    Pictured,
    Reply,
    Written,
)
from chairside.domain.steps import Scene
from chairside.domain.visit import Visit
from chairside.domain.when import When


# -- who --------------------------------------------------------------------------------------
def patient_side(scene: Scene, actor: Actor, form: str = "") -> str | None:
    """Refuse a patient's act unless who reads this form holds the tablet and said "yes, that is me".

    That is the patient, or who decides for them. On paper, staff record what they read, ticked and
    initialled there (P8).
    """
    if scene.visit.on_paper is not None:
        return clinical(actor)
    if not scene.visit.with_patient:
        return "patient_must_hold_the_tablet"
    is_theirs = not form or scene.visit.confirmed_as == people.reader(scene.visit, form)
    return None if scene.visit.confirmed and is_theirs else "identity_not_confirmed"


def wrong_side(scene: Scene, owner: Owner, actor: Actor) -> str | None:
    """Refuse an act from the wrong side of the glass, or by the wrong role."""
    if owner == "patient":
        return patient_side(scene, actor)
    if scene.visit.with_patient:
        return "patient_has_the_tablet"
    alone = scene.book.terms.physician_alone
    return None if may_do(owner, actor.role, alone=alone) else "not_this_role"


def step_of(scene: Scene, form: str) -> Step | None:
    """Return the step of this visit that shows a form, or None."""
    return next((step for step in scene.book.plan.steps if step.form == form), None)


def known_step(scene: Scene, form: str) -> Step:
    """Return the step that shows a form of this visit: `foreign` has refused every other form."""
    return next(step for step in scene.book.plan.steps if step.form == form)


def foreign(scene: Scene, form: str) -> str | None:
    """Refuse a form that is not of this visit, or not in the version the visit began with (Q46)."""
    opened = scene.visit.opened
    if opened is None or form not in scene.book.forms or step_of(scene, form) is None:
        return "item_unknown"
    same = opened.forms.get(form) == scene.book.forms[form].digest
    return None if same else "form_of_another_version"


def too_soon(scene: Scene, step: Step) -> str | None:
    """Refuse what belongs to a step that waits for another, or that a stop has closed."""
    found = gate.findings(scene.book, scene.visit, scene.when)
    state = steps.state_of(scene.book, step, scene.visit, found, scene.when)
    # What led to the decision may still be told on the way to a deferral; what comes after it may not.
    if state.state == "stopped" and _after_decision(scene, step):
        return "step_stopped"
    # A stop opens the decision and what follows it there, whatever else is not done yet.
    after_stop = step.id in steps.AFTER_STOP
    waits = state.state == "waiting" if after_stop else bool(steps.waits_for(scene, step))
    return "step_waits" if waits else None


def _after_decision(scene: Scene, step: Step) -> bool:
    plan = scene.book.plan
    return any(need == "decision" or _after_decision(scene, plan.step(need)) for need in step.needs)


# -- what -------------------------------------------------------------------------------------
def _measured(item: Measure, reply: Measured) -> bool:
    try:
        value = Decimal(reply.value)
    except InvalidOperation:
        return False
    if reply.unit not in item.units or not value.is_finite():
        return False
    unit = item.units.index(reply.unit)
    return Decimal(item.least[unit]) <= value <= Decimal(item.most[unit])


def _several(item: Several, options: tuple[str, ...]) -> bool:
    """Tell whether these are options of the item, each once and in its order, and `none` alone."""
    in_order = tuple(option for option in item.options if option in options)
    return bool(options) and options == in_order and (item.none not in options or len(options) == 1)


def _codes(codes: tuple[Coded, ...]) -> bool:
    """Tell whether no code is blank and no vial was read twice (V19); none is left where all were wrong."""
    told = [identity(code.text).key for code in codes]
    return all(told) and len(told) == len(set(told))


def _panel(item: Panel, reply: PanelRead) -> bool:
    tests = [row.test for row in reply.rows]
    return set(tests) <= set(item.tests) and len(tests) == len(set(tests))


def fits(item: Item, reply: Reply) -> bool:  # noqa: C901, PLR0911, PLR0912
    """Tell whether a reply is of the item's kind and within what the item offers."""
    # One line per kind: a table in the shape of a match.
    match item, reply:
        case Choice(), Chosen(option):
            return option in item.options
        case Several(), ChosenSeveral(options):
            return _several(item, options)
        case Moment(precision="day"), OnDate():
            return True
        case Moment(precision="minute"), AtMoment():
            return True
        case Measure(), Measured():
            return _measured(item, reply)
        case Code(many=False), Coded(text):
            return bool(text.strip())
        case Code(many=True), CodesRead(codes):
            return _codes(codes)
        case Drugs(), DrugsTaken(rows):
            return all(row.name.strip() for row in rows)
        case Dose(), DoseGiven(_, dose, form):
            return dose in item.doses and form in item.forms
        case Dose(), DoseNotGiven(reason):
            return bool(reason.strip())
        case Panel(), PanelRead():
            return _panel(item, reply)
        case Text(), Written(text):
            return bool(text.strip()) and len(text) <= item.most
        case (Picture(), Pictured()) | (Initial(), Initialled()):
            return True
        case _:
            return False


def _dose_ahead(dose: LastDose, when: When) -> bool:
    match dose:
        case AtMoment(at):
            return at > when.now
        case OnDate(day):
            return day > when.today
        case _:
            return False


def in_the_future(reply: Reply, when: When) -> bool:
    """Tell whether a reply speaks of something that has not happened yet (P5, T9)."""
    match reply:
        case AtMoment() | OnDate():
            return _dose_ahead(reply, when)
        case DoseGiven(at):
            return at > when.now
        case DrugsTaken(rows):
            return any(_dose_ahead(row.last_dose, when) for row in rows)
        case _:
            return False


def _absolute(form: str, item: Item) -> bool:
    if form != checklist.HEALTH_CHECK:
        return False
    return item.id in evidence.STOPPING or (isinstance(item, Choice) and checklist.is_absolute(item))


def _laxer(scene: Scene, fact: Answered, item: Item) -> str | None:
    told = scene.visit.told.get((fact.form, fact.item))
    if not told or not _absolute(fact.form, item):
        return None
    laxer = checklist.stop_rank(item, fact.reply) < checklist.stop_rank(item, told[-1].reply)
    return "absolute_needs_physician" if laxer else None


def wrong_reply(scene: Scene, item: Item, reply: Reply) -> str | None:
    """Refuse a reply that does not fit its item, or speaks of what is still to come."""
    if not fits(item, reply):
        return "option_unknown" if isinstance(item, Choice) else "reply_does_not_fit"
    if in_the_future(reply, scene.when) and not (isinstance(item, Moment) and item.future):
        return "moment_in_the_future"
    if isinstance(item, Text) and item.expires and isinstance(reply, Written):
        return expiry.unfit(reply.text, max(scene.when.today, scene.when.injection_day))
    return None


def _side(scene: Scene, fact: Answered, item: Item, actor: Actor) -> str | None:
    owner = steps.owner_of(item, known_step(scene, fact.form))
    if owner == "patient":
        return patient_side(scene, actor, fact.form)
    if is_private(item) and scene.visit.with_patient:
        return patient_side(scene, actor)  # the patient's own, also where somebody else decides for them
    return wrong_side(scene, owner, actor)


def answer(scene: Scene, fact: Answered, actor: Actor) -> str | None:
    """Refuse an answer that is not this person's, not to this visit's question, or not possible."""
    if fact.item == checklist.UNDER_AGE:
        return "under_12_is_derived"
    if (wrong := foreign(scene, fact.form)) is not None:
        return wrong
    item = scene.book.item(fact.form, fact.item)
    if item is None:
        return "item_unknown"
    wrong = _side(scene, fact, item, actor) or wrong_reply(scene, item, fact.reply)
    wrong = wrong or _laxer(scene, fact, item)
    return wrong or too_soon(scene, known_step(scene, fact.form)) or _dose(scene, fact)


def unsigned_until(book: Book, visit: Visit, when: When) -> datetime | None:
    """Return from when on a dose or a draw may be: from the patient's signature of that day.

    By the minute: a time that somebody types has no seconds. None: nobody signed on that day.
    """
    signed = ahead.agreed_at(book, visit, when)
    return signed.replace(second=0, microsecond=0) if signed is not None else None


def _unsigned_for(scene: Scene, fact: Answered) -> bool:
    """Tell whether a dose or a draw is told of a time before that signature."""
    at = premedication.done_at(fact.item, fact.reply)
    signed = unsigned_until(scene.book, scene.visit, scene.when)
    return at is not None and signed is not None and at < signed


def _dose(scene: Scene, fact: Answered) -> str | None:
    if fact.form != premedication.PREMEDICATION:
        return None
    if _unsigned_for(scene, fact):
        return "before_the_signature"
    if not isinstance(reply := fact.reply, DoseGiven):
        return None
    today = ahead.current(scene.book, scene.visit, scene.when)  # asked on another day is not asked
    return premedication.allowed(today, fact.item, reply.dose, reply.form, scene.when.today)


def correction(scene: Scene, fact: Corrected, actor: Actor) -> str | None:
    """Refuse a correction but the physician's own, of an absolute answer that was given (Q2)."""
    if actor.role != "physician" or not actor.proved:
        return "physician_pin_needed"
    if not (fact.source.strip() and fact.reason.strip()):
        return "reason_needed"
    item = scene.book.item(fact.form, fact.item)
    told = scene.visit.told.get((fact.form, fact.item))
    if item is None or not told or not _absolute(fact.form, item):
        return "nothing_to_correct"
    return foreign(scene, fact.form) or wrong_reply(scene, item, fact.reply)
