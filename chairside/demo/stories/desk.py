"""Stories of the desk: a late courier, two patients of similar names, a tablet that goes dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.demo import acts, desk_acts
from chairside.demo.stories import plain
from chairside.demo.stories.story import Story

if TYPE_CHECKING:
    from chairside.demo.cast import Cast
    from chairside.demo.robot import Robot
    from chairside.demo.stage import Stage


def courier_late(stage: Stage) -> None:
    """The vial comes 45 minutes late, is received while the patient waits, and the visit goes on."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    plain.to_signature(robot, cast)
    robot.tap("waiting.board")
    desk_acts.to_vials(robot)
    desk_acts.expect_vial(robot, cast, "0930", cast.patient.name)
    robot.tap("back")
    acts.resume(robot, cast.patient.name)
    robot.part = "visit"
    robot.tap("waiting.more")
    robot.tap("wait.begin.courier")
    robot.tap("more.board")
    stage.wait(minutes=45)
    desk_acts.to_vials(robot)
    robot.tap("vials.receive")
    robot.tap(robot.named("receive.expected.", cast.patient.name))
    desk_acts.receive_vial(robot, cast)
    desk_acts.compare(robot, cast.second_nurse)
    robot.tap("vial.accept")
    robot.tap("back")
    robot.tap("back")
    acts.resume(robot, cast.patient.name)
    robot.part = "visit"
    robot.tap("header.visit")
    robot.tap("wait.end.courier")
    robot.tap("more.go_on")
    plain.to_release(robot, cast, cast.courier["code"])
    acts.see_sealed(robot)


def two_patients(stage: Stage) -> None:
    """Two people of similar names in one morning: the wrong visit is picked, and the patient says so."""
    robot, cast, other = stage.robot, stage.cast(), stage.cast("two_patients.other")
    acts.open_visit(robot, cast)
    acts.prepare(robot, cast)
    robot.tap("hand_over.not_now")
    acts.open_another(robot, other)
    acts.ask_health(robot)
    acts.to_board(robot)
    acts.resume(robot, other.patient.name)
    acts.close_health(robot, other)
    acts.medicines(robot)
    robot.tap("paper_copy.handed")
    robot.tap("hand_over.given")
    robot.role = "patient"
    robot.demand(f"Are you {other.patient.name.split()[0]}")
    robot.tap("who_are_you.no")
    robot.tap("who_are_you.staff")
    robot.role = "nurse"
    acts.give_pin(robot, cast.nurse)
    robot.tap("hand_over.not_now")
    acts.resume(robot, cast.patient.name)
    _both_end(robot, cast, other)


def _both_end(robot: Robot, cast: Cast, other: Cast) -> None:
    """The first patient reads; the other one does not want to begin; the first goes on to the end."""
    acts.to_patient(robot)
    acts.read_everything(robot)
    acts.to_staff(robot, cast.nurse)
    robot.tap("pin.cancel")
    acts.resume(robot, other.patient.name)
    acts.to_patient(robot)
    robot.tap("stop")
    robot.tap("leave")
    robot.role = "nurse"
    acts.give_pin(robot, cast.nurse)
    robot.tap("said.likely.more_time")
    robot.tap("attest")
    acts.see_sealed(robot)
    robot.tap("home")
    acts.resume(robot, cast.patient.name)
    plain.from_decision(robot, cast)
    plain.to_release(robot, cast)
    acts.see_sealed(robot)


def killed(stage: Stage) -> None:
    """The tablet goes dark while the patient reads; it comes back locked, to the same visit and step."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.prepare(robot, cast)
    acts.to_patient(robot)
    acts.read_pages(robot, 12)
    stage.cut_power()
    robot.role = "nurse"
    acts.sign_in(robot, cast.nurse)
    robot.demand(cast.patient.name.split()[0])
    acts.to_patient(robot)
    acts.read_everything(robot)
    acts.to_staff(robot, cast.nurse)
    plain.from_decision(robot, cast)
    plain.to_release(robot, cast)
    acts.see_sealed(robot)


STORIES = {
    "courier_late": Story(courier_late, vials=0),
    "two_patients": Story(two_patients),
    "killed": Story(killed),
}
