"""Before every signature the answers under it can be looked through, each with its Change.

Where an answer cannot be changed there any more, that is said in words (screens.md 8, qt.md 10.8).
"""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QApplication

from chairside.domain.facts import HandedOver, IdentityConfirmed, ProcedureMarked, StepClosed
from chairside.domain.procedure import IN_ORDER
from chairside.domain.replies import Chosen
from chairside.ui.screens.procedure import Procedure
from chairside.ui.screens.review import Review
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.signing import Signing
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import CODE, PHYSICIAN, Room, good_vial
from tests.ui.screens.stories import prepared, sealed, signed
from tests.ui.screens.touch import said, sees, settle, tap


def _led(screen: Screen) -> list[tuple[str, str]]:
    """Keep where Change leads to."""
    gone: list[tuple[str, str]] = []
    screen.change = lambda form, item: gone.append((form, item))
    return gone


def _to_countersign() -> Room:
    room = prepared(signed(PHYSICIAN), good_vial())
    room.reply("decision", "discussed", Chosen("in_person"))
    room.reply("decision", "strength", Chosen("5"))
    return room


def test_the_physician_looks_through_every_answer_and_comes_back_to_the_line(stage: Stage) -> None:
    """One tap there and one back, and neither is asked of anybody. Proves: screens.md 8, P11."""
    screen = stage(Signing, "countersign", _to_countersign())
    assert sees(screen, "sign") or sees(screen, "more")
    tap(screen, "check")
    words = said(screen)
    for told in ("Have you had an organ transplant", "None taken", "5 million", "Loratadine", CODE):
        assert told in words
    assert not sees(screen, "physician_signature.pad")
    tap(screen, "to_line")
    assert sees(screen, "physician_signature.pad")


def test_the_physicians_change_leads_to_the_question(stage: Stage) -> None:
    screen = stage(Signing, "countersign", _to_countersign())
    gone = _led(screen)
    tap(screen, "check")
    for form, item in (("health_check", "transplant"), ("premedication", "loratadine"), ("vial", "opened")):
        tap(screen, f"change.{form}.{item}")
        assert gone[-1] == (form, item)


def test_what_goes_with_the_decision_is_said_and_stays(stage: Stage) -> None:
    screen = stage(Signing, "countersign", _to_countersign())
    gone = _led(screen)
    tap(screen, "check")
    tap(screen, "change.decision.discussed")
    assert "This was told with the decision." in said(screen) and gone == []


def test_an_order_that_was_changed_is_decided_anew_and_one_that_was_not_stays(stage: Stage) -> None:
    """The way back is the only other way: nothing else on the page closes it."""
    room = _to_countersign()
    room.reply("decision", "premedication", Chosen("loratadine"))
    screen = stage(Review, "decision", room)
    screen.came_from = lambda: None
    room.show()
    assert sees(screen, "to_answers") and not sees(screen, "proceed")
    tap(screen, "strength.10")
    assert sees(screen, "proceed") and room.refused == []


def test_who_comes_back_from_a_question_finds_the_row_again(stage: Stage) -> None:
    """Proves: qt.md 10.8."""
    room = _to_countersign()
    screen = stage(Signing, "countersign", room)
    screen.begin_at = "answers.vial.opened"
    room.show()
    settle()
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "change.vial.opened"


def test_the_patient_checks_what_was_put_down_of_the_vial(stage: Stage) -> None:
    room = signed()
    room.scan(CODE)
    room.take_vials(good_vial())
    room.answer("vial", opened="inner_package", opened_by="nurse", paper_kept="yes")
    room.put(HandedOver("patient", "vial"))
    room.put(IdentityConfirmed())
    screen = stage(Signing, "vial", room)
    gone = _led(screen)
    assert "The inner package" in said(screen) and not sees(screen, "answers.vial.paper_kept")
    for item in ("vial_code", "opened", "opened_by"):
        tap(screen, f"change.vial.{item}")
        tap(screen, f"give_back.{item}")
        assert gone[-1] == ("vial", item)


def test_a_patient_who_affirms_on_the_day_checks_the_answers_of_the_day(stage: Stage) -> None:
    """Proves: P6."""
    room = signed()
    room.now += timedelta(days=1)
    room.healthy()
    for step in ("health_check", "medicines"):
        room.put(StepClosed(step))
    room.hand_to_patient("reaffirm")
    screen = stage(Signing, "reaffirm", room)
    gone = _led(screen)
    assert "None taken" in said(screen)
    tap(screen, "change.health_check.transplant")
    tap(screen, "give_back.transplant")
    assert gone == [("health_check", "transplant")]


def _ended() -> Room:
    room = sealed()
    for mark in IN_ORDER:
        room.put(ProcedureMarked(mark, (CODE,)))
        room.now += timedelta(minutes=1)
    return room


def test_at_the_end_the_last_time_leads_to_what_changes_it(stage: Stage) -> None:
    screen = stage(Procedure, "procedure", _ended())
    assert "goes into an addendum" in said(screen)
    tap(screen, "procedure.change_last_injection")
    settle()
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "procedure.undo"


def test_at_the_end_an_earlier_time_says_why_it_stays(stage: Stage) -> None:
    room = _ended()
    room.put(ProcedureMarked("emergency", (CODE,)))
    screen = stage(Procedure, "procedure", room)
    tap(screen, "procedure.change_mixed")
    assert "Take back what was tapped after it" in said(screen)
    tap(screen, "procedure.change_emergency")
    assert "An emergency is never taken back." in said(screen) and room.told == []
