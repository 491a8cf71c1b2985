"""What was given: the procedure's times, drawn and told, against the supplier's limit (Q35)."""

from __future__ import annotations

from datetime import datetime, timedelta

from chairside.domain.facts import LimitPassed, MarkTakenBack, ProcedureMarked, Stamped, SupplierAdded
from chairside.record.blocks import Block, Cell, Figure, Heading, Label, Para, Table, Together
from chairside.record.colour import DANGER, INK, LINE, OK, PALE, SECOND, TEAL, WARN, Colour
from chairside.record.local import local
from chairside.record.setting import STAFF, Style
from chairside.record.telling import Teller

WIDTH, ROW, LEFT, RIGHT = 495.0, 22.0, 150.0, 440.0
_TEXT = Style(10.5, 14, most=1000)
_FAINT = Style(10.5, 14, colour=SECOND, most=1000)
_LAST = ("last_injection", "stopped_part_way")  # after these nothing more is injected
_COLOURS: dict[str, Colour] = {"emergency": DANGER, "stopped_part_way": WARN, "not_given": WARN}


def procedure(t: Teller) -> tuple[Block, ...]:
    """Return the times of the procedure: drawn, told, and compared with each vial's limit."""
    marks = [
        (stamped, stamped.fact) for stamped in t.visit.marks if isinstance(stamped.fact, ProcedureMarked)
    ]
    if not marks:
        return (Para(t.say("procedure.nothing"), STAFF),)
    head = tuple(t.say(f"procedure.{name}") for name in ("what", "when", "by", "vials"))
    rows = tuple(_row(t, stamped, fact) for stamped, fact in marks)
    return (
        Heading(t.say("procedure.title"), small=True),
        Para(t.say(f"procedure.{_outcome(t)}"), Style(12.5, 17, bold=True)),
        Para(_days(t, marks), STAFF),
        *_picture(t, marks),
        Together((Table(head, rows, (112, 150, 124, 118), row_heads=True),)),
        *_taken_back(t),
        *_limits(t, marks),
    )


def _at(stamped: Stamped) -> datetime:
    """Return when it was: as entered where it was entered late, else as stamped."""
    return stamped.stamp.happened or stamped.stamp.utc


def _outcome(t: Teller) -> str:
    """Return how much was given, as the marks say."""
    marked = {stamped.fact.mark for stamped in t.visit.marks if isinstance(stamped.fact, ProcedureMarked)}
    if "not_given" in marked:
        return "none_given"
    if "stopped_part_way" in marked:
        return "partly_given"
    return "all_given" if "last_injection" in marked else "unfinished"


def _days(t: Teller, marks: list[tuple[Stamped, ProcedureMarked]]) -> str:
    zone = t.content.clinic.zone
    days = dict.fromkeys(local(_at(stamped), zone).date() for stamped, _ in marks)
    return t.say("procedure.day", day=" - ".join(t.day(day) for day in days), zone=zone)


def _row(t: Teller, stamped: Stamped, fact: ProcedureMarked) -> tuple[Cell, ...]:
    told = t.say(f"mark_of.{fact.mark}") + (f" - {fact.note}" if fact.note else "")
    at = _at(stamped)
    late = t.say("time.late") if stamped.stamp.happened else ""
    there = local(at, t.content.clinic.zone)
    times = t.say("procedure.times", local=f"{there:%H:%M:%S} {there.tzname()}", utc=f"{at:%H:%M:%S}") + late
    sign = ("dot", _COLOURS[fact.mark]) if fact.mark in _COLOURS else ()
    return (Cell(told, *sign), Cell(times), Cell(t.actor(stamped)), Cell(", ".join(fact.vials)))


def _taken_back(t: Teller) -> tuple[Block, ...]:
    """Return what was tapped and taken back: it is not hidden among the facts."""
    return tuple(
        Para(t.say("procedure.taken_back", mark=t.say(f"mark_of.{by.fact.mark}"), by=t.by(by)), STAFF)
        for by in t.visit.facts
        if isinstance(by.fact, MarkTakenBack)
    )


# -- limits --------------------------------------------------------------------------------------
def limit_minutes(t: Teller, code: str) -> int | None:
    """Return the supplier's limit for a vial as it was known then; None: none is stated. Units: minutes."""
    supplier = next((held.supplier for held in t.visit.vials if held.code == code), "")
    known = [
        stamped.fact
        for facts in t.streams.values()
        for stamped in facts
        if isinstance(stamped.fact, SupplierAdded) and stamped.fact.name == supplier
    ]
    return known[-1].thaw_limit_minutes if known else None


def _limits(t: Teller, marks: list[tuple[Stamped, ProcedureMarked]]) -> tuple[Block, ...]:
    thawed = {code: _at(by) for by, fact in marks if fact.mark == "thawed" for code in fact.vials}
    if not thawed:
        return ()
    last = [_at(by) for by, fact in marks if fact.mark in _LAST]
    head = tuple(t.say(f"procedure.{name}") for name in ("vial", "limit", "taken", "result", "fate"))
    rows = tuple(_limit_row(t, code, at, last[-1] if last else None) for code, at in thawed.items())
    return (
        Heading(t.say("procedure.limits"), 3),
        Table(head, rows, (2, 1.6, 1.3, 2, 1.8), row_heads=True),
        *_word(t),
    )


def _limit_row(t: Teller, code: str, thawed: datetime, last: datetime | None) -> tuple[Cell, ...]:
    limit = limit_minutes(t, code)
    told = t.say("procedure.minutes", count=limit) if limit is not None else t.say("procedure.no_limit")
    fate = next((t.say(f"fate.{vial.fate}") for vial in t.visit.vials if vial.code == code), "")
    if last is None:
        return (Cell(code), Cell(told), Cell(t.say("procedure.no_last")), Cell(""), Cell(fate))
    minutes = t.say("procedure.minutes", count=int((last - thawed).total_seconds() // 60))
    return (Cell(code), Cell(told), Cell(minutes), _compared(t, last - thawed, limit), Cell(fate))


def _compared(t: Teller, taken: timedelta, limit: int | None) -> Cell:
    if limit is None:
        return Cell(t.say("procedure.not_compared"))
    if taken <= timedelta(minutes=limit):
        return Cell(t.say("procedure.within"), "tick", OK)
    return Cell(t.say("procedure.passed"), "cross", DANGER)


def _word(t: Teller) -> tuple[Block, ...]:
    """Return the physician's word on a vial past its limit."""
    limit = t.visit.limit
    if limit is None or not isinstance(limit.fact, LimitPassed):
        return ()
    key = "procedure.limit_go_on" if limit.fact.go_on else "procedure.limit_stop"
    return (Para(t.say(key, reason=limit.fact.reason, by=t.by(limit)), STAFF, "dot", WARN),)


# -- the picture ---------------------------------------------------------------------------------
def _picture(t: Teller, marks: list[tuple[Stamped, ProcedureMarked]]) -> tuple[Block, ...]:
    times = [_at(by) for by, _ in marks]
    first, last = min(times), max(times)
    thawed = next(((_at(by), fact) for by, fact in marks if fact.mark == "thawed"), None)
    limit = _shortest(t, thawed[1]) if thawed else None
    end = max(last, thawed[0] + timedelta(minutes=limit)) if thawed and limit else last
    span = max((end - first).total_seconds(), 60.0)
    height = ROW * len(marks) + 40

    def x(at: datetime) -> float:
        return LEFT + (at - first).total_seconds() / span * (RIGHT - LEFT)

    shapes: list[tuple[Colour, str]] = []
    labels: list[Label] = []
    if thawed and limit:
        until = x(thawed[0] + timedelta(minutes=limit))
        shapes += _window(x(thawed[0]), until, height)
        labels.append(Label(until, height - 12, t.say("procedure.limit_until", count=limit), _FAINT, "right"))
    for index, (stamped, fact) in enumerate(marks):
        y = height - 30 - ROW * index
        at = x(_at(stamped))
        colour = _COLOURS.get(fact.mark, TEAL)
        shapes.append((LINE, f"0.8 w {LEFT:.1f} {y:.1f} m {RIGHT:.1f} {y:.1f} l S"))
        shapes.append((colour, f"9 w 1 J {at:.1f} {y:.1f} m {at + 0.01:.2f} {y:.1f} l S"))
        labels.append(Label(0, y - 3.5, t.say(f"mark_of.{fact.mark}"), _TEXT))
        labels.append(Label(WIDTH, y - 3.5, t.clock(_at(stamped)), _TEXT, "right"))
    told = t.say("procedure.picture", times=", ".join(_spoken(t, *mark) for mark in marks))
    return (Figure(WIDTH, height, tuple(shapes), told, tuple(labels)),)


def _shortest(t: Teller, fact: ProcedureMarked) -> int | None:
    stated = [limit for code in fact.vials if (limit := limit_minutes(t, code)) is not None]
    return min(stated, default=None)


def _window(start: float, end: float, height: float) -> tuple[tuple[Colour, str], ...]:
    low, high = 6.0, height - 18
    return (
        (PALE, f"{start:.1f} {low:.1f} {end - start:.1f} {high - low:.1f} re f"),
        (TEAL, f"0.8 w [3 2] 0 d {end:.1f} {low:.1f} m {end:.1f} {high:.1f} l S"),
        (INK, f"0.8 w {start:.1f} {low:.1f} m {start:.1f} {high:.1f} l S"),
    )


def _spoken(t: Teller, stamped: Stamped, fact: ProcedureMarked) -> str:
    return f"{t.say(f'mark_of.{fact.mark}')} {t.clock(_at(stamped))}"
