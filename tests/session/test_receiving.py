"""Vials at the desk, from expected to gone: one sheet for many, a second person each time, refusals."""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from chairside.domain.facts import (
    ExpectationEnded,
    Fact,
    OpenedInError,
    SheetEntered,
    SupplierAdded,
    VialExpected,
    VialReceived,
    VialThawed,
)
from chairside.domain.panel import NOT_CONSENTED, TESTS
from chairside.domain.replies import Chosen, Coded, Measured, PanelRead, Reply, TestLine, Written
from chairside.domain.vial import PRODUCT
from chairside.errors import LedgerError, NotAllowed
from chairside.session.board import VialCard
from chairside.session.receiving import Answers, Receiving
from chairside.session.scribe import Act
from chairside.session.vials import vial_stream
from tests.session.clinics import CODE, IN_ORDER, LABEL_SAYS, SHEET_SAYS, SUPPLIER, TOP, Visitors

OTHER = "Second Invented Supplier"
PICTURE = (TOP / "tests" / "session" / "signed.jpg").read_bytes()
PANEL = PanelRead(tuple(TestLine(test, "nonreactive") for test in TESTS))
SHEET_SAID: tuple[tuple[str, Reply], ...] = (
    *SHEET_SAYS,
    ("donor_tests", PANEL),
    ("sterility", Chosen("no_growth")),
)
BOX: tuple[tuple[str, Reply], ...] = (
    *((item, Chosen("yes")) for item in IN_ORDER),
    ("vial_strength", Chosen("5")),
    *LABEL_SAYS,
)


@pytest.fixture
def desk(visitors: Visitors) -> Receiving:
    """The receiving desk, the first nurse at it."""
    return Receiving(visitors.clinic, visitors.staff)


def came(code: str, **said: object) -> VialReceived:
    """What a label says."""
    told = VialReceived(code, SUPPLIER, "cord tissue", "L-20", date(2027, 6, 1))
    return replace(told, **said)


def sheet(desk: Receiving, visitors: Visitors, donor: str = "D-20") -> str:
    """A sheet, entered by the first nurse and checked by the second."""
    stream = desk.enter_sheet(SheetEntered(SUPPLIER, donor, "L-20"), SHEET_SAID, (PICTURE,))
    desk.check_sheet(stream, visitors.proof("nurse-2"))
    return stream


def card(desk: Receiving, code: str) -> VialCard:
    """The card of one vial."""
    return next(each for each in desk.cards() if each.code == code)


def accepted(desk: Receiving, visitors: Visitors, code: str) -> str:
    """A vial that may be used."""
    desk.receive(came(code, sheet=sheet(desk, visitors)), BOX)
    desk.check(code, visitors.proof("nurse-2"))
    desk.accept(code)
    return code


def refused(code: str) -> pytest.RaisesExc[NotAllowed]:
    """Whatever is done inside is refused with this code."""
    return pytest.raises(NotAllowed, match=rf"^{code}\b")


# -- the way in ---------------------------------------------------------------------------------
def test_one_sheet_serves_many_vials(desk: Receiving, visitors: Visitors) -> None:
    """Entered once, photographed, checked by a second person. Proves: P10."""
    stream = sheet(desk, visitors)
    for code in ("A-1", "A-2", "A-3"):
        desk.receive(came(code, sheet=stream), BOX)
        desk.check(code, visitors.proof("nurse-2"))
        assert desk.accept(code).fate == "accepted"
    known = next(each for each in desk.sheets() if each.stream == stream)
    assert (known.vials, known.entered_by, known.checked_by) == (3, "nurse-1", "nurse-2")
    photo = desk.sheet(stream).replies["sheet_photo"]
    assert desk.picture(photo.digest) == PICTURE  # type: ignore[union-attr]
    assert desk.vial("A-3").panel == dict.fromkeys(TESTS, "nonreactive")


def test_a_vial_that_was_expected_comes_or_does_not(desk: Receiving, visitors: Visitors) -> None:
    """Late while it is not here; the expectation ends with the code or the reason. Proves: P10."""
    visit = visitors.open().visit.id
    due = visitors.clock.now() - timedelta(minutes=45)
    first = desk.expect(VialExpected("ORDER-1", SUPPLIER, 5, due, visit))
    second = desk.expect(VialExpected("ORDER-2", SUPPLIER, 10, due + timedelta(days=1)))
    waiting = [each for each in desk.cards() if each.fate == "expected"]
    assert [(each.stream, each.strength_million, each.late_minutes >= 45) for each in waiting] == [
        (first, 5, True),
        (second, 10, False),
    ]
    assert waiting[0].patient == "Demo Patient Avery" and waiting[0].code == ""
    with refused("reason_needed"):
        desk.not_coming(second, " ")
    desk.not_coming(second, "sold out")
    with refused("not_expected"):
        desk.not_coming(second, "sold out")
    desk.receive(came("A-1", expected=first), BOX)
    assert card(desk, "A-1").patient == "Demo Patient Avery"
    assert [each.fate for each in desk.cards() if each.stream in (first, second)] == []
    desk.receive(came("A-1", expected=first, product="put right"), BOX)
    ended = [by.fact for by in visitors.clinic.ledger.stream(first) if isinstance(by.fact, ExpectationEnded)]
    assert ended == [ExpectationEnded("A-1")]
    with refused("not_expected"):
        desk.receive(came("A-2", expected=first), BOX)


def test_a_refused_arrival_stores_nothing_of_either_stream(desk: Receiving, visitors: Visitors) -> None:
    before = visitors.clinic.ledger.check().facts
    with refused("not_expected"):
        desk.receive(came("A-1", expected="vial:expected-nothing"), BOX)
    with refused("already_accepted"):
        desk.receive(came(CODE), BOX)
    assert visitors.clinic.ledger.check().facts == before


# -- the second person --------------------------------------------------------------------------
def test_who_entered_label_or_sheet_checks_neither(desk: Receiving, visitors: Visitors) -> None:
    """Proves: P10, T6."""
    stream = desk.enter_sheet(SheetEntered(SUPPLIER, "D-2", ""), SHEET_SAID)
    desk.receive(came("A-1", sheet=stream), BOX)
    with refused("second_person_needed"):
        desk.check_sheet(stream, visitors.proof("nurse-1"))
    with refused("second_person_needed"):
        desk.check("A-1", visitors.proof("nurse-1"))
    assert desk.sheets()[0].checked_by == ""
    lacks = card(desk, "A-1").lacks
    assert {"vial_not_checked_by_second_person", "vial_sheet_not_checked"} <= set(lacks)
    with refused("vial_not_checked_by_second_person"):
        desk.accept("A-1")
    desk.check("A-1", visitors.proof("nurse-2"))
    with refused("vial_sheet_not_checked"):
        desk.accept("A-1")
    desk.check_sheet(stream, visitors.proof("physician-1"))
    desk.accept("A-1")
    with refused("already_checked"):
        desk.check_sheet(stream, visitors.proof("nurse-2"))


def test_a_sheet_put_right_wants_another_look(desk: Receiving, visitors: Visitors) -> None:
    """And whoever put it right has entered something of it now. Proves: T6."""
    stream = sheet(desk, visitors)
    accepted_code = accepted(desk, visitors, "A-1")
    visitors.staff.arrive(visitors.proof("nurse-2"))
    desk.enter_sheet(SheetEntered(SUPPLIER, "D-20", "L-20"), SHEET_SAID[2:], stream=stream)
    assert not desk.sheet(stream).checked
    with refused("second_person_needed"):
        desk.check_sheet(stream, visitors.proof("nurse-2"))
    desk.check_sheet(stream, visitors.proof("physician-1"))
    with refused("sheet_unknown"):
        desk.enter_sheet(SheetEntered(SUPPLIER, "D-9", ""), SHEET_SAID, stream="sheet:never")
    assert card(desk, accepted_code).fate == "accepted"


def test_a_sheet_of_other_vials_covers_none_of_these(desk: Receiving, visitors: Visitors) -> None:
    """Proves: P10, V23."""
    lot_only = desk.enter_sheet(SheetEntered(SUPPLIER, "", "L-20"), SHEET_SAID)
    with refused("vial_sheet_of_another"):
        desk.receive(came("A-1", lot="L-21", sheet=lot_only), BOX)
    desk.add_supplier(SupplierAdded(OTHER, "", "", None, may_move=False))
    with refused("vial_sheet_of_another"):
        desk.receive(came("A-1", supplier=OTHER, sheet=lot_only), BOX)
    with refused("sheet_unknown"):
        desk.receive(came("A-1", sheet="sheet:never"), BOX)
    assert desk.receive(came("A-1"), BOX).fate == "received"
    assert "vial_donor_not_eligible" in card(desk, "A-1").lacks


@pytest.mark.parametrize(
    ("item", "reply", "code"),
    [
        ("sterility", Chosen("not_final"), "vial_sterility_not_final"),
        ("donor_eligible", Chosen("ineligible"), "vial_donor_not_eligible"),
        ("donor_tests", PanelRead(PANEL.rows[1:]), "vial_test_not_nonreactive"),
    ],
)
def test_a_sheet_that_is_not_in_order_lets_no_vial_in(
    desk: Receiving, visitors: Visitors, item: str, reply: Reply, code: str
) -> None:
    """Blank is never nonreactive. Proves: V3, V9, V22."""
    said = [(name, reply if name == item else told) for name, told in SHEET_SAID]
    stream = desk.enter_sheet(SheetEntered(SUPPLIER, "D-5", ""), said)
    desk.check_sheet(stream, visitors.proof("nurse-2"))
    desk.receive(came("A-1", sheet=stream), BOX)
    desk.check("A-1", visitors.proof("nurse-2"))
    with refused(code):
        desk.accept("A-1")
    desk.reject("A-1", "the sheet is not in order")
    with refused("vial_rejected"):
        desk.accept("A-1")


@pytest.mark.parametrize(
    ("item", "option", "code"),
    [
        *((item, "no", f"vial_shipment_not_in_order:{item}") for item in IN_ORDER),
        *((PRODUCT, kind, f"vial_product_not_consented:{kind}") for kind in NOT_CONSENTED),
    ],
)
def test_a_box_or_a_product_that_is_not_in_order_is_quarantined_not_accepted(
    desk: Receiving, visitors: Visitors, item: str, option: str, code: str
) -> None:
    """Proves: V16, X4."""
    stream = sheet(desk, visitors)
    said = [(name, Chosen(option) if name == item else told) for name, told in BOX]
    desk.receive(came("A-1", sheet=stream), said)
    desk.check("A-1", visitors.proof("nurse-2"))
    with refused(code.partition(":")[0]):
        desk.accept("A-1")
    desk.quarantine("A-1", "asked the supplier")
    assert card(desk, "A-1").fate == "quarantined"
    with refused("already_quarantined"):
        desk.quarantine("A-1", "again")
    assert card(desk, "A-1").lacks == (code,)


# -- set aside, freed, gone ---------------------------------------------------------------------
def test_a_vial_goes_to_another_visit_only_unthawed_and_where_the_supplier_lets_it(
    desk: Receiving, visitors: Visitors
) -> None:
    """Freed by a signed fact. Proves: P10."""
    one, two = (visitors.open().visit.id for _ in range(2))
    with refused("visit_unknown"):
        desk.set_aside(CODE, "never")
    desk.set_aside(CODE, one)
    with refused("vial_of_another_visit"):
        desk.set_aside(CODE, two)
    with refused("reason_needed"):
        desk.free(CODE, "", visitors.proof("nurse-1"))
    desk.free(CODE, "the visit was put off", visitors.proof("nurse-1"))
    assert visitors.clinic.ledger.stream(vial_stream(CODE))[-1].signature is not None
    desk.set_aside(CODE, two)
    nurse = visitors.proof("nurse-1")
    desk.add_supplier(SupplierAdded(SUPPLIER, "3 Nowhere", "555 0112", 30, may_move=False), nurse)
    with refused("supplier_forbids"):
        desk.free(CODE, "the visit was put off", visitors.proof("nurse-1"))
    desk.add_supplier(SupplierAdded(SUPPLIER, "3 Nowhere", "555 0112", 30, may_move=True), nurse)
    visitors.clinic.scribe.write(Act("nurse-1", vial_stream(CODE)), [VialThawed(two)])
    with refused("vial_thawed"):
        desk.free(CODE, "too late", visitors.proof("nurse-1"))
    desk.discard(CODE, "past its limit")
    with refused("vial_discarded"):
        desk.discard(CODE, "twice")
    assert card(desk, CODE).fate == "discarded"


def test_nothing_is_set_aside_for_a_visit_that_is_over(desk: Receiving, visitors: Visitors) -> None:
    visit = visitors.open().visit.id
    visitors.clinic.scribe.write(Act("nurse-1", f"visit:{visit}"), [OpenedInError("slip")])
    with refused("visit_is_over"):
        desk.set_aside(CODE, visit)
    with refused("visit_is_over"):
        desk.expect(VialExpected("ORDER-1", SUPPLIER, 5, visitors.clock.now(), visit))


def test_a_vial_that_went_back_stays_away(desk: Receiving, visitors: Visitors) -> None:
    code = accepted(desk, visitors, "A-1")
    with refused("reason_needed"):
        desk.give_back(code, "")
    desk.give_back(code, "recalled")
    for act in (
        lambda: desk.accept(code),
        lambda: desk.quarantine(code, "x"),
        lambda: desk.reject(code, "x"),
    ):
        with refused("vial_returned"):
            act()
    with refused("vial_unknown"):
        desk.discard("NEVER-SEEN", "gone")


# -- whose it is --------------------------------------------------------------------------------
def test_nobody_signed_in_moves_nothing(desk: Receiving, visitors: Visitors) -> None:
    visitors.staff.leave()
    acts = (
        lambda: desk.accept(CODE),
        lambda: desk.receive(came("A-1"), BOX),
        lambda: desk.enter_sheet(SheetEntered(SUPPLIER, "D-1", ""), SHEET_SAID),
        lambda: desk.add_supplier(SupplierAdded("X", "", "", None, may_move=False)),
        lambda: desk.expect(VialExpected("R", SUPPLIER, 5, visitors.clock.now())),
    )
    for act in acts:
        with refused("nobody_signed_in"):
            act()


def test_an_administrator_moves_no_vial(desk: Receiving, visitors: Visitors) -> None:
    """Custody is the clinical staff's."""
    assert visitors.staff.here is not None
    who = changed(visitors.staff.here.who, role="administrator")
    visitors.staff.here = changed(visitors.staff.here, who=who)
    with refused("not_this_role"):
        desk.quarantine(CODE, "x")


# -- hostile input ------------------------------------------------------------------------------
HOSTILE: tuple[tuple[Fact, str], ...] = (
    (came("A-1", lot="L" * 201), "text_long"),
    (came("A-1", product="line\nbreak"), "text_not_printable"),
    (came("A-1", supplier="\u202eevil"), "text_not_printable"),
    (came("  "), "code_missing"),
    (came("A" * 500), "code_long"),
)


@pytest.mark.parametrize(("fact", "code"), HOSTILE, ids=[code for _, code in HOSTILE])
def test_a_label_nobody_could_have_printed_is_refused(desk: Receiving, fact: VialReceived, code: str) -> None:
    with refused(code):
        desk.receive(fact, BOX)


def test_a_code_may_hold_what_a_scanner_sends(desk: Receiving) -> None:
    """A group separator, for one."""
    code = "=A9999\x1d&,1000"
    assert desk.receive(came(code), BOX).code == code
    assert card(desk, code).stream == vial_stream(code)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((("never_asked", Chosen("yes")),), "item_unknown"),
        ((("box_intact", Chosen("perhaps")),), "option_unknown"),
        ((("box_intact", Written("yes")),), "option_unknown"),
        ((("carrier", Measured("1", "kg")),), "reply_does_not_fit"),
        ((("carrier", Written("c" * 61)),), "reply_does_not_fit"),
        ((("carrier", Written("\u0007bell")),), "text_not_printable"),
        ((("carrier", Coded("x", "typed")),), "reply_does_not_fit"),
        ((("box_intact", Chosen("no")), ("box_intact", Chosen("yes"))), "answered_twice"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(desk: Receiving, answers: Answers, code: str) -> None:
    with refused(code):
        desk.receive(came("A-1"), answers)
    with pytest.raises(LedgerError):
        desk.picture("0" * 64)


@pytest.mark.parametrize(
    ("pictures", "code"),
    [
        ((b"GIF89a",), "picture_unreadable"),
        ((b"",), "picture_unreadable"),
        ((b"\xff\xd8\xff" + bytes(4 * 1024 * 1024),), "picture_too_large"),
        ((PICTURE,) * 9, "too_many_pictures"),
    ],
)
def test_a_picture_the_glass_did_not_make_is_refused(
    desk: Receiving, pictures: tuple[bytes, ...], code: str
) -> None:
    with refused(code):
        desk.enter_sheet(SheetEntered(SUPPLIER, "D-3", ""), SHEET_SAID, pictures)


def test_a_sheet_names_a_donor_or_a_lot(desk: Receiving) -> None:
    with refused("sheet_unnamed"):
        desk.enter_sheet(SheetEntered(SUPPLIER, " ", ""), SHEET_SAID)


@pytest.mark.parametrize("limit", [0, -5, 1441])
def test_a_supplier_states_a_possible_limit_or_none(desk: Receiving, limit: int) -> None:
    """None is invented. Proves: V18."""
    with refused("limit_out_of_range"):
        desk.add_supplier(SupplierAdded(OTHER, "", "", limit, may_move=False))
    with refused("name_missing"):
        desk.add_supplier(SupplierAdded(" ", "", "", None, may_move=False))
    desk.add_supplier(SupplierAdded(OTHER, "4 Nowhere", "555 0113", None, may_move=False))
    assert [each.name for each in desk.suppliers()] == [SUPPLIER, OTHER]
    assert desk.may_move(SUPPLIER) and not desk.may_move(OTHER) and not desk.may_move("never told")


def test_a_card_remembers_what_is_over_only_for_the_day(desk: Receiving, visitors: Visitors) -> None:
    assert desk.sheet(card(desk, CODE).sheet).checked
    desk.discard(CODE, "dropped")
    assert card(desk, CODE).fate == "discarded"
    visitors.clock.at += timedelta(days=1)
    assert desk.cards() == ()
    assert isinstance(visitors.clock.at, datetime)
