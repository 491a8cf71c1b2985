"""Visits that end without an injection: each is sealed, and certified by who decided or attested it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chairside.demo import acts
from chairside.demo.stories import plain
from chairside.demo.stories.story import Story

if TYPE_CHECKING:
    from chairside.demo.stage import Stage

ENDS = {
    "transplant": ("do_not_treat", "Transplant on file; no cell product for this patient."),
    "immunocompromised": ("do_not_treat", "Takes a medicine that holds the immune system down."),
    "flu_like_symptoms": ("defer", "Feels ill today; to be called again when well."),
    "pregnant_or_trying": ("defer", "Trying for a child; to be talked about again later."),
}


def stopped_by(item: str) -> Callable[[Stage], None]:
    """Return the story of an absolute yes: straight to the physician, who does not go on."""

    def story(stage: Stage) -> None:
        robot, cast = stage.robot, stage.cast()
        acts.open_visit(robot, cast)
        acts.ask_health(robot, {item: "yes"})
        acts.open_decision(robot, cast)
        acts.decline(robot, *ENDS[item])
        acts.countersign(robot, cast)
        acts.look_through(robot)

    return story


def unsure(stage: Stage) -> None:
    """Nobody is sure about a fever: asked again, it is one; the physician corrects it and defers."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.ask_health(robot, {"flu_like_symptoms": "unsure"})
    acts.open_decision(robot, cast)
    robot.tap("again.flu_like_symptoms.open")
    robot.tap("again.flu_like_symptoms.yes")
    robot.type("again.flu_like_symptoms.source", "Asked again, thermometer")
    robot.type("again.flu_like_symptoms.reason", "38.4 C measured just now")
    robot.tap("again.flu_like_symptoms.confirm")
    acts.decline(robot, "defer", "Fever today; to be called again when well.")
    acts.countersign(robot, cast)
    acts.see_sealed(robot)


def refused(stage: Stage) -> None:
    """The patient reads a while and does not want to go on: a nurse attests it."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.prepare(robot, cast)
    acts.to_patient(robot)
    acts.read_pages(robot, 9)
    robot.tap("stop")
    robot.tap("leave")
    robot.role = "nurse"
    acts.give_pin(robot, cast.nurse)
    robot.tap("said.likely.changed_mind")
    robot.tap("attest")
    acts.see_sealed(robot)


def withdrawn(stage: Stage) -> None:
    """The scalp is numb, the vial on the table: the patient does not want to go on after all."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    plain.to_signature(robot, cast)
    acts.premedicate(robot, cast)
    robot.scan(cast.vial)
    acts.say_opened(robot)
    acts.to_patient(robot)
    robot.tap("stop")
    robot.tap("leave")
    robot.role = "nurse"
    acts.give_pin(robot, cast.nurse)
    robot.type("said.own", "Felt afraid once the scalp was numb.")
    robot.tap("attest")
    acts.see_sealed(robot)


def no_show(stage: Stage) -> None:
    """Nobody comes and nobody answers the phone."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast, ("injection.1000",))
    stage.wait(hours=2)
    robot.tap("header.visit")
    robot.tap("more.part.end")
    robot.tap("end.no_show")
    robot.tap("end.reason.likely.not_reached")
    robot.tap("end.do")
    acts.give_pin(robot, cast.nurse)
    acts.see_sealed(robot)


def opened_in_error(stage: Stage) -> None:
    """The wrong patient was picked: the visit says so, and leaves no record."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    robot.tap("header.visit")
    robot.tap("more.part.end")
    robot.tap("end.in_error")
    robot.tap("end.reason.likely.wrong_patient")
    robot.tap("end.do")
    acts.give_pin(robot, cast.nurse)
    robot.find("new")
    robot.look_on()


STORIES = {
    "stop": Story(stopped_by("transplant")),
    "stop_immunocompromised": Story(stopped_by("immunocompromised")),
    "stop_flu": Story(stopped_by("flu_like_symptoms")),
    "stop_pregnant": Story(stopped_by("pregnant_or_trying")),
    "stop_unsure": Story(unsure),
    "refused": Story(refused),
    "withdrawn": Story(withdrawn),
    "no_show": Story(no_show),
    "opened_in_error": Story(opened_in_error),
}
