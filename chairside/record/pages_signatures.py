"""The signatures: ink, printed name, role, time on both clocks, and what each one means (Q37, Q38)."""

from __future__ import annotations

from chairside.domain.facts import (
    AddendumSigned,
    Countersigned,
    HandedOver,
    Signed,
    SignedOnPaper,
    Stamped,
    Stopped,
)
from chairside.domain.facts.people import InterpreterAttested
from chairside.record.beside import beside_line
from chairside.record.blocks import (
    Block,
    Cell,
    Fields,
    Heading,
    Inked,
    Para,
    Section,
    Table,
    Together,
)
from chairside.record.ink import Outline
from chairside.record.pages_above import above_line, no_longer, signed_under
from chairside.record.pages_paper import on_paper
from chairside.record.pages_people import attested_interpreter
from chairside.record.pages_summary import ended, pairs
from chairside.record.setting import STAFF, Style
from chairside.record.sheet import Field
from chairside.record.telling import Teller

CERTIFIER, CLINIC_SEAL, ARCHIVE_TS = "certifier", "clinic_seal", "archive_ts"
_TYPED = Style(18, 26, bold=True, before=8, after=8)  # a name that was typed stands where ink would
_LOCK = f"/Lock<</Type/SigFieldLock/Action/Exclude/Fields[({ARCHIVE_TS})]/P 1>>"


def signatures(t: Teller, staff: Teller) -> tuple[Block, ...]:
    """Return the patient's signatures in the language signed, the physician's, and acts proved by PIN."""
    blocks: list[Block] = []
    for stamped in t.visit.facts:
        if isinstance(stamped.fact, Signed):
            blocks.append(_signed(t, stamped, stamped.fact))
        if isinstance(stamped.fact, SignedOnPaper):
            blocks.append(on_paper(t, stamped, stamped.fact))
        if isinstance(stamped.fact, InterpreterAttested):
            blocks.append(attested_interpreter(t, stamped, stamped.fact))
    blocks.append(
        Section(
            (
                *_staff(staff),
                *_attested(staff),
                *proved(staff),
                *machine(staff, placed=_inked_certifier(staff)),
            ),
            staff.language,
        )
    )
    return tuple(blocks)


def outlines(t: Teller, strokes: tuple[str, ...]) -> tuple[Outline, ...]:
    """Return the strokes with these digests as far as the content holds them."""
    return tuple(t.content.strokes[digest] for digest in strokes if digest in t.content.strokes)


def _signed(t: Teller, stamped: Stamped, fact: Signed) -> Section:
    above = above_line(t, fact.pad, fact.signer)
    told = (fact.name, t.say(f"role.{fact.signer}"), fact.meaning, fact.strokes)
    block = _block(t, stamped, told, fact.signer, beside_line(t, stamped, fact))
    return signed_under(above, (block, *no_longer(t, stamped, fact.pad)))


def _block(
    t: Teller,
    stamped: Stamped,
    told: tuple[str, str, str, tuple[str, ...]],
    signer: str,
    beside: tuple[tuple[str, str], ...] = (),
) -> Together:
    name, role, meaning, strokes = told
    certifies = signer == "physician" and stamped.stamp.person == t.content.certifier.person
    field = certifier_field(t) if certifies else None
    return Together(
        (
            Inked(outlines(t, strokes), t.say("signed.ink_alt", name=name, role=role), field)
            if strokes or field
            else Para(name, _TYPED),
            pairs(
                (
                    (t.say("signed.name"), name),
                    (t.say("signed.role"), role),
                    *beside,
                    (t.say("signed.when"), t.both_times(stamped.stamp.utc)),
                    (t.say("signed.meaning"), meaning),
                )
            ),
        )
    )


def certifier_field(t: Teller) -> Field:
    """Return the field of who certifies the file."""
    who = t.content.certifier
    return Field(CERTIFIER, t.say("field.certifier", name=who.name, role=t.say(f"role.{who.role}")))


def _staff(t: Teller) -> tuple[Block, ...]:
    stamped = t.visit.countersigned
    if stamped is None or not isinstance(stamped.fact, Countersigned):
        return ()
    fact = stamped.fact
    told = (fact.name, t.say("role.physician"), fact.meaning, fact.strokes)
    return (Together((Heading(t.say("signed.physician")), _block(t, stamped, told, "physician"))),)


def _attested(t: Teller) -> tuple[Block, ...]:
    stopped = t.visit.stopped
    if stopped is None or not isinstance(stopped.fact, Stopped):
        return ()
    person = stopped.stamp.person
    rows = (
        (t.say("signed.what"), ended(t, stopped.fact.ending)),
        (t.say("signed.reason"), stopped.fact.reason),
        (t.say("signed.name"), t.name(person)),
        (t.say("signed.role"), t.role(person)),
        (t.say("signed.when"), t.both_times(stopped.stamp.utc)),
        (t.say("signed.meaning"), t.content.certifier.meaning),
    )
    return (Together((Heading(t.say("signed.attested")), pairs(rows))),)


def proved(t: Teller) -> tuple[Block, ...]:
    """Return the acts that were proved by PIN."""
    acts = [each for each in t.visit.facts if each.signature and not isinstance(each.fact, HandedOver)]
    if not acts:
        return ()
    rows = tuple(
        (
            Cell(t.name(act.stamp.person)),
            Cell(t.role(act.stamp.person)),
            Cell(_act(t, act)),
            Cell(t.moment(act.stamp.utc)),
        )
        for act in acts
    )
    head = tuple(t.say(f"signed.{name}") for name in ("name", "role", "what", "when"))
    return (
        Heading(t.say("signed.proved"), 3),
        Para(t.say("signed.proved_told"), STAFF, keep=True),
        Table(head, rows, (136, 64, 143, 161)),
    )


def _act(t: Teller, act: Stamped) -> str:
    if isinstance(act.fact, AddendumSigned):
        told = {"number": str(act.fact.number), "about": t.say(f"addendum.{act.fact.about}")}
    else:
        step = getattr(act.fact, "step", "")
        told = {"step": t.step(step) if step else ""}
    return t.say(f"act.{type(act.fact).__name__}", **told)


def machine(t: Teller, *, placed: bool) -> tuple[Block, ...]:
    """Return who certifies and seals the file; the certifier's field too, unless it is `placed` over ink."""
    who = t.content.certifier
    clinic = t.content.clinic.name
    above = t.say("field.as_above")
    rows = (
        (Cell(t.say("field.certifies")), Cell(f"{who.name}, {t.say(f'role.{who.role}')}"), Cell(above)),
        (Cell(t.say("field.seals")), Cell(clinic), Cell(t.say("field.seal_meaning"))),
    )
    head = (t.say("field.signature"), t.say("field.by"), t.say("field.meaning"))
    fields = [
        Field(CLINIC_SEAL, t.say("field.clinic_seal", clinic=clinic), _LOCK),
        Field(ARCHIVE_TS, t.say("field.archive_ts")),
    ]
    if not placed:
        fields.insert(0, certifier_field(t))
    told = (
        Heading(t.say("field.title"), 3),
        Para(t.say("field.clock"), STAFF, keep=True),
        Table(head, rows, (60, 200, 244)),
    )
    return (Together(told), Fields(tuple(fields)))


def _inked_certifier(t: Teller) -> bool:
    by = t.visit.countersigned
    return by is not None and by.stamp.person == t.content.certifier.person
