"""Who plays: the invented people of resources/demo and their invented ink."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chairside.demo.pen import Path as InkPath

INK_OF = {"ordinary": "patient"}
OTHER_INK = "second_patient"


@dataclass(frozen=True)
class Player:
    """A staff member of the demo."""

    person: str
    pin: str


@dataclass(frozen=True)
class Patient:
    """What the nurse enters for the patient of a story."""

    name: str
    born: date
    phone: str
    address: str
    letters_by: str
    letters_language: str


@dataclass(frozen=True)
class Cast:
    """Everybody on the stage, and what lies on the desk; `courier` is what comes while the play goes on."""

    nurse: Player
    second_nurse: Player
    physician: Player
    patient: Patient
    vials: tuple[str, ...]
    label: dict[str, str]
    supplier: dict[str, Any]
    courier: dict[str, str]
    premedication: dict[str, str]
    patient_ink: InkPath
    physician_ink: InkPath
    nurse_ink: InkPath

    @property
    def vial(self) -> str:
        """The first vial on the desk."""
        return self.vials[0]


def codes(first: str, count: int) -> tuple[str, ...]:
    """Return so many codes of the demo's row, from the first."""
    name, _, number = first.rpartition("-")
    return tuple(f"{name}-{int(number) + more:0{len(number)}}" for more in range(count))


def cast_of(told: dict[str, Any], story: str, folder: Path) -> Cast:
    """Return the cast of a story from resources/demo."""
    ink = json.loads((folder / "ink.json").read_text("utf-8"))
    nurse, second = (Player(each["person"], each["pin"]) for each in told["staff"] if each["role"] == "nurse")
    physician = next(each for each in told["staff"] if each["role"] == "physician")
    own = next(each for each in told["patient"] if each["story"] == story)
    return Cast(
        nurse=nurse,
        second_nurse=second,
        physician=Player(physician["person"], physician["pin"]),
        patient=Patient(**{name: own[name] for name in Patient.__dataclass_fields__}),
        vials=codes(told["vial"]["code"], 3),
        label={key: told["vial"][key] for key in ("supplier", "product", "lot")},
        supplier=told["supplier"],
        courier=told["courier"],
        premedication=told["premedication"],
        patient_ink=ink[INK_OF.get(story, OTHER_INK)],
        physician_ink=ink["physician"],
        nurse_ink=ink["nurse"],
    )
