"""What one person does in a visit: who taps what, in order.

The demo's words and ids come from the sample forms; a renamed item breaks the play here, not a visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chairside.demo.cast import Cast, Player
    from chairside.demo.robot import Robot

HEALTH = (
    "transplant", "immunocompromised", "flu_like_symptoms", "pregnant_or_trying",
    "cancer_within_5_years", "food_or_drug_allergy", "glycerol_sensitivity",
)  # fmt: skip
ABSOLUTE = HEALTH[:4]
ON_PAGE = (
    "initial_not_fda_approved.initial", "initial_risks.initial",
    "ask_approval.not_approved", "ask_donor.donor_and_mine", "ask_call.call_now",
    "ask_refuse.may_stop", "ask_nsaid.three_weeks",
)  # fmt: skip
MOST_PAGES = 60
NOW = ("injection.now",)
ALONE = "nobody"


# -- the door -----------------------------------------------------------------------------------
def sign_in(robot: Robot, player: Player) -> None:
    """Somebody of the staff picks their tile and enters their PIN."""
    robot.tap(f"staff.{player.person}")
    robot.pin(player.pin)


def to_patient(robot: Robot) -> None:
    """Staff hand the tablet over; the patient says who they are."""
    robot.tap("hand_over.given")
    robot.role = "patient"
    robot.tap("who_are_you.yes")


def to_staff(robot: Robot, player: Player, role: str = "nurse") -> None:
    """The patient hands the tablet back; staff take it with their PIN."""
    robot.role = role
    robot.tap("hand_back.staff")
    give_pin(robot, player)


def give_pin(robot: Robot, player: Player) -> None:
    """Somebody enters their PIN, after their tile where several people may."""
    if robot.sees(f"staff.{player.person}"):
        robot.tap(f"staff.{player.person}")
    robot.pin(player.pin)


def to_board(robot: Robot) -> None:
    """Staff leave the visit where it stands."""
    robot.tap("header.visit")
    robot.tap("more.board")


def resume(robot: Robot, name: str) -> None:
    """Staff go on with somebody's visit from the board."""
    robot.tap(robot.named("resume.", name))


# -- opening ------------------------------------------------------------------------------------
def pick_date(robot: Robot, name: str, day: date) -> None:
    """Pick a day long ago on the tiles: day, month, then the year digit by digit."""
    robot.tap(f"{name}.day")
    robot.tap(f"{name}.day.{day.day}")
    robot.tap(f"{name}.month.{day.month}")
    for digit in str(day.year):
        robot.tap(f"{name}.digit.{digit}")


def open_visit(robot: Robot, cast: Cast, planned: tuple[str, ...] = NOW, present: str = ALONE) -> None:
    """The nurse signs in and opens a visit for a new patient; `present` is who else is in the room."""
    robot.role, robot.part = "nurse", "day"
    sign_in(robot, cast.nurse)
    open_another(robot, cast, planned, present)


def open_another(robot: Robot, cast: Cast, planned: tuple[str, ...] = NOW, present: str = ALONE) -> None:
    """The nurse opens a visit for a new patient; `planned` are the taps that say when."""
    robot.part = "open"
    robot.tap("new")
    patient = cast.patient
    robot.type("open.name", patient.name)
    pick_date(robot, "born", patient.born)
    robot.type("open.phone", patient.phone)
    robot.type("open.address", patient.address)
    robot.tap(f"letters_by.{patient.letters_by}")
    robot.tap(f"letters_language.{patient.letters_language}")
    _about_the_visit(robot, planned, present)


def open_for_known(robot: Robot, cast: Cast) -> None:
    """The nurse opens a visit for a patient on file, found while typing."""
    robot.part = "open"
    robot.tap("new")
    robot.type("open.name", cast.patient.name[:5])
    robot.tap(robot.named("find.", cast.patient.name))
    _about_the_visit(robot, NOW, ALONE)


def _about_the_visit(robot: Robot, planned: tuple[str, ...], present: str) -> None:
    robot.tap("identifier.name")
    robot.tap("identifier.born")
    for name in planned:
        robot.tap(name)
    robot.tap("area.scalp")
    robot.tap("indication.androgenetic")
    robot.tap("preferred_strength.5")
    robot.tap(f"others_present.{present}")
    robot.tap("open")


# -- before the decision ------------------------------------------------------------------------
def ask_health(robot: Robot, answers: Mapping[str, str] | None = None) -> None:
    """The nurse asks the health check; where an absolute item is not a no, it ends there."""
    robot.part = "visit"
    told = answers or {}
    for item in HEALTH:
        while not robot.sees(f"{item}.no"):
            robot.tap("continue")
        answer = told.get(item, "no")
        robot.tap(f"{item}.{answer}")
        if item in ABSOLUTE and answer != "no":
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


def prepare(robot: Robot, cast: Cast, answers: Mapping[str, str] | None = None) -> None:
    """The nurse asks everything and hands the paper copy, up to the hand-over."""
    ask_health(robot, answers)
    close_health(robot, cast)
    medicines(robot)
    robot.tap("paper_copy.handed")


def read_pages(robot: Robot, most: int = MOST_PAGES) -> None:
    """The patient reads page after page, initials, answers the questions back; at most so many taps."""
    asked = list(ON_PAGE)
    for _ in range(most):
        if robot.sees("hand_back.staff"):
            return
        name = next((each for each in asked if robot.sees(each)), "")
        if name:
            asked.remove(name)
        robot.tap(name or ("more" if robot.sees("more") else "continue"))


def read_everything(robot: Robot) -> None:
    """The patient reads all of it."""
    read_pages(robot)


# -- the physician ------------------------------------------------------------------------------
def open_decision(robot: Robot, cast: Cast) -> None:
    """The physician opens the page with the PIN and says how it was discussed."""
    robot.role = "physician"
    robot.pin(cast.physician.pin)
    robot.tap("discussed.in_person")


def order(robot: Robot, strength: str = "5", premedication: str = "loratadine") -> None:
    """The physician orders, and lets the visit go on."""
    robot.tap(f"strength.{strength}")
    if premedication:
        robot.tap(f"premedication.{premedication}")
    robot.tap("proceed")


def decline(robot: Robot, ruling: str, reason: str) -> None:
    """The physician defers, or does not treat, and says why."""
    robot.type("reason.text", reason)
    robot.tap(ruling)


def countersign(robot: Robot, cast: Cast) -> None:
    """The physician signs under PIN and ink."""
    robot.role = "physician"
    if robot.sees("pin.1"):
        robot.pin(cast.physician.pin)
    robot.sign("physician_signature.pad", cast.physician_ink)
    robot.tap("sign")
    if robot.sees("pin.1"):
        robot.pin(cast.physician.pin)


# -- after the decision -------------------------------------------------------------------------
def patient_signs(robot: Robot, cast: Cast, pad: str) -> None:
    """The patient checks the page, signs on the line, and says so."""
    while robot.sees("continue") or robot.sees("more"):
        robot.tap("more" if robot.sees("more") else "continue")
    robot.sign(pad, cast.patient_ink)
    robot.tap("sign")


def premedicate(robot: Robot, cast: Cast) -> None:
    """The nurse gives loratadine and draws the blood."""
    robot.tap("loratadine_allergy.no")
    robot.tap("antihistamine_today.no")
    robot.tap("loratadine.10_mg_tablet")
    draw_blood(robot, cast)


def draw_blood(robot: Robot, cast: Cast) -> None:
    """The nurse draws the blood and scans the kit."""
    robot.tap("prp_tubes_labelled.yes")
    robot.tap("prp_drawn_at.now")
    robot.scan(cast.premedication["prp_kit"])
    robot.type("prp_kit_expires.text", cast.premedication["prp_kit_expires"])
    robot.scan(cast.premedication["anticoagulant_lot"])
    robot.type("anticoagulant_expires.text", cast.premedication["anticoagulant_expires"])
    robot.tap("close")


def say_opened(robot: Robot) -> None:
    """The nurse says what the patient saw opened, by whom, and where the paper is."""
    robot.tap("opened.shipping_box")
    robot.tap("opened_by.physician")
    robot.tap("paper_kept.yes")


def patient_sees_vial(robot: Robot, cast: Cast) -> None:
    """The patient sees the vial and its sheet, and signs that they did; the nurse closes the step."""
    to_patient(robot)
    patient_signs(robot, cast, "patient_saw.pad")
    to_staff(robot, cast.nurse)
    robot.tap("close")
    robot.pin(cast.nurse.pin)


def show_vial(robot: Robot, cast: Cast, *scanned: str) -> None:
    """The nurse scans the vial, or several; the patient sees it and its sheet."""
    for code in scanned or (cast.vial,):
        robot.scan(code)
    say_opened(robot)
    patient_sees_vial(robot, cast)


def look_through(robot: Robot) -> None:
    """Whoever is there turns the pages of the sealed record."""
    robot.role, robot.part = "nurse", "record"
    robot.find("record.pages.next")
    for _ in range(MOST_PAGES):
        robot.look_on()
        if not robot.sees("record.pages.next"):
            return
        robot.tap("record.pages.next")


def see_sealed(robot: Robot) -> None:
    """Whoever is there waits for the sealed record."""
    robot.role, robot.part = "nurse", "record"
    robot.find("record.pages.next")
    robot.look_on()
