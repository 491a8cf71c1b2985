"""Stage 2, two persons: who checked a vial or a sheet, or attested a paper, was not who wrote it."""

from __future__ import annotations

from chairside.domain.facts import (
    Answered,
    PaperAttested,
    SheetChecked,
    SheetEntered,
    SignedOnPaper,
    Stamped,
    VialChecked,
    VialReceived,
)
from chairside.record.check_world import Refused


def demand_second_person(facts: tuple[Stamped, ...]) -> None:
    """Refuse a check in another's name or by who wrote, and paper attested alone. Raises: Refused."""
    wrote: dict[str, set[str]] = {}
    signed: dict[str, str] = {}
    for stamped in facts:
        stream, person = stamped.stamp.stream, stamped.stamp.person
        match stamped.fact:
            case Answered() | VialReceived() | SheetEntered():
                wrote.setdefault(stream, set()).add(person)
            case VialChecked(named) | SheetChecked(named) if named != person or person in wrote.get(
                stream, ()
            ):
                raise Refused("checked_alone")
            case SignedOnPaper(pad):
                signed[pad] = person
            case PaperAttested(pad) if signed.get(pad, person) == person:
                raise Refused("attested_alone")
            case _:
                pass
