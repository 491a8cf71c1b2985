"""The audit trail: every fact the record rests on, in order, with who, when and its hash (Q40)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import structs

from chairside.domain.facts import (
    AddendumSigned,
    Corrected,
    Fact,
    ProcedureMarked,
    SheetEntered,
    Stamped,
    VialEndTakenBack,
    WaitBegan,
    WaitEnded,
)
from chairside.domain.facts.people import InterpreterNamed, RepresentativeNamed
from chairside.record.beside import interprets
from chairside.record.blocks import Block, Cell, Heading, Para, Section, Table
from chairside.record.local import local
from chairside.record.setting import SMALL, STAFF
from chairside.record.speech import begun, full_stop
from chairside.record.telling import Teller

HASH_LETTERS = 12


def audit(t: Teller) -> Section:
    """Return every fact, stream by stream."""
    rows = tuple(_row(t, stamped) for facts in t.streams.values() for stamped in facts)
    head = tuple(t.say(f"audit.{name}") for name in ("number", "time", "person", "what", "hash"))
    added = "_added" if t.content.addendum else ""
    return Section(
        (
            Heading(t.say(f"audit.title{added}")),
            *_waits(t),
            Para(t.say(f"audit.told{added}", count=len(rows), zone=t.content.clinic.zone), STAFF, keep=True),
            Table(head, rows, (34, 95, 107, 194, 74), SMALL),
        ),
        t.language,
    )


def _waits(t: Teller) -> tuple[Block, ...]:
    """Return what the visit waited for: since when, until when."""
    rows = []
    for place, began in enumerate(t.visit.facts):
        if isinstance(began.fact, WaitBegan):
            ended = next((each for each in t.visit.facts[place:] if _ends(each, began.fact)), None)
            until = t.hour(ended.stamp.utc) if ended else t.say("audit.still")
            what = ". ".join(filter(None, (t.say(f"awaited.{began.fact.awaited}"), began.fact.note)))
            told = (begun(what), t.hour(began.stamp.utc), until, t.actor(began))
            rows.append(tuple(map(Cell, told)))
    if not rows:
        return ()
    head = tuple(t.say(f"audit.{name}") for name in ("waited", "since", "until", "person"))
    return (Table(head, tuple(rows), (3, 2.2, 2.2, 2.4)),)


def _ends(stamped: Stamped, wait: WaitBegan) -> bool:
    return isinstance(stamped.fact, WaitEnded) and stamped.fact.awaited == wait.awaited


def _row(t: Teller, stamped: Stamped) -> tuple[Cell, ...]:
    there = local(stamped.stamp.utc, t.content.clinic.zone)
    return (
        Cell(str(stamped.stamp.number)),
        Cell(f"{there:%Y-%m-%d %H:%M:%S}"),
        Cell(t.actor(stamped)),
        Cell(told(t, stamped)),
        Cell(stamped.hash[:HASH_LETTERS]),
    )


_IN_WORDS: dict[str, Callable[[Teller, Any], str]] = {  # field -> its value as people say it
    "to": lambda t, value: t.say(f"to.{value}"),
    "ruling": lambda t, value: t.say(f"ruling.{value}"),
    "ending": lambda t, value: t.say(f"ending.{value}"),
    "mark": lambda t, value: t.say(f"mark_of.{value}"),
    "awaited": lambda t, value: t.say(f"awaited.{value}"),
    "what": lambda t, value: t.say(f"given_what.{value}"),
    "language": lambda t, value: t.say(f"language.{value}"),
    "who": lambda t, value: t.say(f"role.{value}"),
    "signer": lambda t, value: t.say(f"role.{value}"),
    "relation": lambda t, value: t.say(f"relation.{value}"),
    "basis": lambda t, value: t.say(f"basis.{value}"),
    "way": lambda t, value: t.say(f"way.{value}"),
    "step": lambda t, value: t.step(value),
    "person": lambda t, value: t.name(value),
    "injection": lambda t, value: t.moment(value),
    "whole": lambda t, value: t.say("whole.all" if value else "whole.part"),
    "vials": lambda _, value: ", ".join(value),
}
_REASONS = {"PaperChosen": "paper_why", "PatientSeen": "seen_why"}


def told(t: Teller, stamped: Stamped) -> str:
    """Return one fact as a sentence; every field of the fact is at the sentence's hand."""
    fact = stamped.fact
    kind = type(fact).__name__
    sentence = f"fact.{kind}"
    if t.knows(f"{sentence}_{getattr(fact, 'ending', '')}"):
        sentence = f"{sentence}_{getattr(fact, 'ending', '')}"
    if getattr(fact, "shown", ()) and t.knows(f"{sentence}_shown"):
        sentence = f"{sentence}_shown"
    if isinstance(fact, VialEndTakenBack) and fact.reason:
        sentence = f"{sentence}_desk"
    late = (
        " " + t.say("audit.happened", at=t.moment(stamped.stamp.happened)) if stamped.stamp.happened else ""
    )
    paper = " " + t.say("audit.from_paper") if stamped.hash in t.from_paper else ""
    proved = " " + t.say("audit.proved") if stamped.signature else ""
    said = t.say(sentence, **_fields(t, stamped, kind)).strip()
    more = late + paper + proved
    return full_stop(said) + more if more else said


def _fields(t: Teller, stamped: Stamped, kind: str) -> dict[str, object]:
    """Return the fields of a fact in words."""
    plain: dict[str, Any] = dict(structs.asdict(stamped.fact))
    told = {key: _IN_WORDS[key](t, value) if key in _IN_WORDS else value for key, value in plain.items()}
    form, item = str(plain.get("form", "")), str(plain.get("item", ""))
    if "reply" in plain:
        told["reply"] = t.reply(form, item, plain["reply"])
    if form and item:
        told["item"] = t.title(form, item)
    if kind in _REASONS:
        told["why"] = t.say(f"{_REASONS[kind]}.{plain['why']}")
    return told | _together(t, stamped.fact)


def _together(t: Teller, fact: Fact) -> dict[str, object]:
    """Return what a sentence says of several fields at once, or of one that another follows."""
    match fact:
        case Corrected(reason=reason):
            return {"reason": full_stop(reason)}
        case ProcedureMarked(note=note) if note:
            return {"note": f"- {note}"}
        case AddendumSigned(about=about):
            return {"about": t.say(f"addendum.{about}")}
        case SheetEntered(donor=donor, lot=lot):
            known = {"donor": donor, "lot": lot}
            return {"covers": ", ".join(t.say(f"audit.{key}", **known) for key, is_ in known.items() if is_)}
        case InterpreterNamed():
            return {"interprets": interprets(t, fact)}
        case RepresentativeNamed(authority=authority, incapacity=why) if why:
            return {"authority": full_stop(authority)}
        case _:
            return {}
