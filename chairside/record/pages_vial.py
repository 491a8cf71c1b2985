"""The vial: what came in the box, the donor's panel, who checked it; from the vial's own stream."""

from __future__ import annotations

from chairside.domain.form import Panel
from chairside.domain.replies import Chosen, PanelRead
from chairside.domain.vial import CORE_TESTS, RECEIVING, SHIPMENT
from chairside.record.blocks import Block, Cell, Heading, Para, Section, Table, Together
from chairside.record.colour import OK, WARN
from chairside.record.pages_answers import panel
from chairside.record.pages_summary import pairs
from chairside.record.setting import STAFF
from chairside.record.telling import Teller

_PANEL = "donor_tests"  # drawn as its own table


def vial(t: Teller) -> Section | None:
    """Return the vial's page, or nothing where no vial belongs to the visit."""
    held = t.visit.vial
    if held is None or not held.code:
        return None
    rows = [
        (t.say("vial.code"), held.code),
        (t.say("vial.product"), held.product),
        (t.say("vial.supplier"), held.supplier),
        (t.say("vial.lot"), held.lot),
        (t.say("vial.expires"), t.day(held.expires) if held.expires else ""),
        (
            t.say("vial.strength"),
            t.say("vial.million", count=held.strength_million) if held.strength_million else "",
        ),
        (t.say("vial.entered"), _person(t, held.entered_by)),
        (t.say("vial.checked"), _person(t, held.checked_by)),
        (t.say("vial.accepted"), t.say("vial.yes") if held.accepted else t.say("vial.no")),
    ]
    blocks: list[Block] = [Together((Heading(t.say("vial.title")), pairs(tuple(rows))))]
    blocks += [Heading(t.say("vial.shipment"), 3), _shipment(t)]
    told = Para(t.say("vial.panel_told"), STAFF)
    blocks.append(Together((Heading(t.say("vial.panel"), 3), told, _panel(t))))
    return Section(tuple(blocks), t.language)


def _person(t: Teller, person: str) -> str:
    return t.name(person) if person else ""


def _shipment(t: Teller) -> Table:
    held = t.visit.vial
    replies = held.replies if held else {}
    names = (*SHIPMENT, *(name for name in replies if name not in SHIPMENT and name != _PANEL))
    rows = []
    for name in names:
        reply = replies.get(name)
        good = isinstance(reply, Chosen) and reply.option in ("yes", "eligible", "no_growth")
        told = t.reply(RECEIVING, name, reply) if reply else t.say("answers.not_asked")
        sign = ("tick", OK) if good else ("dot", WARN)
        rows.append((Cell(t.title(RECEIVING, name)), Cell(told, *(sign if name in SHIPMENT or good else ()))))
    return Table((t.say("vial.point"), t.say("vial.found")), tuple(rows), (2, 3), row_heads=True)


def _panel(t: Teller) -> Table:
    held = t.visit.vial
    reply = held.replies.get(_PANEL) if held else None
    form = t.content.form(RECEIVING)
    asked = form.item(_PANEL) if form else None
    tests = asked.tests if isinstance(asked, Panel) else CORE_TESTS
    return panel(t, tests, reply if isinstance(reply, PanelRead) else None)
