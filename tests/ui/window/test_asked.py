"""A question asked where the patient checks, signs or answers alone: noted, answered, then signed."""

from __future__ import annotations

from msgspec import structs
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from chairside.demo.acts import to_patient
from chairside.domain.facts import (
    BreakTaken,
    PaperChosen,
    QuestionRaised,
    QuestionSettled,
    Signed,
    StrokeDrawn,
)
from chairside.domain.facts.people import RepresentativeNamed
from chairside.ui.route import Where, staff_page
from chairside.ui.screens.screen import Screen
from tests.session.clinics import CODE, PINS
from tests.ui.screens.room import PHYSICIAN, good_vial
from tests.ui.screens.stories import decided, prepared, signed
from tests.ui.window.glass import INK, Shown
from tests.ui.window.test_ink_on_glass import PATIENTS, half_a_stroke, pad_of, patients_pad, stored

ASKED = (QuestionRaised, QuestionSettled, Signed, StrokeDrawn, BreakTaken)


def told(glass: Shown) -> list[object]:
    """What was asked, answered, drawn and signed, in its order."""
    ledger = glass.visitors.clinic.ledger.stream(glass.visitors.here().stream)
    return [by.fact for by in ledger if isinstance(by.fact, ASKED)]


def answered(glass: Shown, form: str, item: str) -> None:
    """The patient gives the tablet back; staff answer what was asked, which is what their page shows."""
    glass.hands.tap("give_back")
    glass.hands.pin(PINS["nurse-1"])
    assert not glass.hands.sees("hand_over.given")
    glass.hands.tap(f"settle.{form}.{item}")


def test_a_question_at_the_line_keeps_the_ink_and_is_answered_before_the_signature(glass: Shown) -> None:
    """Nobody could ask there, and no page but the decision's could have said that it was answered."""
    half_a_stroke(patients_pad(glass))
    assert stored(glass, PATIENTS) == []
    glass.hands.tap("question")
    assert stored(glass, PATIENTS) == [60]
    question = QuestionRaised("sign", "patient_signature")
    drawn, asked = told(glass)
    assert isinstance(drawn, StrokeDrawn) and asked == question
    page = glass.window.page
    assert isinstance(page, Screen) and page.footer.offered("sign") is None
    assert "We have noted your question." in glass.words()
    assert len(pad_of(glass, "patient_signature.pad").strokes) == 1
    answered(glass, "sign", "patient_signature")
    to_patient(glass.hands)
    assert len(pad_of(glass, "patient_signature.pad").strokes) == 1
    glass.hands.tap("clear")
    glass.hands.sign("patient_signature.pad", INK)
    glass.hands.tap("sign")
    assert [type(each) for each in told(glass)[1:3]] == [QuestionRaised, QuestionSettled]
    assert isinstance(told(glass)[-1], Signed) and glass.banner() == ""


def test_what_is_on_the_glass_stays_in_its_place_when_the_notice_comes(glass: Shown) -> None:
    """The notice stands above: the line went from under the pen."""
    glass.window.resize(1280, 800)
    pad = patients_pad(glass)
    page = glass.window.page
    assert isinstance(page, Screen)
    bar = page.content.verticalScrollBar()
    bar.setValue(bar.maximum())
    glass.hands.settle()
    for name in ("break", "question"):
        before = pad.mapTo(page, QPoint(0, 0))
        glass.hands.tap(name)
        assert pad.mapTo(page, QPoint(0, 0)) == before, name
    assert told(glass) == [BreakTaken("sign"), QuestionRaised("sign", "patient_signature")]


def test_a_question_on_the_answers_is_told_of_them_once(glass: Shown) -> None:
    patients_pad(glass)
    glass.hands.tap("back")
    for _ in range(2):
        glass.hands.tap("question")
    assert told(glass) == [QuestionRaised("sign", "check_answers")]
    assert "You asked a question here." in glass.words()
    while glass.hands.sees("more"):
        glass.hands.tap("more")
    glass.hands.tap("continue")
    answered(glass, "sign", "check_answers")
    assert glass.hands.sees("hand_over.given")


def test_a_question_on_the_vial_goes_before_the_nurses_own_page(glass: Shown) -> None:
    glass.sign_in()
    glass.visitors.until_vial()
    glass.visitors.scan()
    glass.visitors.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
    glass.visitors.hand_over("vial")
    glass.enter()
    assert CODE in glass.words()
    glass.hands.tap("question")
    glass.hands.tap("stop")
    glass.hands.tap("leave")
    glass.hands.pin(PINS["nurse-1"])
    glass.window.show_again()
    glass.hands.settle()
    glass.hands.tap("settle.vial.seen")
    assert told(glass)[-1] == QuestionSettled("vial", "seen")
    assert glass.hands.sees("hand_over.given")


def test_who_is_alone_with_the_private_questions_may_ask_where_somebody_else_decides(glass: Shown) -> None:
    glass.sign_in()
    glass.visitors.open()
    who = RepresentativeNamed("Kim Example", "health_care_agent", "Power of attorney", "Cannot follow.")
    glass.visitors.tell(who, "physician-1")
    glass.enter()
    glass.hands.tap("pregnant_or_trying.alone")
    to_patient(glass.hands)
    glass.hands.tap("question")
    QApplication.processEvents()
    assert told(glass) == [QuestionRaised("health_check", "pregnant_or_trying")]
    assert glass.banner() == "" and glass.hands.sees("pregnant_or_trying.yes")


def test_wherever_a_question_keeps_a_step_closed_staff_can_say_that_it_is_answered() -> None:
    """On paper nothing could be signed any more, and the physician could not countersign."""
    paper = decided()
    paper.put(QuestionRaised("sign", "patient_signature"))
    paper.put(PaperChosen("prefers"))
    last = prepared(signed(PHYSICIAN), structs.replace(good_vial(), visit="v1"))
    last.put(QuestionRaised("health_check", "pregnant_or_trying"))
    for room, step in ((paper, "sign"), (last, "countersign")):
        assert staff_page(room.view(), step) == Where("question", step)
        room.tell(QuestionSettled(*min(room.visit.questions)))
        assert room.refused == [] and staff_page(room.view(), step).kind in ("paper", "screen")
