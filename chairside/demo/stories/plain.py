"""The ordinary visit, whole and in its parts: other stories go a part of the way with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chairside.demo import acts
from chairside.demo.stories.story import Story

if TYPE_CHECKING:
    from chairside.demo.cast import Cast
    from chairside.demo.robot import Robot
    from chairside.demo.stage import Stage


def to_decision(robot: Robot, cast: Cast) -> None:
    """From a visit that was just opened to the physician's page."""
    acts.prepare(robot, cast)
    acts.to_patient(robot)
    acts.read_everything(robot)
    acts.to_staff(robot, cast.nurse)


def to_signature(robot: Robot, cast: Cast, strength: str = "5") -> None:
    """On to the patient's signature, the tablet back in the nurse's hands."""
    to_decision(robot, cast)
    from_decision(robot, cast, strength)


def from_decision(robot: Robot, cast: Cast, strength: str = "5") -> None:
    """From the physician's page to the patient's signature."""
    acts.open_decision(robot, cast)
    acts.order(robot, strength)
    acts.to_patient(robot)
    acts.patient_signs(robot, cast, "patient_signature.pad")
    acts.to_staff(robot, cast.nurse)


def to_release(robot: Robot, cast: Cast, *scanned: str) -> None:
    """On to the countersignature and the sealed record."""
    acts.premedicate(robot, cast)
    acts.show_vial(robot, cast, *scanned)
    acts.countersign(robot, cast)


def released(stage: Stage) -> tuple[Robot, Cast]:
    """Play an ordinary visit up to its sealed record."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    to_signature(robot, cast)
    to_release(robot, cast)
    acts.see_sealed(robot)
    return robot, cast


def ordinary(stage: Stage) -> None:
    """The adult ordinary path, from the first touch to the sealed record."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    to_signature(robot, cast)
    to_release(robot, cast)
    acts.look_through(robot)


def spanish(stage: Stage) -> None:
    """The ordinary path in Spanish: the patient looks at the English once, and goes on in Spanish."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.prepare(robot, cast)
    acts.to_patient(robot)
    robot.tap("header.language.en")
    robot.tap("header.language.es")
    acts.read_everything(robot)
    acts.to_staff(robot, cast.nurse)
    from_decision(robot, cast)
    to_release(robot, cast)
    acts.look_through(robot)


DOSES = "Cetirizine 10 mg and famotidine 20 mg by mouth, dexamethasone 8 mg into a vein"


def mitigation(stage: Stage) -> None:
    """A food allergy: the physician rules with antihistamines and a steroid, all three given before."""
    robot, cast = stage.robot, stage.cast()
    acts.open_visit(robot, cast)
    acts.prepare(robot, cast, {"food_or_drug_allergy": "yes"})
    acts.to_patient(robot)
    acts.read_everything(robot)
    acts.to_staff(robot, cast.nurse)
    acts.open_decision(robot, cast)
    robot.tap("finding.food_or_drug_allergy.mitigated")
    robot.tap("finding.food_or_drug_allergy.h1_h2_steroid")
    robot.type("premedication_doses.text", DOSES)
    acts.order(robot, premedication="")
    acts.to_patient(robot)
    acts.patient_signs(robot, cast, "patient_signature.pad")
    acts.to_staff(robot, cast.nurse)
    robot.tap("antihistamine_today.no")  # an H1 blocker is one too
    robot.tap("h1_given.10_mg_tablet")
    robot.tap("h2_given.20_mg_tablet")
    robot.tap("steroid_given.as_ordered_vein")
    acts.draw_blood(robot, cast)
    acts.show_vial(robot, cast)
    acts.countersign(robot, cast)
    acts.see_sealed(robot)


STORIES = {"ordinary": Story(ordinary), "spanish": Story(spanish), "mitigation": Story(mitigation)}
