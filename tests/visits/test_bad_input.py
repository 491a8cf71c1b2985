"""Bad input through the glass: stopped or mended in place, said in words, nothing lost.

Played here on a stage of the demo, with the robot's hands; each test says what a person would do wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chairside.demo import acts, desk_acts
from chairside.demo.eyes import Lost
from chairside.demo.stage import Stage
from chairside.demo.stories import plain

Raise = Callable[..., Stage]


@pytest.fixture
def curtain(tmp_path: Path, qapp: QApplication) -> Iterator[Raise]:
    """Raise a stage; it is struck at the end, and no bug was met on it."""
    raised: list[Stage] = []

    def up(vials: int = 1, story: str = "ordinary") -> Stage:
        raised.append(Stage(tmp_path, story, 1, None, vials))
        return raised[0]

    yield up
    for stage in raised:
        stage.strike()
        stage.refuse_bugs()


def told(stage: Stage, kind: str) -> int:
    """How many facts of this kind the program reported so far."""
    room = stage.window.room
    assert room is not None
    return sum(type(by.fact).__name__ == kind for by in room.visit.facts)


def test_a_double_tap_on_open_opens_one_visit(curtain: Raise) -> None:
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    tap, robot.tap = robot.tap, lambda name: robot.double_tap(name) if name == "open" else tap(name)  # type: ignore[method-assign]
    acts.open_visit(robot, cast)
    robot.tap = tap  # type: ignore[method-assign]
    acts.to_board(robot)
    assert len(robot.names("resume.")) == 1


def test_double_taps_answer_once_and_close_once(curtain: Raise) -> None:
    """Every answer of the health check, the hand-over and the identity, tapped twice."""
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    for item in acts.HEALTH:
        while not robot.sees(f"{item}.no"):
            robot.tap("continue")
        robot.double_tap(f"{item}.no")
    assert told(stage, "Answered") == 4 + len(acts.HEALTH)
    acts.close_health(robot, cast)
    acts.medicines(robot)
    robot.tap("paper_copy.handed")
    robot.double_tap("hand_over.given")
    assert told(stage, "HandedOver") == 1 and told(stage, "IdentityConfirmed") == 0
    robot.double_tap("who_are_you.yes")
    assert told(stage, "IdentityConfirmed") == 1


def test_a_double_tap_on_sign_signs_once(curtain: Raise) -> None:
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    plain.to_decision(robot, cast)
    acts.open_decision(robot, cast)
    acts.order(robot)
    acts.to_patient(robot)
    while robot.sees("continue") or robot.sees("more"):
        robot.tap("more" if robot.sees("more") else "continue")
    robot.sign("patient_signature.pad", cast.patient_ink)
    robot.double_tap("sign")
    assert told(stage, "Signed") == 1


def test_the_same_person_twice_is_noticed(curtain: Raise) -> None:
    """The same name and birth date are on file: nothing opens before somebody says what is so."""
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.to_board(robot)
    with pytest.raises(Lost):
        _open_again(stage)
    robot.demand("on file")
    assert robot.sees("find.take") and robot.sees("find.another")
    robot.tap("find.another")
    robot.tap("open")
    acts.to_board(robot)
    assert len(robot.names("resume.")) == 2


def _open_again(stage: Stage) -> None:
    acts.open_another(stage.robot, stage.cast())
    if stage.robot.page() == "open":
        raise Lost("still on the page that opens a visit")


def test_the_same_patient_is_not_opened_twice_on_one_day(curtain: Raise) -> None:
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.to_board(robot)
    acts.open_for_known(robot, cast)
    assert robot.page() == "open" and robot.sees("open")
    robot.tap("back")
    assert len(robot.names("resume.")) == 1


def test_similar_names_are_flagged_on_the_board(curtain: Raise) -> None:
    stage = curtain(story="two_patients")
    robot = stage.robot
    acts.open_visit(robot, stage.cast())
    acts.to_board(robot)
    acts.open_another(robot, stage.cast("two_patients.other"))
    acts.to_board(robot)
    robot.demand("nearly the same name")


def test_an_expired_vial_stays_closed_at_the_chair(curtain: Raise) -> None:
    """Months go by: the vial on the desk has passed its day, so nothing is given, drawn or signed for it."""
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    stage.wait(days=181)
    acts.open_visit(robot, cast)
    plain.to_signature(robot, cast)
    robot.tap("step.vial")
    robot.demand("No accepted vial is in the building for this visit.")
    assert not robot.sees("hand_over.given") and not robot.sees("loratadine.card")
    assert told(stage, "VialAssigned") == told(stage, "Countersigned") == 0


def test_a_late_label_is_said_at_the_desk_at_once(curtain: Raise) -> None:
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.sign_in(robot, cast.nurse)
    desk_acts.to_vials(robot)
    robot.tap("vials.receive")
    robot.scan(cast.courier["code"])
    robot.type("receive.lot", cast.courier["lot"])
    robot.type("receive.expires", "2020-01-31")
    robot.tap("receive.vial_strength.5")
    robot.demand("passed")


def test_a_clock_set_back_stops_what_a_pin_proves_in_words(curtain: Raise) -> None:
    """Answers are kept whatever the clock; nothing is signed until it is right and a physician says so.

    Proves: T8.
    """
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    stage.clock.set_wrong(-timedelta(hours=3))
    acts.ask_health(robot)
    acts.close_health(robot, cast)
    robot.demand("clock")
    assert told(stage, "StepClosed") == 1 and told(stage, "Answered") == 4 + len(acts.HEALTH)
    stage.clock.set_wrong(timedelta(hours=3))
    robot.tap("banner.clock")
    acts.give_pin(robot, cast.physician)
    acts.close_health(robot, cast)
    assert told(stage, "StepClosed") == 2


def test_a_second_copy_of_the_program_is_refused_in_words(curtain: Raise) -> None:
    """And the first goes on."""
    stage = curtain()
    command = [sys.executable, "-m", "chairside", "demo", "--home", str(stage.home)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=environment,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert said.returncode == 2 and "Traceback" not in said.stderr and said.stderr.strip()
    acts.open_visit(stage.robot, stage.cast())
    assert stage.robot.page() == "health_check"


def test_nobody_signed_in_hands_over_nothing(curtain: Raise) -> None:
    """A locked tablet shows who may sign in, and no way to a patient or to a visit."""
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.prepare(robot, cast)
    robot.tap("header.lock")
    assert not robot.sees("hand_over.given") and not robot.names("resume.")
    assert cast.patient.name not in robot.reads()
    acts.sign_in(robot, cast.nurse)
    acts.to_patient(robot)
    assert told(stage, "IdentityConfirmed") == 1


def test_the_patient_cannot_leave_their_pages(curtain: Raise) -> None:
    """No wrong PIN, no closing of the window leads from a patient's page to the staff's. Proves: Q39, T1."""
    stage = curtain()
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.prepare(robot, cast)
    acts.to_patient(robot)
    stage.window.close()
    assert stage.window.isVisible() and robot.page() == "notices"
    robot.tap("stop")
    robot.tap("leave")
    robot.pin("000000")
    robot.tap("pin.cancel")
    assert not robot.sees("header.lock") and stage.window.view is not None
    assert stage.window.view.mode == "patient"
