"""What the patient read: notices and consent exactly as shown, with read marks, initials and teach-back."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from chairside.domain import people
from chairside.domain.book import for_session
from chairside.domain.facts import Explained, PaperChosen, Signer, Stamped
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
from chairside.domain.source import SOURCE
from chairside.domain.visit import CONSENTING
from chairside.record import qr
from chairside.record.blocks import Block, Break, Bullets, Cell, Heading, Para, Section, Sign, Table, Together
from chairside.record.colour import OK, SECOND, WARN, Colour
from chairside.record.pages_answers import answer_rows
from chairside.record.pages_waived import waived_note
from chairside.record.setting import BODY, NOTE, STAFF, STATUTORY, Style
from chairside.record.speech import Speech
from chairside.record.telling import Teller

_MARK = Style(10.5, 14, colour=SECOND, before=1, after=10)


def reading(t: Teller, step: Step, form: Form) -> Section:
    """Return everything of a reading step, in the language it was shown."""
    prose = t.prose(form)
    seen, beyond = _reached(t, form)
    blocks: list[Block] = []
    for item in seen:
        if isinstance(item, Statement) and item.statutory:
            blocks.extend(alone(t, form, item))
    blocks += [
        Break(),
        Heading(prose.title),
        Para(sample_line(t, form), NOTE, keep=True),
        *_session(t, form),
        *waived_note(t, form),
        *_paper_note(t),
    ]
    told = [_item(t, form, each) for each in seen]
    for each in told if not beyond else told[:-1]:
        blocks.extend(each)
    if beyond:  # that the reading stopped never stands on a page without what was read last
        blocks.append(Together((*told[-1], *_not_reached(t, form, beyond))))
    blocks.extend(answer_rows(t, form, _others(form)))
    blocks.extend(_teach_back(t, form))
    return Section(tuple(blocks), prose.language)


def _reached(t: Teller, form: Form) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return what was shown, and what lies beyond the first page that was not read to its end.

    The tablet shows one page after the other; a pack of paper is handed out whole.
    """
    unread = (
        place
        for place, item in enumerate(form.items)
        if isinstance(item, Statement) and (form.id, item.id) not in t.visit.read
    )
    end = len(form.items) if t.visit.on_paper else next(unread, len(form.items)) + 1
    return form.items[:end], form.items[end:]


def _not_reached(t: Teller, form: Form, beyond: tuple[Item, ...]) -> tuple[Block, ...]:
    titles = [t.words(form, item.id).title for item in beyond if isinstance(item, Statement)]
    if not titles:
        return ()
    return (Para(t.say("read.not_reached", titles="; ".join(titles)), STAFF, "dot", WARN),)


def sample_line(t: Speech, form: Form) -> str:
    """Return which text this is and who reviewed it (Q46, Q48)."""
    prose = t.prose(form)
    version = t.say("form.version", version=form.version, digest=form.digest[:16])
    if prose.language != SOURCE:
        version += " " + t.say("form.translates", digest=prose.translates[:16])
    if prose.status == "approved":
        return version + " " + t.say("form.reviewed", by=prose.reviewed_by, on=prose.reviewed_on)
    return version + " " + t.say("form.draft" if prose.machine_assisted else "form.sample")


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
            words = t.words(form, item.id)
            marked = ((f"{words.title}. ", True), (_read(t, form, item), False))
            meant = tuple(Para(text, STAFF) for text in words.help)  # a translation that helps, shown with it
            return (Para(marked, STAFF, *_read_sign(t, form, item)), *meant)
        case Statement():
            return _statement(t, form, item)
        case Initial():
            return (_initial(t, form, item),)
        case (
            Choice()
            | Several()
            | Moment()
            | Measure()
            | Code()
            | Drugs()
            | Dose()
            | Panel()
            | Text()
            | Picture()
            | Ink()
        ):
            return ()  # answers follow in their own table
        case _:
            assert_never(item)


def _session(t: Teller, form: Form) -> tuple[Block, ...]:
    """Return the word that a patient who comes back reads less (P7)."""
    session = t.visit.opened.session if t.visit.opened else 1
    whole = t.content.form(form.id)
    if session == 1 or whole is None or len(for_session(whole, session).items) == len(whole.items):
        return ()
    return (Para(t.say("read.session", session=session), STAFF),)


def _paper_note(t: Teller) -> tuple[Block, ...]:
    """Return the word, above what the patient read, that it was on paper."""
    chosen = t.visit.on_paper
    if chosen is None or not isinstance(chosen.fact, PaperChosen):
        return ()
    why = t.say(f"paper_why.{chosen.fact.why}")
    return (Para(t.say("paper.note", why=why, since=t.moment(chosen.stamp.utc)), STAFF),)


def _others(form: Form) -> tuple[Item, ...]:
    def elsewhere(item: Item) -> bool:
        return isinstance(item, Statement | Initial | Ink) or (isinstance(item, Choice) and bool(item.right))

    return tuple(item for item in form.items if not elsewhere(item))


def alone(t: Speech, form: Form, item: Statement) -> tuple[Block, ...]:
    """Return a statutory text on a page of its own, never smaller than 40 points (Q5)."""
    words = t.words(form, item.id)
    page: list[Block] = [Break(bare=True), *law(t, form, tuple(Para(text, STATUTORY) for text in words.body))]
    if item.qr:
        page.append(qr.code(item.qr, t.say("form.qr", address=item.qr), 120))
    return tuple(page)


def law(t: Speech, form: Form, texts: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the law's own words as a part in English, where the text around them is in another language."""
    return texts if t.prose(form).language == SOURCE else (Section(texts, SOURCE),)


def _statement(t: Teller, form: Form, item: Statement) -> tuple[Block, ...]:
    words = t.words(form, item.id)
    blocks: list[Block] = [Heading(words.title, 3), *body(words.body)]
    if item.qr:
        blocks.append(qr.code(item.qr, t.say("form.qr", address=item.qr)))
    if isinstance(blocks[-1], Para | Bullets):  # a read mark alone on the next page marks nothing
        blocks[-1] = replace(blocks[-1], keep=True)
        if isinstance(blocks[-2], Bullets):  # nor does the one line that ends a list stand there alone
            blocks[-2] = replace(blocks[-2], keep=True)
    blocks.append(Para(_read(t, form, item), _MARK, *_read_sign(t, form, item)))
    return tuple(blocks)


def _read(t: Teller, form: Form, item: Item) -> str:
    read = t.visit.read.get((form.id, item.id))
    if read is None:
        return t.say("read.not")
    if read.hash in t.from_paper:
        return t.say("read.paper", by=t.who_when(read, read.stamp.utc))
    return t.say("read.read", time=t.moment(read.stamp.utc))


def _read_sign(t: Teller, form: Form, item: Item) -> tuple[Sign, Colour]:
    return ("tick", OK) if (form.id, item.id) in t.visit.read else ("dot", WARN)


def _initial(t: Teller, form: Form, item: Initial) -> Para:
    words = t.words(form, item.id)
    told = t.visit.told.get((form.id, item.id))
    if not told:
        return Para(((words.title + ". ", True), (t.say("initials.not"), False)), _MARK, "dot", WARN)
    by = told[-1].by
    name = people.named(t.visit, _who(t, by))
    key = "initials.paper" if by.hash in t.from_paper else "initials.given"
    given = t.say(key, initials=initials(name), time=t.moment(by.stamp.utc), by=t.who_when(by, by.stamp.utc))
    return Para(((words.title + ". ", True), (given, False)), _MARK, "tick", OK)


def _who(t: Teller, by: Stamped) -> Signer:
    """Return who initialled: who held the tablet then, on paper who consents."""
    held = t.by_patient.get(by.hash, "")
    return next((each for each in CONSENTING if each == held), people.consenting(t.visit))


def initials(name: str) -> str:
    """Return the initials of a name, as the tap of who reads set them."""
    return "".join(f"{part[0]}." for part in name.split() if part)


def _teach_back(t: Teller, form: Form) -> tuple[Block, ...]:
    items = [item for item in form.items if isinstance(item, Choice) and item.right]
    if not items:
        return ()
    if not any((form.id, item.id) in t.visit.told for item in items):
        return (Para(t.say("teach.none"), STAFF, "dot", WARN),)
    head = tuple(t.say(f"teach.{name}") for name in ("question", "answers", "tries", "explained"))
    rows = tuple(_teach_row(t, form, item) for item in items)
    intro = Para(t.say("teach.intro"), STAFF, keep=True)
    return (Heading(t.say("teach.title"), 3), intro, Table(head, rows, (3.2, 3, 0.9, 2)))


def _explained(t: Teller, stamped: Stamped) -> str:
    return (
        t.say("teach.on_tablet", time=t.hour(stamped.stamp.utc))
        if stamped.hash in t.by_patient
        else t.by(stamped)
    )


def _teach_row(t: Teller, form: Form, item: Choice) -> tuple[Cell, ...]:
    told = t.visit.told.get((form.id, item.id), ())
    given = [t.reply(form.id, item.id, each.reply) for each in told] or [t.say("reply.none_given")]
    answers = given[0] if len(given) == 1 else " ".join(f"{n}. {text}" for n, text in enumerate(given, 1))
    right = bool(told) and t.visit.option(form.id, item.id) == item.right
    by = [
        _explained(t, stamped)
        for stamped in t.visit.facts
        if isinstance(stamped.fact, Explained)
        and (stamped.fact.form, stamped.fact.item) == (form.id, item.id)
    ]
    explained = "; ".join(by) or (t.say("teach.not_needed") if right else "")
    return (
        Cell(t.words(form, item.id).title),
        Cell(answers, *(("tick", OK) if right else ("dot", WARN))),
        Cell(str(len(told))),
        Cell(explained),
    )
