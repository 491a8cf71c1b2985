"""What takes two persons or a PIN: a sealed file that says it was done without is altered (T6, T16)."""

from __future__ import annotations

import pytest

from chairside.domain.facts import (
    Concluded,
    Fact,
    PaperAttested,
    SheetChecked,
    SheetEntered,
    SignedOnPaper,
    VialChecked,
    VialFreed,
    VisitOpened,
)
from tests.record.sealed_files import NOW, VISIT, Story, clinic, content, resealed
from tests.record.test_check_inside import _judged

SHEET, PAPER = (
    SheetEntered("Invented Supplier", "D-1", ""),
    SignedOnPaper("sign.pad", "patient", "A", "m", ()),
)
Said = tuple[str, Fact, bool]
PAIRS: dict[str, tuple[tuple[Said, ...], str]] = {
    "a vial checked without a PIN": ((("n1", VialChecked("n1"), False),), "act_not_signed"),
    "a sheet checked without a PIN": ((("n1", SheetChecked("n1"), False),), "act_not_signed"),
    "a vial freed without a PIN": ((("n1", VialFreed(VISIT, "gone home"), False),), "act_not_signed"),
    "a check in another's name": ((("n1", VialChecked("p1"), True),), "checked_alone"),
    "a sheet checked by who wrote it": (
        (("n1", SHEET, False), ("n1", SheetChecked("n1"), True)),
        "checked_alone",
    ),
    "paper attested by who took it": (
        (("n1", PAPER, True), ("n1", PaperAttested("sign.pad"), True)),
        "attested_alone",
    ),
    "two persons": ((("n1", SHEET, False), ("p1", SheetChecked("p1"), True)), ""),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_takes_two_persons_or_a_pin_is_altered_without(name: str) -> None:
    said, code = PAIRS[name]
    told = Story(clinic())
    told.tell("n1", VisitOpened("pa1", 1, NOW, ("name", "born"), {}, "0" * 64))
    for person, fact, signed in said:
        told.tell(person, fact, signed=signed)
    told.tell("n1", Concluded("countersigned"))
    assert _judged(resealed(lambda _: content(clinic(), told=told))).failed == code
