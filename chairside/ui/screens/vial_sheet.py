"""The received vial as its sheet tells it, beside the order, and every reason why it may not be used yet."""

from __future__ import annotations

from dataclasses import dataclass

from chairside.domain.panel import cmv_found
from chairside.domain.replies import Chosen, OnDate, Reply, Written
from chairside.domain.vial import PRODUCT, RECEIVING, Vial
from chairside.session.view import View
from chairside.ui.screens import saying
from chairside.ui.theme import Theme
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.pairs import Pairs
from chairside.ui.widgets.text import Heading, Text
from chairside.ui.widgets.words import Words

DONOR_SHEET, TESTS = "donor_sheet", "donor_tests"
TO_THE_PATIENT = frozenset(
    ("donor_eligible", "laboratory_certified", "sterility", "cryoprotectant", "post_thaw")
)


@dataclass(frozen=True)
class VialSheet:
    """Draws the sheet for staff (with who checked it) or for the patient (code and tests)."""

    words: Words
    theme: Theme

    def card(self, view: View, vial: Vial, number: int = 1) -> Card:
        """Return the sheet of a vial, the so-manieth on its page."""
        card = Card(self.theme, f"vial.sheet.{number}" if number > 1 else "vial.sheet")
        count = len(view.visit.vials)
        several = self.words.say("vial.number", number=number, count=count)
        card.column.addWidget(Heading(self.theme, several if count > 1 else self.words.say("vial.title"), 2))
        self.into(card, view, vial)
        return card

    def into(self, card: Card, view: View, vial: Vial) -> None:
        """Put label and tests below what stands on a card already."""
        kind = "staff" if view.mode == "staff" else "body"
        card.column.addWidget(Pairs(self.theme, self._label(view, vial), kind=kind))
        card.column.addWidget(Heading(self.theme, self.words.say("vial.panel"), 2))
        card.column.addWidget(Pairs(self.theme, self._tests(view, vial), kind=kind))
        if cmv_found(vial.panel):
            card.column.addWidget(
                Text(
                    self.theme,
                    self.words.say("vial.cmv_told"),
                    f"{kind}_strong" if kind == "staff" else "strong",
                    "warn",
                )
            )
        if told := self._told(view, vial):
            card.column.addWidget(Pairs(self.theme, told, kind=kind))

    def _label(self, view: View, vial: Vial) -> list[tuple[str, str]]:
        say = self.words.say
        strength = vial.strength_million
        rows = [
            (say("vial.code"), vial.code),
            (say("vial.product"), vial.product),
            (say("vial.holds"), self._option(view, RECEIVING, PRODUCT, vial.replies.get(PRODUCT))),
            (say("vial.supplier"), vial.supplier),
            (say("vial.lot"), vial.lot),
            (say("vial.expires"), saying.day(self.words, vial.expires) if vial.expires else ""),
            (say("screens.strength"), say("vial.strength", million=strength) if strength else ""),
        ]
        if vial.sheet is not None:
            covers = say("vial.donor_of_lot", donor=vial.sheet.donor, lot=vial.sheet.lot or vial.lot)
            rows.append((say("vial.sheet"), covers))
        ordered = view.visit.decision.strength_million if view.visit.decision else None
        if ordered is not None:
            rows.append((say("review.strength"), say("vial.strength", million=ordered)))
        if view.mode == "staff":
            rows.append((say("screens.entered_by"), self._name(view, vial.entered_by)))
            rows.append((say("screens.checked_by"), self._name(view, vial.checked_by)))
            if vial.sheet is not None:
                rows.append((say("vial.sheet_checked_by"), self._name(view, vial.sheet.checked_by)))
        return [(name, said or say("result.blank")) for name, said in rows]

    def _option(self, view: View, form: str, item: str, reply: Reply | None) -> str:
        """Return in words what was chosen or copied; a day too."""
        known = view.book.forms.get(form)
        match reply:
            case Chosen(option) if known is not None and known.item(item) is not None:
                return known.words(item, view.language).options.get(option, option)
            case Written(text):
                return text
            case OnDate(day):
                return saying.day(self.words, day)
            case _:
                return ""

    def _told(self, view: View, vial: Vial) -> list[tuple[str, str]]:
        """Return what else the sheet says: to the patient what is chosen, to staff every line (V1, V6)."""
        form = view.book.forms.get(DONOR_SHEET)
        items = (item.id for item in form.items) if form else ()
        shown = [item for item in items if view.mode == "staff" or item in TO_THE_PATIENT]
        said = ((item, self._option(view, DONOR_SHEET, item, vial.paper.get(item))) for item in shown)
        return [(form.words(item, view.language).title, text) for item, text in said if text and form]

    def _name(self, view: View, person: str) -> str:
        return next((who.name for who in view.staff if who.person == person), person)

    def _tests(self, view: View, vial: Vial) -> list[tuple[str, str]]:
        form = view.book.forms.get(DONOR_SHEET)
        labels = form.words(TESTS, view.language).options if form else {}
        names = [*labels, *(test for test in vial.panel if test not in labels)]
        return [
            (labels.get(name, name), saying.result(self.words, vial.panel.get(name, ""))) for name in names
        ]
