"""An interpreter who was not in the room: what they said, as the staff attest it (Q15, R38)."""

from __future__ import annotations

from chairside.domain.facts import Stamped
from chairside.domain.facts.people import InterpreterAttested, InterpreterNamed
from chairside.record.beside import Row, interprets
from chairside.record.blocks import Section
from chairside.record.pages_above import above_line, no_longer, signed_under
from chairside.record.pages_summary import pairs
from chairside.record.telling import Teller


def attested_interpreter(t: Teller, stamped: Stamped, fact: InterpreterAttested) -> Section:
    """Return the words of an interpreter who was not in the room, as staff attest them."""
    named = [
        by.fact
        for by in t.visit.facts[: t.visit.facts.index(stamped)]
        if isinstance(by.fact, InterpreterNamed) and by.fact.name == fact.name
    ]
    rows = (
        (t.say("signed.name"), fact.name),
        (t.say("signed.role"), t.say("role.interpreter")),
        *((t.say("signed.interpreted"), interprets(t, by)) for by in named[-1:]),
        (t.say("signed.attested_when"), t.both_times(stamped.stamp.utc)),
        *_meaning(t, fact),
        (t.say("signed.attested_by"), t.name(stamped.stamp.person)),
    )
    above = above_line(t, fact.pad, "interpreter", t.say("signed.attested_interpreter"))
    return signed_under(above, (pairs(rows), *no_longer(t, stamped, fact.pad)))


def _meaning(t: Teller, fact: InterpreterAttested) -> tuple[Row, ...]:
    """Return the sentence that was attested, before it in the record's language where that is another."""
    form_id, _, item = fact.pad.partition(".")
    form = t.content.form(form_id)
    words = {language: prose.items.get(item) for language, prose in form.prose.items()} if form else {}
    bodies = {language: "\n".join(told.body) for language, told in words.items() if told}
    here = bodies.get(t.language, fact.meaning)
    if here == fact.meaning or fact.meaning not in bodies.values():
        return ((t.say("signed.meaning"), fact.meaning),)
    return (t.say("signed.meaning"), here), (t.say("signed.read_by_staff"), fact.meaning)
