"""The signatures: ink, printed name, role, time on both clocks, and what each one means (Q37, Q38)."""

from __future__ import annotations

from dataclasses import replace

from chairside.domain.facts import Countersigned, Signed, Stamped, Stopped
from chairside.domain.form import Form, Ink, Statement
from chairside.domain.steps import pad_of
from chairside.record import qr
from chairside.record.blocks import (
    Block,
    Cell,
    Fields,
    Heading,
    Inked,
    Para,
    Section,
    Space,
    Table,
    Together,
)
from chairside.record.ink import Outline
from chairside.record.pages_reading import body, sample_line
from chairside.record.pages_summary import pairs
from chairside.record.setting import NOTE, NOTICE, STAFF
from chairside.record.sheet import Field
from chairside.record.telling import Teller

CERTIFIER, CLINIC_SEAL, ARCHIVE_TS = "certifier", "clinic_seal", "archive_ts"
_LOCK = f"/Lock<</Type/SigFieldLock/Action/Exclude/Fields[({ARCHIVE_TS})]/P 1>>"


def signatures(t: Teller, staff: Teller) -> tuple[Block, ...]:
    """Return the patient's signatures in the language signed, the physician's, and acts proved by PIN."""
    blocks: list[Block] = []
    for stamped in t.visit.facts:
        if isinstance(stamped.fact, Signed):
            blocks.append(_signed(t, stamped, stamped.fact))
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
    form = next((form for form in t.content.forms if _pad(form, fact.pad)), None)
    above = _above(t, form, fact.pad) if form else ()
    about = f" · {t.prose(form).title}" if form else ""
    title = Heading(t.say(f"signed.{fact.signer}") + about)
    block = _block(
        t, stamped, (fact.name, t.say(f"role.{fact.signer}"), fact.meaning, fact.strokes), fact.signer
    )
    return Section((Together((title, *above, block)),), t.prose(form).language if form else t.language)


def _pad(form: Form, pad: str) -> bool:
    return any(isinstance(item, Ink) and pad_of(form.id, item.id) == pad for item in form.items)


def _above(t: Teller, form: Form, pad: str) -> tuple[Block, ...]:
    """Return what stood above this signature line, at 14 points or more (Q8)."""
    blocks: list[Block] = [Para(sample_line(t, form), NOTE, keep=True), *_statement(t, form, pad)]
    blocks.append(Space(10))
    return tuple(blocks)


def _shown_again(t: Teller, form: Form) -> tuple[tuple[Form, Statement], ...]:
    """Return the statutory notices with a code: they stand again above the step's signature (Q8)."""
    if not any(step.form == form.id and step.closes == "signature" for step in t.content.plan.steps):
        return ()
    reading = [t.content.form(step.form) for step in t.content.plan.steps if step.manner == "reading"]
    return tuple(
        (other, item)
        for other in reading
        if other is not None
        for item in other.items
        if isinstance(item, Statement) and item.statutory and item.qr
    )


def _statement(t: Teller, form: Form, pad: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for item in form.items:
        if isinstance(item, Ink) and pad_of(form.id, item.id) == pad:
            break
        if isinstance(item, Statement):
            words = t.words(form, item.id)
            blocks += [Heading(words.title, 3), *body(words.body, NOTICE)]
            if item.qr:
                blocks.append(qr.code(item.qr, t.say("form.qr", address=item.qr)))
    for other, notice in _shown_again(t, form):  # right above the line
        words = t.words(other, notice.id)
        blocks.append(replace(qr.code(notice.qr, t.say("form.qr", address=notice.qr)), aside=True))
        narrow = replace(NOTICE, after=2, most=380)  # beside its code
        blocks += [Heading(words.title, 3), *(Para(text, narrow) for text in words.body)]
    return tuple(blocks)


def _block(t: Teller, stamped: Stamped, told: tuple[str, str, str, tuple[str, ...]], signer: str) -> Together:
    name, role, meaning, strokes = told
    certifies = signer == "physician" and stamped.stamp.person == t.content.certifier.person
    field = certifier_field(t) if certifies else None
    return Together(
        (
            Inked(outlines(t, strokes), t.say("signed.ink_alt", name=name, role=role), field),
            pairs(
                (
                    (t.say("signed.name"), name),
                    (t.say("signed.role"), role),
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
        (t.say("signed.what"), t.say(f"ending.{stopped.fact.ending}")),
        (t.say("signed.reason"), stopped.fact.reason),
        (t.say("signed.name"), t.name(person)),
        (t.say("signed.role"), t.role(person)),
        (t.say("signed.when"), t.both_times(stopped.stamp.utc)),
    )
    return (Heading(t.say("signed.attested")), pairs(rows))


def proved(t: Teller) -> tuple[Block, ...]:
    """Return the acts that were proved by PIN."""
    acts = [stamped for stamped in t.visit.facts if stamped.signature]
    if not acts:
        return ()
    rows = tuple(
        (
            Cell(t.name(act.stamp.person)),
            Cell(t.role(act.stamp.person)),
            Cell(t.say(f"act.{type(act.fact).__name__}", step=_step(t, act))),
            Cell(t.moment(act.stamp.utc)),
        )
        for act in acts
    )
    head = tuple(t.say(f"signed.{name}") for name in ("name", "role", "what", "when"))
    return (
        Heading(t.say("signed.proved"), 3),
        Para(t.say("signed.proved_told"), STAFF, keep=True),
        Table(head, rows, (2, 1.3, 2, 2.2)),
    )


def _step(t: Teller, act: Stamped) -> str:
    step = getattr(act.fact, "step", "")
    return t.step(step) if step else ""


def machine(t: Teller, *, placed: bool) -> tuple[Block, ...]:
    """Return who certifies and seals the file; the certifier's field too, unless it is `placed` over ink."""
    who = t.content.certifier
    clinic = t.content.clinic.name
    rows = (
        (Cell(t.say("field.certifies")), Cell(f"{who.name}, {t.say(f'role.{who.role}')}"), Cell(who.meaning)),
        (Cell(t.say("field.seals")), Cell(clinic), Cell(t.say("field.seal_meaning"))),
    )
    head = (t.say("field.signature"), t.say("field.by"), t.say("field.meaning"))
    fields = [
        Field(CLINIC_SEAL, t.say("field.clinic_seal", clinic=clinic), _LOCK),
        Field(ARCHIVE_TS, t.say("field.archive_ts")),
    ]
    if not placed:
        fields.insert(0, certifier_field(t))
    return (
        Heading(t.say("field.title"), 3),
        Para(t.say("field.clock"), STAFF, keep=True),
        Table(head, rows, (1.3, 2, 4)),
        Fields(tuple(fields)),
    )


def _inked_certifier(t: Teller) -> bool:
    by = t.visit.countersigned
    return by is not None and by.stamp.person == t.content.certifier.person
