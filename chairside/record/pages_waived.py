"""Which notices of the law this visit left out: on what document, and by whose word (Q7)."""

from __future__ import annotations

from chairside.domain.facts import NoticeWaived, Stamped
from chairside.domain.form import Form
from chairside.record.blocks import Block, Para
from chairside.record.colour import WARN
from chairside.record.setting import STAFF
from chairside.record.telling import Teller


def waived(t: Teller) -> tuple[tuple[Form, Stamped, NoticeWaived], ...]:
    """Return what was left out of which form, and the fact that says why."""
    named = t.visit.opened.waived.values() if t.visit.opened else ()
    told = (by for facts in t.streams.values() for by in facts if by.hash in named)
    return tuple(
        (form, by, by.fact)
        for by in told
        for form in t.content.forms
        if isinstance(by.fact, NoticeWaived) and form.item(by.fact.notice)
    )


def waived_rows(t: Teller) -> list[tuple[str, str]]:
    """Return the summary's rows: each notice that was not shown, and why."""
    return [(t.say("waived.notice"), _why(t, *each)) for each in waived(t)]


def waived_note(t: Teller, form: Form) -> tuple[Block, ...]:
    """Return the word, where the notices stand, that one was left out."""
    here = (each for each in waived(t) if each[0].id == form.id)
    return tuple(Para(_why(t, *each), STAFF, "dot", WARN) for each in here)


def _why(t: Teller, form: Form, by: Stamped, fact: NoticeWaived) -> str:
    return t.say(
        "waived.told",
        title=t.words(form, fact.notice).title,
        basis=t.say(f"basis.{fact.basis}"),
        reference=fact.reference,
        on=t.day(fact.on),
        person=t.name(by.stamp.person),
        at=t.moment(by.stamp.utc),
    )
