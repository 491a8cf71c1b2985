"""What the patient read: notices and consent exactly as shown, with read marks, initials and teach-back."""

from __future__ import annotations

from typing import assert_never

from chairside.domain.facts import Explained
from chairside.domain.form import (
    Choice, Code, Dose, Drugs, Form, Initial, Ink, Item, Measure, Moment, Panel, Picture, Statement, Step, Text,
)
from chairside.record import qr
from chairside.record.blocks import Block, Break, Bullets, Cell, Heading, Para, Section, Table
from chairside.record.colour import OK, SECOND, WARN
from chairside.record.pages_answers import answer_rows
from chairside.record.setting import BODY, NOTE, STAFF, STATUTORY, Style
from chairside.record.telling import Teller

_MARK = Style(10.5, 14, colour=SECOND, before=1, after=10)


def reading(t: Teller, step: Step, form: Form) -> Section:
    """Return everything of a reading step, in the language it was shown."""
    prose = t.prose(form)
    head: list[Block] = [Break(), Heading(prose.title), Para(sample_line(t, form), NOTE)]
    blocks: list[Block] = []
    for item in form.items:
        blocks.extend(_item(t, form, item))
    rows = answer_rows(t, form, _others(form))
    blocks.extend(rows)
    blocks.extend(_teach_back(t, form))
    return Section((*head, *blocks), prose.language)


def sample_line(t: Teller, form: Form) -> str:
    """Return which text this is and who reviewed it (Q46, Q48)."""
    prose = t.prose(form)
    version = t.say("form.version", version=form.version, digest=form.digest[:16])
    if prose.reviewed_by:
        return version + " " + t.say("form.reviewed", by=prose.reviewed_by, on=prose.reviewed_on)
    return version + " " + t.say("form.sample")


def body(paragraphs: tuple[str, ...], style: Style = BODY) -> tuple[Block, ...]:
    """Return an item's paragraphs; neighbouring "- " lines make one list."""
    blocks: list[Block] = []
    items: list[str] = []
    for text in (*paragraphs, ""):
        if text.startswith("- "):
            items.append(text[2:])
            continue
        if items:
            blocks.append(Bullets(tuple(items), style))
            items = []
        if text:
            blocks.append(Para(text, style))
    return tuple(blocks)


def _item(t: Teller, form: Form, item: Item) -> tuple[Block, ...]:
    match item:
        case Statement(statutory=True):
            return _statutory(t, form, item)
        case Statement():
            return _statement(t, form, item)
        case Initial():
            return (_initial(t, form, item),)
        case (
            Choice() | Moment() | Measure() | Code() | Drugs() | Dose() | Panel() | Text() | Picture() | Ink()
        ):
            return ()  # answers follow in their own table
        case _:
            assert_never(item)


def _others(form: Form) -> tuple[Item, ...]:
    def elsewhere(item: Item) -> bool:
        return isinstance(item, Statement | Initial | Ink) or (isinstance(item, Choice) and bool(item.right))

    return tuple(item for item in form.items if not elsewhere(item))


def _statutory(t: Teller, form: Form, item: Statement) -> tuple[Block, ...]:
    words = t.words(form, item.id)
    page: list[Block] = [Break(bare=True), *(Para(text, STATUTORY) for text in words.body)]
    if item.qr:
        page.append(qr.code(item.qr, t.say("form.qr", address=item.qr), 120))
    mark = Para((((words.title + ". "), True), (_read(t, form, item), False)), STAFF, *_read_sign(t, form, item))
    return (*page, Break(), mark)


def _statement(t: Teller, form: Form, item: Statement) -> tuple[Block, ...]:
    words = t.words(form, item.id)
    blocks: list[Block] = [Heading(words.title, 3), *body(words.body)]
    if item.qr:
        blocks.append(qr.code(item.qr, t.say("form.qr", address=item.qr)))
    blocks.append(Para(_read(t, form, item), _MARK, *_read_sign(t, form, item)))
    return tuple(blocks)


def _read(t: Teller, form: Form, item: Item) -> str:
    read = t.visit.read.get((form.id, item.id))
    if read is None:
        return t.say("read.not")
    return t.say("read.read", time=t.moment(read.stamp.utc))


def _read_sign(t: Teller, form: Form, item: Item) -> tuple[str, tuple[float, float, float]]:
    return ("tick", OK) if (form.id, item.id) in t.visit.read else ("dot", WARN)


def _initial(t: Teller, form: Form, item: Initial) -> Para:
    words = t.words(form, item.id)
    told = t.visit.told.get((form.id, item.id))
    if not told:
        return Para(((words.title + " ", True), (t.say("initials.not"), False)), _MARK, "dot", WARN)
    name = t.visit.patient.name if t.visit.patient else ""
    given = t.say("initials.given", initials=initials(name), time=t.moment(told[-1].by.stamp.utc))
    return Para(((words.title + " ", True), (given, False)), _MARK, "tick", OK)


def initials(name: str) -> str:
    """Return the initials of a name, as the patient's tap set them."""
    return "".join(f"{part[0]}." for part in name.split() if part)


def _teach_back(t: Teller, form: Form) -> tuple[Block, ...]:
    items = [item for item in form.items if isinstance(item, Choice) and item.right]
    if not items:
        return ()
    head = tuple(t.say(f"teach.{name}") for name in ("question", "answers", "tries", "explained"))
    rows = tuple(_teach_row(t, form, item) for item in items)
    intro = Para(t.say("teach.intro"), STAFF)
    return (Heading(t.say("teach.title"), 3), intro, Table(head, rows, (3.2, 3, 0.9, 2)))


def _teach_row(t: Teller, form: Form, item: Choice) -> tuple[Cell, ...]:
    told = t.visit.told.get((form.id, item.id), ())
    answers = " / ".join(t.reply(form.id, item.id, each.reply) for each in told) or t.say("reply.none_given")
    right = bool(told) and t.visit.option(form.id, item.id) == item.right
    by = [
        t.by(stamped) for stamped in t.visit.facts
        if isinstance(stamped.fact, Explained) and (stamped.fact.form, stamped.fact.item) == (form.id, item.id)
    ]
    explained = t.say("teach.explained_by", times=len(by), by="; ".join(by)) if by else t.say("teach.not_needed")
    return (
        Cell(t.words(form, item.id).title), Cell(answers, *(("tick", OK) if right else ("dot", WARN))),
        Cell(str(len(told))), Cell(explained),
    )


