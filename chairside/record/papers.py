"""The papers a clinic prints: the notice on the wall, the sheets to take home, the sheet for the safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chairside.domain.form import Form, Statement
from chairside.domain.replies import DrugTaken
from chairside.domain.washout import RESUME_AFTER_DAYS, WASHOUT_BEFORE_HOURS
from chairside.record.blocks import Block, Cell, Heading, Para, Table, Together
from chairside.record.colour import DANGER
from chairside.record.local import local
from chairside.record.pages_reading import alone, body
from chairside.record.press import Part, Press, printed, reviewed, short_version, version_of
from chairside.record.setting import LEAD, STAFF, Style
from chairside.record.telling import spaced

MEDWATCH = "1-800-332-1088"  # Source: Q47; the same number as 1-800-FDA-1088
_EMERGENCY = "emergency_list"  # the tag of the list that stands first, whatever the form's order (C31)
_BIG = Style(16, 22, before=2, after=6)
_PRINT = Style(13, 18, bold=True, after=2, most=504)
_KEY = Style(24, 34, after=0)
_WRITE = Style(10.5, 24, after=0)  # room for a pen
_READ = Style(11, 15, after=5, most=492)  # as many characters a line as at 10.5 points
_FACT = Style(11.5, 16, after=0)


@dataclass(frozen=True)
class Planned:
    """A visit that is planned: for whom, when the injection is, what is told of prescribed medicines."""

    name: str
    injection: datetime
    prescribed: tuple[DrugTaken, ...] = ()


@dataclass(frozen=True)
class Given:
    """A treatment that was given: to whom, on which day at the clinic, from which vials, in which record.

    `prescribed` are the patient's medicines that a doctor prescribed: the sheet names each, to go on with.
    """

    name: str
    day: date
    codes: tuple[str, ...]
    record_id: str
    prescribed: tuple[DrugTaken, ...] = ()


def poster(press: Press, form: Form, item: Statement) -> bytes:
    """Return one statutory notice, alone on a letter page at 40 points, as it hangs on the wall (Q5, Q8)."""
    short = short_version(press, form)
    part = Part(alone(press, form, item), reviewed=reviewed(press, form), alone=short)
    return printed(press, press.words(form, item.id).title, (part,))


def preparation(press: Press, form: Form, planned: Planned) -> bytes:
    """Return the sheet for the days before, with the visit's time and from when no NSAID is taken."""
    last = planned.injection - timedelta(hours=WASHOUT_BEFORE_HOURS)
    rows = (
        (press.say("prepare.visit"), press.moment(planned.injection)),
        (press.say("prepare.nsaid"), press.say("prepare.nsaid_from", at=press.moment(last))),
        *_go_on(press, planned.prescribed),
    )
    title = press.prose(form).title
    return printed(press, title, (_sheet(press, form, planned.name, rows),))


def aftercare(press: Press, form: Form, given: Given) -> bytes:
    """Return the sheet for the days after: whom to call first, the dates, the vials' codes (Q23, Q47)."""
    last = given.day + timedelta(days=RESUME_AFTER_DAYS)
    until = press.say("after.nsaid_until", last=press.day(last), again=press.day(last + timedelta(days=1)))
    rows = (
        (press.say("after.day"), press.day(given.day)),
        (press.say("after.nsaid"), until),
        *_go_on(press, given.prescribed),
        (press.say("after.vials"), ", ".join(given.codes)),
        (press.say("after.record"), given.record_id),
        (press.say("after.medwatch"), MEDWATCH),
    )
    return printed(press, press.prose(form).title, (_sheet(press, form, given.name, rows),))


def _go_on(press: Press, prescribed: tuple[DrugTaken, ...]) -> tuple[tuple[str, str], ...]:
    """Return a row for each prescribed medicine: to go on with it, and whom to ask (Q22)."""

    def told(row: DrugTaken) -> str:
        doctor = row.prescriber.name
        return press.say("take_home.go_on_with", doctor=doctor) if doctor else press.say("take_home.go_on")

    return tuple((press.say("take_home.prescribed", name=row.name), told(row)) for row in prescribed)


def _sheet(press: Press, form: Form, name: str, rows: tuple[tuple[str, str], ...]) -> Part:
    """Return a sheet to take home: whose it is, its facts as a table, then the form's words."""
    told = tuple((Cell(title, bold=True), Cell(value, bold=True)) for title, value in rows if value)
    items = [item for item in form.items if isinstance(item, Statement)]
    items.sort(key=lambda item: _EMERGENCY not in item.tags)
    blocks: list[Block] = [
        Heading(press.prose(form).title, 1),
        Para(press.say("take_home.for", name=name, clinic=press.clinic.name), Style(12.5, 17, after=4)),
        Para(((press.say("take_home.phone") + " ", False), (press.clinic.phone_24h, True)), _BIG),
        Table((), told, (1.3, 2), _FACT, row_heads=True),
    ]
    for item in items:
        words = press.words(form, item.id)
        colour = DANGER if _EMERGENCY in item.tags else None
        first = (
            Para(words.title, Style(16, 21, bold=True, colour=colour, kind="H2", after=4)) if colour else None
        )
        blocks.append(Together((first or Heading(words.title, small=True), *body(words.body, _READ))))
    return Part(tuple(blocks), version_of(press, form), reviewed=reviewed(press, form))


def recovery(press: Press, key: str) -> bytes:
    """Return the sheet for the safe: the recovery key in its groups, the clinic's fingerprint, what to do."""
    groups = key.split("-")
    rows = tuple(
        (Cell(f"{place + 1}, {place + 2}"), *(Cell(group, bold=True) for group in groups[place : place + 2]))
        for place in range(0, len(groups), 2)
    )
    kept = tuple((Cell(press.say(f"recovery.{name}"), bold=True), Cell("")) for name in ("where", "who"))
    blocks: tuple[Block, ...] = (
        Heading(press.say("recovery.title"), 1),
        Para(press.say("recovery.what"), LEAD),
        Para(press.say("recovery.order"), STAFF),
        Table((), rows, (0.5, 1, 1), _KEY, row_heads=True),
        *(Para(press.say(f"recovery.do_{number}"), STAFF) for number in range(1, 5)),
        Table((), kept, (1, 2.6), _WRITE, row_heads=True),
        Heading(press.say("recovery.root"), small=True),
        Para(spaced(press.clinic.root_sha256), _PRINT),
        Para(press.say("recovery.root_told"), STAFF),
        Para(press.say("recovery.made", clinic=press.clinic.name, at=press.moment(press.at)), STAFF),
    )
    return printed(press, press.say("recovery.title"), (Part(blocks),))


def day_at(press: Press, at: datetime) -> date:
    """Return the calendar day of an instant at the clinic."""
    return local(at, press.zone).date()
