"""Medicines with the washout drawn: the last doses, the window before the injection, the day it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from chairside.domain.form import Drugs, Form, Step
from chairside.domain.replies import DrugsTaken, DrugTaken
from chairside.domain.washout import last_dose_at, resume_on, washout_hours
from chairside.domain.when import When, end_of_day
from chairside.record.blocks import Block, Cell, Figure, Heading, Label, Para, Section, Table, Together
from chairside.record.colour import DANGER, INK, LINE, OK, PALE, SECOND, TEAL, WARN, Colour
from chairside.record.local import local, zone
from chairside.record.pages_answers import answer_rows, closed_by
from chairside.record.setting import NOTE, STAFF, Style
from chairside.record.telling import Teller

WIDTH, ROW, LEFT, RIGHT = 495.0, 24.0, 112.0, 455.0
SPAN_FACTOR = 2.0  # the drawing spans twice the window; earlier doses stand at its left edge
_TEXT = Style(10.5, 14, most=1000)
_FAINT = Style(10.5, 14, colour=SECOND, most=1000)


def medicines(t: Teller, step: Step, form: Form, version: str) -> Section:
    """Return the medicines named, the washout and from which day such medicines are allowed again."""
    prose = t.prose(form)
    blocks: list[Block] = [Heading(prose.title), Para(version, NOTE, keep=True)]
    if t.content.drug_lists == "sample":
        blocks.append(Para(t.say("medicines.lists_sample"), STAFF, "dot", WARN))
    for item in form.items:
        if isinstance(item, Drugs):
            blocks.extend(_named(t, form, item))
    blocks.extend(answer_rows(t, form, form.items))
    blocks.extend(closed_by(t, step))
    return Section(tuple(blocks), prose.language)


def _when(t: Teller) -> When | None:
    planned = t.visit.injection  # as planned last
    if planned is None:
        return None
    clinic = t.content.clinic.zone
    day = local(planned, clinic).date()
    return When(planned, day, planned, day, lambda each: end_of_day(each, zone(clinic)))


def _named(t: Teller, form: Form, item: Drugs) -> tuple[Block, ...]:
    told = t.visit.told.get((form.id, item.id))
    when = _when(t)
    title = Heading(t.words(form, item.id).title, 3)
    if not told or when is None:
        return (title, Para(t.say("answers.not_asked"), STAFF, "dot", SECOND))
    reply = told[-1].reply
    rows = reply.rows if isinstance(reply, DrugsTaken) else ()
    by = Para(t.say("medicines.by", by=t.by(told[-1].by)), NOTE)
    if not rows:
        return (title, Para(t.say("medicines.none"), STAFF, "tick", OK), by)
    table = (_table(t, rows, when), by, *_prescribers(t, rows))
    return (title, *table, *_picture(t, rows, item, when), *_resume(t, item, when))


def _table(t: Teller, rows: tuple[DrugTaken, ...], when: When) -> Table:
    head = tuple(t.say(f"medicines.{name}") for name in ("name", "last_dose", "before", "prescribed"))
    return Table(head, tuple(_row(t, row, when) for row in rows), (2, 2.6, 2, 1.4), row_heads=True)


def _row(t: Teller, row: DrugTaken, when: When) -> tuple[Cell, ...]:
    at = last_dose_at(row.last_dose, when)
    before = t.say("medicines.hours", hours=_hours(at, when)) if at else t.say("medicines.no_hours")
    prescribed = {True: "yes", False: "no", None: "not_asked"}[row.prescribed]
    return (
        Cell(row.name),
        Cell(t.last_dose(row.last_dose)),
        Cell(before),
        Cell(t.say(f"medicines.{prescribed}")),
    )


def _prescribers(t: Teller, rows: tuple[DrugTaken, ...]) -> tuple[Block, ...]:
    """Say of every prescribed medicine whom to ask, and that it is not stopped here (Q22)."""
    prescribed = [row for row in rows if row.prescribed]
    if not prescribed:
        return ()
    names = ("prescribed_medicine", "prescriber", "prescriber_phone", "was_asked")
    head = tuple(t.say(f"medicines.{name}") for name in names)
    told = tuple(_prescriber(t, row) for row in prescribed)
    kept = Para(t.say("medicines.do_not_stop"), STAFF, "dot", WARN)
    return (Together((Table(head, told, (2, 2.6, 2, 1.4), row_heads=True), kept)),)


def _prescriber(t: Teller, row: DrugTaken) -> tuple[Cell, ...]:
    who = row.prescriber
    asked = {True: "yes", False: "no", None: "not_told"}[who.asked]
    told = (text or t.say("medicines.not_told") for text in (who.name, who.phone))
    return (Cell(row.name), *map(Cell, told), Cell(t.say(f"medicines.{asked}")))


def _hours(at: datetime, when: When) -> int:
    return int((when.injection - at).total_seconds() // 3600)


def _resume(t: Teller, item: Drugs, when: When) -> tuple[Block, ...]:
    last_day = local(resume_on(item, when), t.content.clinic.zone).date()
    # never a word about stopping what a doctor prescribed (Q22)
    return (
        Para(
            t.say("medicines.resume", day=t.day(last_day), after=t.day(last_day + timedelta(days=1))), STAFF
        ),
        Para(t.say("medicines.prescribed_kept"), STAFF),
    )


# -- the picture ---------------------------------------------------------------------------------
def _picture(t: Teller, rows: tuple[DrugTaken, ...], item: Drugs, when: When) -> tuple[Block, ...]:
    counted = [row for row in rows if row.name in t.content.nsaids]  # no other medicine has a washout
    drawn = [(row, at) for row in counted if (at := last_dose_at(row.last_dose, when)) is not None]
    if not drawn:
        return ()
    hours = washout_hours(item)
    height = ROW * len(drawn) + 52
    shapes: list[tuple[Colour, str]] = [*_window(hours, height)]
    labels = _axis(t, hours, height, when)
    for index, (row, at) in enumerate(drawn):
        y = height - 30 - ROW * (index + 0.5)
        met = when.injection - at >= timedelta(hours=hours)
        x = _x(at, hours, when)
        shapes.append((LINE, f"0.8 w {LEFT:.1f} {y:.1f} m {RIGHT:.1f} {y:.1f} l S"))
        shapes.append((OK if met else DANGER, _dose(x, y, met=met)))
        labels.append(Label(0, y - 3.5, row.name[:20], _TEXT))
    return (Figure(WIDTH, height, tuple(shapes), _told(t, drawn, hours, when), tuple(labels)),)


def _x(at: datetime, hours: int, when: When) -> float:
    share = (when.injection - at).total_seconds() / (hours * 3600 * SPAN_FACTOR)
    return max(RIGHT - share * (RIGHT - LEFT), LEFT)


def _window(hours: int, height: float) -> tuple[tuple[Colour, str], ...]:
    start = RIGHT - (RIGHT - LEFT) / SPAN_FACTOR
    low, high = 24.0, height - 26
    return (
        (PALE, f"{start:.1f} {low:.1f} {RIGHT - start:.1f} {high - low:.1f} re f"),
        (TEAL, f"1.4 w {RIGHT:.1f} {low - 4:.1f} m {RIGHT:.1f} {high + 4:.1f} l S"),
        (TEAL, f"0.8 w [3 2] 0 d {start:.1f} {low - 4:.1f} m {start:.1f} {high + 4:.1f} l S"),
        (INK, f"0.8 w {LEFT:.1f} {low:.1f} m {RIGHT:.1f} {low:.1f} l S"),
    )


def _axis(t: Teller, hours: int, height: float, when: When) -> list[Label]:
    start = RIGHT - (RIGHT - LEFT) / SPAN_FACTOR
    middle = (start + RIGHT) / 2
    begins = when.injection - timedelta(hours=hours)
    return [
        Label(middle, height - 18, t.say("medicines.window", hours=hours), _FAINT, "centre"),
        Label(RIGHT + 40, height - 18, t.say("medicines.injection"), _TEXT, "right"),
        Label(start, 8, _short(t, begins), _FAINT, "centre"),
        Label(RIGHT + 40, 8, _short(t, when.injection), _FAINT, "right"),
    ]


def _short(t: Teller, at: datetime) -> str:
    return f"{t.day(local(at, t.content.clinic.zone).date())}, {t.clock(at)}"


def _dose(x: float, y: float, *, met: bool) -> str:
    if met:  # a disc: outside the window
        return f"9 w 1 J {x:.1f} {y:.1f} m {x + 0.01:.2f} {y:.1f} l S"
    one, two = (x - 4, y - 4, x + 4, y + 4), (x - 4, y + 4, x + 4, y - 4)
    lines = " ".join(f"{a:.1f} {b:.1f} m {c:.1f} {d:.1f} l S" for a, b, c, d in (one, two))
    return f"2 w {lines}"  # a cross: inside it


def _told(t: Teller, drawn: list[tuple[DrugTaken, datetime]], hours: int, when: When) -> str:
    parts = [t.say("medicines.picture", hours=hours, injection=_short(t, when.injection))]
    for row, at in drawn:
        met = when.injection - at >= timedelta(hours=hours)
        key = "medicines.picture_before" if met else "medicines.picture_inside"
        parts.append(t.say(key, name=row.name, hours=_hours(at, when)))
    return " ".join(parts)
