"""The physician's page."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs
from PySide6.QtWidgets import QLineEdit

from chairside.domain.facts import (
    Answered,
    Corrected,
    Decided,
    Explained,
    HandedOver,
    QuestionRaised,
    QuestionSettled,
    RuledOn,
    StepClosed,
)
from chairside.domain.replies import Chosen, DrugsTaken, DrugTaken, OnDate, Prescriber
from chairside.ui.screens.review import Review
from tests.ui.screens import stories
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import PHYSICIAN, Room
from tests.ui.screens.stories import ready_to_decide
from tests.ui.screens.touch import chosen, leave, said, sees, tap, there, write

STEP = "decision"
ALLERGY = "food_or_drug_allergy"


def ready(**health: str) -> Room:
    return ready_to_decide(PHYSICIAN, **health)


def order(screen: Review) -> None:
    for name in ("discussed.in_person", "strength.5", "premedication.loratadine"):
        tap(screen, name)


def put(stage: Stage, room: Room) -> Review:
    screen = stage(Review, STEP, room)
    assert isinstance(screen, Review)
    return screen


def test_nothing_is_preset_and_showing_tells_nothing(stage: Stage) -> None:
    """Proves: P2 (Decision): how it was discussed, none preset."""
    room = ready()
    screen = put(stage, room)
    room.show()
    assert room.told == []
    for name in ("discussed.in_person", "discussed.video", "discussed.phone", "strength.5", "strength.10"):
        assert not chosen(screen, name)


def test_the_ordinary_decision_is_four_taps(stage: Stage) -> None:
    """Proves: P11 (physician)."""
    room = ready()
    screen = put(stage, room)
    order(screen)
    tap(screen, "proceed")
    assert room.told[-1] == Decided("proceed", "in_person", 5, ("loratadine",), ())
    assert room.refused == []


def test_proceed_without_an_order_says_what_is_lacking(stage: Stage) -> None:
    room = ready()
    screen = put(stage, room)
    tap(screen, "proceed")
    assert room.told == []
    assert sees(screen, "review.lacking")
    assert "Which strength do you order?" in said(screen)


def test_a_relative_finding_wants_a_reason_before_proceed(stage: Stage) -> None:
    room = ready(food_or_drug_allergy="yes")
    screen = put(stage, room)
    order(screen)
    tap(screen, "proceed")
    assert not any(isinstance(fact, Decided) for fact in room.told)
    tap(screen, f"finding.{ALLERGY}.discussed")
    assert not any(isinstance(fact, RuledOn) for fact in room.told), "what is done about it comes first"
    assert sees(screen, f"finding.{ALLERGY}.wants")
    tap(screen, f"finding.{ALLERGY}.h1_h2_steroid")
    assert chosen(screen, "premedication.h1_h2_steroid"), "ordered with the same tap"
    tap(screen, "proceed")
    assert not any(isinstance(fact, Decided) for fact in room.told), "how much of each is an order too (C24)"
    write(screen, "premedication_doses.text", "dexamethasone 8 mg into a vein")
    tap(screen, "proceed")
    ruled = RuledOn(ALLERGY, "Discussed; the patient wants to go on", "h1_h2_steroid")
    doses = "dexamethasone 8 mg into a vein"
    assert room.told[-1] == Decided("proceed", "in_person", 5, ("h1_h2_steroid",), (ruled,), doses=doses)
    assert room.refused == []


def test_what_is_done_about_it_alone_is_a_ruling_in_one_tap(stage: Stage) -> None:
    room = ready(food_or_drug_allergy="yes")
    tap(put(stage, room), f"finding.{ALLERGY}.h1_h2_steroid")
    assert room.told[0] == RuledOn(ALLERGY, "Acceptable with what is done about it", "h1_h2_steroid")
    assert room.told[1] == Answered(STEP, "premedication", Chosen("h1_h2_steroid"))
    assert room.refused == []


def test_another_order_takes_the_mitigation_away_and_proceed_says_so(stage: Stage) -> None:
    """Proves: Q27."""
    room = ready(food_or_drug_allergy="yes")
    screen = put(stage, room)
    order(screen)
    tap(screen, f"finding.{ALLERGY}.h1_h2_steroid")
    tap(screen, "premedication.loratadine")
    tap(screen, "proceed")
    assert not any(isinstance(fact, Decided) for fact in room.told) and sees(screen, "review.lacking")


def test_the_answers_of_the_session_before_stand_beside_and_are_not_preset(stage: Stage) -> None:
    """Proves: P7."""
    room = ready()
    room.before = {("health_check", "glycerol_sensitivity"): Chosen("yes"), (STEP, "strength"): Chosen("10")}
    screen = put(stage, room)
    assert "Last time: Yes" in said(screen)
    assert not chosen(screen, "strength.10")


def test_a_written_reason_is_kept_when_proceed_is_tapped_from_inside_the_field(stage: Stage) -> None:
    room = ready(cancer_within_5_years="yes")
    screen = put(stage, room)
    order(screen)
    screen.activateWindow()
    write(screen, "finding.cancer_within_5_years.reason", "Cured in 2022")
    tap(screen, "proceed")
    decided = room.told[-1]
    assert isinstance(decided, Decided)
    assert decided.rulings == (RuledOn("cancer_within_5_years", "Cured in 2022"),)


def test_a_likely_reason_is_said_once_and_takes_the_place_of_a_written_one(stage: Stage) -> None:
    """The field is empty below a ticked reason, and what was half written does not come back."""
    room = ready(cancer_within_5_years="yes")
    screen = put(stage, room)
    order(screen)
    screen.activateWindow()
    name = "finding.cancer_within_5_years"
    write(screen, f"{name}.reason", "Cured in")
    tap(screen, f"{name}.in_remission")
    field = there(screen, f"{name}.reason")
    assert isinstance(field, QLineEdit) and field.text() == "" and chosen(screen, f"{name}.in_remission")
    tap(screen, "proceed")
    decided = room.told[-1]
    assert isinstance(decided, Decided)
    assert decided.rulings == (RuledOn("cancer_within_5_years", "In remission, followed by a specialist"),)


def test_findings_stand_worst_first(stage: Stage) -> None:
    """Proves: P3."""
    room = ready(food_or_drug_allergy="yes")
    room.answer("health_check", transplant="unsure", pregnant_or_trying="yes")
    screen = put(stage, room)
    places = [
        there(screen, f"finding.{key}") for key in ("pregnant_or_trying", "transplant_not_sure", ALLERGY)
    ]
    tops = [place.y() for place in places if place is not None]
    assert len(tops) == 3 and tops == sorted(tops)


def test_proceed_does_not_exist_while_an_absolute_answer_stands(stage: Stage) -> None:
    """Proves: Q1, Q2."""
    for answer in ("yes", "unsure"):
        room = ready(transplant=answer)
        screen = put(stage, room)
        assert not sees(screen, "proceed")
        assert sees(screen, "defer") and sees(screen, "do_not_treat")
        assert "The treatment cannot go on." in said(screen)


def test_after_a_stop_no_order_is_asked_and_what_was_not_asked_stands_in_one_place(stage: Stage) -> None:
    """Proves: P2 (Stops): later steps are not required."""
    room = stories.opened(PHYSICIAN)
    room.answer("health_check", transplant="yes")
    screen = put(stage, room)
    assert not sees(screen, "strength.5") and sees(screen, "discussed.in_person")
    assert sees(screen, "review.open") and not sees(screen, "finding.nsaids_unanswered")


def test_a_stop_is_decided_without_strength_or_premedication(stage: Stage) -> None:
    room = ready(transplant="yes")
    screen = put(stage, room)
    tap(screen, "do_not_treat")
    assert room.told == []
    tap(screen, "discussed.phone")
    tap(screen, "do_not_treat")
    assert not isinstance(room.told[-1], Decided), "a reason first"
    write(screen, "reason.text", "A kidney in 2019")
    leave(screen, "reason.text")
    tap(screen, "do_not_treat")
    assert room.told[-1] == Decided("do_not_treat", "phone", None, (), (), "A kidney in 2019")
    assert room.refused == []


def test_an_absolute_answer_is_asked_again_with_source_and_reason(stage: Stage) -> None:
    """Proves: P3: changed only by asking again, under the physician's PIN."""
    room = ready(transplant="unsure")
    screen = put(stage, room)
    assert not sees(screen, "again.transplant.confirm")
    tap(screen, "again.transplant.open")
    tap(screen, "again.transplant.no")
    tap(screen, "again.transplant.confirm")
    assert room.told == [] and sees(screen, "again.transplant.lacking")
    for field, text in (("source", "The patient"), ("reason", "Mixed up the word")):
        write(screen, f"again.transplant.{field}", text)
        leave(screen, f"again.transplant.{field}")
    tap(screen, "again.transplant.confirm")
    told = Corrected("health_check", "transplant", Chosen("no"), "The patient", "Mixed up the word")
    assert room.told == [told] and room.refused == []
    assert sees(screen, "proceed")


def test_what_is_written_of_the_immune_system_names_no_illness(stage: Stage) -> None:
    """It is said beside the line where an answer is asked again, and of the reason to stop. Proves: Q18."""
    screen = put(stage, ready(transplant="unsure"))
    tap(screen, "again.transplant.open")
    assert "Write no illness by name" not in said(screen)
    screen = put(stage, ready(immunocompromised="unsure"))
    tap(screen, "again.immunocompromised.open")
    assert "Write no illness by name" in said(screen)
    assert "Of a weak immune system write no illness by name" in said(screen)


def test_an_open_question_is_settled_here_before_anything_is_decided(stage: Stage) -> None:
    """Proves: R31."""
    room = ready()
    room.put(QuestionRaised("consent", "risks"))
    screen = put(stage, room)
    order(screen)
    tap(screen, "proceed")
    assert not any(isinstance(fact, Decided) for fact in room.told)
    bar = screen.content.verticalScrollBar()
    bar.setValue(200)
    tap(screen, "settle.consent.risks")
    assert room.told[-1] == QuestionSettled("consent", "risks")
    assert bar.value() == 200 and not sees(screen, "settle.consent.risks")  # the page stays where it was
    tap(screen, "proceed")
    assert isinstance(room.told[-1], Decided) and room.refused == []


def test_the_patients_preference_is_beside_the_order_and_is_not_the_order(stage: Stage) -> None:
    screen = put(stage, ready())
    assert "The patient would like 10 million" in said(screen)
    assert not chosen(screen, "strength.10")


def test_a_prescribed_antithrombotic_never_says_stop(stage: Stage) -> None:
    """The finding says who prescribed it: the physician is the one who calls. Proves: Q22."""
    room = ready()
    doctor = Prescriber("Dr. Lake", "555 0114", asked=False)
    row = DrugTaken("aspirin", OnDate(date(2026, 3, 15)), True, doctor)
    room.reply("medicines", "nsaids", DrugsTaken((row,)))
    screen = put(stage, room)
    card = there(screen, "finding.prescribed_antithrombotic:aspirin")
    assert card is not None and "stop" not in said(card).casefold()
    assert "by Dr. Lake, 555 0114; that doctor was not asked yet" in said(card)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (DrugTaken("Feldene", OnDate(date(2026, 3, 12))), "Feldene may stay in the body for about 10 days"),
        (DrugTaken("Bayer", OnDate(date(2026, 3, 12)), False), "Platelets recover in 7-10 days"),
    ],
)
def test_a_note_on_a_medicine_stops_nothing(row: DrugTaken, told: str, stage: Stage) -> None:
    """Both were taken more than three days before. Proves: Q24, Q25."""
    room = ready()
    room.reply("medicines", "nsaids", DrugsTaken((row,)))
    room.put(StepClosed("medicines"))
    screen = put(stage, room)
    card = there(screen, "review.notes")
    assert card is not None and told in said(card)
    order(screen)
    tap(screen, "proceed")
    assert isinstance(room.told[-1], Decided) and room.refused == []


def test_ordering_a_steroid_tells_what_it_does_and_leaves_the_page(stage: Stage) -> None:
    """The note comes below what was tapped, on the widgets that stood there. Proves: X11, C18."""
    room = ready()
    screen = put(stage, room)
    row = there(screen, "premedication.h1_h2_steroid")
    assert not sees(screen, "review.order_note")
    tap(screen, "premedication.h1_h2_steroid")
    assert "A steroid before the injection lowers prostaglandins" in said(screen)
    assert there(screen, "premedication.h1_h2_steroid") is row
    tap(screen, "premedication.loratadine")
    assert not sees(screen, "review.order_note")


def test_an_answered_row_is_told_once(stage: Stage) -> None:
    room = ready()
    screen = put(stage, room)
    tap(screen, "discussed.video")
    tap(screen, "discussed.video")
    assert room.told == [Answered(STEP, "discussed", Chosen("video"))]


def test_an_early_second_session_is_a_note_and_stops_nothing(stage: Stage) -> None:
    """Proves: P7: interval under 4 months is a note to the physician."""
    room = ready()
    room.visit = structs.replace(room.visit, last_given=date(2026, 1, 10))
    screen = put(stage, room)
    assert sees(screen, "review.notes") and "2 months ago" in said(screen)
    order(screen)
    tap(screen, "proceed")
    assert room.told[-1] == Decided("proceed", "in_person", 5, ("loratadine",), ()) and room.refused == []


def test_common_reasons_are_chips_of_their_own_finding(stage: Stage) -> None:
    room = ready(cancer_within_5_years="yes")
    screen = put(stage, room)
    tap(screen, "finding.cancer_within_5_years.in_remission")
    assert room.told == [RuledOn("cancer_within_5_years", "In remission, followed by a specialist")]


def test_who_explained_a_point_in_person_is_told_with_the_ruling(stage: Stage) -> None:
    """One tap of who did it; a reason alone is no explanation. Proves: Q13."""
    room = ready()
    room.put(HandedOver("patient", "read"))
    for _ in range(2):
        room.put(Answered("consent", "ask_donor", Chosen("donor")))
        room.put(Explained("consent", "ask_donor"))
    room.put(HandedOver("staff", "read"))
    finding = "finding.understanding_raised:ask_donor"
    screen = put(stage, room)
    assert not sees(screen, f"{finding}.discussed")
    write(screen, f"{finding}.reason", "he knows it")
    leave(screen, f"{finding}.reason")
    assert room.refused == ["explain_in_person_first"]
    tap(screen, f"{finding}.explained_in_person")
    ruled = RuledOn("understanding_raised:ask_donor", "Explained again in person; understood")
    assert room.told[-2:] == [Explained("consent", "ask_donor"), ruled]
