"""What is done at the desk with vials: expected, copied from paper, received, compared, accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chairside.demo.acts import give_pin

if TYPE_CHECKING:
    from chairside.demo.cast import Cast, Player
    from chairside.demo.robot import Robot

SHIPMENT = (
    "box_intact", "dry_ice_left", "frozen_solid", "seal_intact", "label_matches_paper", "in_date",
)  # fmt: skip
TESTS = (
    "hiv_antibody", "hiv_nat", "hbsag", "hbc_total", "hbv_nat", "hcv_antibody", "hcv_nat", "syphilis",
    "htlv", "cmv", "wnv_nat",
)  # fmt: skip

SHEET_SAYS = {
    "leukocyte_rich": "yes",
    "recovered_in": "us",
    "laboratory_certified": "clia",
    "cryoprotectant": "glycerol",
}


def to_vials(robot: Robot) -> None:
    """Somebody opens the vials from the board."""
    robot.part = "vials"
    robot.tap("vials")


def add_supplier(robot: Robot, cast: Cast) -> None:
    """Somebody writes down who sends vials, from the page that asks for it."""
    told = cast.supplier
    robot.type("supplier.name", told["name"])
    robot.type("supplier.address", told["address"])
    robot.type("supplier.phone", told["phone"])
    robot.tap("supplier.limit.minutes")
    robot.type("supplier.minutes", str(told["thaw_limit_minutes"]))
    robot.tap("supplier.move.yes")
    robot.tap("supplier.save")


def expect_vial(robot: Robot, cast: Cast, hour: str, patient: str) -> None:
    """Somebody says that a vial is due today, at that hour, for this patient; a first supplier is added."""
    robot.tap("vials.expect")
    robot.tap("expect.new_supplier")
    add_supplier(robot, cast)
    robot.tap(f"expect.supplier.{cast.supplier['name']}")
    robot.tap("expect.strength.5")
    robot.tap("expect.day.today")
    robot.tap(f"expect.hour.{hour}")
    robot.tap(robot.named("expect.visit.", patient))
    robot.tap("expect.save")


def receive_vial(robot: Robot, cast: Cast, results: Mapping[str, str] | None = None) -> None:
    """Somebody enters the vial in hand and copies its sheet; `results` differ from nonreactive."""
    courier = cast.courier
    robot.scan(courier["code"])
    robot.tap(f"receive.supplier.{cast.supplier['name']}")
    robot.type("receive.product", cast.label["product"])
    robot.type("receive.lot", courier["lot"])
    robot.type("receive.expires", courier["expires"])
    robot.tap("receive.vial_strength.5")
    robot.tap("receive.product_type.cord_tissue")
    robot.tap("receive.label_warning.none")
    for item in SHIPMENT:
        robot.tap(f"receive.{item}.yes")
    robot.tap("receive.new_sheet")
    copy_sheet(robot, cast, results or {})
    robot.tap(robot.named("receive.sheet.", courier["donor"]))
    robot.tap("receive.save")


def copy_sheet(robot: Robot, cast: Cast, results: Mapping[str, str]) -> None:
    """Somebody copies the donor's sheet line by line."""
    if robot.sees(f"sheet.supplier.{cast.supplier['name']}"):
        robot.tap(f"sheet.supplier.{cast.supplier['name']}")
    robot.type("sheet.donor", cast.courier["donor"])
    robot.type("sheet.lot", cast.courier["lot"])
    robot.tap("sheet.donor_eligible.eligible")
    for item, option in SHEET_SAYS.items():
        robot.tap(f"sheet.{item}.{option}")
    for test in TESTS:
        robot.tap(f"sheet.donor_tests.{test}.{results.get(test, 'nonreactive')}")
    robot.tap("sheet.sterility.no_growth")
    robot.tap("sheet.save")


def compare(robot: Robot, player: Player) -> None:
    """A second person compares label, shipment and sheet with the paper, and says so with a PIN."""
    robot.tap("vial.check")
    for part in ("label", "shipment", "sheet"):
        if robot.sees(f"check.{part}"):
            robot.tap(f"check.{part}")
    robot.tap("check.prove")
    give_pin(robot, player)
