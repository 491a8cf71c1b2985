"""The vials: each with its own gate, and the sheet that covers it (P10, V23).

A sheet that serves several vials is printed once, with the codes it covers.
"""

from __future__ import annotations

from datetime import date

from chairside.domain.finding import Finding
from chairside.domain.fitness import gate_all
from chairside.domain.replies import Pictured
from chairside.domain.vial import ON_LABEL, PRODUCT, RECEIVING, SHIPMENT, Vial
from chairside.domain.visit import VIAL
from chairside.record.blocks import Block, Cell, Heading, Section, Table, Together
from chairside.record.colour import DANGER, OK
from chairside.record.local import local
from chairside.record.pages_photos import photos
from chairside.record.pages_sheet import ON_SHEET, sheet_of
from chairside.record.pages_summary import pairs
from chairside.record.telling import Teller

_SHIPMENT = "vial_shipment_not_in_order"
_TEST = "vial_test_not_nonreactive"
# each point of the gate by the reason it gives where it fails
_POINTS = ("vial_expired", "vial_not_checked_by_second_person", "vial_not_accepted", "vial_of_another_visit")
_SHEET_POINTS = ("vial_sheet_missing", "vial_sheet_not_checked", "vial_sheet_of_another")
_PAPER_POINTS = (
    "vial_product_not_consented",
    "vial_warning_on_label",
    "vial_donor_not_eligible",
    "vial_sterility_not_final",
)
# a point that nobody looked at is not met: it fails for the reason that nobody did
_NOT_LOOKED_AT = {
    "vial_product_not_consented": "vial_product_unknown",
    "vial_warning_on_label": "vial_warning_not_asked",
}


def vials(t: Teller) -> Section | None:
    """Return the pages of the vials, or nothing where no vial belongs to the visit."""
    held = tuple(each for each in t.visit.vials if each.code)
    if not held:
        return None
    first, *others = held
    begin, *rest = _one(t, first)
    title = (Heading(t.say("vial.title")), _all(t, held))
    blocks: list[Block] = [Together((*title, begin)), *rest]
    for each in others:
        blocks += _one(t, each)
    blocks += _pictures(t)
    for stream in dict.fromkeys(each.sheet_stream for each in held):
        blocks += sheet_of(t, tuple(each for each in held if each.sheet_stream == stream))
    return Section(tuple(blocks), t.language)


# -- all together --------------------------------------------------------------------------------
def _all(t: Teller, held: tuple[Vial, ...]) -> Table:
    """Return what was ordered, and what the labels add up to; what the patient saw stands with the step."""
    rows = [
        (t.say("vial.codes"), ", ".join(each.code for each in held) if len(held) > 1 else ""),
        (t.say("vial.ordered"), _ordered(t, held)),
    ]
    return pairs(tuple(rows))


def _pictures(t: Teller) -> tuple[Block, ...]:
    picture = t.visit.replies.get((VIAL, "vial_photo"))
    digests = (picture.digest,) if isinstance(picture, Pictured) else ()
    return photos(t, digests, t.say("vial.photo"))


def _ordered(t: Teller, held: tuple[Vial, ...]) -> str:
    decision = t.visit.decision
    ordered = decision.strength_million if decision else None
    if ordered is None:
        return ""
    labelled = sum(each.strength_million or 0 for each in held)
    key = "vial.as_ordered" if labelled == ordered else "vial.not_as_ordered"
    return t.say(key, ordered=ordered, labelled=labelled)


# -- one vial ------------------------------------------------------------------------------------
def _one(t: Teller, vial: Vial) -> tuple[Block, ...]:
    million = t.say("vial.million", count=vial.strength_million) if vial.strength_million else ""
    rows = (
        (
            t.say("vial.code"),
            f"{vial.code} ({t.say(f'entered.{vial.entered}')})" if vial.entered else vial.code,
        ),
        (t.say("vial.product"), vial.product),
        (t.say("vial.holds"), t.option(RECEIVING, PRODUCT, vial.product_type) if vial.product_type else ""),
        (t.say("vial.supplier"), vial.supplier),
        (t.say("vial.lot"), vial.lot),
        (t.say("vial.expires"), t.day(vial.expires) if vial.expires else ""),
        (t.say("vial.strength"), million),
        (t.say("vial.entered"), t.name(vial.entered_by) if vial.entered_by else ""),
        (t.say("vial.checked"), t.name(vial.checked_by) if vial.checked_by else t.say("vial.nobody")),
    )
    head = (t.say("vial.point"), t.say("vial.found"))
    return (
        Together((Heading(t.say("vial.one", code=vial.code), small=True), pairs(rows))),
        Heading(t.say("vial.gate"), 3),
        Table(head, _gate(t, vial), (2.6, 3), row_heads=True),
        *_rest(t, vial),
    )


def _today(t: Teller) -> date:
    return local(t.visit.facts[-1].stamp.utc, t.content.clinic.zone).date()


def _gate(t: Teller, vial: Vial) -> tuple[tuple[Cell, ...], ...]:
    """Return every point of the gate: met, or the reason why not."""
    found = gate_all((vial,), (vial.code,), t.visit.id, vial.strength_million, _today(t))
    points = (*_POINTS, *(_SHEET_POINTS if vial.sheet_stream else ()), *_PAPER_POINTS, _TEST)
    rows = [_point(t, rule, found) for rule in points]
    rows[2:2] = [(_answer(t, vial, item),) for item in SHIPMENT]
    shown = {*points, *_NOT_LOOKED_AT.values(), _SHIPMENT}
    rows += [_point(t, each.id, (each,)) for each in found if each.id not in shown]
    return tuple(row for point in rows for row in point)


def _point(t: Teller, rule: str, found: tuple[Finding, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Return a point of the gate: one row where it is met, else one for every reason against it."""
    title = Cell(t.say(f"gate.{rule}") if t.knows(f"gate.{rule}") else t.say("gate.other"))
    failed = [each for each in found if each.id in (rule, _NOT_LOOKED_AT.get(rule))]
    if not failed:
        return ((title, Cell(t.say("vial.yes"), "tick", OK)),)
    said = (t.say(f"finding.{each.id}", about=_about(t, each.about)) for each in failed)
    return tuple((title, Cell(each, "cross", DANGER)) for each in said)


def _about(t: Teller, about: str) -> str:
    """Return what a reason is about: a warning, or a test."""
    if not about:
        return ""
    return t.say(f"finding_about.{about}") if t.knows(f"finding_about.{about}") else t.test(about)


def _answer(t: Teller, vial: Vial, item: str) -> tuple[Cell, ...]:
    reply = vial.replies.get(item)
    good = vial.said(item) == "yes"
    told = t.reply_to(item, reply) if reply else t.say("answers.not_asked")
    return (Cell(t.title_of(item)), Cell(told, *(("tick", OK) if good else ("cross", DANGER))))


def _rest(t: Teller, vial: Vial) -> tuple[Block, ...]:
    """Return what else was written down of the shipment."""
    told = {*ON_LABEL, *SHIPMENT, *(() if vial.sheet_stream else ON_SHEET)}
    rest = {item: reply for item, reply in vial.replies.items() if item not in told}
    rows = tuple((t.title_of(item), t.reply_to(item, reply)) for item, reply in rest.items())
    return (pairs(rows),) if rows else ()
