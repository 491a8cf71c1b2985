"""A donor-test sheet: copied once, checked by a second person, good for every vial it covers (P10)."""

from __future__ import annotations

from msgspec import Struct, structs

from chairside.domain import panel as panels
from chairside.domain.actor import Actor, clinical
from chairside.domain.facts import Answered, Fact, SheetChecked, SheetEntered, Stamped
from chairside.domain.panel import NONREACTIVE, Origin
from chairside.domain.replies import Chosen, OnDate, PanelRead, Pictured, Reply


def panel(replies: dict[str, Reply]) -> dict[str, str]:
    """Return the result of each donor test; of two lines for one test the one that stops counts."""
    reply = replies.get("donor_tests")
    told: dict[str, str] = {}
    for row in reply.rows if isinstance(reply, PanelRead) else ():
        if told.get(row.test, NONREACTIVE) == NONREACTIVE:
            told[row.test] = row.result
    return told


def chosen(replies: dict[str, Reply], item: str) -> str:
    """Return the option chosen for an item, or nothing."""
    reply = replies.get(item)
    return reply.option if isinstance(reply, Chosen) else ""


def photographed(replies: dict[str, Reply]) -> bool:
    """Tell whether a photo of the sheet is kept."""
    return any(isinstance(reply, Pictured) for reply in replies.values())


def origin(replies: dict[str, Reply], product: str) -> Origin:
    """Return what decides which tests are due, of a sheet's answers and the product on a vial's label."""
    recovered = replies.get("recovered_on")
    return Origin(
        product,
        chosen(replies, "leukocyte_rich"),
        chosen(replies, "recovered_in"),
        recovered.day if isinstance(recovered, OnDate) else None,
    )


def failing(replies: dict[str, Reply], product: str) -> tuple[tuple[str, str], ...]:
    """Return what a sheet's answers say against a vial of this product: (rule, what it is about)."""
    found: list[tuple[str, str]] = []
    if chosen(replies, "donor_eligible") != "eligible":
        found.append(("vial_donor_not_eligible", ""))
    if chosen(replies, "sterility") != "no_growth":
        found.append(("vial_sterility_not_final", ""))
    return (*found, *panels.failing(panel(replies), origin(replies, product)))


class Sheet(Struct, frozen=True):
    """What is known of one sheet; a check counts only over the entries it was made of."""

    supplier: str = ""
    donor: str = ""
    lot: str = ""
    replies: dict[str, Reply] = {}
    entered_by: str = ""
    writers: frozenset[str] = frozenset()
    checked_by: str = ""
    facts: tuple[Stamped, ...] = ()

    @property
    def panel(self) -> dict[str, str]:
        """The result of each donor test."""
        return panel(self.replies)

    @property
    def checked(self) -> bool:
        """Tell whether a second person compared the entries with the paper."""
        return bool(self.checked_by) and self.checked_by not in self.writers

    def said(self, item: str) -> str:
        """Return the option chosen for an item, or nothing."""
        return chosen(self.replies, item)

    def covers(self, supplier: str, lot: str) -> bool:
        """Tell whether a vial of this supplier and lot may rest on this sheet.

        A sheet that names its donor covers every lot made of that donor; a vial's label names the lot only.
        """
        same_lot = bool(self.donor) or not self.lot or self.lot == lot
        return self.supplier == supplier and same_lot


def _told(sheet: Sheet, fact: Fact, person: str) -> Sheet:
    match fact:
        case SheetEntered(supplier, donor, lot):
            writers = sheet.writers | {person}
            kept = structs.replace(sheet, supplier=supplier, donor=donor, lot=lot, writers=writers)
            return structs.replace(kept, entered_by=sheet.entered_by or person, checked_by="")
        case Answered(_, item, reply):
            replies = {**sheet.replies, item: reply}
            writers = sheet.writers | {person}
            return structs.replace(sheet, replies=replies, writers=writers, checked_by="")
        case SheetChecked(checker):
            return structs.replace(sheet, checked_by=checker if checker == person else "")
        case _:
            return sheet


def fold(facts: tuple[Stamped, ...]) -> Sheet:
    """Return the sheet these facts make."""
    sheet = Sheet()
    for stamped in facts:
        told = _told(sheet, stamped.fact, stamped.stamp.person)
        sheet = structs.replace(told, facts=(*sheet.facts, stamped))
    return sheet


def _entering(fact: SheetEntered, actor: Actor) -> str | None:
    if (wrong := clinical(actor)) is not None:
        return wrong
    return None if fact.supplier.strip() and (fact.donor.strip() or fact.lot.strip()) else "sheet_unnamed"


def _checking(sheet: Sheet, fact: SheetChecked, actor: Actor) -> str | None:
    if not actor.proved:
        return "pin_needed"
    if fact.person != actor.person or actor.person in sheet.writers:
        return "second_person_needed"
    return "already_checked" if sheet.checked else None


def forbids(sheet: Sheet, fact: SheetEntered | SheetChecked | Answered, actor: Actor) -> str | None:
    """Return the code of the rule that refuses a fact of a sheet's stream, or None."""
    if isinstance(fact, SheetEntered):
        return _entering(fact, actor)
    if not sheet.supplier:
        return "sheet_unknown"
    if isinstance(fact, Answered):
        return clinical(actor)
    return clinical(actor) or _checking(sheet, fact, actor)
