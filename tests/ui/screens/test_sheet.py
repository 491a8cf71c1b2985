"""Premedication and the staff part of the vial."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from chairside.domain.facts import Answered, Signed, StepClosed, WaitBegan, WaitEnded
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    Coded,
    CodesRead,
    DoseGiven,
    DoseNotGiven,
    PanelRead,
    Written,
)
from chairside.ui.screens.sheet import Sheet
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import CODE, NOW, Room, good_vial
from tests.ui.screens.stories import SECOND, SIGNATURE, signed, two_vials
from tests.ui.screens.touch import chosen, leave, said, sees, settle, tap, there, write

PREMEDICATION, VIAL = "premedication", "vial"


def test_showing_a_view_tells_nothing(stage: Stage) -> None:
    room = signed()
    stage(Sheet, PREMEDICATION, room)
    room.show()
    assert room.told == []


def test_one_tap_gives_a_dose_now(stage: Stage) -> None:
    """Proves: Q26."""
    room = signed()
    screen = stage(Sheet, PREMEDICATION, room)
    for asked_first in ("loratadine_allergy.no", "antihistamine_today.no"):
        tap(screen, asked_first)
    below = there(screen, "prp_kit.card")
    assert below is not None
    stood = below.y()
    tap(screen, "loratadine.10_mg_tablet")
    assert room.told[2:] == [Answered(PREMEDICATION, "loratadine", DoseGiven(NOW, "10 mg", "tablet"))]
    assert "10 mg, Tablet, at 10:30 am" in said(screen)
    assert below.y() == stood, "what is said of the dose has its place"


def test_not_given_wants_a_reason(stage: Stage) -> None:
    room = signed()
    screen = stage(Sheet, PREMEDICATION, room)
    assert not sees(screen, "loratadine.declined")
    tap(screen, "loratadine.not_given")
    assert room.told == []
    tap(screen, "loratadine.declined")
    assert room.told == [Answered(PREMEDICATION, "loratadine", DoseNotGiven("The patient declined"))]


def test_a_part_of_a_mitigation_is_asked_only_where_it_was_ordered(stage: Stage) -> None:
    """Proves: Q27."""
    assert not sees(stage(Sheet, PREMEDICATION, signed()), "h1_given")
    screen = stage(Sheet, PREMEDICATION, signed(premedication=("h1_h2_steroid",)))
    assert sees(screen, "h1_given")
    assert not any(sees(screen, f"{each}.card") for each in ("loratadine_allergy", "loratadine"))


def test_now_is_the_moment_the_view_was_made(stage: Stage) -> None:
    room = signed()
    screen = stage(Sheet, PREMEDICATION, room)
    tap(screen, "prp_drawn_at.now")
    assert room.told == [Answered(PREMEDICATION, "prp_drawn_at", AtMoment(NOW))]


def test_scans_fill_the_codes_in_order_without_any_focus(stage: Stage) -> None:
    room = signed()
    screen = stage(Sheet, PREMEDICATION, room)
    assert isinstance(screen, Sheet)
    assert screen.take_scan("KIT-1") and screen.take_scan("LOT-2")
    assert not screen.take_scan("ONE-TOO-MANY")
    assert room.told == [
        Answered(PREMEDICATION, "prp_kit", Coded("KIT-1", "scanned")),
        Answered(PREMEDICATION, "anticoagulant_lot", Coded("LOT-2", "scanned")),
    ]


def test_a_typed_code_counts_only_when_typed_twice_alike(stage: Stage) -> None:
    room = signed()
    screen = stage(Sheet, VIAL, room)
    write(screen, "vial_code.typed", "ABC 1")
    leave(screen, "vial_code.typed")
    assert room.told == []
    write(screen, "vial_code.again", "ABC 2")
    leave(screen, "vial_code.again")
    assert room.told == [] and sees(screen, "vial_code.again.error")
    write(screen, "vial_code.again", "\b1")
    leave(screen, "vial_code.again")
    assert room.told == [Answered(VIAL, "vial_code", CodesRead((Coded("ABC 1", "typed"),)))]
    assert not sees(screen, "vial_code.typed")


def test_a_text_is_told_when_the_step_is_closed_from_inside_its_field(stage: Stage) -> None:
    """A tap does not take the focus, so the screen must ask the field."""
    room = signed()
    screen = stage(Sheet, PREMEDICATION, room)
    screen.activateWindow()
    write(screen, "prp_kit_expires.text", "2027-05")
    tap(screen, "close")
    assert Answered(PREMEDICATION, "prp_kit_expires", Written("2027-05")) in room.told
    assert StepClosed(PREMEDICATION) not in room.told


def test_what_is_lacking_is_said_and_nothing_is_closed(stage: Stage) -> None:
    room = signed()
    screen = stage(Sheet, PREMEDICATION, room)
    tap(screen, "close")
    assert room.told == []
    assert "Not answered yet: Loratadine (Claritin)" in said(screen)


def with_vial(**changed: object) -> Room:
    room = signed()
    room.scan(CODE)
    room.take_vials(structs.replace(good_vial(), **changed))
    return room


def test_the_sheet_and_every_failing_reason_are_shown(stage: Stage) -> None:
    """Proves: V23."""
    vial = good_vial()
    read = vial.replies["donor_tests"]
    assert isinstance(read, PanelRead)
    short = PanelRead(read.rows[:-1])
    said_of_it = {**vial.replies, "sterility": Chosen("not_final"), "donor_tests": short}
    room = with_vial(accepted=False, replies=said_of_it)
    words = said(stage(Sheet, VIAL, room))
    assert "The vial has not been accepted." in words
    assert "There is no final result that no germs grew." in words
    assert CODE in words and "Hepatitis B" in words and "Not on the sheet" in words


def test_a_good_vial_is_said_to_be_in_order(stage: Stage) -> None:
    assert "Every point is in order." in said(stage(Sheet, VIAL, with_vial()))


def test_an_unknown_code_is_not_in_order(stage: Stage) -> None:
    room = signed()
    room.scan("NOBODY-KNOWS")
    words = said(stage(Sheet, VIAL, room))
    assert "Stop and look. No vial with this code was received here." in words
    assert "Every point is in order." not in words


def test_a_step_that_waits_has_not_asked_the_gate(stage: Stage) -> None:
    """Before the signature nothing may say that the vial is in order."""
    room = Room()
    room.scan(CODE)
    room.take_vials(good_vial())
    assert "Every point is in order." not in said(stage(Sheet, VIAL, room))


def test_nothing_about_the_opening_is_preset(stage: Stage) -> None:
    room = with_vial()
    screen = stage(Sheet, VIAL, room)
    for name in ("opened.shipping_box", "opened.none", "opened_by.nurse", "opened_by.physician"):
        tap(screen, name)
    assert len(room.told) == 4 and room.refused == []


def test_each_scan_adds_a_vial_and_a_second_scan_of_the_same_says_so(stage: Stage) -> None:
    """Proves: P10: several vials per visit, each counted once."""
    room = signed()
    screen = stage(Sheet, VIAL, room)
    assert isinstance(screen, Sheet)
    assert screen.take_scan(CODE) and screen.take_scan(SECOND)
    both = CodesRead((Coded(CODE, "scanned"), Coded(SECOND, "scanned")))
    assert room.told[-1] == Answered(VIAL, "vial_code", both)
    screen.take_scan(CODE)
    settle()
    assert room.told[-1] == Answered(VIAL, "vial_code", both) and len(room.told) == 2
    assert "on the list already" in said(screen)


def test_a_wrong_code_is_taken_off_the_list(stage: Stage) -> None:
    room = signed()
    room.scan(CODE, SECOND)
    screen = stage(Sheet, VIAL, room)
    tap(screen, "vial_code.remove_2")
    assert room.told == [Answered(VIAL, "vial_code", CodesRead((Coded(CODE, "scanned"),)))]
    assert SECOND not in said(screen)


@pytest.mark.parametrize(
    ("kind", "named"),
    [("placental", "placenta"), ("amniotic", "amniotic fluid or membrane"), ("other", "something else")],
)
def test_another_product_than_a_cords_is_said_at_the_chair(stage: Stage, kind: str, named: str) -> None:
    """Proves: X4: a vial that was accepted before there was the rule is stopped here."""
    vial = good_vial()
    words = said(stage(Sheet, VIAL, with_vial(replies={**vial.replies, "product_type": Chosen(kind)})))
    said_so = f"The label says {named}, but the consent is about a product from a donor's umbilical cord."
    assert f"{said_so} Ask the supplier." in words


def test_each_vial_has_its_own_reasons_and_what_mends_them(stage: Stage) -> None:
    """Proves: V23, P10: each vial its own gate."""
    room = signed()
    good, bad = two_vials()
    room.scan(CODE, SECOND)
    room.take_vials(good, structs.replace(bad, accepted=False))
    screen = stage(Sheet, VIAL, room)
    first, second = there(screen, "vial.sheet"), there(screen, "vial.sheet.2")
    assert first is not None and second is not None
    assert "Every point is in order." in said(first)
    assert "The vial has not been accepted. Mend this at Receiving." in said(second)
    assert "5 + 5 of 5 million" in said(screen) and "more than ordered" in said(screen)


def test_a_code_nobody_received_is_said_first_and_goes_with_one_tap(stage: Stage) -> None:
    """A mismatch is stopped in words, and nothing is lost."""
    room = signed()
    room.scan(CODE, "WRONG-ONE")
    room.take_vials(good_vial())
    screen = stage(Sheet, VIAL, room)
    assert "Do not thaw it." in said(screen)
    tap(screen, "vial.remove_2")
    assert room.visit.codes == (CODE,) and "Do not thaw it." not in said(screen)


def test_asking_the_supplier_is_a_state_with_since_when(stage: Stage) -> None:
    """Proves: P1: waiting, for what, since when."""
    room = with_vial(accepted=False)
    screen = stage(Sheet, VIAL, room)
    tap(screen, "vial.ask_supplier")
    assert room.told == [WaitBegan("supplier", CODE)]
    assert "The supplier was asked on 16 March 2026, 10:30 am." in said(screen)
    tap(screen, "vial.supplier_answered")
    assert room.told[-1] == WaitEnded("supplier") and room.refused == []


def test_only_doses_the_rule_takes_are_offered_and_why_not_is_said(stage: Stage) -> None:
    """Proves: Q26: allergy, glycerol syrup, double dose."""
    room = signed()
    screen = stage(Sheet, PREMEDICATION, room)
    assert not sees(screen, "loratadine.10_mg_tablet"), "both questions come first"
    tap(screen, "loratadine_allergy.no")
    tap(screen, "antihistamine_today.no")
    assert sees(screen, "loratadine.10_mg_tablet") and sees(screen, "loratadine.10_mg_syrup")
    tap(screen, "loratadine_allergy.yes")
    assert not sees(screen, "loratadine.10_mg_tablet") and sees(screen, "loratadine.not_given")


def test_no_syrup_is_offered_after_a_reaction_to_glycerol(stage: Stage) -> None:
    """Proves: Q26: the syrup holds glycerol."""
    room = signed()
    room.answer("premedication", loratadine_allergy="no", antihistamine_today="no")
    room.answer("health_check", glycerol_sensitivity="unsure")
    screen = stage(Sheet, PREMEDICATION, room)
    assert not sees(screen, "loratadine.10_mg_syrup") and sees(screen, "loratadine.10_mg_tablet")


def test_a_dose_that_was_given_earlier_is_set_back_in_minutes(stage: Stage) -> None:
    """Not beyond the signature: that stands an hour back."""
    room = signed()
    room.happened = NOW - timedelta(hours=1)
    room.put(Signed(SIGNATURE, "patient", "Jordan Avery", "m", room.visit.pads[SIGNATURE].strokes))
    room.happened = None
    screen = stage(Sheet, PREMEDICATION, room)
    assert not sees(screen, "loratadine.late")
    for name in ("loratadine_allergy.no", "antihistamine_today.no", "loratadine.10_mg_tablet"):
        tap(screen, name)
    assert chosen(screen, "loratadine.10_mg_tablet") and not chosen(screen, "loratadine.10_mg_syrup")
    assert not chosen(screen, "loratadine.not_given")
    tap(screen, "loratadine.late")
    tap(screen, "loratadine.ago_15")
    given = DoseGiven(NOW - timedelta(minutes=15), "10 mg", "tablet")
    assert room.told[-1] == Answered(PREMEDICATION, "loratadine", given) and room.refused == []
    assert "at 10:15 am" in said(screen)


def test_no_time_before_the_patients_signature_is_offered(stage: Stage) -> None:
    """They stood there to be tapped, and were refused. Proves: P2 (Sign)."""
    room = signed()
    room.now = NOW + timedelta(minutes=4)
    screen = stage(Sheet, PREMEDICATION, room)
    for name in ("loratadine_allergy.no", "antihistamine_today.no", "loratadine.10_mg_tablet"):
        tap(screen, name)
    assert not sees(screen, "loratadine.late") and not sees(screen, "prp_drawn_at.5")
    room.now = NOW + timedelta(minutes=20)
    room.show()
    settle()
    assert sees(screen, "prp_drawn_at.15") and not sees(screen, "prp_drawn_at.30")
    tap(screen, "loratadine.late")
    assert sees(screen, "loratadine.ago_15") and not sees(screen, "loratadine.ago_30")
    tap(screen, "prp_drawn_at.15")
    assert room.refused == []


def test_nothing_is_asked_of_the_supplier_about_a_good_vial(stage: Stage) -> None:
    assert not sees(stage(Sheet, VIAL, with_vial()), "vial.ask_supplier")


ORDER = "Cetirizine 10 mg and famotidine 20 mg by mouth, dexamethasone 8 mg into a vein"


def test_a_dose_that_the_order_does_not_hold_is_doubted_and_taken(stage: Stage) -> None:
    """What is given has its drug's name, too. Proves: Q27."""
    room = signed(premedication=("h1_h2_steroid",), doses=ORDER)
    screen = stage(Sheet, PREMEDICATION, room)
    tap(screen, "antihistamine_today.no")
    tap(screen, "h2_given.20_mg_tablet")
    tap(screen, "steroid_given.as_ordered_vein")
    assert "The doctor's order" not in said(screen)
    tap(screen, "steroid_given.as_ordered_muscle")
    assert "The doctor's order names another way to give it." in said(screen)
    tap(screen, "h2_given.40_mg_tablet")
    assert "This amount does not stand in the doctor's order." in said(screen)
    assert "Steroid without particles: dexamethasone sodium phosphate" in said(screen)
    assert room.refused == []


def test_a_dose_ordered_by_its_brand_is_not_doubted(stage: Stage) -> None:
    """By the list of brands that is shipped. Proves: Q27."""
    room = signed(premedication=("h1_h2_steroid",), doses="Zyrtec-D 10 mg; Pepcid 20 mg po. Decadron 8 mg IV")
    screen = stage(Sheet, PREMEDICATION, room)
    tap(screen, "antihistamine_today.no")
    tap(screen, "h2_given.20_mg_tablet")
    tap(screen, "steroid_given.as_ordered_vein")
    assert "The doctor's order" not in said(screen)
    tap(screen, "h1_given.10_mg_tablet")
    assert "The doctor's order does not name this drug." in said(screen)
    assert room.refused == []
