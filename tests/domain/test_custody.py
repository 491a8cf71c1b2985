"""A vial's life and its sheet's: what may follow what, by whom, and several vials at one gate."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from chairside.domain import custody, fitness, sheet, vial
from chairside.domain.facts import (
    Answered,
    ExpectationEnded,
    SheetChecked,
    SheetEntered,
    Stamped,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialExpected,
    VialFreed,
    VialOpened,
    VialQuarantined,
    VialReceived,
    VialRejected,
    VialReturned,
    VialThawed,
    VialUsed,
)
from chairside.domain.panel import CORE_TESTS
from chairside.domain.replies import Chosen, OnDate, PanelRead, TestLine
from chairside.domain.vial import SHIPMENT, Fate, Vial
from tests.domain.made_up import (
    ADMINISTRATOR,
    NOON,
    NURSE,
    PHYSICIAN,
    SECOND_NURSE,
    a_vial,
    stamped,
    unproved,
    vial_facts,
)

TODAY = date(2026, 12, 1)
ACTS: dict[str, custody.Custody] = {
    "receive": VialReceived("V-1", "supplier", "product", "L-1", date(2027, 6, 1)),
    "answer": Answered("receiving", "box_intact", Chosen("yes")),
    "check": VialChecked("nurse-2"),
    "accept": VialAccepted(),
    "quarantine": VialQuarantined("label torn"),
    "reject": VialRejected("warm"),
    "set aside": VialAssigned("one"),
    "free": VialFreed("one", "did not come"),
    "open": VialOpened("one"),
    "thaw": VialThawed("one"),
    "use": VialUsed("one", True),
    "discard": VialDiscarded("warm"),
    "return": VialReturned("not needed"),
}
# Each way to a state and everything that may follow there; all else is refused.
LIFE: dict[Fate, tuple[tuple[str, ...], str]] = {
    "received": ((), "receive, answer, check, quarantine, reject, discard, return"),
    "checked": (("check",), "receive, answer, accept, quarantine, reject, discard, return"),
    "accepted": (("check", "accept"), "set aside, open, quarantine, reject, discard, return"),
    "quarantined": (("check", "quarantine"), "receive, answer, accept, reject, discard, return"),
    "rejected": (("check", "reject"), "answer, discard, return"),
    "assigned": (
        ("check", "accept", "set aside"),
        "free, open, thaw, quarantine, reject, discard, return",
    ),
    "opened": (
        ("check", "accept", "set aside", "open"),
        "free, open, thaw, quarantine, reject, discard, return",
    ),
    "thawed": (
        ("check", "accept", "set aside", "thaw"),
        "open, use, quarantine, reject, discard, return",
    ),
    "used": (("check", "accept", "set aside", "thaw", "use"), ""),
    "discarded": (("discard",), ""),
    "returned": (("check", "accept", "return"), ""),
}


def _lived(acts: tuple[str, ...]) -> Vial:
    facts = vial_facts(checker="", accepted=False)
    told = (stamped(ACTS[act], person="nurse-2" if act == "check" else "nurse-1") for act in acts)
    return vial.fold((*facts, *told))


@pytest.mark.parametrize("fate", LIFE)
def test_after_every_fate_only_what_the_table_says_may_follow(fate: Fate) -> None:
    """Every act after every fate. Proves: P10 (used is what cannot repeat)."""
    acts, then = LIFE[fate]
    lived = _lived(acts)
    assert lived.fate == fate
    allowed = {name.strip() for name in then.split(",")} - {""}
    refusals = {
        name: custody.forbids(lived, fact, SECOND_NURSE, may_move=True) for name, fact in ACTS.items()
    }
    assert {name for name, code in refusals.items() if code is None} == allowed, refusals
    assert all(custody.forbids(lived, fact, ADMINISTRATOR) == "not_this_role" for fact in ACTS.values())


@pytest.mark.parametrize("item", SHIPMENT)
def test_a_vial_is_accepted_only_with_six_times_yes(item: str) -> None:
    """Proves: V16, P10."""
    for reply in (Chosen("no"), None):
        found = vial.fold(vial_facts(accepted=False, **{item: reply}))
        assert custody.forbids(found, VialAccepted(), NURSE) == "vial_shipment_not_in_order"


def test_a_vial_set_apart_after_the_thaw_comes_back_by_a_physicians_pin_only() -> None:
    """And only while nothing on label, box or sheet is against it. Proves: P10, V23."""
    acts = ("check", "accept", "set aside", "thaw", "quarantine")
    lived = _lived(acts)
    for actor in (NURSE, SECOND_NURSE, unproved(PHYSICIAN)):
        assert custody.forbids(lived, VialAccepted(), actor) == "physician_pin_needed"
    assert custody.forbids(lived, VialAccepted(), PHYSICIAN) is None
    back = vial.apply(lived, stamped(VialAccepted(), person="physician-1"))
    assert (back.fate, back.ready("one")) == ("thawed", True)
    wet = structs.replace(lived, replies={**lived.replies, "sterility": Chosen("growth")})
    assert custody.forbids(wet, VialAccepted(), PHYSICIAN) not in (None, "physician_pin_needed")
    rejected = _lived((*acts, "reject"))  # a slip at the desk while the needle is in
    assert custody.forbids(rejected, VialAccepted(), NURSE) == "physician_pin_needed"
    assert custody.forbids(rejected, VialAccepted(), PHYSICIAN) is None
    again = vial.apply(rejected, stamped(VialAccepted(), person="physician-1"))
    assert (again.fate, again.rejected) == ("thawed", False)
    assert custody.forbids(_lived(("check", "reject")), VialAccepted(), PHYSICIAN) == "vial_rejected"


def test_a_vial_is_accepted_only_checked_by_a_second_person_under_pin() -> None:
    """Proves: P10, T6."""
    found = vial.fold(vial_facts(checker="", accepted=False))
    assert custody.forbids(found, VialAccepted(), NURSE) == "vial_not_checked_by_second_person"
    assert custody.forbids(found, VialChecked("nurse-1"), NURSE) == "second_person_needed"
    assert custody.forbids(found, VialChecked("nurse-1"), SECOND_NURSE) == "second_person_needed"
    assert custody.forbids(found, VialChecked("nurse-2"), unproved(SECOND_NURSE)) == "pin_needed"
    checked = vial.fold(vial_facts(accepted=False))
    assert custody.forbids(checked, VialChecked("nurse-2"), SECOND_NURSE) == "already_checked"
    assert custody.forbids(vial.fold(vial_facts(accepted=False, sterility=None)), VialAccepted(), NURSE) == (
        "vial_sterility_not_final"
    )


def test_a_vial_is_freed_unthawed_where_its_supplier_lets_it_move() -> None:
    """Proves: P10 (by a signed fact)."""
    mine = a_vial("one")
    assert custody.forbids(mine, VialFreed("one", "no"), NURSE) == "supplier_forbids"
    assert custody.forbids(mine, VialFreed("one", "no"), unproved(NURSE), may_move=True) == "pin_needed"
    assert custody.forbids(mine, VialFreed("one", " "), NURSE, may_move=True) == "reason_needed"
    assert custody.forbids(mine, VialFreed("two", "no"), NURSE, may_move=True) == "vial_not_set_aside"
    nobodys = _lived(("check", "accept"))
    assert custody.forbids(nobodys, VialFreed("", "no"), NURSE, may_move=True) == "vial_not_set_aside"
    freed = vial.apply(vial.apply(a_vial(""), stamped(VialAssigned("one"))), stamped(VialFreed("one", "no")))
    assert (freed.visit, freed.fate) == ("", "accepted")
    assert custody.forbids(mine, VialAssigned("two"), NURSE) == "vial_of_another_visit"
    assert custody.forbids(mine, VialOpened("two"), NURSE) == "vial_of_another_visit"
    assert custody.forbids(mine, VialThawed("two"), NURSE) == "vial_not_set_aside"


def test_what_is_expected_comes_or_does_not_and_that_once() -> None:
    """Proves: P10 (expected)."""
    due = VialExpected("ORDER-7", "supplier", 5, NOON, "one")
    assert custody.forbids(Vial(), due, NURSE) is None
    assert custody.forbids(Vial(), structs.replace(due, strength_million=0), NURSE) == "strength_needed"
    waiting = vial.fold((stamped(due),))
    assert (waiting.fate, waiting.strength_million, waiting.supplier) == ("expected", 5, "supplier")
    assert custody.forbids(waiting, due, NURSE) == "already_expected"
    assert custody.forbids(waiting, ExpectationEnded("", " "), NURSE) == "reason_needed"
    assert custody.forbids(waiting, ExpectationEnded("V-1"), NURSE) is None
    assert custody.forbids(waiting, ExpectationEnded("", "the courier lost it"), NURSE) is None
    assert custody.forbids(waiting, ExpectationEnded(" ", " "), NURSE) == "reason_needed"
    over = vial.apply(waiting, stamped(ExpectationEnded("V-1")))
    assert custody.forbids(over, ExpectationEnded("V-1"), NURSE) == "not_expected"
    assert custody.forbids(Vial(), ExpectationEnded("V-1"), NURSE) == "not_expected"
    assert custody.forbids(Vial(), VialAccepted(), NURSE) == "vial_unknown"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"strength_million": 1}, None),
        ({"strength_million": 0}, "strength_needed"),
        ({"supplier": " "}, "strength_needed"),
    ],
)
def test_an_order_names_its_supplier_and_its_strength(changed: dict[str, object], code: str | None) -> None:
    """What has arrived is not expected any more. Proves: P10 (expected)."""
    due = structs.replace(VialExpected("ORDER-7", "supplier", 5, NOON, "one"), **changed)
    assert custody.forbids(Vial(), due, NURSE) == code
    assert custody.forbids(_lived(()), due, NURSE) == "already_expected"


@pytest.mark.parametrize(
    ("acts", "changed", "code"),
    [
        ((), {}, None),
        ((), {"code": " "}, "code_missing"),
        ((), {"supplier": " "}, "code_missing"),
        ((), {"code": "", "supplier": ""}, "code_missing"),
        (("check", "accept"), {}, "already_accepted"),
        (("check", "reject"), {}, "already_accepted"),
        (("discard",), {}, "already_accepted"),
    ],
)
def test_what_arrives_has_a_code_and_a_supplier_and_arrives_before_it_is_judged(
    acts: tuple[str, ...], changed: dict[str, object], code: str | None
) -> None:
    """Proves: P10 (received)."""
    arrived = structs.replace(ACTS["receive"], **changed)  # type: ignore[type-var]  # an act there is a fact
    assert custody.forbids(_lived(acts), arrived, NURSE) == code


@pytest.mark.parametrize(
    ("acts", "act", "code"),
    [
        (("check", "accept"), "answer", "already_accepted"),
        (("check", "accept"), "accept", "already_accepted"),
        (("check",), "set aside", "vial_not_accepted"),
        (("check",), "open", "vial_not_accepted"),
        (("check", "accept", "set aside"), "set aside", "already_set_aside"),
        (("check", "accept", "set aside", "thaw"), "set aside", "vial_thawed"),
        (("check", "accept", "set aside", "thaw"), "free", "vial_thawed"),
        (("check", "accept", "set aside", "thaw"), "thaw", "vial_thawed"),
        (("check", "accept"), "thaw", "vial_not_set_aside"),
        (("check", "accept"), "free", "vial_not_set_aside"),
        (("check", "accept", "set aside"), "use", "vial_not_thawed"),
        (("check", "quarantine"), "quarantine", "already_quarantined"),
        (("check", "reject"), "quarantine", "vial_rejected"),
        (("check", "reject"), "reject", "vial_rejected"),
        (("discard",), "return", "vial_discarded"),
    ],
)
def test_each_refusal_says_what_stands_in_the_way(acts: tuple[str, ...], act: str, code: str) -> None:
    """Proves: P10."""
    assert custody.forbids(_lived(acts), ACTS[act], NURSE, may_move=True) == code


@pytest.mark.parametrize("kind", [VialQuarantined, VialRejected, VialDiscarded, VialReturned])
def test_whoever_sets_a_vial_apart_says_why(kind: type[VialQuarantined]) -> None:
    """Proves: P10."""
    assert custody.forbids(_lived(("check",)), kind(" "), NURSE) == "reason_needed"
    assert custody.forbids(_lived(("check",)), kind("torn"), NURSE) is None


# -- sheets -----------------------------------------------------------------------------------
def _sheet(
    checker: str = "nurse-2", lot: str = "L-1", donor: str = "", **changed: object
) -> tuple[Stamped, ...]:
    told = {
        "donor_eligible": Chosen("eligible"),
        "sterility": Chosen("no_growth"),
        "donor_tests": PanelRead(tuple(TestLine(test, "nonreactive") for test in CORE_TESTS)),
        "leukocyte_rich": Chosen("no"),
        "recovered_in": Chosen("us"),
        "recovered_on": OnDate(date(2026, 1, 20)),
        **changed,
    }
    answers = [Answered("donor_sheet", item, reply) for item, reply in told.items() if reply]  # type: ignore[arg-type]
    facts = [stamped(fact) for fact in (SheetEntered("supplier", donor, lot), *answers)]
    return (*facts, *([stamped(SheetChecked(checker), person=checker)] if checker else []))


OF_SHEET = ("donor_eligible", "sterility", "leukocyte_rich", "recovered_in", "recovered_on")


def _covered(*sheet_facts: Stamped) -> Vial:
    """A vial whose receiving names a sheet; its own stream says nothing of the donor."""
    facts = vial_facts(**dict.fromkeys((*OF_SHEET, "donor_tests"), None))
    received = VialReceived("V-1", "supplier", "product", "L-1", date(2027, 6, 1), "vial:sheet")
    return vial.fold((stamped(received), *facts[1:]), sheet_facts)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (_sheet(), []),
        (_sheet(donor="D-1", lot="L-9"), []),
        ((), ["vial_sheet_missing"]),
        (_sheet(checker=""), ["vial_sheet_not_checked"]),
        (_sheet(checker="nurse-1"), ["vial_sheet_not_checked"]),
        (_sheet(lot="L-9"), ["vial_sheet_of_another"]),
        (_sheet(sterility=None), ["vial_sterility_not_final"]),
        (_sheet(donor_eligible=Chosen("ineligible")), ["vial_donor_not_eligible"]),
        (_sheet(donor_tests=None), ["vial_test_not_nonreactive"] * len(CORE_TESTS)),
        (
            (*_sheet(), stamped(Answered("donor_sheet", "sterility", Chosen("no_growth")))),
            ["vial_sheet_not_checked"],
        ),
    ],
)
def test_a_sheet_serves_every_vial_it_covers_and_only_in_order(
    facts: tuple[Stamped, ...], reasons: list[str]
) -> None:
    """Proves: P10, Q29, Q31."""
    covered = _covered(*facts)
    assert [each.id for each in fitness.gate(covered, "one", 5, TODAY)] == reasons
    refused = custody.forbids(structs.replace(covered, accepted=False), VialAccepted(), NURSE)
    assert refused == (reasons[0] if reasons else None)


def test_a_named_sheet_is_not_replaced_by_answers_on_the_vial() -> None:
    """Proves: T17."""
    facts = vial_facts()
    received = VialReceived("V-1", "supplier", "product", "L-1", date(2027, 6, 1), "vial:sheet")
    own = vial.fold((stamped(received), *facts[1:]))
    assert [each.id for each in fitness.gate(own, "one", 5, TODAY)] == ["vial_sheet_missing"]


def test_a_sheet_has_a_name_and_a_second_person() -> None:
    """Proves: P10."""
    entered = sheet.fold(_sheet(checker=""))
    assert sheet.forbids(sheet.Sheet(), SheetEntered("supplier", "", ""), NURSE) == "sheet_unnamed"
    assert sheet.forbids(sheet.Sheet(), SheetEntered("supplier", "D-1", ""), NURSE) is None
    assert sheet.forbids(sheet.Sheet(), SheetChecked("nurse-2"), SECOND_NURSE) == "sheet_unknown"
    assert sheet.forbids(entered, SheetChecked("nurse-1"), NURSE) == "second_person_needed"
    assert sheet.forbids(entered, SheetChecked("nurse-2"), unproved(SECOND_NURSE)) == "pin_needed"
    assert sheet.forbids(entered, SheetChecked("nurse-2"), SECOND_NURSE) is None
    assert sheet.forbids(sheet.fold(_sheet()), SheetChecked("nurse-2"), SECOND_NURSE) == "already_checked"


# -- several vials ----------------------------------------------------------------------------
def _second(**changed: object) -> Vial:
    return structs.replace(vial.fold(vial_facts(code="V-2")), **changed)


def _reasons(*vials: Vial, ordered: int = 10, codes: tuple[str, ...] = ("V-1", "V-2")) -> list[str]:
    found = fitness.gate_all(vials, codes, "one", ordered, TODAY)
    return [f"{each.id}:{each.about}".rstrip(":") for each in found]


def test_two_vials_add_up_to_the_order_and_each_has_its_own_reasons() -> None:
    """Proves: P10 (two 5 M for a 10 M order), V23."""
    one = a_vial("one")
    assert _reasons(one, _second()) == []
    assert _reasons(one, _second(), ordered=5) == ["vial_strength_not_as_ordered"]
    assert _reasons(one, _second(), ordered=15) == ["vial_strength_not_as_ordered"]
    assert _reasons(one, codes=("V-1",)) == ["vial_strength_not_as_ordered"]
    assert "vial_unknown:V-2" in _reasons(one)
    assert _reasons(codes=()) == _reasons(codes=("V-9",)) == ["vial_unknown"]
    assert _reasons(one, ordered=5) == ["vial_unknown:V-2", "vial_strength_not_as_ordered"]
    assert fitness.gate_all((Vial(),), ("",), "one", 5, TODAY)[0].id == "vial_unknown"
    torn = _second(replies={**one.replies, "box_intact": Chosen("no")})
    assert _reasons(one, torn) == ["vial_shipment_not_in_order:V-2:box_intact"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"quarantined": True, "accepted": False}, "vial_quarantined"),
        ({"rejected": True, "accepted": False}, "vial_rejected"),
        ({"accepted": False}, "vial_not_accepted"),
        ({"gone": "discarded"}, "vial_discarded"),
        ({"gone": "returned"}, "vial_returned"),
        ({"gone": "used"}, "vial_used"),
        ({"gone": "partly_used"}, "vial_partly_used"),
        ({"thawed": "two"}, "vial_thawed_for_another"),
        ({"visit": "two"}, "vial_of_another_visit"),
        ({"expires": date(2026, 11, 30)}, "vial_expired"),
        ({"alike": ("0001", "0002")}, "vial_number_needed"),
    ],
)
def test_what_happened_to_one_vial_keeps_the_gate_closed(changed: dict[str, object], reason: str) -> None:
    """Proves: V23, P10."""
    found = fitness.gate_all((a_vial("one"), _second(**changed)), ("V-1", "V-2"), "one", 10, TODAY)
    assert [(each.id, each.about, each.items) for each in found] == [(reason, "V-2", ("vial_code",))]
    assert _reasons(a_vial("one"), _second(thawed="one", visit="one")) == []


@pytest.mark.parametrize("ordered", [5, 6, 10])
def test_a_vial_that_states_no_strength_adds_up_to_no_order(ordered: int) -> None:
    """Not as if it held nothing: what is in it would be injected too. Proves: V23, P10."""
    silent = vial.fold(vial_facts(code="V-2", vial_strength=None))
    assert _reasons(a_vial("one"), silent, ordered=ordered) == ["vial_strength_not_as_ordered"]
