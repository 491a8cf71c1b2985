"""Visits with somebody beside the patient: who decides for a child, an interpreter, a witness (Q14, Q15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chairside.demo import acts
from chairside.demo.stories import plain, procedures
from chairside.demo.stories.story import Story
from chairside.domain.facts.people import InterpreterNamed

if TYPE_CHECKING:
    from chairside.demo.cast import Cast
    from chairside.demo.robot import Robot
    from chairside.demo.stage import Stage

    Act = Callable[[Robot, Cast], None]


def _is_me(robot: Robot) -> None:
    """Whoever was given the tablet says so."""
    robot.role = "patient"
    robot.tap("who_are_you.yes")


def _to_line(robot: Robot) -> None:
    while robot.sees("continue") or robot.sees("more"):
        robot.tap("more" if robot.sees("more") else "continue")


def _child_agrees(robot: Robot, cast: Cast) -> None:
    """The child reads, says yes, and signs."""
    _to_line(robot)
    robot.tap("wants.yes")
    robot.sign("child_signature.pad", cast.nurse_ink)
    robot.tap("sign")


def _name_mother(robot: Robot, cast: Cast) -> None:
    """The nurse is led to who is here: nobody under 18 signs alone."""
    robot.type("beside.representative.name", "Olga Quill-Demo")
    robot.tap("beside.representative.relation.parent")
    robot.type("beside.representative.authority", "Birth certificate and her own passport")
    robot.tap("beside.representative.do_name")
    robot.pin(cast.nurse.pin)


def _child_and_mother(stage: Stage, story: str, beside: Act, heard: Act) -> tuple[Robot, Cast]:
    """Play a visit of a child: the mother is named and signs, the child is asked before her.

    `beside` names who else is there, `heard` is what staff do after each of her signatures.
    """
    robot, cast = stage.robot, stage.cast(story)
    acts.open_visit(robot, cast, present="family_or_friend")
    acts.ask_health(robot)
    acts.close_health(robot, cast)
    acts.medicines(robot)
    _name_mother(robot, cast)
    beside(robot, cast)
    robot.tap("beside.go_on")
    robot.tap("paper_copy.handed")
    acts.to_patient(robot)
    acts.read_everything(robot)
    acts.to_staff(robot, cast.nurse)
    acts.open_decision(robot, cast)
    acts.order(robot)
    acts.to_patient(robot)
    _child_agrees(robot, cast)
    _is_me(robot)
    _mother_signs(robot, cast, heard)
    acts.premedicate(robot, cast)
    robot.scan(cast.vial)
    acts.say_opened(robot)
    acts.to_patient(robot)
    _mother_signs(robot, cast, heard)
    robot.tap("close")
    robot.pin(cast.nurse.pin)
    acts.countersign(robot, cast)
    acts.look_through(robot)
    return robot, cast


def _mother_signs(robot: Robot, cast: Cast, heard: Act) -> None:
    acts.patient_signs(robot, cast, "representative_signature.pad")
    acts.to_staff(robot, cast.nurse)
    heard(robot, cast)


def _nobody(robot: Robot, cast: Cast) -> None:
    """Nobody else is there."""


def guardian(stage: Stage) -> None:
    """A patient of 15: the mother is named and signs; the child is asked before her.

    The record is sealed, nothing is thawed: the mother takes the consent back.
    """
    robot, cast = _child_and_mother(stage, "guardian", _nobody, _nobody)
    procedures.take_over(robot, cast)
    said = "The mother came to the desk and said that she wants to wait until the summer."
    procedures.add(robot, cast, 1, ("withdrawal", said))


def _name_interpreter(robot: Robot, cast: Cast, told: InterpreterNamed) -> None:
    """The nurse says who interprets, from where, and whether the English pages are read out."""
    robot.tap("beside.part.interpreter")
    robot.type("beside.interpreter.name", told.name)
    if told.identifier:
        robot.type("beside.interpreter.identifier", told.identifier)
    robot.type("beside.interpreter.spoken", told.spoken)
    robot.tap(f"beside.interpreter.mode.{told.mode}")
    robot.tap(f"beside.interpreter.sight.{'yes' if told.sight else 'no'}")
    robot.tap("beside.interpreter.qualified.yes")
    robot.tap("beside.interpreter.do_name")
    robot.pin(cast.nurse.pin)


def _name_on_the_phone(robot: Robot, cast: Cast) -> None:
    """An interpreter of a service, on the phone; the patient's pages are in Spanish all the same."""
    told = InterpreterNamed("Iva Solano-Demo", "Demo Line 4471", "Spanish", "phone", sight=False)
    _name_interpreter(robot, cast, told)


def _hear(robot: Robot, cast: Cast) -> None:
    """The nurse hears the interpreter say the sentence, and attests it."""
    robot.tap("beside.attest.do_attest")
    robot.pin(cast.nurse.pin)


def by_phone(stage: Stage) -> None:
    """A child and a mother who read Spanish, and an interpreter on the phone whose word staff attest."""
    _child_and_mother(stage, "by_phone", _name_on_the_phone, _hear)


def _name_beside(robot: Robot, cast: Cast) -> None:
    """An interpreter in the room who reads the English out, a witness, and a mark in place of a name."""
    robot.tap("header.visit")
    robot.tap("more.part.beside")
    robot.tap("beside.do")
    told = InterpreterNamed("Ivo Reyes-Demo", "", "Tagalog", "in_person", sight=True)
    _name_interpreter(robot, cast, told)
    robot.tap("beside.part.witness")
    robot.type("beside.witness.name", "Wim Hollis-Demo")
    robot.tap("beside.witness.do_name")
    robot.pin(cast.nurse.pin)
    robot.tap("beside.part.way")
    robot.tap("beside.way.signer.patient")
    robot.tap("beside.way.way.by_mark")
    robot.type("beside.way.reason", "Cannot write since a stroke")
    robot.tap("beside.way.do_way")
    robot.pin(cast.nurse.pin)
    robot.tap("beside.go_on")


def _all_sign(robot: Robot, cast: Cast, pad: str) -> None:
    """The patient makes a mark, then the interpreter signs, then the witness."""
    _to_line(robot)
    robot.sign(pad, MARK)
    robot.tap("sign")
    for who, ink in (("interpreter", cast.nurse_ink), ("witness", cast.patient_ink)):
        _is_me(robot)
        robot.sign(f"{who}_signature.pad", ink)
        robot.tap("sign")


# A cross, slowly: two strokes. Units: parts of the pad, milliseconds, pressure.
MARK = (
    tuple((0.35 + 0.02 * n, 0.3 + 0.04 * n, 40.0 * n, 0.5) for n in range(12)),
    tuple((0.57 - 0.02 * n, 0.3 + 0.04 * n, 40.0 * n, 0.5) for n in range(12)),
)


def by_mark(stage: Stage) -> None:
    """The patient speaks Tagalog and cannot write: the interpreter reads out, the witness watches."""
    robot, cast = stage.robot, stage.cast("by_mark")
    acts.open_visit(robot, cast, present="interpreter")
    _name_beside(robot, cast)
    plain.to_decision(robot, cast)
    acts.open_decision(robot, cast)
    acts.order(robot)
    acts.to_patient(robot)
    _all_sign(robot, cast, "patient_signature.pad")
    acts.to_staff(robot, cast.nurse)
    acts.premedicate(robot, cast)
    robot.scan(cast.vial)
    acts.say_opened(robot)
    acts.to_patient(robot)
    _all_sign(robot, cast, "patient_saw.pad")
    acts.to_staff(robot, cast.nurse)
    robot.tap("close")
    robot.pin(cast.nurse.pin)
    acts.countersign(robot, cast)
    acts.look_through(robot)


STORIES = {"guardian": Story(guardian), "by_mark": Story(by_mark), "by_phone": Story(by_phone)}
