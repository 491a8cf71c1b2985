"""The two lists beside the vials: the donor-test sheets and the suppliers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chairside.domain.facts import SupplierAdded
from chairside.domain.sheet import Sheet
from chairside.session.board import SheetCard, VialCard
from chairside.ui.screens import vial_words
from chairside.ui.screens.checking import Part, entries_card
from chairside.ui.screens.desk_form import Dress
from chairside.ui.widgets.across import Across, at_end
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.button import Action
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.photo import Photo
from chairside.ui.widgets.text import Heading, Stack, Text


class SheetList(Page):
    """The donor-test sheets, and which of them nobody has compared with the paper."""

    def __init__(
        self,
        dress: Dress,
        sheets: Sequence[SheetCard],
        named: vial_words.Named,
        ways: tuple[Callable[[str], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        """`ways` are: look at one, enter a new one, back."""
        super().__init__(dress.theme, dress.words, "sheets", "form")
        look, new, back = ways
        self._dress, self._look = dress, look
        self.body.addWidget(Heading(dress.theme, dress.say("vials.sheets")))
        if not sheets:
            self.body.addWidget(Text(dress.theme, dress.say("vials.sheets_empty")))
        for sheet in sheets:
            self.body.addWidget(self._tile(sheet, named))
        fresh = Action("sheets.new", dress.say("vials.new_sheet"), new, "primary")
        self.footer.show_actions(Action("back", dress.say("button.back"), back), fresh)

    def _tile(self, sheet: SheetCard, named: vial_words.Named) -> Card:
        dress, theme = self._dress, self._dress.theme
        card, lines = Card(theme, f"sheet.{sheet.stream}"), Stack(theme, "small")
        title = sheet_title(dress, sheet)
        card.column.addWidget(Heading(theme, title, 2))
        covers = dress.say("vials.covers" if sheet.vials else "vials.covers_none", count=sheet.vials)
        lines.addWidget(Text(theme, f"{sheet.supplier} · {covers}", "staff", "ink2"))
        if sheet.checked_by:
            said = dress.say("vials.sheet_checked", name=named.person(sheet.checked_by))
            lines.addWidget(Text(theme, said, "staff", "ok"))
        else:
            lines.addWidget(Text(theme, dress.say("vials.lacks_sheet_unchecked"), "staff_strong", "warn"))
        said = dress.say("vials.look")
        spoken = dress.say("board.spoken", act=said, name=title)
        look = Action(f"sheet.look.{sheet.stream}", said, self._looker(sheet.stream), "secondary", spoken)
        lines.addStretch(1)
        card.column.addWidget(Across(theme, lines, at_end(theme, look)))
        return card

    def _looker(self, stream: str) -> Callable[[], None]:
        return lambda: self._look(stream)


class SheetPage(Page):
    """One donor sheet as it was copied, with its photo, and who compared it."""

    def __init__(
        self,
        dress: Dress,
        told: Sheet,
        part: Part,
        named: vial_words.Named,
        ways: tuple[Callable[[], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        """`ways` are: a second person checks, put it right, back."""
        super().__init__(dress.theme, dress.words, "sheet.page", "form")
        check, correct, back = ways
        theme, say = dress.theme, dress.say
        self.body.addWidget(Heading(theme, say("vials.the_sheet")))
        standing = Banner(theme, "sheet.standing")
        self.body.addWidget(standing)
        if told.checked:
            standing.tell("ok", say("vials.sheet_checked", name=named.person(told.checked_by)))
        else:
            standing.tell("warn", say("vials.lacks_sheet_unchecked"))
        entered = (say("vials.entered_by"), named.person(told.entered_by))
        self.body.addWidget(entries_card(dress, "sheet.entries", part.title, (*part.entries, entered)))
        if part.photo is not None:
            card = Card(theme, "sheet.photo.card")
            photo = Photo(theme, "sheet.photo", say("vials.photo"))
            photo.show_image(part.photo)
            card.column.addWidget(Heading(theme, say("vials.photo"), 2))
            card.column.addWidget(photo)
            self.body.addWidget(card)
        main = None if told.checked else Action("sheet.check", say("vials.act_check"), check, "primary")
        others = (Action("sheet.correct", say("vials.sheet_correct"), correct),)
        self.footer.show_actions(Action("back", say("button.back"), back), main, others)


def expected_title(dress: Dress, card: VialCard) -> str:
    """Return what an expected vial is known by; what its label says is for the person with the vial."""
    parts = [dress.say("vials.for_patient", name=card.patient)] if card.patient else []
    parts.append(vial_words.beside(dress.words, card, dress.zone))
    return " · ".join(part for part in parts if part)


def sheet_title(dress: Dress, sheet: SheetCard) -> str:
    """Return what a sheet is known by: its donor, its lot, or both."""
    parts = [dress.say("vials.donor_is", donor=sheet.donor)] if sheet.donor else []
    parts += [dress.say("vials.lot_is", lot=sheet.lot)] if sheet.lot else []
    return ", ".join(parts) or dress.say("vials.a_sheet")


class SupplierList(Page):
    """The suppliers, each with its own limit."""

    def __init__(
        self,
        dress: Dress,
        suppliers: Sequence[SupplierAdded],
        ways: tuple[Callable[[str], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        """`ways` are: change one, add one, back."""
        super().__init__(dress.theme, dress.words, "suppliers", "form")
        self._change, new, back = ways
        theme = dress.theme
        self.body.addWidget(Heading(theme, dress.say("vials.suppliers")))
        if not suppliers:
            self.body.addWidget(Text(theme, dress.say("vials.suppliers_empty")))
        for number, supplier in enumerate(suppliers):
            card, lines = Card(theme, f"supplier.{number}.card"), Stack(theme, "small")
            card.column.addWidget(Heading(theme, supplier.name, 2))
            for said in supplier_lines(dress, supplier):
                lines.addWidget(Text(theme, said, "staff"))
            lines.addStretch(1)
            said = dress.say("screens.change")
            spoken = dress.say("board.spoken", act=said, name=supplier.name)
            tap = Action(f"supplier.change.{number}", said, self._changer(supplier.name), "secondary", spoken)
            card.column.addWidget(Across(theme, lines, at_end(theme, tap)))
            self.body.addWidget(card)
        fresh = Action("suppliers.new", dress.say("vials.new_supplier"), new, "primary")
        self.footer.show_actions(Action("back", dress.say("button.back"), back), fresh)

    def _changer(self, name: str) -> Callable[[], None]:
        return lambda: self._change(name)


def supplier_lines(dress: Dress, supplier: SupplierAdded) -> list[str]:
    """Return what is known of a supplier, a line each."""
    limit = supplier.thaw_limit_minutes
    said = dress.say("vials.limit_unstated") if limit is None else dress.say("vials.limit_is", count=limit)
    move = dress.say("vials.may_move_yes" if supplier.may_move else "vials.may_move_no")
    return [line for line in (supplier.address, supplier.phone, said, move) if line]
