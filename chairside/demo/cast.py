"""Who plays: the invented people of resources/demo and their invented ink."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chairside.demo.pen import Path as InkPath


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
    """Everybody on the stage, and what lies on the desk."""

    nurse: Player
    physician: Player
    patient: Patient
    vial: str
    premedication: dict[str, str]
    patient_ink: InkPath
    physician_ink: InkPath


def cast_of(told: dict[str, Any], story: str, folder: Path) -> Cast:
    """Return the cast of a story from resources/demo."""
    ink = json.loads((folder / "ink.json").read_text("utf-8"))
    staff = {each["role"]: Player(each["person"], each["pin"]) for each in reversed(told["staff"])}
    own = next(each for each in told["patient"] if each["story"] == story)
    return Cast(
        nurse=staff["nurse"],
        physician=staff["physician"],
        patient=Patient(**{name: own[name] for name in Patient.__dataclass_fields__}),
        vial=told["vial"]["code"],
        premedication=told["premedication"],
        patient_ink=ink["patient" if story == "ordinary" else "second_patient"],
        physician_ink=ink["physician"],
    )
