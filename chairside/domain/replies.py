"""What a person answered: one closed union of frozen values, one per kind of item.

Unanswered is absence: no reply here means "not asked".
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias

from msgspec import Struct


class _Value(Struct, frozen=True, tag_field="as", forbid_unknown_fields=True):
    """A tagged value; the tag is the class name."""


class Chosen(_Value, frozen=True, tag=True):
    """One option of a Choice item."""

    option: str


class ChosenSeveral(_Value, frozen=True, tag=True):
    """Some of the options of a Several item, in the order the form has them."""

    options: tuple[str, ...]


class OnDate(_Value, frozen=True, tag=True):
    """A calendar day in the clinic's zone, the time of day not known."""

    day: date


class AtMoment(_Value, frozen=True, tag=True):
    """An instant; always aware, kept in UTC."""

    at: datetime


class Measured(_Value, frozen=True, tag=True):
    """A number with its unit; the number is decimal text because facts hold no floats."""

    value: str
    unit: str


class Coded(_Value, frozen=True, tag=True):
    """A code from a label, and how it got in."""

    text: str
    entered: Literal["scanned", "typed"]


class CodesRead(_Value, frozen=True, tag=True):
    """The codes of several labels, for an item that takes more than one."""

    codes: tuple[Coded, ...]


NO_CODES = CodesRead(())  # every label that was read was the wrong one


class Written(_Value, frozen=True, tag=True):
    """Free text."""

    text: str


class Pictured(_Value, frozen=True, tag=True):
    """An attached picture by its SHA-256 (hex)."""

    digest: str


class Initialled(_Value, frozen=True, tag=True):
    """The patient's tap on an initials row."""


class Never(_Value, frozen=True, tag=True):
    """This drug was never taken."""


class NotSure(_Value, frozen=True, tag=True):
    """The last dose is not known."""


LastDose: TypeAlias = Never | NotSure | OnDate | AtMoment


class Prescriber(Struct, frozen=True, forbid_unknown_fields=True):
    """Who prescribed a medicine, for the physician to call; `asked`: whether anybody did (None: not told)."""

    name: str = ""
    phone: str = ""
    asked: bool | None = None


NOBODY_NAMED = Prescriber()


class DrugTaken(Struct, frozen=True, forbid_unknown_fields=True):
    """One drug the patient names: when last, whether a doctor prescribed it (None: not asked), and who."""

    name: str
    last_dose: LastDose
    prescribed: bool | None = None
    prescriber: Prescriber = NOBODY_NAMED


class DrugsTaken(_Value, frozen=True, tag=True):
    """All drugs named; an empty tuple means asked, none."""

    rows: tuple[DrugTaken, ...]


class DoseGiven(_Value, frozen=True, tag=True):
    """A dose that was given; `form` is tablet, chewable, syrup."""

    at: datetime
    dose: str
    form: str


class DoseNotGiven(_Value, frozen=True, tag=True):
    """A dose that was not given, and why."""

    reason: str


TestResult: TypeAlias = Literal["nonreactive", "reactive", "indeterminate", "not_done", "not_required"]


class TestLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the donor's test sheet; blank is absence, never nonreactive."""

    __test__ = False  # not a pytest class

    test: str
    result: TestResult


class PanelRead(_Value, frozen=True, tag=True):
    """The donor's test sheet as read from paper."""

    rows: tuple[TestLine, ...]


Reply: TypeAlias = (
    Chosen
    | ChosenSeveral
    | OnDate
    | AtMoment
    | Measured
    | Coded
    | CodesRead
    | Written
    | Pictured
    | Initialled
    | DrugsTaken
    | DoseGiven
    | DoseNotGiven
    | PanelRead
)
