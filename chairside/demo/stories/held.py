"""The paper route: the patient reads and signs on paper, staff copy, photograph and attest it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.demo import acts
from chairside.demo.stories.story import Story

if TYPE_CHECKING:
    from chairside.demo.cast import Cast
    from chairside.demo.robot import Robot
    from chairside.demo.stage import Stage

NOT_TICKS = (".photo", ".drop", ".sign", ".explained", ".print", ".glass", ".attest")


def copy_ticks(robot: Robot) -> None:
    """The nurse copies what the patient ticked, initialled and answered on paper, form after form."""
    copied: set[str] = set()
    while True:
        there = [name for name in robot.names("paper.") if not name.endswith(NOT_TICKS)]
        there += [name for name in (*acts.ON_PAGE, "paper_copy.handed") if robot.sees(name)]
        name = next((each for each in there if each not in copied), "")
        if not name:
            return
        copied.add(name)
        robot.tap(name)


def sign_on_paper(robot: Robot, cast: Cast, ink: str, photo: str) -> None:
    """The nurse adds the photo of the signed page; a second nurse compares both."""
    robot.tap(f"paper.{ink}.photo")
    robot.tap(robot.named("photo.", photo))
    robot.tap(f"paper.{ink}.sign")
    acts.give_pin(robot, cast.nurse)
    robot.tap("paper.attest")
    acts.give_pin(robot, cast.second_nurse)


def choose_paper(robot: Robot, cast: Cast) -> None:
    """The nurse says that the patient prefers paper."""
    robot.tap("header.visit")
    robot.tap("more.part.paper")
    robot.tap("paper.prefers")
    acts.give_pin(robot, cast.nurse)


def paper(stage: Stage) -> None:
    """The patient prefers paper: the same facts through the same gates, each signature seen by two."""
    robot, cast = stage.robot, stage.cast()
    name = cast.patient.name
    stage.photograph("signed-consent", ("Consent", f"Patient: {name}", "Signature: E. Field"))
    stage.photograph("signed-vial", ("Vial and sheet seen", f"Patient: {name}", "Signature: E. Field"))
    acts.open_visit(robot, cast)
    choose_paper(robot, cast)
    acts.ask_health(robot)
    acts.close_health(robot, cast)
    acts.medicines(robot)
    copy_ticks(robot)
    acts.open_decision(robot, cast)
    acts.order(robot)
    robot.role = "nurse"
    robot.tap("header.lock")
    acts.sign_in(robot, cast.nurse)
    copy_ticks(robot)
    sign_on_paper(robot, cast, "patient_signature", "signed-consent")
    acts.premedicate(robot, cast)
    robot.scan(cast.vial)
    acts.say_opened(robot)
    copy_ticks(robot)
    sign_on_paper(robot, cast, "patient_saw", "signed-vial")
    robot.tap("close")
    robot.pin(cast.nurse.pin)
    acts.countersign(robot, cast)
    acts.see_sealed(robot)


STORIES: dict[str, Story] = {"paper": Story(paper)}
