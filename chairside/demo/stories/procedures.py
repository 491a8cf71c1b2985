"""What happens at the chair once the record has released the visit, and what is added to it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.demo import acts
from chairside.demo.stories import plain
from chairside.demo.stories.story import Story

if TYPE_CHECKING:
    from chairside.demo.cast import Cast
    from chairside.demo.robot import Robot
    from chairside.demo.stage import Stage


def begin(robot: Robot, cast: Cast) -> None:
    """The nurse opens the procedure's page with their own PIN: the physician was the last one here."""
    robot.role, robot.part = "nurse", "procedure"
    robot.tap("procedure.begin")
    if robot.sees("pin.1"):
        acts.give_pin(robot, cast.nurse)


def take_over(robot: Robot, cast: Cast) -> None:
    """The nurse signs in where the physician left the tablet."""
    robot.role, robot.part = "nurse", "day"
    robot.tap("header.lock")
    acts.sign_in(robot, cast.nurse)


def sign_procedure(robot: Robot, cast: Cast) -> None:
    """The nurse signs once under everything that was tapped."""
    robot.sign("nurse_signature.pad", cast.nurse_ink)
    robot.tap("procedure.sign")
    acts.give_pin(robot, cast.nurse)
    added(robot, 1)


def added(robot: Robot, number: int) -> None:
    """Wait until this addendum is sealed: its pages can be looked at then."""
    robot.find(f"record.look_{number}")
    robot.look_on()


def inject(stage: Stage) -> None:
    """The four buttons in order, minutes between them."""
    robot = stage.robot
    robot.tap("procedure.thawed")
    stage.wait(minutes=4)
    robot.tap("procedure.mixed")
    stage.wait(minutes=6)
    robot.tap("procedure.first_injection")
    stage.wait(minutes=25)
    robot.tap("procedure.last_injection")


def procedure(stage: Stage) -> None:
    """Thawed, mixed, injected; one slip of the glove is taken back."""
    robot, cast = plain.released(stage)
    begin(robot, cast)
    robot.tap("procedure.thawed")
    stage.wait(minutes=4)
    robot.tap("procedure.mixed")
    robot.tap("procedure.first_injection")
    robot.tap("procedure.undo")
    stage.wait(minutes=6)
    robot.tap("procedure.first_injection")
    stage.wait(minutes=25)
    robot.tap("procedure.last_injection")
    sign_procedure(robot, cast)


def emergency(stage: Stage) -> None:
    """The patient faints in the middle: one tap, the card, the end, the addendum, a report of harm."""
    robot, cast = plain.released(stage)
    begin(robot, cast)
    robot.tap("procedure.thawed")
    stage.wait(minutes=5)
    robot.tap("procedure.mixed")
    stage.wait(minutes=3)
    robot.tap("procedure.first_injection")
    stage.wait(minutes=2)
    robot.tap("procedure.emergency")
    robot.demand("911")
    stage.wait(minutes=11)
    robot.tap("procedure.stopped_part_way")
    robot.tap("procedure.why.likely.unwell")
    robot.tap("procedure.why.confirm")
    sign_procedure(robot, cast)
    report = "Fainted two minutes after the first injection; well after rest."
    add(robot, cast, 2, ("adverse_event", report))


def add(robot: Robot, cast: Cast, number: int, told: tuple[str, str]) -> None:
    """Staff add something to the sealed record: what kind, and its text."""
    kind, text = told
    robot.part = "record"
    robot.tap("record.add")
    robot.tap(f"addendum.kind.{kind}")
    robot.type("addendum.text", text)
    robot.tap("sign")
    acts.give_pin(robot, cast.nurse)
    added(robot, number)


def lapsed(stage: Stage) -> None:
    """Five hours go by after the release: it has lapsed, and the physician renews it."""
    robot, cast = plain.released(stage)
    stage.wait(hours=5)
    begin(robot, cast)
    robot.tap("procedure.lapsed.likely.patient")
    robot.tap("procedure.lapsed.renew")
    robot.role = "physician"
    acts.give_pin(robot, cast.physician)
    robot.role = "nurse"
    inject(stage)
    sign_procedure(robot, cast)


def withdrawal_after(stage: Stage) -> None:
    """The record is sealed, nothing is thawed: the patient withdraws, and the record stays as it is."""
    robot, cast = plain.released(stage)
    take_over(robot, cast)
    said = "The patient called from the car park and does not want it today."
    add(robot, cast, 1, ("withdrawal", said))


STORIES = {
    "procedure": Story(procedure),
    "emergency": Story(emergency),
    "lapsed": Story(lapsed),
    "withdrawal_after": Story(withdrawal_after),
}
