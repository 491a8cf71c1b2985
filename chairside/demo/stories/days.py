"""Stories of more than one day: consent the day before, and a second session months later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chairside.demo import acts
from chairside.demo.stories import plain, procedures
from chairside.demo.stories.story import Story

if TYPE_CHECKING:
    from chairside.demo.stage import Stage

MONTHS = 150  # days


def day_before(stage: Stage) -> None:
    """Read and signed on the day before; the next day asked anew and agreed again."""
    robot, cast = stage.robot, stage.cast()
    tomorrow = stage.today() + timedelta(days=1)
    days = (f"injection.days.{tomorrow.isoformat()}", "injection.at.1000")
    acts.open_visit(robot, cast, ("injection.another_day", *days))
    plain.to_signature(robot, cast)
    acts.to_board(robot)
    robot.tap("header.lock")
    stage.wait(days=1)
    acts.sign_in(robot, cast.nurse)
    acts.resume(robot, cast.patient.name)
    acts.ask_health(robot)
    acts.close_health(robot, cast)
    acts.medicines(robot)
    acts.to_patient(robot)
    acts.patient_signs(robot, cast, "patient_signature.pad")
    acts.to_staff(robot, cast.nurse)
    plain.to_release(robot, cast)
    acts.see_sealed(robot)


def second_session(stage: Stage) -> None:
    """Given once; five months later the shorter text, what changed, and three questions."""
    robot, cast = plain.released(stage)
    procedures.begin(robot, cast)
    procedures.inject(stage)
    procedures.sign_procedure(robot, cast)
    robot.tap("home")
    robot.tap("header.lock")
    stage.wait(days=MONTHS)
    robot.part = "day"
    acts.sign_in(robot, cast.nurse)
    acts.open_for_known(robot, cast)
    plain.to_signature(robot, cast)
    plain.to_release(robot, cast, cast.vials[1])
    acts.see_sealed(robot)


STORIES = {"day_before": Story(day_before), "second_session": Story(second_session, vials=2)}
