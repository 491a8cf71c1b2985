"""Which vial a code names, however it is written: scanned, typed, in brackets, in another symbology.

A raw text is no identity: "]C0=G1234...", "=G1234..." and "G1234 17 654321 A" stand on one label, and a
vial known by its text alone could be received, and used, once for each spelling. Only what a standard
makes unique to one container names one vial: a donation number with its product and division (or serial
number), a GTIN or HIBC product with a serial number. A donation number or a lot alone is shared by
several vials: it names one together with the number that is written on the vial, "#2"; without a number
it is the first. A label that no standard knows is itself, its letters' case and its blanks aside.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from chairside.domain.codes import gs1, parse
from chairside.domain.codes.reading import Parts, Reading

FIRST = "1"
_BLANKS = " \t\r\n"  # not the separator that begins a GS1 message
_NUMBERED = re.compile(r"(?P<label>.*\S)\s*#\s*(?=[0-9]{1,4}\Z)0*(?P<number>[1-9][0-9]*)", re.DOTALL)


class Identity(Struct, frozen=True):
    """The vial a code names.

    `label` is the same for every spelling of the label; `whole`: it names one vial alone. `family` is what
    a shorter reading of the same label says: the donation number without product, the lot without serial.
    """

    label: str
    number: str = FIRST
    whole: bool = False
    family: str = ""

    @property
    def key(self) -> str:
        """What one vial is known by: the same for every spelling of its code."""
        return self.label if self.number == FIRST else f"{self.label} #{self.number}"


class _Named(NamedTuple):
    """What a standard says: the label, whether it is one vial's, and what a shorter reading would say."""

    label: str
    whole: bool
    family: str


_NOTHING = _Named("", False, "")


def numbered(text: str, number: str) -> str:
    """Return the code of a vial whose label others carry too, with the number written on the vial."""
    return f"{split(text)[0]} #{number.strip().lstrip('0')}"


def split(text: str) -> tuple[str, str]:
    """Return a code's label and the vial's number behind it, or no number."""
    bare = text.strip(_BLANKS)
    found = _NUMBERED.fullmatch(bare)
    return (found["label"], found["number"]) if found else (bare, "")


def _isbt(parts: Parts) -> _Named:
    """Return what an ISBT 128 message says of its container; division 99 means nothing without a serial."""
    if "din" not in parts:
        return _NOTHING
    family = f"isbt:{parts['din']}"
    division = str(parts.get("division", ""))
    unit = parts.get("serial") or ("" if division.endswith("99") else division)
    if not unit:
        return _Named(family, False, family)
    return _Named(f"{family}:{parts.get('pdc', '')}:{unit}", True, family)


def _product(product: str, parts: Parts) -> _Named:
    """Return what a product code says of its container: a serial is one, a lot is shared."""
    lot, serial = parts.get("lot"), parts.get("serial")
    family = f"{product}:lot:{lot}" if lot else ""
    if serial:
        return _Named(f"{product}:serial:{serial}", True, family)
    return _Named(family, False, family)


def _standard(reading: Reading) -> _Named:
    """Return the identity a standard gives, or nothing where it gives none."""
    parts = reading.parts
    match reading.standard:
        case "isbt128" | "isbt128_udi" | "isbt128_keyed":
            return _isbt(parts)
        case "gs1" if "gtin" in parts:
            return _product(f"gs1:{parts['gtin']}", parts)
        case "hibc" if "pcn" in parts:
            return _product(f"hibc:{parts['lic']}{parts['pcn']}{parts['unit_of_measure']}", parts)
        case _:
            return _NOTHING


def _plain(text: str) -> str:
    """Return a private label without what a hand or a keyboard changes: case, width, blanks."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def read(label: str) -> Reading:
    """Return what a label says that came through a field: the blank that can end a HIBC code is put back."""
    reading = parse(label)
    if reading.standard == "hibc" and not reading.valid and parse(f"{label} ").valid:
        return parse(f"{label} ")
    return reading


def _named(reading: Reading) -> _Named:
    if reading.error == "not_gs1":  # a scanner that sends no prefix
        return _standard(Reading("gs1", reading.text, gs1.unproven(reading.text)))
    return _standard(reading) if reading.valid else _NOTHING


@lru_cache(maxsize=1024)
def identity(text: str) -> Identity:
    """Return which vial a code names; every text names some, so that none is lost."""
    label, number = split(text)
    reading = read(label)
    named = _named(reading)
    held = label if reading.error == "too_long" else reading.text  # a reading keeps no more than a beginning
    plain = named.label or _plain(held) or _plain(label)
    return Identity(plain, number or FIRST, named.whole, named.family or plain)


def same(first: str, second: str) -> bool:
    """Tell whether two codes name one vial."""
    return identity(first).key == identity(second).key
