"""Every form of a visit as paper: boxes to tick, boxes for initials, lines to sign (P8).

It asks exactly what the tablet asks, in the same words and order; what only staff see on a sheet of
their own is left out, but what the patient signs over (health check, medicines) is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from msgspec import structs

from chairside.domain.book import Book, for_session
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
from chairside.domain.people import ON_GLASS
from chairside.domain.steps import pad_of
from chairside.domain.visit import ASSENT, CONSENTING, SIGNED_OVER
from chairside.record import qr
from chairside.record.blocks import Block, Break, Cell, Figure, Heading, Inked, Para, Space, Table, Together
from chairside.record.colour import INK
from chairside.record.pages_above import Forms, shown_again
from chairside.record.pages_reading import alone, body
from chairside.record.press import Part, Press, printed, reviewed, short_version, version_of
from chairside.record.setting import NOTE, NOTICE, STAFF, Style

_WRITE = Style(10.5, 26, after=0)  # room for a pen
BOX_WIDTH, BOX_HEIGHT = 96.0, 34.0
_BOX = f"1 w 0.5 0.5 {BOX_WIDTH - 1:.1f} {BOX_HEIGHT - 1:.1f} re S"
_INITIALS = Style(12.5, 34, after=8, most=390)
_ROWS = 6  # empty rows for medicines
_TALL = Style(10.5, 22, after=0)


@dataclass(frozen=True)
class Whose:
    """Whom the pack is for: written in by hand where it is not known yet.

    `lines` are the pads signed in this visit; where nobody knows who will be there, every line is in, and
    says for whom it is. `waived` are the notices that this visit leaves out.
    """

    name: str = ""
    born: str = ""
    session: int = 1
    lines: frozenset[str] | None = None
    waived: frozenset[str] = frozenset()

    def signs(self, form: Form, ink: Ink) -> bool:
        """Tell whether a line is in the pack."""
        return ink.signer in ON_GLASS and (self.lines is None or pad_of(form.id, ink.id) in self.lines)


def blank_pack(press: Press, book: Book, whose: Whose = Whose()) -> bytes:
    """Return the pack: every form that the patient reads, answers or signs."""
    known = Forms(book.forms, book.plan)
    head = press.say("pack.whose", name=whose.name or "_" * 28, born=whose.born or "_" * 14)
    parts = [
        _part(press, known, for_session(_of_this(whose, form), whose.session, whose.waived), head)
        for step in book.plan.steps
        if (form := book.form_of(step)) is not None and _is_theirs(step, _of_this(whose, form))
    ]
    return printed(press, press.say("pack.title"), (_cover(press, head), *parts))


def _of_this(whose: Whose, form: Form) -> Form:
    """Return a form with the lines alone that are signed by who is there."""
    kept = tuple(item for item in form.items if not isinstance(item, Ink) or whose.signs(form, item))
    return structs.replace(form, items=kept)


def _is_theirs(step: Step, form: Form) -> bool:
    inked = any(isinstance(item, Ink) for item in form.items)
    reads = step.owner == "patient" and step.closes == "read"
    return reads or form.id in SIGNED_OVER or inked


def _cover(press: Press, head: str) -> Part:
    told = tuple(press.say(f"pack.cover_{number}") for number in range(1, 5))
    rows = tuple(
        (Cell(press.say(f"pack.{name}"), bold=True), Cell("")) for name in ("name", "born", "day", "staff")
    )
    return Part(
        (
            Heading(press.say("pack.title"), 1),
            *(Para(text) for text in told),
            Table((), rows, (1, 2.6), _WRITE, row_heads=True),
        ),
        press.say("pack.phone", phone=press.clinic.phone_24h),
        head,
    )


def _part(press: Press, known: Forms, form: Form, head: str) -> Part:
    blocks: list[Block] = []
    for item in form.items:
        if isinstance(item, Statement) and item.statutory:
            blocks += alone(press, form, item)
    blocks += [Break(), Heading(press.prose(form).title, 1)]
    for item in form.items:
        blocks += _item(press, known, form, item)
    return Part(
        tuple(blocks), version_of(press, form), head, reviewed(press, form), short_version(press, form)
    )


def _item(press: Press, known: Forms, form: Form, item: Item) -> tuple[Block, ...]:
    match item:
        case Statement():
            return _statement(press, form, item)
        case Initial():
            return _initial(press, form, item)
        case Choice() | Several():
            return _choice(press, form, item)
        case Drugs():
            return _drugs(press, form, item)
        case Ink():
            return _ink(press, known, form, item)
        case Moment() | Measure() | Code() | Dose() | Text():
            return _line_to_fill(press, form, item)
        case Panel() | Picture():
            return ()  # staff's own
        case _:
            assert_never(item)


def _statement(press: Press, form: Form, item: Statement) -> tuple[Block, ...]:
    words = press.words(form, item.id)
    read = Para(press.say("pack.read"), STAFF, "box")
    if item.statutory:
        return (Para(((f"{words.title}. ", True), (press.say("pack.read"), False)), STAFF, "box"),)
    code = (qr.code(item.qr, press.say("form.qr", address=item.qr)),) if item.qr else ()
    return (Heading(words.title, small=True), *body(words.body), *code, read)


def _initial(press: Press, form: Form, item: Initial) -> tuple[Block, ...]:
    box = Figure(BOX_WIDTH, BOX_HEIGHT, ((INK, _BOX),), press.say("pack.initials_box"), aside=True)
    title = press.words(form, item.id).title
    return (
        Together(
            (Space(6), box, Para(((f"{title}. ", True), (press.say("pack.initials"), False)), _INITIALS))
        ),
    )


def _choice(press: Press, form: Form, item: Choice | Several) -> tuple[Block, ...]:
    words = press.words(form, item.id)
    labels = (words.options.get(option) or press.say(f"option.{option}") for option in item.options)
    boxes = (Para(label, Style(10.5, 16, after=2, indent=12), "box") for label in labels)
    helped = (
        () if isinstance(item, Choice) and item.right else tuple(Para(text, NOTE) for text in words.help)
    )  # it would tell the answer
    return (Together((Heading(words.title, small=True), *helped, *boxes)),)


def _drugs(press: Press, form: Form, item: Drugs) -> tuple[Block, ...]:
    words = press.words(form, item.id)
    head = tuple(press.say(f"medicines.{name}") for name in ("name", "last_dose", "prescribed"))
    empty = tuple((Cell(""), Cell(""), Cell(press.say("pack.yes_no"))) for _ in range(_ROWS))
    none = Para(press.say("pack.no_medicine"), STAFF, "box")
    helped = tuple(Para(text, NOTE) for text in words.help)
    return (Heading(words.title, small=True), *helped, Table(head, empty, (3, 3, 1.6), _TALL), none)


def _line_to_fill(press: Press, form: Form, item: Item) -> tuple[Block, ...]:
    words = press.words(form, item.id)
    return (Table((), ((Cell(words.title, bold=True), Cell("")),), (1.4, 2), _WRITE, row_heads=True),)


def _ink(press: Press, known: Forms, form: Form, item: Ink) -> tuple[Block, ...]:
    words, theirs = press.words(form, item.id), item.signer in CONSENTING and form.id != ASSENT
    only = "child" if form.id == ASSENT else item.signer
    note = () if only == "patient" else (Para(press.say(f"pack.only_{only}"), NOTE),)
    rows = tuple(
        (Cell(press.say(f"pack.{name}"), bold=True), Cell("")) for name in ("printed_name", "day_and_time")
    )
    block = Together(
        (
            Heading(words.title, small=True),
            *note,
            *body(words.body, NOTICE),
            *(shown_again(press, known, form) if theirs else ()),
            Inked((), ""),
            Para(press.say("pack.sign_here"), NOTE),
            Table((), rows, (1, 2), _WRITE, row_heads=True),
        )
    )
    return (block,)
