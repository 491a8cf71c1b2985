"""An addendum: what happened after a record was sealed, in a file of its own that names that record.

It says what is added, who signs it and why it can be believed; what the record says it does not say
again. The record itself never changes (P9).
"""

from __future__ import annotations

from dataclasses import replace

from chairside.domain.evidence import is_asked
from chairside.domain.facts import AddendumSigned, Stamped
from chairside.domain.form import Ink
from chairside.domain.steps import PROCEDURE
from chairside.record import qr
from chairside.record.blocks import Block, Heading, Inked, Para, Section, Together
from chairside.record.content import Addendum
from chairside.record.pages_procedure import procedure
from chairside.record.pages_reading import body
from chairside.record.pages_signatures import certifier_field, machine, outlines, proved
from chairside.record.pages_summary import pairs
from chairside.record.setting import LEAD, NOTE, STAFF
from chairside.record.telling import Teller, spaced

NOTE_ITEM = "note"  # what is written there goes with the signature


def addendum(t: Teller, added: Addendum) -> tuple[Block, ...]:
    """Return what stands before the audit trail of an addendum; `t` speaks the clinic's language."""
    said: tuple[Block, ...] = (*procedure(t), *_written(t)) if added.about == "procedure" else ()
    if added.text:
        title = t.say("addendum.note" if said else "addendum.text")
        said = (*said, Heading(title, small=True), *body(tuple(added.text.split("\n")), STAFF))
    return (Section((*_first(t, added), *said, *_signature(t, added)), t.language),)


def _written(t: Teller) -> tuple[Block, ...]:
    """Return what was written down beside the marks, such as the roller, its needles and its lot (C28)."""
    form, told = t.content.form(PROCEDURE), t.visit.replies
    asked = [item for item in form.items if not isinstance(item, Ink)] if form else []
    rows = tuple(
        (t.title(PROCEDURE, item.id), t.reply(PROCEDURE, item.id, told[key]) if key in told else blank)
        for item in asked
        if item.id != NOTE_ITEM and is_asked(PROCEDURE, item, told)
        for key, blank in [((PROCEDURE, item.id), t.say("addendum.not_written"))]
    )
    return (Heading(t.say("addendum.written"), small=True), pairs(rows)) if rows else ()


def _first(t: Teller, added: Addendum) -> tuple[Block, ...]:
    identity = t.content.record_id
    code = qr.code(f"CHAIRSIDE:1:{identity}:{t.digest}", t.say("summary.code_alt", id=identity))
    return (
        replace(code, aside=True),
        Heading(t.say(f"addendum.{added.about}"), 1),
        Para(t.say("addendum.of", number=added.number, id=added.follows_id), LEAD),
        Para(t.say(f"addendum.{added.about}_means"), replace(STAFF, most=380)),
        Heading(t.say("addendum.to"), small=True),
        pairs(_names(t, added)),
        Para(t.say("addendum.kept"), NOTE),
    )


def _names(t: Teller, added: Addendum) -> tuple[tuple[str, str], ...]:
    patient = t.visit.patient
    signed = _signed(t, added)
    return (
        (t.say("summary.patient"), patient.name if patient else ""),
        (t.say("summary.born"), t.day(patient.born) if patient else ""),
        (t.say("addendum.record"), added.follows_id),
        (t.say("addendum.ended"), t.say(f"ending.{t.content.ending}")),
        (t.say("addendum.sha256"), spaced(added.follows_sha256)),
        (t.say("addendum.when"), t.moment(signed.stamp.utc) if signed else ""),
    )


def _signed(t: Teller, added: Addendum) -> Stamped | None:
    """Return the fact by which this addendum was signed."""
    told = (each for each in t.visit.addenda if isinstance(each.fact, AddendumSigned))
    # `told` holds AddendumSigned alone; the union is the fact field of Stamped.
    return next((each for each in told if each.fact.number == added.number), None)  # type: ignore[union-attr]


def _signature(t: Teller, added: Addendum) -> tuple[Block, ...]:
    signed = _signed(t, added)
    fact = signed.fact if signed else None
    if signed is None or not isinstance(fact, AddendumSigned):
        return (*proved(t), *machine(t, placed=False))
    role = t.role(signed.stamp.person)
    rows = pairs(
        (
            (t.say("signed.name"), fact.name),
            (t.say("signed.role"), role),
            (t.say("signed.when"), t.both_times(signed.stamp.utc)),
            (t.say("signed.meaning"), fact.meaning),
        )
    )
    alt = t.say("signed.ink_alt", name=fact.name, role=role)
    ink = (Inked(outlines(t, fact.strokes), alt, certifier_field(t)),) if fact.strokes else ()
    block = Together((Heading(t.say("addendum.signature"), small=True), *ink, rows))
    return (block, *proved(t), *machine(t, placed=bool(ink)))
