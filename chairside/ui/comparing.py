"""The second person: who may compare, what is compared, and whose PIN says that all is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from chairside.domain import custody, sheet
from chairside.domain.actor import Actor
from chairside.domain.facts import SheetChecked, VialChecked
from chairside.domain.sheet import Sheet
from chairside.domain.vial import Vial
from chairside.errors import ChairsideError
from chairside.session.staff import Proof
from chairside.session.view import Who
from chairside.ui.screens import vial_entries
from chairside.ui.screens.checking import CheckWays, Compare, Part
from chairside.ui.vial_table import VialTable

Go = Callable[[], None]


@dataclass(frozen=True)
class Ticked:
    """What somebody has ticked off as compared; it is theirs, and goes when another person comes."""

    person: str
    parts: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


class Comparing:
    """Puts the comparison on the glass and asks somebody else for a PIN."""

    def __init__(self, table: VialTable) -> None:
        self._table, self._receiving = table, table.receiving

    def vial(self, code: str, back: Go, differs: Go, ticked: Ticked | None = None) -> None:
        """Compare a vial's entries, and its sheet's where nobody has compared those yet."""
        table, told = self._table, self._receiving.vial(code)
        dress, form = table.dress(), table.form("receiving")
        parts = (
            []
            if told.checked
            else [vial_entries.label(dress, told, form), vial_entries.shipment(dress, told, form)]
        )
        if told.sheet is not None and not told.sheet.checked:
            parts.append(self._sheet_part(told.sheet))

        def keep(proof: Proof) -> None:
            if told.sheet is not None and not told.sheet.checked:
                self._receiving.check_sheet(told.sheet_stream, proof)
            if not told.checked:
                self._receiving.check(code, proof)
            back()

        ticked = self._still(ticked)
        prove = partial(self._prove, partial(self._may_vial, told), keep)
        ways = CheckWays(prove, differs, back, ticked.parts)
        again = table.guarded(partial(self.vial, code, back, differs, ticked))
        table.put(
            Compare(dress, dress.say("vials.check_vial"), dress.say("vials.check_told"), parts, ways), again
        )

    def sheet(self, stream: str, back: Go, differs: Go, ticked: Ticked | None = None) -> None:
        """Compare a sheet's entries."""
        table, told = self._table, self._receiving.sheet(stream)
        dress = table.dress()

        def keep(proof: Proof) -> None:
            self._receiving.check_sheet(stream, proof)
            back()

        ticked = self._still(ticked)
        prove = partial(self._prove, partial(self._may_sheet, told), keep)
        ways = CheckWays(prove, differs, back, ticked.parts)
        parts = [self._sheet_part(told)]
        page = Compare(dress, dress.say("vials.check_sheet"), dress.say("vials.check_told"), parts, ways)
        table.put(page, table.guarded(partial(self.sheet, stream, back, differs, ticked)))

    def _still(self, ticked: Ticked | None) -> Ticked:
        """Return the ticks of who is here, back from the PIN; none for somebody else."""
        here = self._table.here()
        person = here.person if here is not None else ""
        return ticked if ticked is not None and ticked.person == person else Ticked(person)

    def _sheet_part(self, told: Sheet) -> Part:
        table = self._table
        photo = table.image(table.photo(told))
        return vial_entries.sheet(table.dress(), told, table.form("donor_sheet"), photo)

    def _prove(self, may: Callable[[Who], bool], keep: Callable[[Proof], None]) -> None:
        """Ask for the PIN of somebody who wrote none of this."""
        people = tuple(who for who in self._table.everybody() if may(who))
        if not people:
            self._table.window.say_trouble(ChairsideError("second_person_needed"))
            return
        self._table.prove_one_of(people, keep, self._table.dress().say("vials.check_means"))

    def _may_vial(self, told: Vial, who: Who) -> bool:
        actor, fact = Actor(who.person, who.role, proved=True), VialChecked(who.person)
        own = told.checked or custody.forbids(told, fact, actor) is None
        known = told.sheet
        return own and (known is None or known.checked or self._may_sheet(known, who))

    def _may_sheet(self, told: Sheet, who: Who) -> bool:
        actor = Actor(who.person, who.role, proved=True)
        return sheet.forbids(told, SheetChecked(who.person), actor) is None
