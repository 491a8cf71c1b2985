"""The first page: who, what, how it ended, what was changed, who signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from chairside.domain import people
from chairside.domain.ahead import AT_THE_CHAIR
from chairside.domain.checklist import years_old
from chairside.domain.facts import (
    Corrected,
    Countersigned,
    Signed,
    SignedOnPaper,
    Stamped,
    Stopped,
    TextGiven,
)
from chairside.domain.form import Step
from chairside.domain.gate import local_day
from chairside.domain.visit import CONSENTING, Told
from chairside.record import qr
from chairside.record.beside import there
from chairside.record.blocks import Block, Cell, Heading, Para, Section, Table, Together
from chairside.record.colour import DANGER, OK, SECOND, WARN, Colour
from chairside.record.local import local
from chairside.record.pages_answers import changes
from chairside.record.pages_waived import waived_rows
from chairside.record.setting import CELL, LEAD, NOTE, STAFF, Style, lines
from chairside.record.speech import begun, full_stop
from chairside.record.tables import GAP
from chairside.record.telling import Teller

_CODE = replace(NOTE, most=504)
_ROW = replace(CELL, leading=12.5)  # close: who signed stands on the first page, with people beside too
Who: TypeAlias = tuple[tuple[str, str, str], datetime]  # name, role and what; when
_ENDING_COLOURS: dict[str, Colour] = {"countersigned": OK, "deferred": WARN, "do_not_treat": DANGER}


def summary(t: Teller) -> Section:
    """Return the summary page."""
    changed = _changed(t)
    return Section(
        (
            _code(t),
            Heading(t.say("summary.title"), 1),
            Para(t.say("summary.of", clinic=t.content.clinic.name, id=t.content.record_id), LEAD),
            *_outcome(t),
            Heading(t.say("summary.people"), small=True),
            _about(t, changed=bool(changed)),
            *changed,
            Together((*_signed(t), Para(t.say("summary.code_told"), _CODE))),
        ),
        t.language,
    )


def pairs(rows: tuple[tuple[str, str], ...], style: Style = CELL) -> Table:
    """Return a table of names and values; rows without a value are left out."""
    held = tuple((Cell(name, bold=True), Cell(value)) for name, value in rows if value)
    return Table((), held, (1, 2.6), style, row_heads=True)


def ended(t: Teller, ending: str) -> str:
    """Return how the visit ended, in other words where somebody decided for the patient."""
    decided_for = people.consenting(t.visit) == "representative" and t.knows(f"ending.{ending}_for")
    return t.say(f"ending.{ending}_for" if decided_for else f"ending.{ending}")


def _outcome(t: Teller) -> tuple[Block, ...]:
    ending = t.content.ending
    colour = _ENDING_COLOURS.get(ending, SECOND)
    style = Style(14, 19, bold=True, colour=colour, after=3, before=4)
    narrow = replace(STAFF, most=395)  # beside the code
    told = [Para(ended(t, ending), style), Para(ended(t, f"{ending}_means"), narrow)]
    if ending != "countersigned":
        told.append(Para(t.say("summary.left_out", steps=_left_out(t)), narrow))
    return tuple(told)


def _left_out(t: Teller) -> str:
    """Return the names of the steps nobody began: a stopped visit says what did not happen."""
    visit = t.visit
    begun = {key[0] for key in (*visit.told, *visit.read)} | {pad.partition(".")[0] for pad in visit.signed}
    acts = {"decision": visit.decided, "countersign": visit.countersigned}
    return ", ".join(
        t.step(step.id)
        for step in t.content.plan.steps
        if _was_due(t, step)
        and step.form not in begun
        and step.id not in visit.closed
        and not acts.get(step.id)
    )


def _was_due(t: Teller, step: Step) -> bool:
    """Tell whether a step belongs to what a record holds: not what comes after it, nor what was not asked."""
    return bool(step.form) and step.closes != "marks" and step.due == "always"


def _about(t: Teller, *, changed: bool) -> Table:
    visit, patient, opened = t.visit, t.visit.patient, t.visit.opened
    clinic = t.content.clinic
    reach = t.say("summary.reach_clinic", address=clinic.address, phone=clinic.phone_24h)
    rows: list[tuple[str, str]] = [(t.say("summary.clinic"), reach)]
    if patient is not None:
        rows.append((t.say("summary.patient"), patient.name))
        born = t.say("summary.born_told", day=t.day(patient.born), years=_age(t))
        rows.append((t.say("summary.born"), born if _age(t) else t.day(patient.born)))
        rows.append((t.say("summary.reached"), ", ".join(filter(None, (patient.phone, patient.address)))))
    if opened is not None:
        rows.append((t.say("summary.physician"), _known(t, opened.physician)))
        planned = t.moment(visit.injection or opened.injection)
        rows.append(
            (t.say("summary.injection"), t.say("summary.planned", at=planned, session=opened.session))
        )
        rows.append((t.say("summary.language"), _language(t)))
        identifiers = ", ".join(t.say(f"identifier.{name}") for name in opened.identifiers)
        rows.append((t.say("summary.identifiers"), begun(identifiers)))
    rows += _ahead(t)
    rows += [*there(t), *waived_rows(t)]
    rows += [(t.say("summary.vials"), ", ".join(visit.codes)), (t.say("summary.lasted"), _lasted(t))]
    rows.append((t.say("summary.verdict"), t.say(f"checks.{t.content.verdict}")))
    rows.append((t.say("summary.changed_row"), "" if changed else t.say("summary.nothing_changed")))
    return pairs(tuple(rows), _ROW)


def _language(t: Teller) -> str:
    """Return the language of what was read or signed: a visit that stopped before holds neither."""
    visit = t.visit
    return t.say(f"language.{t.content.language}") if visit.read or visit.signed or visit.papers else ""


def _known(t: Teller, person: str) -> str:
    return t.name(person) if person in t.content.people else ""


def _lasted(t: Teller) -> str:
    opened, concluded = (t.visit.facts[at].stamp.utc for at in (0, -1))
    day = local(opened, t.zone).date()
    if day != local(concluded, t.zone).date():
        return t.say("summary.from_to", opened=t.moment(opened), concluded=t.moment(concluded))
    times = {"opened": t.clock(opened), "concluded": t.clock(concluded)}
    return t.say("summary.one_day", day=t.day(day), zone=local(concluded, t.zone).tzname(), **times)


def _ahead(t: Teller) -> list[tuple[str, str]]:
    """Return when the text was first given, and a consent signed ahead of the day with its reaffirmation."""
    given = t.visit.given_text
    rows = []
    if given is not None and isinstance(given.fact, TextGiven):
        at = t.moment(given.stamp.happened or given.stamp.utc)
        rows.append(
            (t.say("summary.given_text"), t.say("summary.version", at=at, version=given.fact.version))
        )
    again = _signed_at(t, "reaffirm.")
    first = _signed_at(t, "sign.")
    if first is not None and again is not None:
        rows.append((t.say("summary.signed_ahead"), t.moment(first.stamp.utc)))
        rows.append((t.say("summary.reaffirmed"), t.moment(again.stamp.utc)))
    return rows


def _signed_at(t: Teller, pads: str) -> Stamped | None:
    held = t.visit.signed.items()
    return next((by for pad, by in held if pad.startswith(pads) and _by_patient(by)), None)


def _by_patient(by: Stamped) -> bool:
    return isinstance(by.fact, Signed | SignedOnPaper) and by.fact.signer in CONSENTING


def _age(t: Teller) -> str:
    patient, planned = t.visit.patient, t.visit.injection
    if patient is None or planned is None:
        return ""
    return str(years_old(patient.born, local(planned, t.content.clinic.zone).date()))


def _changed(t: Teller) -> tuple[Block, ...]:
    rows = []
    for (form, item), told in t.visit.told.items():
        asked = _item(t, form, item)  # None: a newer text of the form asks it no more
        skipped = asked is None or bool(getattr(asked, "right", ""))  # a teach-back answer is no change
        for old, new in () if skipped else changes(_of_the_last_day(form, told)):
            fact = new.by.fact
            why = (
                t.say("summary.asked_again", reason=full_stop(fact.reason), source=full_stop(fact.source))
                if isinstance(fact, Corrected)
                else ""
            )
            rows.append(
                (
                    Cell(t.title(form, item)),
                    Cell(t.reply(form, item, old.reply)),
                    Cell(t.reply(form, item, new.reply), bold=True),
                    Cell(f"{t.by(new.by)}. {why}" if why else t.by(new.by)),
                )
            )
    if not rows:
        return ()
    head = tuple(t.say(f"summary.{name}") for name in ("question", "was", "now", "by_whom"))
    table = Table(head, tuple(rows), (2.7, 1.8, 1.8, 2.9))
    return (Heading(t.say("summary.changed"), small=True), table)


def _of_the_last_day(form: str, told: tuple[Told, ...]) -> tuple[Told, ...]:
    """Return what was told at the chair on its last day: a dose of another day was not corrected by it."""
    if form not in AT_THE_CHAIR:
        return told
    return tuple(each for each in told if local_day(each.by) == local_day(told[-1].by))


def _item(t: Teller, form_id: str, item: str) -> object:
    form = t.content.form(form_id)
    return form.item(item) if form else None


def _signed(t: Teller) -> tuple[Block, ...]:
    rows: list[Who] = []
    no_pen = True
    for stamped in t.visit.facts:
        fact = stamped.fact
        if isinstance(fact, Signed | SignedOnPaper | Countersigned):
            role = t.say("role.physician" if isinstance(fact, Countersigned) else f"role.{fact.signer}")
            rows.append(((fact.name, role, _what(t, fact)), stamped.stamp.utc))
            no_pen = False
        if isinstance(fact, Stopped):
            person = stamped.stamp.person
            rows.append(((t.name(person), t.role(person), t.say("act.Stopped")), stamped.stamp.utc))
    days = {local(at, t.zone).date() for _, at in rows}
    day = t.day(days.pop()) if len(days) == 1 else ""
    heading = Heading(" · ".join(filter(None, (t.say("summary.signed"), day))), small=True)
    nobody = (Para(t.say("summary.nobody_signed"), STAFF, keep=True),) if no_pen else ()
    return (heading, *nobody, *((_who(t, rows, one_day=bool(day)),) if rows else ()))


def _who(t: Teller, rows: list[Who], *, one_day: bool) -> Table:
    """Return who signed, each on one line: a second line a row pushes the table off the page.

    Where all of it is of one day, that stands in the heading, and a row needs the hour alone.
    """
    head = tuple(t.say(f"summary.{name}") for name in ("name", "role", "what", "when"))
    times = [t.time_of_day(at) if one_day else t.moment(at) for _, at in rows]
    when = max(lines(told, _ROW, STAFF.most)[0].width for told in times) + GAP + 1
    left = STAFF.most - when
    parts = (0.4 * left, 0.27 * left, 0.33 * left, when)
    told = (tuple(map(Cell, (*who, at))) for (who, _), at in zip(rows, times, strict=True))
    return Table(head, tuple(told), parts, _ROW, row_heads=True)


def _what(t: Teller, fact: Signed | SignedOnPaper | Countersigned) -> str:
    if isinstance(fact, Countersigned):
        approved = t.content.ending == "countersigned"
        return t.say("signed_what.approval" if approved else f"ending.{t.content.ending}")
    form = t.content.form(fact.pad.partition(".")[0])
    paper = t.say("paper.short") if isinstance(fact, SignedOnPaper) else ""
    return (t.signed_for(form) if form else "") + paper


def _code(t: Teller) -> Block:
    identity = t.content.record_id
    told = t.say("summary.code_alt", id=identity)
    return replace(qr.code(f"CHAIRSIDE:1:{identity}:{t.digest}", told), aside=True)
