"""The vials' side of the window: the list, one vial and what is done with it, donor sheets, suppliers.

What is put in (a vial, a sheet, a supplier) and the second person's comparison are in `arriving`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from chairside.domain import custody
from chairside.domain.actor import Actor
from chairside.domain.codes.identity import same
from chairside.domain.custody import Custody
from chairside.domain.facts import (
    Stamp,
    VialAccepted,
    VialAssigned,
    VialDiscarded,
    VialEndTakenBack,
    VialFreed,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
)
from chairside.domain.vial import Vial
from chairside.session.board import VialCard
from chairside.session.staff import Proof
from chairside.ui.arriving import Arrivals
from chairside.ui.comparing import Comparing
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.screens import vial_entries, vial_words, vials
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.receiving import Receive
from chairside.ui.screens.vial_acts import SetAside, Why
from chairside.ui.screens.vial_card import ACTS, Shown, VialPage
from chairside.ui.screens.vial_lists import SheetList, SheetPage, SupplierList
from chairside.ui.screens.vials import Running, Stock, Vials, VialsDoors
from chairside.ui.vial_table import VialTable, Wear

# An act is offered where the rules would let this fact through; "?" and "x" stand for what is asked next.
_PROBES: dict[str, Callable[[Vial], Custody]] = {
    "accept": lambda vial: VialAccepted(),
    "quarantine": lambda vial: VialQuarantined("x"),
    "reject": lambda vial: VialRejected("x"),
    "set_aside": lambda vial: VialAssigned("?"),
    "free": lambda vial: VialFreed(vial.visit, "x"),
    "discard": lambda vial: VialDiscarded("x"),
    "take_back": lambda vial: VialEndTakenBack("", "x"),
    "return": lambda vial: VialReturned("x"),
}


class VialsDesk:
    """Makes the vials' pages and does what is tapped on them."""

    def __init__(self, window: Glass, doorway: Doorway, wear: Wear) -> None:
        self._window = window
        self._table = VialTable(window, doorway, wear)
        self._arrivals = Arrivals(self._table, self.look_at_code, self.show, self.sheets)
        self._comparing = Comparing(self._table)

    # -- the list -------------------------------------------------------------------------------
    def show(self) -> None:
        """Show every vial."""
        self._window.guard(self._show)

    def _show(self) -> None:
        arrivals = self._arrivals
        doors = VialsDoors(
            self.look, self._table.guarded(arrivals.receive), self._table.guarded(arrivals.expect),
            self.sheets, self.suppliers, self._window.home,
        )  # fmt: skip
        dress = self._table.dress()
        page = Vials(dress, doors)
        page.show_stock(dress, self._stock(dress))
        self._table.put(page, self.show)

    def _stock(self, dress: Dress) -> Stock:
        cards = tuple(self._told(card) for card in self._table.receiving.cards())
        lasting = {card.stream: self._running(dress, card) for card in cards}
        return Stock(cards, {stream: told for stream, told in lasting.items() if told is not None})

    def _told(self, card: VialCard) -> VialCard:
        """Return the card with blank lines of its sheet told apart from bad results."""
        if not card.sheet or not card.lacks:
            return card
        return vial_words.blank_told(card, self._table.receiving.vial(card.code).panel)

    def _running(self, dress: Dress, card: VialCard) -> Running | None:
        """Return how long a vial in use has been thawed or opened."""
        kind = {"thawed": VialThawed, "opened": VialOpened}.get(card.fate)
        if kind is None:
            return None
        vial = self._table.receiving.vial(card.code)
        stamps = (by.stamp for by in reversed(vial.facts) if isinstance(by.fact, kind))
        since: Stamp | None = next(stamps, None)
        return vials.running(dress, card, since, self._table.receiving.thaw_limit(vial))

    def tick(self, page: QWidget | None) -> None:
        """Let lateness and the thawed vials' minutes grow."""
        if isinstance(page, Vials):
            dress = self._table.dress()
            self._window.guard(lambda: page.show_stock(dress, self._stock(dress)))

    def take_scan(self, page: QWidget | None, text: str) -> bool:
        """Take a scan: the code of a vial that is received, else the vial to look at."""
        if isinstance(page, Receive):
            page.take_scan(text)
            return True
        if isinstance(page, (Vials, VialPage)):
            self.look_at_code(text)
            return True
        return False

    # -- one vial -------------------------------------------------------------------------------
    def look(self, stream: str) -> None:
        """Show one vial, or one that is on its way."""
        self._window.guard(lambda: self._look(stream))

    def look_at_code(self, code: str) -> None:
        """Show the vial with this code; a code nobody received leads to receiving it."""
        self._window.guard(lambda: self._look_at_code(code.strip()))

    def _look_at_code(self, code: str) -> None:
        cards = (each for each in self._table.receiving.cards() if each.code)
        stream = next((each.stream for each in cards if same(each.code, code)), "")
        if stream:
            self._look(stream)
            return
        vial = self._table.receiving.vial(code)
        if vial.code:  # its life is over, and not today
            self._show_vial(_past_card(vial), lambda: self.look_at_code(code))
            return
        self._arrivals.receive_unknown(code)

    def _look(self, stream: str) -> None:
        card = next((each for each in self._table.receiving.cards() if each.stream == stream), None)
        if card is None:
            self._show()
        else:
            self._show_vial(card, lambda: self.look(stream))

    def _show_vial(self, card: VialCard, again: Callable[[], None]) -> None:
        dress, table = self._table.dress(), self._table
        if not card.code:
            shown = Shown(card, (), (), ACTS["expected"])
        else:
            vial = table.receiving.vial(card.code)
            form = table.form("receiving")
            parts = [vial_entries.label(dress, vial, form), vial_entries.shipment(dress, vial, form)]
            if vial.sheet is not None:
                parts.append(vial_entries.sheet(dress, vial.sheet, table.form("donor_sheet"), None))
            entries = tuple((part.title, part.entries) for part in parts)
            life = vial_words.life(dress.words, vial.facts, table.named())
            told, acts = vial_words.blank_told(card, vial.panel), self._acts(card, vial)
            shown = Shown(told, entries, life, acts, self._running(dress, card))
        table.put(VialPage(dress, shown, (partial(self._act, card), self.show)), again)

    def _acts(self, card: VialCard, vial: Vial) -> tuple[str, ...]:
        """Return what the rules allow now, to whoever is signed in, the likeliest first."""
        who = self._table.here()
        if who is None:
            return ()
        actor = Actor(who.person, who.role, proved=True, name=who.name)
        move = self._table.receiving.may_free(vial)
        open_ = not vial.accepted and not vial.rejected and not vial.gone
        allowed = {
            act: custody.forbids(vial, probe(vial), actor, move) is None for act, probe in _PROBES.items()
        }
        unchecked = not vial.checked or (vial.sheet is not None and not vial.sheet.checked)
        entered = VialReceived(
            vial.code, vial.supplier, "", "", vial.expires or self._table.dress().now.date()
        )
        allowed["correct"] = open_ and custody.forbids(vial, entered, actor) is None
        allowed["check"] = open_ and unchecked
        allowed["accept"] = allowed["accept"] and "vial_expired" not in card.lacks
        allowed["take_back"] = allowed["take_back"] and bool(card.stream)  # a card of before today has none
        return tuple(act for act in ACTS.get(card.fate, ()) if allowed[act])

    # -- acts -----------------------------------------------------------------------------------
    def _act(self, card: VialCard, act: str) -> None:
        arrivals, look = self._arrivals, partial(self.look, card.stream)
        correct = self._table.guarded(partial(arrivals.correct, card.code))
        match act:
            case "arrived":
                self._window.guard(lambda: arrivals.receive(card.stream))
            case "check":
                self._window.guard(lambda: self._comparing.vial(card.code, look, correct))
            case "correct":
                correct()
            case "accept" if self._table.receiving.vial(card.code).thawed:
                self._table.prove_own(partial(self._accept_again, card))
            case "accept":
                self._done(card, lambda: self._table.receiving.accept(card.code))
            case "set_aside":
                self._window.guard(lambda: self._ask_visit(card))
            case _:
                self._ask_why(card, act)

    def _ask_why(self, card: VialCard, act: str) -> None:
        dress, look = self._table.dress(), partial(self.look, card.stream)
        page = Why(dress, act, vial_words.shown_code(card.code), (partial(self._reasoned, card, act), look))
        self._table.put(page, partial(self._ask_why, card, act))

    def _reasoned(self, card: VialCard, act: str, reason: str) -> None:
        receiving, code = self._table.receiving, card.code
        match act:
            case "not_coming":
                self._done(card, lambda: receiving.not_coming(card.stream, reason))
            case "quarantine":
                self._done(card, lambda: receiving.quarantine(code, reason))
            case "reject":
                self._done(card, lambda: receiving.reject(code, reason))
            case "discard":
                self._done(card, lambda: receiving.discard(code, reason))
            case "take_back":
                self._done(card, lambda: receiving.take_back(code, reason))
            case "return":
                self._done(card, lambda: receiving.give_back(code, reason))
            case "free":
                self._table.prove_own(partial(self._free, card, reason))

    def _free(self, card: VialCard, reason: str, proof: Proof) -> None:
        self._table.receiving.free(card.code, reason, proof)
        self._look(card.stream)

    def _accept_again(self, card: VialCard, proof: Proof) -> None:
        self._table.receiving.accept(card.code, proof)
        self._look(card.stream)

    def _ask_visit(self, card: VialCard) -> None:
        dress, look = self._table.dress(), partial(self.look, card.stream)
        rows = sorted(self._table.visits(), key=lambda row: row.visit != card.visit)  # whom it is meant for

        def aside(visit: str) -> None:
            self._done(card, lambda: self._table.receiving.set_aside(card.code, visit))

        page = SetAside(dress, vial_words.shown_code(card.code), rows, (aside, look))
        self._table.put(page, self._table.guarded(partial(self._ask_visit, card)))

    def _done(self, card: VialCard, act: Callable[[], object]) -> None:
        """Do something to a vial, then show it as it stands."""
        self._table.do(act, lambda: self._look(card.stream))

    # -- sheets and suppliers -------------------------------------------------------------------
    def sheets(self) -> None:
        """Show the donor sheets."""
        self._window.guard(self._sheets)

    def _sheets(self) -> None:
        new = self._table.guarded(partial(self._arrivals.enter_sheet, "", self.look_at_sheet))
        ways = (self.look_at_sheet, new, self.show)
        page = SheetList(self._table.dress(), self._table.receiving.sheets(), self._table.named(), ways)
        self._table.put(page, self.sheets)

    def look_at_sheet(self, stream: str) -> None:
        """Show one donor sheet."""
        self._window.guard(lambda: self._look_at_sheet(stream))

    def _look_at_sheet(self, stream: str) -> None:
        table, again = self._table, partial(self.look_at_sheet, stream)
        dress, told = table.dress(), table.receiving.sheet(stream)
        part = vial_entries.sheet(dress, told, table.form("donor_sheet"), table.image(table.photo(told)))
        correct = table.guarded(partial(self._arrivals.correct_sheet, stream, again))
        check = table.guarded(partial(self._comparing.sheet, stream, again, correct))
        page = SheetPage(dress, told, part, table.named(), (check, correct, self.sheets))
        table.put(page, again)

    def suppliers(self) -> None:
        """Show the suppliers."""
        self._window.guard(self._suppliers)

    def _suppliers(self) -> None:
        def change(name: str) -> None:
            self._window.guard(lambda: self._arrivals.ask_supplier(name, self.suppliers))

        new = self._table.guarded(partial(self._arrivals.ask_supplier, "", self.suppliers))
        known = self._table.receiving.suppliers()
        self._table.put(SupplierList(self._table.dress(), known, (change, new, self.show)), self.suppliers)


def _past_card(vial: Vial) -> VialCard:
    """Return the card of a vial whose life was over before today: the list has none of it."""
    return VialCard(
        stream="", code=vial.code, supplier=vial.supplier, strength_million=vial.strength_million,
        lot=vial.lot, expires=vial.expires, fate=vial.fate, visit=vial.visit, sheet=vial.sheet_stream,
    )  # fmt: skip
