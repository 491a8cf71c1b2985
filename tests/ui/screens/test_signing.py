"""Signatures: the patient's, the patient's over the vial, the physician's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chairside.domain.facts import (
    ClearUndone,
    Countersigned,
    Decided,
    InkCleared,
    PageRead,
    RuledOn,
    Signed,
    StepClosed,
)
from chairside.domain.ink import InkPoint, Stroke
from chairside.domain.replies import DoseGiven
from chairside.session.shown import shown_digest
from chairside.session.view import Drawn
from chairside.ui.screens.signing import Signing
from chairside.ui.theme import Theme
from chairside.ui.widgets.ink_pad import InkPad
from chairside.words import Words
from tests.ui.hands import Pen, wave
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import CODE, NOW, PHYSICIAN, Room, book, good_vial, signature
from tests.ui.screens.stories import SECOND, SIGNATURE, decided, ready_to_decide, signed, two_vials
from tests.ui.screens.touch import moves_before_its_footer, said, sees, settle, tap, there

BOARD = "licensed and regulated by the Medical Board of California"


def checked() -> Room:
    """The patient has the tablet and has checked the answers."""
    room = decided()
    room.hand_to_patient("sign")
    room.put(PageRead("sign", "check_answers", "x"))
    return room


def pad(screen: QWidget, name: str = "patient_signature.pad") -> InkPad:
    found = there(screen, name)
    assert isinstance(found, InkPad)
    return found


def forward(screen: QWidget) -> None:
    while sees(screen, "more"):
        tap(screen, "more")


def test_the_answers_are_checked_before_there_is_a_line(stage: Stage) -> None:
    room = decided()
    room.hand_to_patient("sign")
    screen = stage(Signing, "sign", room)
    assert not sees(screen, "patient_signature.pad")
    assert "Have you had an organ transplant" in said(screen) and "None taken" in said(screen)
    forward(screen)
    assert room.told == []
    tap(screen, "continue")
    words = book().forms["sign"].words("check_answers", "en")
    assert room.told == [PageRead("sign", "check_answers", shown_digest(words))]
    assert sees(screen, "patient_signature.pad") and room.refused == []


def test_a_move_of_the_page_leaves_the_footer_alone_until_it_is_over(stage: Stage) -> None:
    """A layout moves it, too: what is taken out of a layout while it is at work brings the program down."""
    room = decided()
    room.hand_to_patient("sign")
    screen = stage(Signing, "sign", room)
    moves_before_its_footer(screen)


def test_the_board_notice_stands_right_above_the_line_in_14_points(stage: Stage) -> None:
    """Proves: Q8."""
    screen = stage(Signing, "sign", checked())
    notice, line = there(screen, "medical_board"), pad(screen)
    assert notice is not None and BOARD in said(notice)
    between = line.y() - (notice.y() + notice.height())
    assert 0 <= between <= 24
    assert screen.theme.font("body").pixelSize() * 72 / 96 >= 14


def test_a_drawn_stroke_is_told_and_the_stored_ink_is_shown(stage: Stage) -> None:
    room = checked()
    screen = stage(Signing, "sign", room)
    Pen().draw(pad(screen), wave(80))
    settle()
    assert len(room.told) == 1 and isinstance(room.told[0], Drawn)
    assert pad(screen).strokes == room.view().strokes[SIGNATURE]


def test_ink_that_was_refused_leaves_the_pad(stage: Stage) -> None:
    """What is on the glass is what is stored."""
    room = checked()
    screen = stage(Signing, "sign", room)
    room.disk_full = True
    Pen().draw(pad(screen), wave(80))
    settle()
    assert pad(screen).strokes == ()


def test_an_empty_line_and_a_dot_are_refused_kindly(stage: Stage) -> None:
    """Proves: T15."""
    room = checked()
    screen = stage(Signing, "sign", room)
    forward(screen)
    tap(screen, "sign")
    assert "Please sign on the line." in said(screen)
    room.tell(Drawn(SIGNATURE, Stroke("pen", (InkPoint(9_000, 9_000, 0, 500),))))
    tap(screen, "sign")
    assert "Please sign with your whole name." in said(screen)
    assert not any(isinstance(fact, Signed) for fact in room.told)


def test_the_signature_holds_the_words_that_stood_there(stage: Stage) -> None:
    room = checked()
    screen = stage(Signing, "sign", room)
    room.tell(Drawn(SIGNATURE, signature()))
    tap(screen, "sign")
    meaning = "\n".join(book().forms["sign"].words("patient_signature", "en").body)
    strokes = room.visit.pads[SIGNATURE].strokes
    assert room.told[-1] == Signed(SIGNATURE, "patient", "Jordan Avery", meaning, strokes)
    assert meaning in said(screen) and room.refused == []


def test_signing_twice_tells_once(stage: Stage) -> None:
    room = checked()
    screen = stage(Signing, "sign", room)
    room.tell(Drawn(SIGNATURE, signature()))
    tap(screen, "sign")
    tap(screen, "sign")
    assert sum(isinstance(fact, Signed) for fact in room.told) == 1


@pytest.mark.parametrize("tall", [1280, 700])
def test_clear_and_undo_move_nothing(stage: Stage, tall: int) -> None:
    """The page went up by some pixels under the pen."""
    room = checked()
    screen = stage(Signing, "sign", room)
    screen.resize(800, tall)
    settle()
    room.tell(Drawn(SIGNATURE, signature()))
    settle()
    bar = screen.content.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    line = pad(screen)
    stood = line.mapTo(screen, line.rect().topLeft())
    for name in ("clear", "undo"):
        tap(screen, name)
        assert line.mapTo(screen, line.rect().topLeft()) == stood, name


def test_clear_can_be_undone(stage: Stage) -> None:
    room = checked()
    screen = stage(Signing, "sign", room)
    assert not sees(screen, "clear") and not sees(screen, "undo")
    room.tell(Drawn(SIGNATURE, signature()))
    tap(screen, "clear")
    assert room.told[-1] == InkCleared(SIGNATURE) and pad(screen).strokes == ()
    tap(screen, "undo")
    assert room.told[-1] == ClearUndone(SIGNATURE) and pad(screen).strokes == (signature(),)


def test_the_answers_can_be_looked_at_again_from_the_line(stage: Stage) -> None:
    room = checked()
    screen = stage(Signing, "sign", room)
    tap(screen, "back")
    assert not sees(screen, "patient_signature.pad")
    forward(screen)
    tap(screen, "continue")
    assert sees(screen, "patient_signature.pad") and room.told == []


def test_the_patient_can_give_the_tablet_back(qtbot: QtBot, theme: Theme, words: Words) -> None:
    left: list[str] = []
    room = checked()
    screen = Signing(
        book().plan.step("sign"), words, theme, room.tell, (lambda: left.append("back"), left.clear)
    )
    qtbot.addWidget(screen)
    screen.show_view(room.view())
    tap(screen, "stop")
    tap(screen, "leave")
    assert left == ["back"] and room.told == []


def test_the_patient_signs_to_have_seen_the_vial_and_its_sheet(stage: Stage) -> None:
    room = signed()
    room.scan(CODE)
    room.answer("vial", opened="shipping_box", opened_by="physician", paper_kept="yes")
    room.take_vials(good_vial())
    room.hand_to_patient("vial")
    screen = stage(Signing, "vial", room)
    assert CODE in said(screen) and "Hepatitis C" in said(screen) and "Checked by" not in said(screen)
    assert "transplant" not in said(screen)
    forward(screen)
    tap(screen, "continue")
    forward(screen)
    room.tell(Drawn("vial.patient_saw", signature()))
    tap(screen, "sign")
    assert isinstance(room.told[-1], Signed) and room.refused == []


def closing(ruling: str) -> Room:
    """The physician has decided against it."""
    room = ready_to_decide(PHYSICIAN, pregnant_or_trying="yes")
    room.put(Decided("defer" if ruling == "defer" else "do_not_treat", "in_person", None, (), ()))
    return room


@pytest.mark.parametrize("ruling", ["defer", "do_not_treat"])
def test_nobody_signs_i_approve_on_a_deferral(stage: Stage, ruling: str) -> None:
    """Proves: P2 (Countersign)."""
    room = closing(ruling)
    screen = stage(Signing, "countersign", room)
    assert "I approve this treatment" not in said(screen)
    room.tell(Drawn("countersign.physician_signature", signature()))
    tap(screen, "sign")
    told = room.told[-1]
    assert isinstance(told, Countersigned) and told.name == "Sam Sample"
    assert told.meaning == "\n".join(book().forms["countersign"].words(f"meaning_{ruling}", "en").body)
    assert told.strokes == room.visit.pads["countersign.physician_signature"].strokes


def test_what_came_after_the_decision_is_shown_before_the_countersignature(stage: Stage) -> None:
    room = decided(PHYSICIAN)
    screen = stage(Signing, "countersign", room)
    assert "Nothing has changed since the decision." in said(screen)
    room.reply("premedication", "loratadine", DoseGiven(NOW, "10 mg", "tablet"))
    room.show()
    settle()
    assert "Loratadine (Claritin)\n10 mg, Tablet, at 10:30 am" in said(screen)


def test_what_keeps_the_countersignature_closed_is_said(stage: Stage) -> None:
    screen = stage(Signing, "countersign", signed(PHYSICIAN))
    assert "First: Premedication" in said(screen)


def test_the_patient_sees_every_vial_before_the_line(stage: Stage) -> None:
    """Proves: P10: two vials, both shown, one signature over them."""
    room = signed()
    room.scan(CODE, SECOND)
    room.take_vials(*two_vials())
    room.answer("vial", opened="inner_package", opened_by="nurse", paper_kept="yes")
    room.hand_to_patient("vial")
    screen = stage(Signing, "vial", room)
    assert CODE in said(screen) and SECOND in said(screen)
    assert sees(screen, "vial.sheet") and sees(screen, "vial.sheet.2")


def test_a_consent_of_an_earlier_day_is_reaffirmed_with_one_page_and_one_signature(stage: Stage) -> None:
    """Proves: P6."""
    room = signed()
    room.now += timedelta(days=1)
    room.healthy()
    for step in ("health_check", "medicines"):
        room.put(StepClosed(step))
    assert room.view().state("reaffirm").state == "open"
    room.hand_to_patient("reaffirm")
    screen = stage(Signing, "reaffirm", room)
    assert "Is it still your choice?" in said(screen) and not sees(screen, "patient_signature.pad")
    forward(screen)
    tap(screen, "continue")
    words = book().forms["reaffirm"].words("still_agree", "en")
    assert room.told == [PageRead("reaffirm", "still_agree", shown_digest(words))]
    Pen().draw(pad(screen), wave(80))
    settle()
    tap(screen, "sign")
    told = room.told[-1]
    assert isinstance(told, Signed) and told.pad == "reaffirm.patient_signature" and room.refused == []
    assert "I still choose to have this treatment." in told.meaning


def test_a_mitigation_is_said_in_words_before_the_countersignature(stage: Stage) -> None:
    room = ready_to_decide(PHYSICIAN, food_or_drug_allergy="yes")
    ruled = RuledOn("food_or_drug_allergy", "Mild hives in 2009", "h1_h2_steroid")
    room.put(Decided("proceed", "in_person", 5, ("h1_h2_steroid",), (ruled,)))
    words = said(stage(Signing, "countersign", room))
    assert "Mild hives in 2009" in words
    assert "H1 blocker, H2 blocker and steroid before the injection" in words
