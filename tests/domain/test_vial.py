"""The gate V23: a vial in order passes, and every reason alone keeps it closed."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from chairside.domain import fitness, vial
from chairside.domain.facts import Answered, VialAssigned, VialChecked, VisitOpened
from chairside.domain.form import Verdict
from chairside.domain.panel import CONSENTED, CORE_TESTS, NOT_CONSENTED, TESTS
from chairside.domain.replies import Chosen, ChosenSeveral, PanelRead, Reply, TestLine, TestResult, Written
from chairside.domain.vial import SHIPMENT, WARNINGS
from tests.domain.made_up import NOON, a_vial, stamped, vial_facts

TODAY = date(2026, 12, 1)


def _panel(*lines: tuple[str, TestResult]) -> PanelRead:
    return PanelRead(tuple(TestLine(test, result) for test, result in lines))


def _without(test: str) -> PanelRead:
    return _panel(*((each, "nonreactive") for each in CORE_TESTS if each != test))


def _reasons(found: vial.Vial | None, ordered: int | None = 5, today: date = TODAY) -> list[str]:
    reasons = fitness.gate(found, "one", ordered, today)
    assert all(each.weight is Verdict.HOLD for each in reasons)  # no ruling lifts a hold
    return [f"{each.id}:{each.about}".rstrip(":") for each in reasons]


def test_a_vial_in_order_passes() -> None:
    """Proves: Q29."""
    assert _reasons(vial.fold(vial_facts())) == []
    assert _reasons(a_vial("one")) == []
    assert _reasons(vial.fold(vial_facts(expires=TODAY))) == []


# What the consent says nothing of, and what no form offers.
STRANGE = ("amniotic", "placental", "other", "exosomes", "cord")


REPLIES: list[tuple[str, Reply | None, str]] = [
    *((item, Chosen("no"), f"vial_shipment_not_in_order:{item}") for item in SHIPMENT),
    *((item, None, f"vial_shipment_not_in_order:{item}") for item in SHIPMENT),
    ("vial_strength", Chosen("10"), "vial_strength_not_as_ordered"),
    ("vial_strength", Chosen("20"), "vial_strength_not_as_ordered"),
    ("vial_strength", Chosen("many"), "vial_strength_not_as_ordered"),
    ("vial_strength", None, "vial_strength_not_as_ordered"),
    ("donor_eligible", Chosen("ineligible"), "vial_donor_not_eligible"),
    ("donor_eligible", None, "vial_donor_not_eligible"),
    ("sterility", Chosen("not_final"), "vial_sterility_not_final"),
    ("sterility", Chosen("growth"), "vial_sterility_not_final"),
    ("sterility", Written("no_growth"), "vial_sterility_not_final"),
    ("sterility", None, "vial_sterility_not_final"),
    ("product_type", None, "vial_product_unknown"),
    *(("product_type", Chosen(each), f"vial_product_not_consented:{each}") for each in STRANGE),
    ("label_warning", None, "vial_warning_not_asked"),
    *(("label_warning", Chosen(each), f"vial_warning_on_label:{each}") for each in WARNINGS),  # as it was
    *(("label_warning", ChosenSeveral((each,)), f"vial_warning_on_label:{each}") for each in WARNINGS),
    ("label_warning", Written("none"), "vial_warning_not_asked"),
    *(("donor_tests", _without(test), f"vial_test_not_nonreactive:{test}") for test in CORE_TESTS),
]


@pytest.mark.parametrize(("item", "reply", "reason"), REPLIES)
def test_each_answer_of_the_sheet_alone_keeps_it_closed(item: str, reply: Reply | None, reason: str) -> None:
    """Proves: Q29, Q31, T17."""
    assert _reasons(vial.fold(vial_facts(**{item: reply}))) == [reason]


def test_every_warning_on_a_label_is_a_reason_of_its_own() -> None:
    """Proves: Q32, V7. A word that there is none takes no other back."""
    told = vial.fold(vial_facts(label_warning=ChosenSeveral(WARNINGS)))
    assert _reasons(told) == [f"vial_warning_on_label:{each}" for each in WARNINGS]
    both = vial.fold(vial_facts(label_warning=ChosenSeveral(("none", "biohazard"))))
    assert _reasons(both) == ["vial_warning_on_label:biohazard"]
    assert _reasons(vial.fold(vial_facts(label_warning=Chosen("none")))) == []


@pytest.mark.parametrize("kind", ["cord_tissue", "whartons_jelly", "cord_blood"])
def test_only_what_comes_from_an_umbilical_cord_is_what_the_consent_says(kind: str) -> None:
    """Proves: X4. Cord blood needs HTLV and CMV too, whatever the paper says of white cells."""
    every = _panel(*((test, "nonreactive") for test in TESTS))
    assert _reasons(vial.fold(vial_facts(product_type=Chosen(kind), donor_tests=every))) == []
    assert kind in CONSENTED and not {*CONSENTED} & {*NOT_CONSENTED}


@pytest.mark.parametrize("result", ["reactive", "indeterminate", "not_done", "not_required"])
@pytest.mark.parametrize("test", CORE_TESTS)
def test_only_nonreactive_passes_and_the_rest_stay_distinct(test: str, result: TestResult) -> None:
    """Blank, not done and nonreactive are three things. Proves: Q31, V22."""
    others = [(each, "nonreactive") for each in CORE_TESTS if each != test]
    found = vial.fold(vial_facts(donor_tests=_panel(*others, (test, result))))  # type: ignore[arg-type]
    assert _reasons(found) == [f"vial_test_not_nonreactive:{test}"]
    assert found.panel[test] == result
    assert test not in vial.fold(vial_facts(donor_tests=_without(test))).panel


@pytest.mark.parametrize("order", [("reactive", "nonreactive"), ("nonreactive", "reactive")])
def test_a_second_line_does_not_cover_a_reactive_one(order: tuple[TestResult, TestResult]) -> None:
    """Proves: T17."""
    lines = [(each, "nonreactive") for each in CORE_TESTS if each != "hiv_nat"]
    told_twice = _panel(*lines, *(("hiv_nat", each) for each in order))  # type: ignore[arg-type]  # any word
    found = vial.fold(vial_facts(donor_tests=told_twice))
    assert _reasons(found) == ["vial_test_not_nonreactive:hiv_nat"]


def test_a_sheet_without_its_panel_lists_every_test() -> None:
    """Proves: Q29: every reason is listed, not only the first."""
    found = vial.fold(vial_facts(donor_tests=None, sterility=None))
    assert _reasons(found) == ["vial_sterility_not_final"] + [
        f"vial_test_not_nonreactive:{test}" for test in CORE_TESTS
    ]


def test_what_is_around_the_sheet_keeps_it_closed() -> None:
    """Proves: Q29, Q34, T17."""
    assert _reasons(None) == _reasons(vial.Vial()) == ["vial_unknown"]
    assert _reasons(vial.fold(vial_facts(expires=date(2026, 11, 30)))) == ["vial_expired"]
    assert _reasons(structs.replace(a_vial(), expires=None)) == ["vial_expired"]
    assert _reasons(vial.fold(vial_facts(accepted=False))) == ["vial_not_accepted"]
    assert _reasons(a_vial("another")) == ["vial_of_another_visit"]
    assert _reasons(a_vial(), ordered=10) == ["vial_strength_not_as_ordered"]
    assert _reasons(a_vial(), ordered=None) == ["vial_strength_not_as_ordered"]


@pytest.mark.parametrize("checker", ["", "nurse-1"])
def test_the_sheet_is_checked_by_a_second_person(checker: str) -> None:
    """Proves: P10."""
    assert _reasons(vial.fold(vial_facts(checker=checker))) == ["vial_not_checked_by_second_person"]


def test_nobody_checks_in_another_persons_name() -> None:
    facts = (*vial_facts(checker=""), stamped(VialChecked("nurse-2"), person="nurse-1"))
    assert _reasons(vial.fold(facts)) == ["vial_not_checked_by_second_person"]


def test_who_wrote_any_line_of_the_sheet_cannot_check_it() -> None:
    written = stamped(Answered("receiving", "sterility", Chosen("no_growth")), person="nurse-2")
    facts = (*vial_facts(checker=""), written, stamped(VialChecked("nurse-2"), person="nurse-2"))
    assert _reasons(vial.fold(facts)) == ["vial_not_checked_by_second_person"]


def test_an_entry_changed_after_the_check_asks_for_a_new_one() -> None:
    """A reactive test cannot be turned nonreactive behind the second person's back. Proves: T17."""
    changed = stamped(Answered("receiving", "sterility", Chosen("no_growth")), person="nurse-1")
    facts = (*vial_facts(), changed)
    assert _reasons(vial.fold(facts)) == ["vial_not_checked_by_second_person"]
    checked = (*facts, stamped(VialChecked("nurse-2"), person="nurse-2"))
    assert _reasons(vial.fold(checked)) == []


def test_a_vial_set_aside_elsewhere_is_lost_to_this_visit() -> None:
    """Proves: Q34."""
    facts = (*vial_facts(), stamped(VialAssigned("one")), stamped(VialAssigned("two")))
    assert _reasons(vial.fold(facts)) == ["vial_of_another_visit"]


def test_facts_of_other_streams_are_kept_and_change_nothing() -> None:
    before = vial.fold(vial_facts())
    after = vial.apply(before, stamped(VisitOpened("p", 1, NOON, (), {}, "")))
    assert structs.replace(after, facts=()) == structs.replace(before, facts=())
    assert len(after.facts) == len(before.facts) + 1
