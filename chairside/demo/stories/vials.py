"""Stories of the vial at the chair: one that must stay closed, a wrong one, and two for one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.demo import acts, desk_acts
from chairside.demo.stories import plain
from chairside.demo.stories.story import Story

if TYPE_CHECKING:
    from chairside.demo.stage import Stage


def incomplete_sheet(stage: Stage) -> None:
    """A sheet lacks a result: its vial stays apart, the chair refuses it in words, another one is used."""
    robot, cast = stage.robot, stage.cast()
    robot.role = "nurse"
    acts.sign_in(robot, cast.nurse)
    desk_acts.to_vials(robot)
    robot.tap("vials.receive")
    desk_acts.receive_vial(robot, cast, {"syphilis": "blank"})
    desk_acts.compare(robot, cast.second_nurse)
    robot.tap("vial.quarantine")
    robot.type("why.own", "The sheet lacks the syphilis result; supplier asked.")
    robot.tap("why.do")
    robot.tap("back")
    robot.tap("back")
    acts.open_another(robot, cast)
    plain.to_signature(robot, cast)
    acts.premedicate(robot, cast)
    robot.scan(cast.courier["code"])
    robot.demand(cast.courier["code"])
    robot.look_on()
    robot.tap("vial_code.remove_1")
    acts.show_vial(robot, cast)
    acts.countersign(robot, cast)
    acts.see_sealed(robot)


def mismatch(stage: Stage) -> None:
    """The wrong vial is scanned at the chair: it is said, taken away, and the right one scanned."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    plain.to_signature(robot, cast)
    acts.premedicate(robot, cast)
    robot.scan("DEMO-UC5-0472")
    robot.find("vial.remove_1")
    robot.look_on()
    robot.tap("vial.remove_1")
    acts.show_vial(robot, cast)
    acts.countersign(robot, cast)
    acts.see_sealed(robot)


def two_vials(stage: Stage) -> None:
    """Ten million are ordered, two vials of five are in the house."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    plain.to_signature(robot, cast, "10")
    plain.to_release(robot, cast, *cast.vials[:2])
    acts.see_sealed(robot)


STORIES = {
    "incomplete_sheet": Story(incomplete_sheet),
    "mismatch": Story(mismatch),
    "two_vials": Story(two_vials, vials=2),
}
