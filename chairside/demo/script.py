"""The stories the robot plays, as a person would tell them: who taps what, in order.

The demo's words and ids come from the sample forms; a renamed item breaks the story here, not a visit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from chairside.demo.cast import Cast, Player
from chairside.demo.robot import Robot
from chairside.demo.stage import Stage

HEALTH = (
    "transplant", "immunocompromised", "flu_like_symptoms", "pregnant_or_trying",
    "cancer_within_5_years", "food_or_drug_allergy", "glycerol_sensitivity",
)  # fmt: skip
ON_PAGE = (
    "initial_not_fda_approved.initial", "initial_risks.initial",
    "ask_approval.not_approved", "ask_donor.donor_and_mine", "ask_call.call_now",
    "ask_refuse.may_stop", "ask_nsaid.three_weeks",
)  # fmt: skip
MOST_PAGES = 60


def sign_in(robot: Robot, player: Player) -> None:
    """Somebody of the staff picks their tile and enters their PIN."""
    robot.tap(f"staff.{player.person}")
    robot.pin(player.pin)


def pick_date(robot: Robot, name: str, day: date) -> None:
    """Pick a day long ago on the tiles: day, month, then the year digit by digit."""
    robot.tap(f"{name}.day")
    robot.tap(f"{name}.day.{day.day}")
    robot.tap(f"{name}.month.{day.month}")
    for digit in str(day.year):
        robot.tap(f"{name}.digit.{digit}")


def open_visit(robot: Robot, cast: Cast) -> None:
    """The nurse opens a visit for a new patient."""
    robot.role, robot.part = "nurse", "day"
    sign_in(robot, cast.nurse)
    robot.part = "open"
    robot.tap("new")
    patient = cast.patient
    robot.type("open.name", patient.name)
    pick_date(robot, "born", patient.born)
    robot.type("open.phone", patient.phone)
    robot.type("open.address", patient.address)
    robot.tap(f"letters_by.{patient.letters_by}")
    robot.tap(f"letters_language.{patient.letters_language}")
    robot.tap("identifier.name")
    robot.tap("identifier.born")
    robot.tap("injection.now")
    robot.tap("area.scalp")
    robot.tap("indication.androgenetic")
    robot.tap("preferred_strength.5")
    robot.tap("others_present.nobody")
    robot.tap("open")


def screen_health(robot: Robot, yes: str = "") -> None:
    """The nurse asks the health check; a yes to an absolute item ends it there."""
    robot.part = "visit"
    for item in HEALTH:
        while not robot.sees(f"{item}.no"):
            robot.tap("continue")
        robot.tap(f"{item}.{'yes' if item == yes else 'no'}")
        if item == yes:
            return


def close_health(robot: Robot, cast: Cast) -> None:
    """The nurse closes the health check: I asked and recorded."""
    robot.tap("close")
    robot.pin(cast.nurse.pin)


def medicines(robot: Robot) -> None:
    """No pain pills, both fluids and breakfast."""
    robot.tap("nsaids.none")
    robot.tap("fluids_and_breakfast.both")
    robot.tap("continue")


def to_patient(robot: Robot) -> None:
    """Staff hand the tablet over; the patient says who they are."""
    robot.tap("hand_over.given")
    robot.role = "patient"
    robot.tap("who_are_you.yes")


def to_staff(robot: Robot, player: Player, role: str) -> None:
    """The patient hands the tablet back; staff take it with their PIN."""
    robot.role = role
    robot.tap("hand_back.staff")
    if robot.sees(f"staff.{player.person}"):
        robot.tap(f"staff.{player.person}")
    robot.pin(player.pin)


def read_everything(robot: Robot) -> None:
    """The patient reads page after page, initials twice, answers the questions back."""
    asked = list(ON_PAGE)
    for _ in range(MOST_PAGES):
        if robot.sees("hand_back.staff"):
            return
        name = next((each for each in asked if robot.sees(each)), "")
        if name:
            asked.remove(name)
        robot.tap(name or ("more" if robot.sees("more") else "continue"))


def decide(robot: Robot, cast: Cast, ruling: str) -> None:
    """The physician looks at one page, orders, and decides."""
    robot.role = "physician"
    robot.pin(cast.physician.pin)
    robot.tap("discussed.in_person")
    if ruling == "proceed":
        robot.tap("strength.5")
        robot.tap("premedication.loratadine")
    else:
        robot.type("reason.text", "Transplant on file; no cell product for this patient.")
    robot.tap(ruling)


def patient_signs(robot: Robot, cast: Cast, pad: str) -> None:
    """The patient checks the page, signs on the line, and says so."""
    while robot.sees("continue") or robot.sees("more"):
        robot.tap("more" if robot.sees("more") else "continue")
    robot.sign(pad, cast.patient_ink)
    robot.tap("sign")


def premedicate(robot: Robot, cast: Cast) -> None:
    """The nurse gives loratadine, draws the blood and scans the kit."""
    robot.tap("loratadine_allergy.no")
    robot.tap("antihistamine_today.no")
    robot.tap("loratadine.10_mg_tablet")
    robot.tap("prp_tubes_labelled.yes")
    robot.tap("prp_drawn_at.now")
    robot.scan(cast.premedication["prp_kit"])
    robot.type("prp_kit_expires.text", cast.premedication["prp_kit_expires"])
    robot.scan(cast.premedication["anticoagulant_lot"])
    robot.type("anticoagulant_expires.text", cast.premedication["anticoagulant_expires"])
    robot.tap("close")


def show_vial(robot: Robot, cast: Cast) -> None:
    """The nurse scans the vial; the patient sees it and its sheet, and signs that they did."""
    robot.scan(cast.vial)
    robot.tap("opened.shipping_box")
    robot.tap("opened_by.physician")
    robot.tap("paper_kept.yes")
    to_patient(robot)
    patient_signs(robot, cast, "patient_saw.pad")
    to_staff(robot, cast.nurse, "nurse")
    robot.tap("close")
    robot.pin(cast.nurse.pin)


def countersign(robot: Robot, cast: Cast) -> None:
    """The physician signs under PIN and ink."""
    robot.role = "physician"
    if robot.sees("pin.1"):
        robot.pin(cast.physician.pin)
    robot.sign("physician_signature.pad", cast.physician_ink)
    robot.tap("sign")
    if robot.sees("pin.1"):
        robot.pin(cast.physician.pin)


def look_through(robot: Robot) -> None:
    """Whoever is there turns the pages of the sealed record."""
    robot.role, robot.part = "nurse", "record"
    robot.find("record.pages.next")
    for _ in range(MOST_PAGES):
        robot.look(robot.page(), robot.place())
        if not robot.sees("record.pages.next"):
            return
        robot.tap("record.pages.next")


def ordinary(stage: Stage) -> None:
    """The adult ordinary path, from the first touch to the sealed record."""
    robot, cast = stage.robot, stage.cast()
    open_visit(robot, cast)
    screen_health(robot)
    close_health(robot, cast)
    medicines(robot)
    robot.tap("paper_copy.handed")
    to_patient(robot)
    read_everything(robot)
    to_staff(robot, cast.nurse, "nurse")
    decide(robot, cast, "proceed")
    to_patient(robot)
    patient_signs(robot, cast, "patient_signature.pad")
    to_staff(robot, cast.nurse, "nurse")
    premedicate(robot, cast)
    show_vial(robot, cast)
    countersign(robot, cast)
    look_through(robot)


def stop(stage: Stage) -> None:
    """An organ transplant: the visit goes straight to the physician, who does not treat."""
    robot, cast = stage.robot, stage.cast()
    open_visit(robot, cast)
    screen_health(robot, yes="transplant")
    decide(robot, cast, "do_not_treat")
    countersign(robot, cast)
    look_through(robot)


STORIES: dict[str, Callable[[Stage], None]] = {"ordinary": ordinary, "stop": stop}
