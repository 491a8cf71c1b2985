"""What stood above a signature line: the statements of its form, and the notices that stand there again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chairside.domain.facts import Signer, Stamped
from chairside.domain.form import Form, Ink, Statement, VisitPlan
from chairside.domain.steps import pad_of
from chairside.domain.visit import ASSENT
from chairside.record import qr
from chairside.record.blocks import Block, Heading, Para, Section, Space, Together
from chairside.record.colour import WARN
from chairside.record.pages_reading import body, law, sample_line
from chairside.record.setting import NOTE, NOTICE, STAFF
from chairside.record.speech import Speech
from chairside.record.telling import Teller


@dataclass(frozen=True)
class Above:
    """The heading and the text above a line, what stood next to the line, and their language."""

    blocks: tuple[Block, ...]
    nearest: tuple[Block, ...]
    language: str


@dataclass(frozen=True)
class Forms:
    """Forms by id and the plan they stand in."""

    forms: dict[str, Form]
    plan: VisitPlan


def shown_again(t: Speech, known: Forms, form: Form) -> tuple[Block, ...]:
    """Return the statutory notices with a code as they stand again above a step's signature (Q8)."""
    blocks: list[Block] = []
    for other, notice in _again(known, form):
        words = t.words(other, notice.id)
        blocks.append(replace(qr.code(notice.qr, t.say("form.qr", address=notice.qr)), aside=True))
        narrow, aside = replace(NOTICE, after=2, most=380), replace(STAFF, most=380)  # beside its code
        told = law(t, other, tuple(Para(text, narrow) for text in words.body))
        blocks += [Heading(words.title, 3), *(Para(text, aside) for text in words.help), *told]
    return tuple(blocks)


def _again(known: Forms, form: Form) -> tuple[tuple[Form, Statement], ...]:
    steps = known.plan.steps
    if form.id == ASSENT or not any(step.form == form.id and step.closes == "signature" for step in steps):
        return ()
    reading = [known.forms.get(step.form) for step in steps if step.manner == "reading"]
    return tuple(
        (other, item)
        for other in reading
        if other is not None
        for item in other.items
        if isinstance(item, Statement) and item.statutory and item.qr
    )


def signed_under(above: Above, line: tuple[Block, ...], beneath: tuple[Block, ...] = ()) -> Section:
    """Return a signature under its text: on one page, or parted above what stood next to the line."""
    near = Together((*above.nearest, *line))
    return Section((Together((*above.blocks, near)), *beneath), above.language)


def above_line(t: Teller, pad: str, signer: Signer, told: str = "") -> Above:
    """Return what stood above the line of this pad; `told` heads what nobody signed by hand."""
    headed = told or t.say(f"signed.{signer}")
    form = next((form for form in t.content.forms if _pad(form, pad)), None)
    if form is None:
        return Above((), (Heading(headed),), t.language)
    title = Heading(f"{headed} · {t.signed_for(form)}")
    version = Para(sample_line(t, form), NOTE, keep=True)
    above = (title, version, *_statement(t, form, pad))
    consents = signer not in ("interpreter", "witness")  # the notice is for who is treated, and who decides
    again = shown_again(t, _plan_forms(t), form) if consents else ()
    if not again:  # a signature never stands on a page without a word of what was signed
        above, again = above[:-1], above[-1:]
    return Above(above, (*again, Space(10)), t.prose(form).language)


def no_longer(t: Teller, stamped: Stamped, pad: str) -> tuple[Block, ...]:
    """Return the word that this signature was given anew, or was taken away by a later answer."""
    held = t.visit.signed.get(pad) or t.visit.papers.get(pad)
    if held is not None and held.hash == stamped.hash:
        return ()
    return (Para(t.say("signed.no_longer"), STAFF, "dot", WARN),)


def _pad(form: Form, pad: str) -> bool:
    return any(isinstance(item, Ink) and pad_of(form.id, item.id) == pad for item in form.items)


def _plan_forms(t: Teller) -> Forms:
    return Forms({form.id: form for form in t.content.forms}, t.content.plan)


def _statement(t: Teller, form: Form, pad: str) -> tuple[Block, ...]:
    """Return what stood above this signature line, at 14 points or more (Q8)."""
    blocks: list[Block] = []
    for item in form.items:
        if isinstance(item, Ink) and pad_of(form.id, item.id) == pad:
            break
        if isinstance(item, Statement):
            words = t.words(form, item.id)
            blocks += [Heading(words.title, 3), *body(words.body, NOTICE)]
            if item.qr:
                blocks.append(qr.code(item.qr, t.say("form.qr", address=item.qr)))
    return tuple(blocks)
