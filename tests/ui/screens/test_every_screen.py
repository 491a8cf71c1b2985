"""What holds on every screen at every size: nothing cut, nothing too small to hit, everything named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from chairside.domain.facts import (
    Answered,
    HandedOver,
    IdentityConfirmed,
    Mark,
    PageRead,
    ProcedureMarked,
    QuestionRaised,
    WaitBegan,
)
from chairside.domain.replies import Chosen, DrugsTaken, DrugTaken, NotSure
from chairside.ui.screens.picker import Picker
from chairside.ui.screens.procedure import Procedure
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.review import Review
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.sheet import Sheet
from chairside.ui.screens.signing import Signing
from chairside.ui.theme import Theme
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import CODE, PHYSICIAN, Room, good_vial
from tests.ui.screens.stories import SECOND, decided, opened, ready_to_decide, sealed, signed, two_vials
from tests.ui.screens.touch import settle

LEAST_PX = 48


def asked() -> Room:
    room = opened()
    room.answer("health_check", pregnant_or_trying="no", cancer_within_5_years="yes")
    return room


def medicines() -> Room:
    room = opened()
    room.reply("medicines", "nsaids", DrugsTaken((DrugTaken("aspirin", NotSure(), True),)))
    return room


def to_rule() -> Room:
    room = ready_to_decide(PHYSICIAN, food_or_drug_allergy="yes")
    room.put(QuestionRaised("consent", "risks"))
    return room


def stopped() -> Room:
    return ready_to_decide(PHYSICIAN, transplant="unsure")


def at_the_line() -> Room:
    room = decided()
    room.hand_to_patient("sign")
    room.put(PageRead("sign", "check_answers", "x"))
    return room


def with_vial() -> Room:
    room = signed()
    room.scan(CODE)
    room.take_vials(good_vial())
    return room


def seen_vial() -> Room:
    room = with_vial()
    for item, option in (("opened", "none"), ("opened_by", "nurse"), ("paper_kept", "yes")):
        room.put(Answered("vial", item, Chosen(option)))
    room.put(HandedOver("patient", "vial"))
    room.put(IdentityConfirmed())
    return room


def several_vials() -> Room:
    room = signed()
    first, second = two_vials()
    room.scan(CODE, SECOND, "NOBODY-KNOWS-THIS-ONE")
    room.take_vials(first, structs.replace(second, accepted=False))
    room.put(WaitBegan("supplier", CODE))
    return room


def given(*marks: Mark, minutes: int = 12, limit: int | None = 60) -> Callable[[], Room]:
    def room() -> Room:
        made = sealed(PHYSICIAN)
        made.thaw_limit = limit
        for mark in marks:
            made.put(ProcedureMarked(mark, (CODE,)))
            made.now += timedelta(minutes=minutes)
        return made

    return room


def lapsed() -> Room:
    room = sealed()
    room.now += timedelta(hours=6)
    return room


CASES: dict[str, tuple[type[Screen], str, Callable[[], Room]]] = {
    "questions": (Questions, "health_check", asked),
    "picker": (Picker, "medicines", medicines),
    "review": (Review, "decision", to_rule),
    "stop": (Review, "decision", stopped),
    "sign": (Signing, "sign", at_the_line),
    "premedication": (Sheet, "premedication", signed),
    "vial": (Sheet, "vial", with_vial),
    "vial seen": (Signing, "vial", seen_vial),
    "vials": (Sheet, "vial", several_vials),
    "released": (Procedure, "procedure", given()),
    "thawed": (Procedure, "procedure", given("thawed", "mixed")),
    "emergency": (Procedure, "procedure", given("thawed", "emergency", limit=None)),
    "limit": (Procedure, "procedure", given("thawed", "mixed", minutes=40)),
    "lapsed": (Procedure, "procedure", lapsed),
    "given": (Procedure, "procedure", given("thawed", "mixed", "first_injection", "last_injection")),
    "countersign": (Signing, "countersign", lambda: decided(PHYSICIAN)),
}
SIZES = [(1366, 1024), (800, 1280), (1280, 800)]


def inside(page: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [each for each in page.findChildren(kind) if each.isVisibleTo(page) and each.height() > 0]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("case", CASES)
def test_it_holds_at_every_size(
    stage: Stage, theme: Theme, case: str, size: tuple[int, int], scale: float
) -> None:
    """There is no sideways scroll either (screens.md 6, facts/qt.md 10)."""
    kind, step, room = CASES[case]
    theme.set_scale(scale)
    screen = stage(kind, step, room())
    screen.resize(*size)
    settle()
    try:
        view = screen.content.viewport()
        assert screen.content.widget().width() <= view.width()
        for label in inside(screen, QLabel):
            assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
        for target in [*inside(screen, QAbstractButton), *inside(screen, QLineEdit)]:
            assert target.height() >= LEAST_PX and target.width() >= LEAST_PX, target.objectName()
            assert target.accessibleName(), target.objectName()
            right = target.mapTo(screen, QPoint(target.width(), 0)).x()
            assert right <= screen.width(), target.objectName()
    finally:
        theme.set_scale(1.0)


@pytest.mark.parametrize("case", CASES)
def test_everything_that_can_be_tapped_is_reached_by_tab_and_named_once(stage: Stage, case: str) -> None:
    kind, step, room = CASES[case]
    screen = stage(kind, step, room())
    buttons = [each for each in inside(screen, QAbstractButton) if each.objectName()]
    names = [each.objectName() for each in buttons]
    assert len(set(names)) == len(names)
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in buttons)
