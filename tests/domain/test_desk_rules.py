"""Sheets and vials at the desk: each refusal by its own code, each half of a condition alone."""

from __future__ import annotations

import pytest
from msgspec import structs

from chairside.domain import custody, sheet
from chairside.domain.actor import Actor
from chairside.domain.facts import (
    Answered,
    ExpectationEnded,
    Fact,
    SheetChecked,
    SheetEntered,
    VialAccepted,
    VialAssigned,
    VialExpected,
    VialFreed,
    VialOpened,
    VialReceived,
    VialThawed,
)
from chairside.domain.replies import Chosen
from chairside.domain.sheet import Sheet
from chairside.domain.vial import Vial
from tests.domain.made_up import ADMINISTRATOR, NOON, NURSE, SECOND_NURSE, a_vial, stamped

GROWTH = Answered("donor_sheet", "sterility", Chosen("growth"))
ENTERED = SheetEntered("supplier", "D-1", "L-1")


def _sheet(*told: tuple[Fact, str]) -> Sheet:
    return sheet.fold(tuple(stamped(fact, person=person) for fact, person in told))


def test_a_sheet_keeps_who_entered_it_first_and_all_who_wrote() -> None:
    """Proves: P10."""
    made = _sheet((ENTERED, "nurse-1"), (ENTERED, "nurse-2"), (GROWTH, "nurse-3"))
    assert (made.entered_by, made.writers) == ("nurse-1", {"nurse-1", "nurse-2", "nurse-3"})
    assert len(made.facts) == 3 and made.said("sterility") == "growth" and made.panel == {}
    assert _sheet((ENTERED, "nurse-1"), (SheetChecked("nurse-2"), "nurse-3")).checked_by == ""
    assert _sheet((ENTERED, "nurse-1"), (SheetChecked("nurse-2"), "nurse-2")).checked
    assert _sheet((ENTERED, "nurse-1"), (VialAccepted(), "nurse-1")).supplier == "supplier"


@pytest.mark.parametrize(
    ("donor", "lot", "of", "covered"),
    [
        ("", "L-1", ("supplier", "L-1"), True),
        ("", "L-1", ("supplier", "L-2"), False),
        ("D-1", "L-1", ("supplier", "L-2"), True),
        ("", "", ("supplier", "L-2"), True),
        ("", "L-1", ("another", "L-1"), False),
    ],
)
def test_a_sheet_covers_its_suppliers_lot_or_donor(
    donor: str, lot: str, of: tuple[str, str], covered: bool
) -> None:
    """Proves: P10."""
    assert Sheet("supplier", donor, lot).covers(*of) is covered


@pytest.mark.parametrize(
    ("fact", "actor", "code"),
    [
        (ENTERED, NURSE, None),
        (ENTERED, ADMINISTRATOR, "not_this_role"),
        (SheetEntered(" ", "D-1", ""), NURSE, "sheet_unnamed"),
        (SheetEntered("supplier", "", "L-1"), NURSE, None),
        (SheetEntered("supplier", "D-1", ""), NURSE, None),
        (SheetEntered("supplier", " ", " "), NURSE, "sheet_unnamed"),
        (GROWTH, NURSE, None),
        (GROWTH, ADMINISTRATOR, "not_this_role"),
        (SheetChecked("nurse-2"), SECOND_NURSE, None),
        (SheetChecked("nurse-3"), SECOND_NURSE, "second_person_needed"),
        (SheetChecked("nurse-1"), NURSE, "second_person_needed"),
        (SheetChecked("administrator-1"), ADMINISTRATOR, "not_this_role"),
    ],
)
def test_who_may_tell_what_of_a_sheet(
    fact: SheetEntered | SheetChecked | Answered, actor: Actor, code: str | None
) -> None:
    """Proves: P10."""
    assert sheet.forbids(_sheet((ENTERED, "nurse-1")), fact, actor) == code


def test_what_a_sheet_lacks_is_about_nothing_else() -> None:
    assert sheet.failing({}, "cord_tissue")[:2] == (
        ("vial_donor_not_eligible", ""),
        ("vial_sterility_not_final", ""),
    )
    assert sheet.origin({}, "cord_tissue").recovered_on is None


EXPECTED = VialExpected("order 1", "supplier", 5, NOON)
READY = a_vial("one")
ROWS: list[tuple[Vial, custody.Custody, str | None]] = [
    (Vial(), EXPECTED, None),
    (Vial(expecting=EXPECTED), EXPECTED, "already_expected"),
    (READY, EXPECTED, "already_expected"),
    (Vial(), structs.replace(EXPECTED, supplier=" "), "strength_needed"),
    (Vial(), structs.replace(EXPECTED, strength_million=0), "strength_needed"),
    (Vial(), structs.replace(EXPECTED, strength_million=1), None),
    (Vial(), ExpectationEnded("V-1", ""), "not_expected"),
    (Vial(expecting=EXPECTED), ExpectationEnded("V-1", ""), None),
    (Vial(expecting=EXPECTED), ExpectationEnded("", "not sent"), None),
    (Vial(expecting=EXPECTED), ExpectationEnded(" ", " "), "reason_needed"),
    (Vial(), VialReceived("V-1", "supplier", "", "", None), None),
    (Vial(), VialReceived(" ", "supplier", "", "", None), "code_missing"),
    (Vial(), VialReceived("V-1", " ", "", "", None), "code_missing"),
    (READY, VialReceived("V-1", "supplier", "", "", None), "already_accepted"),
    (READY, VialAccepted(), "already_accepted"),
    (structs.replace(READY, accepted=False), VialAssigned("one"), "vial_not_accepted"),
    (structs.replace(READY, thawed="one"), VialAssigned("one"), "vial_thawed"),
    (READY, VialAssigned("one"), "already_set_aside"),
    (READY, VialAssigned("two"), "vial_of_another_visit"),
    (a_vial(""), VialAssigned("two"), None),
    (READY, VialFreed("one", "planned anew"), None),
    (a_vial(""), VialFreed("", "planned anew"), "vial_not_set_aside"),
    (READY, VialFreed("two", "planned anew"), "vial_not_set_aside"),
    (structs.replace(READY, thawed="one"), VialFreed("one", "planned anew"), "vial_thawed"),
    (structs.replace(READY, accepted=False), VialOpened("one"), "vial_not_accepted"),
    (READY, VialOpened("two"), "vial_of_another_visit"),
    (READY, VialOpened("one"), None),
    (READY, VialThawed("one"), None),
    (READY, VialThawed("two"), "vial_not_set_aside"),
    (structs.replace(READY, thawed="one"), VialThawed("one"), "vial_thawed"),
]


@pytest.mark.parametrize(("vial", "fact", "code"), ROWS)
def test_each_refusal_at_the_desk_has_its_own_code(
    vial: Vial, fact: custody.Custody, code: str | None
) -> None:
    """Proves: P10, Q34."""
    assert custody.forbids(vial, fact, NURSE, may_move=True) == code
