"""What was entered of a vial and of its sheet, as rows of words: to look at, and to compare."""

from __future__ import annotations

from PySide6.QtGui import QImage

from chairside.domain.form import Choice, Form, Item, Panel
from chairside.domain.replies import Chosen, ChosenSeveral, OnDate, PanelRead, Reply, Written
from chairside.domain.sheet import Sheet
from chairside.domain.vial import ON_LABEL, SHIPMENT, Vial
from chairside.ui.screens import saying, vial_words
from chairside.ui.screens.checking import Part
from chairside.ui.screens.desk_form import Dress

Rows = tuple[tuple[str, str], ...]


def language_of(form: Form) -> str:
    """Return the language staff read a form in."""
    return "en" if "en" in form.prose else next(iter(form.prose))


def label(dress: Dress, vial: Vial, form: Form) -> Part:
    """Return what was copied from the label."""
    say = dress.say
    expires = saying.day(dress.words, vial.expires) if vial.expires else say("vials.not_entered")
    rows = (
        (say("vial.code"), vial_words.shown_code(vial.code)),
        (say("vial.supplier"), vial.supplier),
        (say("vials.product"), vial.product),
        (say("vial.lot"), vial.lot),
        (say("vial.expires"), expires),
        *(_row(dress, form, item, vial.replies.get(item)) for item in ON_LABEL if form.item(item)),
    )
    return Part("label", say("vials.part_label"), rows)


def shipment(dress: Dress, vial: Vial, form: Form) -> Part:
    """Return how the box came: the six answers always, the rest where it was answered."""
    rows = []
    for item in form.items:
        reply = vial.replies.get(item.id)
        if item.id in SHIPMENT or (reply is not None and item.id not in ON_LABEL):
            rows.append(_row(dress, form, item.id, reply))
    return Part("shipment", dress.say("vials.part_shipment"), tuple(rows))


def sheet(dress: Dress, told: Sheet, form: Form, photo: QImage | None) -> Part:
    """Return what was copied from the donor sheet, every line of it."""
    say = dress.say
    rows = [(say("vial.supplier"), told.supplier)]
    rows += [(say("vials.donor"), told.donor)] if told.donor else []
    rows += [(say("vial.lot"), told.lot)] if told.lot else []
    for item in form.items:
        rows += _item_rows(dress, form, item, told.replies.get(item.id))
    return Part("sheet", say("vials.part_sheet"), tuple(rows), photo)


def _item_rows(dress: Dress, form: Form, item: Item, reply: Reply | None) -> list[tuple[str, str]]:
    prose = form.words(item.id, language_of(form))
    if isinstance(item, Panel):
        told = {row.test: row.result for row in reply.rows} if isinstance(reply, PanelRead) else {}
        return [
            (prose.options.get(test, test), saying.result(dress.words, told.get(test, "")))
            for test in item.tests
        ]
    if isinstance(item, Choice):
        return [(prose.title, _said(dress, form, item.id, reply))]
    kept = isinstance(reply, Written | OnDate)
    return [(prose.title, _said(dress, form, item.id, reply))] if kept else []


def _row(dress: Dress, form: Form, item: str, reply: Reply | None) -> tuple[str, str]:
    return form.words(item, language_of(form)).title, _said(dress, form, item, reply)


def _said(dress: Dress, form: Form, item: str, reply: Reply | None) -> str:
    match reply:
        case Chosen(option):
            return form.words(item, language_of(form)).options.get(option, option)
        case ChosenSeveral(options):
            return "\n".join(form.words(item, language_of(form)).options.get(each, each) for each in options)
        case Written(text):
            return text
        case OnDate(day):
            return saying.day(dress.words, day)
        case _:
            return dress.say("vials.not_entered")
