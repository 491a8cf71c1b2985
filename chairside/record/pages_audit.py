"""The audit trail: every fact the record rests on, in order, with who, when and its hash (Q40)."""

from __future__ import annotations

from msgspec import structs

from chairside.domain.facts import Stamped
from chairside.record.blocks import Break, Cell, Heading, Para, Section, Table
from chairside.record.local import local
from chairside.record.setting import SMALL, STAFF
from chairside.record.telling import Teller

HASH_LETTERS = 12


def audit(t: Teller) -> Section:
    """Return every fact, stream by stream."""
    rows = tuple(_row(t, stamped) for facts in t.streams.values() for stamped in facts)
    head = tuple(t.say(f"audit.{name}") for name in ("number", "time", "person", "what", "hash"))
    return Section(
        (
            Break(),
            Heading(t.say("audit.title")),
            Para(t.say("audit.told", count=len(rows), zone=t.content.clinic.zone), STAFF),
            Table(head, rows, (0.5, 2.05, 1.8, 4.75, 1.6), SMALL),
        ),
        t.language,
    )


def _row(t: Teller, stamped: Stamped) -> tuple[Cell, ...]:
    there = local(stamped.stamp.utc, t.content.clinic.zone)
    return (
        Cell(str(stamped.stamp.number)),
        Cell(f"{there:%Y-%m-%d %H:%M:%S}"),
        Cell(t.actor(stamped)),
        Cell(told(t, stamped)),
        Cell(stamped.hash[:HASH_LETTERS]),
    )


def told(t: Teller, stamped: Stamped) -> str:
    """Return one fact as a sentence; every field of the fact is at the sentence's hand."""
    fact = stamped.fact
    facts: dict[str, object] = dict(structs.asdict(fact))
    form = str(facts.get("form", ""))
    item = str(facts.get("item", ""))
    if "reply" in facts:
        facts["reply"] = t.reply(form, item, facts["reply"])  # type: ignore[arg-type]
    if form and item:
        facts["item"] = t.title(form, item)
    if "step" in facts:
        facts["step"] = t.step(str(facts["step"]))
    if "person" in facts:
        facts["person"] = t.name(str(facts["person"]))
    for key in ("to", "ruling", "ending"):
        if key in facts:
            facts[key] = t.say(f"{key}.{facts[key]}")
    late = (
        " " + t.say("audit.happened", at=t.moment(stamped.stamp.happened)) if stamped.stamp.happened else ""
    )
    proved = " " + t.say("audit.proved") if stamped.signature else ""
    return t.say(f"fact.{type(fact).__name__}", **facts) + late + proved
