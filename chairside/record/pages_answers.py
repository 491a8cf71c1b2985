"""What was asked and answered, by kind of item: checklists, sheets, panels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import assert_never

from msgspec import structs

from chairside.domain import doses
from chairside.domain.checklist import HEALTH_CHECK, stands, years_old
from chairside.domain.evidence import STOPPING, is_asked
from chairside.domain.facts import Answered, Corrected, Stamped
from chairside.domain.form import (
    Choice,
    Code,
    Dose,
    Drugs,
    Form,
    Initial,
    Ink,
    Item,
    Measure,
    Moment,
    Panel,
    Picture,
    Several,
    Statement,
    Step,
    Text,
)
from chairside.domain.premedication import nobody_ordered
from chairside.domain.replies import (
    NO_CODES,
    Chosen,
    CodesRead,
    DrugsTaken,
    DrugTaken,
    PanelRead,
    Reply,
)
from chairside.domain.visit import Told
from chairside.record.blocks import Block, Cell, Heading, Para, Section, Sign, Table
from chairside.record.colour import DANGER, INK, OK, SECOND, WARN, Colour
from chairside.record.local import local
from chairside.record.setting import NOTE, STAFF, Style
from chairside.record.telling import Teller

_RESULT_SIGNS: dict[str, tuple[Sign, Colour]] = {
    "nonreactive": ("tick", OK),
    "reactive": ("cross", DANGER),
    "indeterminate": ("dot", WARN),
}
_BY = Style(10.5, 14, colour=SECOND, before=2, after=8)


def answers(t: Teller, step: Step, form: Form, version: str) -> Section:
    """Return a checklist or sheet: every question, its answer, who recorded it and when."""
    prose = t.prose(form)
    blocks: list[Block] = [Heading(prose.title), Para(version, NOTE, keep=True)]
    blocks.extend(answer_rows(t, form, form.items))
    if form.id == HEALTH_CHECK:
        blocks.extend(_age(t))
    blocks.extend(panels(t, form))
    blocks.extend(closed_by(t, step))
    return Section(tuple(blocks), prose.language)


def answer_rows(t: Teller, form: Form, items: Iterable[Item]) -> tuple[Block, ...]:
    """Return the table of the items that are answered in one line."""
    rows = tuple(_row(t, form, item) for item in items if _one_line(item) and _due(t, form, item))
    if not rows:
        return ()
    head = tuple(t.say(f"answers.{name}") for name in ("question", "answer", "by"))
    return (Table(head, rows, (4, 2.2, 2.2), keep=True),)


def _due(t: Teller, form: Form, item: Item) -> bool:
    """Tell whether an item has a row: what was answered, and what was asked for."""
    return (form.id, item.id) in t.visit.told or is_asked(form.id, item, t.visit.replies)


def _one_line(item: Item) -> bool:
    match item:
        case Choice() | Several() | Moment() | Measure() | Code() | Dose() | Text() | Picture():
            return True
        case Statement() | Drugs() | Panel() | Initial() | Ink():
            return False  # drawn on their own
        case _:
            assert_never(item)


def _row(t: Teller, form: Form, item: Item) -> tuple[Cell, ...]:
    words = t.words(form, item.id)
    question = words.title + (" " + t.say("answers.clinic_added") if item.clinic_added else "")
    told = t.visit.told.get((form.id, item.id), ())
    if not told:
        return (Cell(question), Cell(t.say(f"answers.{_absent(t, item)}"), "dot", SECOND), Cell(""))
    last = told[-1]
    return (
        Cell(question),
        Cell(_answer(t, form, item, told), *_sign(item, last.reply)),
        Cell(_by(t, last.by)),
    )


def _absent(t: Teller, item: Item) -> str:
    """Return why there is no answer: a medicine that nobody ordered was not forgotten."""
    if isinstance(item, Dose) and nobody_ordered(t.visit, item.id):
        return "not_ordered"
    return "not_asked" if item.required else "not_recorded"


def _answer(t: Teller, form: Form, item: Item, told: tuple[Told, ...]) -> str:
    text = t.reply(form.id, item.id, told[-1].reply) + _doubt(t, form, item, told[-1].reply)
    earlier = [old for old, _ in changes(told)]
    before = [t.reply(form.id, item.id, each.reply) for each in earlier if each.reply != told[-1].reply]
    return text + (" " + t.say("answers.before", answers=", ".join(before)) if before else "")


def _doubt(t: Teller, form: Form, item: Item, reply: Reply) -> str:
    """Return in what a dose given is not the one the physician ordered in words (Q27)."""
    found = doses.doubt(t.visit, form, item.id, reply, t.content.brands)
    return " " + t.say(f"dose.not_as_ordered_{found}") if found else ""


def changes(told: tuple[Told, ...]) -> Iterator[tuple[Told, Told]]:
    """Yield each answer with the one that replaced it; a list that grew by one more was not changed."""
    kept = tuple(each for each in told[:-1] if each.reply != NO_CODES)  # the wrong label, then the right one
    for old, new in pairwise((*kept, *told[-1:])):
        if old.reply != new.reply and not _grew(old.reply, new.reply):
            yield old, new


def _grew(old: Reply, new: Reply) -> bool:
    match old, new:
        case CodesRead(first), CodesRead(last):
            return last[: len(first)] == first
        case DrugsTaken(before), DrugsTaken(after):
            same = all(_told_more(*each) for each in zip(before, after, strict=False))
            return bool(before) and len(before) <= len(after) and same  # "none" is an answer of its own
        case _:
            return False


def _told_more(old: DrugTaken, new: DrugTaken) -> bool:
    """Tell whether a medicine's row only says what was not asked before; whom to call is no answer."""
    prescribed = new.prescribed if old.prescribed is None else old.prescribed
    return structs.replace(old, prescribed=prescribed, prescriber=new.prescriber) == new


def _sign(item: Item, reply: Reply) -> tuple[Sign, Colour]:
    if item.id in STOPPING:  # a fever or a positive test stops the visit, like the answer it stands for
        return ("cross", DANGER) if stands(item, reply) else ("tick", OK)
    if not isinstance(item, Choice) or item.weight == "none" or not isinstance(reply, Chosen):
        return ("", INK)
    if reply.option == "no":
        return ("tick", OK)
    return ("cross", DANGER) if item.weight != "relative" else ("dot", WARN)


def _by(t: Teller, stamped: Stamped) -> str:
    private = isinstance(stamped.fact, Answered) and stamped.fact.private
    again = isinstance(stamped.fact, Corrected)
    extra = (" " + t.say("answers.private") if private else "") + (
        " " + t.say("answers.again") if again else ""
    )
    return t.by(stamped) + extra


def _age(t: Teller) -> tuple[Block, ...]:
    patient, planned = t.visit.patient, t.visit.injection
    if patient is None or planned is None:
        return ()
    years = years_old(patient.born, local(planned, t.content.clinic.zone).date())
    ages = " " + t.say(f"ages.{t.content.clinic.ages}")
    told = t.say("answers.age", years=years, born=t.day(patient.born))
    return (Para(told + ages, STAFF, keep=True),)


def panels(t: Teller, form: Form) -> tuple[Block, ...]:
    """Return a table for each laboratory panel answered in the visit."""
    blocks: list[Block] = []
    for item in form.items:
        if isinstance(item, Panel):
            told = t.visit.told.get((form.id, item.id))
            reply = told[-1].reply if told else None
            blocks.append(panel(t, item.tests, reply if isinstance(reply, PanelRead) else None))
    return tuple(blocks)


def panel(t: Teller, tests: tuple[str, ...], reply: PanelRead | None) -> Table:
    """Return the donor's panel; a test that was not entered says so, it is never nonreactive (Q31)."""
    results = {row.test: row.result for row in reply.rows} if reply else {}
    names = (*tests, *(test for test in results if test not in tests))
    rows = []
    for test in names:
        result = results.get(test)
        told = t.say(f"result.{result}") if result else t.say("result.blank")
        sign, colour = _RESULT_SIGNS.get(result or "", ("dot", SECOND))
        rows.append((Cell(t.test(test)), Cell(told, sign, colour)))
    head = (t.say("panel.test"), t.say("panel.result"))
    return Table(head, tuple(rows), (2, 3), row_heads=True)


def closed_by(t: Teller, step: Step) -> tuple[Block, ...]:
    """Return who closed a step, what that means and whether a PIN proved it."""
    closed = t.visit.closed.get(step.id)
    if closed is None:
        return (Para(t.say("closed.not"), _BY, "dot", WARN),)
    person = closed.stamp.person
    proved = t.say("closed.proved") if closed.signature else ""
    told = t.say(
        "closed.by",
        name=t.name(person),
        role=t.role(person),
        time=t.moment(closed.stamp.utc),
        meaning=_meaning(t, step),
    )
    return (Para(f"{told} {proved}".strip(), _BY, "tick", OK),)


def _meaning(t: Teller, step: Step) -> str:
    key = f"closed.{step.id}"
    return t.say(key) if t.knows(key) else t.say("closed.recorded")
