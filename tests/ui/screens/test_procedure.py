"""The procedure: four buttons in order, an emergency in one tap, the vial's clock, one signature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton

from chairside.domain.facts import (
    AddendumSigned,
    Answered,
    LimitPassed,
    Mark,
    MarkTakenBack,
    ProcedureMarked,
    ReleaseRenewed,
)
from chairside.domain.replies import Chosen, Measured, Written
from chairside.session.view import Drawn
from chairside.ui.screens.procedure import Procedure
from chairside.ui.theme import Theme
from chairside.ui.widgets.mark_button import MarkButton
from chairside.ui.widgets.vial_clock import VialClock
from tests.ui.hands import Pen, wave
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import CODE, PHYSICIAN, Room, book, signature
from tests.ui.screens.stories import SECOND, sealed, two_vials
from tests.ui.screens.touch import leave, said, sees, settle, tap, there, write

STEP = "procedure"
IN_ORDER: tuple[Mark, ...] = ("thawed", "mixed", "first_injection", "last_injection")


def put(stage: Stage, room: Room) -> Procedure:
    screen = stage(Procedure, STEP, room)
    assert isinstance(screen, Procedure)
    return screen


def turns(screen: Procedure) -> dict[str, str]:
    buttons = [there(screen, f"procedure.{mark}") for mark in IN_ORDER]
    return {each.objectName(): each.turn for each in buttons if isinstance(each, MarkButton)}


def go(room: Room, *marks: Mark, minutes: int = 0) -> Room:
    for mark in marks:
        room.put(ProcedureMarked(mark, (CODE,)))
        room.now += timedelta(minutes=minutes)
    return room


def test_it_shows_whom_which_vial_and_until_when_and_tells_nothing(stage: Stage) -> None:
    """Proves: P2 (Procedure)."""
    room = sealed()
    screen = put(stage, room)
    room.show()
    words = said(screen)
    assert room.told == []
    assert "Jordan Avery" in words and "14 March 1984" in words
    assert f"{CODE}: 5 million" in words and "Released until" in words


def test_only_the_next_button_can_be_tapped_and_looks_like_it(stage: Stage) -> None:
    room = sealed()
    screen = put(stage, room)
    assert list(turns(screen).values()) == ["next", "later", "later", "later"]
    tap(screen, "procedure.mixed")
    assert room.told == []
    for mark in IN_ORDER[:3]:
        tap(screen, f"procedure.{mark}")
    assert room.told == [ProcedureMarked(mark, (CODE,)) for mark in IN_ORDER[:3]]
    assert list(turns(screen).values()) == ["done", "done", "done", "next"]
    assert room.refused == []


def test_a_double_tap_marks_once(stage: Stage) -> None:
    room = sealed()
    screen = put(stage, room)
    tap(screen, "procedure.thawed")
    tap(screen, "procedure.thawed")
    assert room.told == [ProcedureMarked("thawed", (CODE,))]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1366, 1024), (800, 1280), (1280, 800)])
def test_the_four_buttons_are_tall_enough_for_a_glove(
    stage: Stage, theme: Theme, size: tuple[int, int], scale: float
) -> None:
    """Each is 96 pixels or more, and the one for an emergency is in sight without scrolling."""
    theme.set_scale(scale)
    try:
        screen = put(stage, sealed())
        screen.resize(*size)
        settle()
        for mark in IN_ORDER:
            button = there(screen, f"procedure.{mark}")
            assert button is not None and button.height() >= 96
        call = there(screen, "procedure.emergency")
        assert call is not None and call.height() >= 72 and screen.footer.isAncestorOf(call)
    finally:
        theme.set_scale(1.0)


@pytest.mark.parametrize(("size", "scale"), [((1280, 800), 2.0), ((800, 1280), 1.0)])
def test_the_next_mark_is_wholly_in_sight_after_each_tap(
    stage: Stage, theme: Theme, size: tuple[int, int], scale: float
) -> None:
    """And what is below takes no more than a quarter of the glass, also once a slip could be mended."""
    theme.set_scale(scale)
    try:
        screen = put(stage, sealed())
        screen.resize(*size)
        settle()
        for mark in IN_ORDER[:3]:
            button = there(screen, f"procedure.{mark}")
            assert button is not None
            seen = screen.content.viewport()
            top = button.mapTo(seen, button.rect().topLeft()).y()
            assert top >= 0 and top + button.height() <= seen.height(), mark
            tap(screen, f"procedure.{mark}")
            assert sees(screen, "procedure.undo")
            assert screen.footer.height() <= 0.25 * size[1]
    finally:
        theme.set_scale(1.0)


def test_an_emergency_is_one_tap_and_shows_the_clinics_card(stage: Stage) -> None:
    """Proves: P2 (Procedure): one tap, no PIN, stamps the time, shows the clinic's own card."""
    room = go(sealed(), "thawed", "mixed")
    screen = put(stage, room)
    tap(screen, "procedure.emergency")
    assert room.told == [ProcedureMarked("emergency", (CODE,))] and room.refused == []
    words = said(screen)
    assert "Call 911 now" in words and "555-0199" in words and "Emergency since 10:30 am" in words
    room.now += timedelta(minutes=4)
    room.show()
    assert "4 minutes ago" in said(screen)
    assert sees(screen, "procedure.emergency"), "it may be tapped again"


def test_the_card_comes_even_when_the_tablet_cannot_write(stage: Stage) -> None:
    room = sealed()
    screen = put(stage, room)
    room.disk_full = True
    tap(screen, "procedure.emergency")
    assert room.refused == ["disk_full"] and "Call 911 now" in said(screen)


def test_the_last_mark_can_be_taken_back_and_an_emergency_never(stage: Stage) -> None:
    room = go(sealed(), "thawed")
    screen = put(stage, room)
    tap(screen, "procedure.undo")
    assert room.told == [MarkTakenBack("thawed")] and room.refused == []
    assert turns(screen)["procedure.thawed"] == "next"
    tap(screen, "procedure.emergency")
    assert not sees(screen, "procedure.undo")


def test_the_vials_clock_counts_against_the_suppliers_limit(stage: Stage) -> None:
    """Proves: Q35."""
    room = sealed()
    room.thaw_limit = 60
    go(room, "thawed", minutes=12)
    clock = there(put(stage, room), "procedure.clock")
    assert isinstance(clock, VialClock)
    assert (clock.face.minutes, clock.face.limit, clock.face.tone) == (12, 60, "ok")
    room.now += timedelta(minutes=36)
    room.show()
    assert clock.face.tone == "warn"


def test_no_limit_is_invented(stage: Stage) -> None:
    """Proves: V18."""
    room = go(sealed(), "thawed", minutes=500)
    clock = there(put(stage, room), "procedure.clock")
    assert isinstance(clock, VialClock)
    assert clock.face.limit is None and "states no limit" in clock.accessibleName()


def test_past_the_limit_the_physician_decides_before_any_injection(stage: Stage) -> None:
    """Proves: Q35."""
    room = sealed(PHYSICIAN)
    room.thaw_limit = 60
    go(room, "thawed", "mixed", minutes=40)
    screen = put(stage, room)
    assert not sees(screen, "procedure.first_injection")
    tap(screen, "procedure.limit.go_on")
    assert room.told == [] and sees(screen, "procedure.limit.own.error")
    tap(screen, "procedure.limit.likely.supplier_asked")
    tap(screen, "procedure.limit.go_on")
    assert room.told == [LimitPassed(True, "The supplier was asked and agrees")] and room.refused == []
    assert sees(screen, "procedure.first_injection")


def test_a_no_at_the_limit_leaves_only_the_ends(stage: Stage) -> None:
    room = sealed(PHYSICIAN)
    room.thaw_limit = 60
    go(room, "thawed", "mixed", minutes=40)
    screen = put(stage, room)
    tap(screen, "procedure.limit.likely.nearly_done")
    tap(screen, "procedure.limit.end")
    assert "next" not in turns(screen).values()
    assert sees(screen, "procedure.not_given") and "not to go on" in said(screen)


def test_a_lapsed_release_is_said_and_renewed_or_ended(stage: Stage) -> None:
    """Proves: P2 (Procedure): a release lapses after the hours the clinic sets."""
    room = sealed(PHYSICIAN)
    room.now += timedelta(hours=5)
    screen = put(stage, room)
    assert "The release lapsed" in said(screen) and not sees(screen, "procedure.thawed")
    assert sees(screen, "procedure.not_given") and sees(screen, "procedure.emergency")
    tap(screen, "procedure.lapsed.likely.courier")
    tap(screen, "procedure.lapsed.renew")
    assert room.told == [ReleaseRenewed("The courier was late")] and room.refused == []
    assert turns(screen)["procedure.thawed"] == "next"


def test_not_given_wants_a_reason(stage: Stage) -> None:
    room = sealed()
    screen = put(stage, room)
    tap(screen, "procedure.not_given")
    tap(screen, "procedure.why.confirm")
    assert room.told == []
    write(screen, "procedure.why.own", "The patient fainted")
    tap(screen, "procedure.why.confirm")
    assert room.told == [ProcedureMarked("not_given", (CODE,), "The patient fainted")]
    assert room.refused == [] and sees(screen, "procedure.sign")


def test_asking_why_can_be_given_up(stage: Stage) -> None:
    room = go(sealed(), "thawed")
    screen = put(stage, room)
    tap(screen, "procedure.stopped_part_way")
    tap(screen, "procedure.why.leave")
    assert room.told == [] and sees(screen, "procedure.mixed")


def test_one_signature_at_the_end_makes_one_addendum(stage: Stage) -> None:
    """Proves: P9."""
    room = go(sealed(), *IN_ORDER)
    screen = put(stage, room)
    tap(screen, "procedure.sign")
    assert room.told == [] and sees(screen, "procedure.lacking")
    pad = there(screen, "nurse_signature.pad")
    assert pad is not None
    screen.content.ensureWidgetVisible(pad)
    settle()
    Pen().draw(pad, wave(80))
    settle()
    assert isinstance(room.told[0], Drawn)
    write(screen, "procedure.note", "Roller 0.5 mm")
    tap(screen, "procedure.sign")
    told = room.told[-1]
    meaning = "\n".join(book().forms[STEP].words("nurse_signature", "en").body)
    strokes = room.visit.pads["procedure.nurse_signature"].strokes
    assert told == AddendumSigned(1, "procedure", "Roller 0.5 mm", "Robin Example", meaning, strokes)
    assert room.refused == []
    assert (
        "Signed" in said(screen) and not sees(screen, "procedure.sign") and not sees(screen, "procedure.undo")
    )


def test_the_roller_is_asked_about_and_its_needles_where_it_was_used(stage: Stage) -> None:
    """Nobody has to say it: the signature waits for the ink alone. Proves: X24, C28."""
    room = go(sealed(), *IN_ORDER)
    screen = put(stage, room)
    assert sees(screen, "roller_used.yes") and not sees(screen, "roller_lot.text")
    tap(screen, "roller_used.no")
    assert not sees(screen, "roller_lot.text")
    tap(screen, "roller_used.yes")
    write(screen, "roller_lot.text", "R-77")
    write(screen, "roller_needles.number", "0.5")
    leave(screen, "roller_needles.number")
    assert room.refused == [] and room.told[-3:] == [
        Answered(STEP, "roller_used", Chosen("yes")),
        Answered(STEP, "roller_lot", Written("R-77")),
        Answered(STEP, "roller_needles", Measured("0.5", "mm")),
    ]


def test_two_vials_are_named_and_marked_together(stage: Stage) -> None:
    """Proves: P10."""
    room = sealed(PHYSICIAN, *two_vials())
    screen = put(stage, room)
    assert CODE in said(screen) and SECOND in said(screen)
    tap(screen, "procedure.thawed")
    assert room.told == [ProcedureMarked("thawed", (CODE, SECOND))] and room.refused == []


def test_every_button_is_named_once(stage: Stage) -> None:
    screen = put(stage, go(sealed(), "thawed"))
    names = [each.objectName() for each in screen.findChildren(QAbstractButton) if each.isVisibleTo(screen)]
    assert len(names) == len(set(names))
    for name in ("procedure.stopped_part_way", "procedure.undo", "procedure.emergency"):
        assert name in names


def test_the_next_button_is_in_sight_at_the_largest_text(stage: Stage, theme: Theme) -> None:
    theme.set_scale(2.0)
    try:
        screen = put(stage, go(sealed(), "thawed", "mixed"))
        screen.resize(1280, 800)
        settle()
        screen.show_view(screen.view)
        settle()
        button = there(screen, "procedure.first_injection")
        assert button is not None and not button.visibleRegion().isEmpty()
    finally:
        theme.set_scale(1.0)


def test_scrolling_back_is_not_undone_by_the_clock(stage: Stage, theme: Theme) -> None:
    """What was brought into sight once is left alone when a minute passes."""
    theme.set_scale(2.0)
    try:
        room = go(sealed(), "thawed", "mixed")
        screen = put(stage, room)
        screen.resize(1280, 800)
        settle()
        screen.content.verticalScrollBar().setValue(0)
        room.now += timedelta(minutes=1)
        room.show()
        settle()
        assert screen.content.verticalScrollBar().value() == 0
    finally:
        theme.set_scale(1.0)


def test_a_mark_that_was_made_late_gets_its_own_time(stage: Stage) -> None:
    """Proves: P5: recorded and happened; never before what came before it."""
    room = sealed()
    room.now += timedelta(minutes=20)
    screen = put(stage, room)
    tap(screen, "procedure.thawed")
    room.now += timedelta(minutes=6)
    tap(screen, "procedure.mixed")
    tap(screen, "procedure.earlier")
    assert sees(screen, "procedure.ago_5") and not sees(screen, "procedure.ago_10")
    tap(screen, "procedure.ago_5")
    assert room.told[-2:] == [MarkTakenBack("mixed"), ProcedureMarked("mixed", (CODE,))]
    assert room.refused == []
    stamp = room.visit.marks[-1].stamp
    assert stamp.utc == room.now and stamp.happened == room.now - timedelta(minutes=5)
    assert turns(screen)["procedure.first_injection"] == "next"


def test_the_last_injection_too_may_have_been_earlier(stage: Stage) -> None:
    """Its question opens, and is not asked about the mark before it once this one is taken back."""
    room = sealed()
    screen = put(stage, room)
    for mark in ("thawed", "mixed", "first_injection"):
        tap(screen, f"procedure.{mark}")
    room.now += timedelta(minutes=12)
    tap(screen, "procedure.last_injection")
    tap(screen, "procedure.earlier")
    tap(screen, "procedure.when.leave")
    tap(screen, "procedure.earlier")
    tap(screen, "procedure.ago_5")
    assert room.refused == [] and room.visit.marks[-1].stamp.happened == room.now - timedelta(minutes=5)
    tap(screen, "procedure.undo")
    assert sees(screen, "procedure.last_injection") and not sees(screen, "procedure.when.leave")


def test_asking_how_long_ago_can_be_given_up(stage: Stage) -> None:
    room = sealed()
    room.now += timedelta(minutes=20)
    screen = put(stage, room)
    tap(screen, "procedure.thawed")
    tap(screen, "procedure.earlier")
    tap(screen, "procedure.when.leave")
    assert room.told == [ProcedureMarked("thawed", (CODE,))] and sees(screen, "procedure.mixed")


def test_after_a_withdrawal_only_the_ends_are_left_and_it_is_said(stage: Stage) -> None:
    """Proves: P4, P9: change of mind while numbed."""
    room = sealed()
    room.put(AddendumSigned(1, "withdrawal", "The patient said stop.", "Robin Example", "m"))
    screen = put(stage, room)
    assert "took the consent back" in said(screen) and "next" not in turns(screen).values()
    tap(screen, "procedure.not_given")
    tap(screen, "procedure.why.likely.patient_asked")
    tap(screen, "procedure.why.confirm")
    assert room.refused == [] and sees(screen, "procedure.sign")


def test_ink_and_clear_move_nothing_at_the_end(stage: Stage) -> None:
    """The page was brought to another place by the button that came, or went, under the line."""
    room = go(sealed(), *IN_ORDER)
    screen = put(stage, room)
    high = screen.content.verticalScrollBar().maximum()
    room.tell(Drawn("procedure.nurse_signature", signature()))
    settle()
    assert screen.content.verticalScrollBar().maximum() == high
    tap(screen, "clear")
    assert screen.content.verticalScrollBar().maximum() == high and sees(screen, "undo")
