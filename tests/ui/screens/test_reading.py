"""What the patient reads, initials and is asked back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chairside.domain.facts import Answered, BreakTaken, Explained, PageRead, QuestionRaised
from chairside.domain.facts.people import RepresentativeNamed
from chairside.domain.form import Choice, Initial, Statement
from chairside.domain.replies import Chosen, Initialled
from chairside.session.shown import shown_digest
from chairside.ui.screens.leaf import leaves
from chairside.ui.screens.reading import Reading
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import InitialRow
from chairside.words import Words
from tests.ui.screens import stories
from tests.ui.screens.room import Room, book
from tests.ui.screens.touch import (
    chosen,
    moves_before_its_footer,
    said,
    second_press,
    sees,
    show,
    tap,
    there,
)

CONSENT = "consent"


class Stage:
    """A reading screen in a patient's hands; `left` counts the taps on "give the tablet back"."""

    def __init__(self, qtbot: QtBot, theme: Theme, words: Words) -> None:
        self.qtbot, self.theme, self.words, self.left = qtbot, theme, words, 0

    def put(self, step: str, room: Room) -> Reading:
        screen = Reading(book().plan.step(step), self.words, self.theme, room.tell, self.leave)
        room.screen = screen
        room.show()
        show(self.qtbot, screen)
        return screen

    def leave(self) -> None:
        self.left += 1


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, words: Words) -> Stage:
    return Stage(qtbot, theme, words)


def opened(step: str = "read") -> Room:
    room = stories.opened()
    room.hand_to_patient(step)
    return room


def all_read(room: Room) -> Room:
    """Every text of the consent was read and initialled; the questions are still to come."""
    for item in book().forms[CONSENT].items:
        if isinstance(item, Statement):
            room.put(PageRead(CONSENT, item.id, "x"))
        elif isinstance(item, Initial):
            room.put(Answered(CONSENT, item.id, Initialled()))
    return room


def to_the_end(screen: QWidget) -> None:
    while sees(screen, "more"):
        tap(screen, "more")


def test_showing_a_view_tells_nothing(stage: Stage) -> None:
    room = opened()
    stage.put("read", room)
    room.show()
    assert room.told == []


def test_continue_comes_only_when_the_end_of_the_text_was_on_the_screen(stage: Stage) -> None:
    """Proves: P2 (Read)."""
    room = opened()
    screen = stage.put("read", room)
    assert sees(screen, "more") and not sees(screen, "continue")
    to_the_end(screen)
    assert sees(screen, "continue")
    assert room.told == []


def test_a_move_of_the_page_leaves_the_footer_alone_until_it_is_over(stage: Stage) -> None:
    """A layout moves it, too: what is taken out of a layout while it is at work brings the program down."""
    screen = stage.put("read", opened())
    moves_before_its_footer(screen)


def test_each_page_that_is_turned_asks_for_its_own_end(stage: Stage) -> None:
    """In large type none fits; that the one before was shown to its end says nothing of the next."""
    stage.theme.set_scale(2.0)
    room = opened()
    room.put(Answered(CONSENT, "initial_not_fda_approved", Initialled()))
    screen = stage.put("read", room)
    for _ in range(4):
        assert sees(screen, "more") and not sees(screen, "continue") and not screen.at_end()
        to_the_end(screen)
        tap(screen, "continue")
    assert len(room.told) == 4


def test_who_decides_for_the_patient_initials_with_letters_of_their_own(stage: Stage) -> None:
    """Proves: Q15."""
    room = opened()
    assert _letters(stage.put("read", room)) == "JA"
    room.put(RepresentativeNamed("Kim Example", "health_care_agent", "seen", "Cannot follow."))
    assert _letters(stage.put("read", room)) == "KE"


def _letters(screen: QWidget) -> str:
    """Return what a tap on the row of initials would write."""
    row = there(screen, "initial_not_fda_approved.initial")
    assert isinstance(row, InitialRow)
    return row.initials


def test_a_page_with_initials_is_read_only_when_they_are_given(stage: Stage) -> None:
    room = opened()
    screen = stage.put("read", room)
    to_the_end(screen)
    assert not chosen(screen, "initial_not_fda_approved.initial")
    tap(screen, "continue")
    assert room.told == [] and sees(screen, "reading.first")
    QApplication.processEvents()
    said = screen.findChild(QWidget, "reading.first")
    assert said.visibleRegion().boundingRect() == said.rect()  # in view, where the row is
    tap(screen, "initial_not_fda_approved.initial")
    tap(screen, "initial_not_fda_approved.initial")
    assert room.told == [Answered(CONSENT, "initial_not_fda_approved", Initialled())]


def test_continue_marks_exactly_the_words_that_were_shown(stage: Stage) -> None:
    room = opened()
    room.put(Answered(CONSENT, "initial_not_fda_approved", Initialled()))
    screen = stage.put("read", room)
    to_the_end(screen)
    tap(screen, "continue")
    words = book().forms[CONSENT].words("key_information", "en")
    assert room.told == [PageRead(CONSENT, "key_information", shown_digest(words))]
    assert room.refused == []
    assert "What this treatment is" in said(screen)


def test_the_second_press_of_a_double_tap_reads_no_second_page(stage: Stage) -> None:
    room = opened("notices")
    screen = stage.put("notices", room)
    to_the_end(screen)
    tap(screen, "continue")
    to_the_end(screen)
    told = len(room.told)
    second_press(there(screen, "continue"))
    assert len(room.told) == told


def test_back_looks_at_an_earlier_page_and_loses_nothing(stage: Stage) -> None:
    room = all_read(opened())
    screen = stage.put("read", room)
    assert sees(screen, "ask_approval.not_approved")
    tap(screen, "back")
    assert not sees(screen, "ask_approval.not_approved")
    to_the_end(screen)
    tap(screen, "continue")
    assert sees(screen, "ask_approval.not_approved")
    assert room.told == []


def test_it_opens_on_the_first_page_that_lacks_something(stage: Stage) -> None:
    screen = stage.put("read", all_read(opened()))
    first = next(leaf for leaf in leaves(book().forms[CONSENT].items) if isinstance(leaf.item, Choice))
    assert sees(screen, first.item.id)


def test_no_answer_is_preset_and_a_right_one_goes_on(stage: Stage) -> None:
    room = all_read(opened())
    screen = stage.put("read", room)
    for option in ("approved", "not_approved", "registered"):
        assert not chosen(screen, f"ask_approval.{option}")
    tap(screen, "ask_approval.not_approved")
    assert room.told == [Answered(CONSENT, "ask_approval", Chosen("not_approved"))]
    assert sees(screen, "ask_donor.donor_and_mine")


def test_a_wrong_answer_is_explained_and_asked_again(stage: Stage) -> None:
    """Proves: Q13."""
    room = all_read(opened())
    screen = stage.put("read", room)
    tap(screen, "ask_approval.approved")
    assert room.told == [
        Answered(CONSENT, "ask_approval", Chosen("approved")),
        Explained(CONSENT, "ask_approval"),
    ]
    assert sees(screen, "reading.again") and not sees(screen, "continue")
    assert book().forms[CONSENT].words("ask_approval", "en").help[0] in said(screen)
    tap(screen, "ask_approval.not_approved")
    assert sees(screen, "ask_donor.donor_and_mine")


def test_after_two_explanations_the_patient_may_go_on(stage: Stage) -> None:
    room = all_read(opened())
    screen = stage.put("read", room)
    tap(screen, "ask_approval.approved")
    tap(screen, "ask_approval.registered")
    assert sees(screen, "continue")
    assert any(found.id == "understanding_raised" for found in room.view().findings)
    tap(screen, "continue")
    assert sees(screen, "ask_donor.donor_and_mine")


def test_a_question_is_told_once_and_stays_noted(stage: Stage) -> None:
    room = opened()
    screen = stage.put("read", room)
    tap(screen, "question")
    tap(screen, "question")
    assert room.told == [QuestionRaised(CONSENT, "key_information")]
    assert sees(screen, "in_reach.notice")


def test_a_break_is_told(stage: Stage) -> None:
    room = opened()
    screen = stage.put("read", room)
    tap(screen, "break")
    assert room.told == [BreakTaken("read")]


def test_not_wanting_to_go_on_is_no_fact_until_staff_attest_it(stage: Stage) -> None:
    room = opened()
    screen = stage.put("read", room)
    tap(screen, "stop")
    assert sees(screen, "leave") and not sees(screen, "more")
    tap(screen, "stay")
    assert sees(screen, "more")
    tap(screen, "stop")
    tap(screen, "leave")
    assert stage.left == 1
    assert room.told == []


def test_the_nurses_items_are_not_the_patients(stage: Stage) -> None:
    room = opened("notices")
    for item in ("s684", "medical_board", "electronic_record"):
        room.put(PageRead("notices_california", item, "x"))
    assert not sees(stage.put("notices", room), "paper_copy.handed")


def test_in_staff_hands_only_what_staff_answer_is_shown(stage: Stage) -> None:
    room = stories.opened()
    screen = stage.put("notices", room)
    assert not sees(screen, "s684")
    assert not chosen(screen, "paper_copy.handed") and not chosen(screen, "paper_copy.owed")
    tap(screen, "paper_copy.handed")
    assert room.told == [Answered("notices_california", "paper_copy", Chosen("handed"))]
    assert chosen(screen, "paper_copy.handed")


def test_the_law_speaks_its_own_words_and_the_code_stands_beside_it(stage: Stage) -> None:
    """Proves: Q5, Q8."""
    room = opened("notices")
    screen = stage.put("notices", room)
    assert book().forms["notices_california"].words("s684", "en").body[0] in said(screen)
    room.put(PageRead("notices_california", "s684", "x"))
    assert sees(stage.put("notices", room), "medical_board.qr")
