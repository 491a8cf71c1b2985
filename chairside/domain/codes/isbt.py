"""ISBT 128: structures that begin with "=" or "&", alone or strung together, and identifiers typed by hand.

Source: ICCBBA ST-001 v6.2.2 and ST-017 v1.0.0 as read in facts/interop.md. The product description
database is not public: the structure of a product code is shown, never what it is said to describe.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from chairside.domain.codes.reading import Parts, Reading, Standard, Wrong, day_of_year

_CHARSET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_STRUCTURE = re.compile(r"[=&][^=&]*")
_DIN = re.compile(r"(?P<fin>[A-NP-Z1-9][A-Z0-9]{4})(?P<year>[0-9]{2})(?P<sequence>[0-9]{6})")
_KEYED = re.compile(r"([A-NP-Z1-9][A-Z0-9]{4})( ?)([0-9]{2})\2([0-9]{6})\2([0-9A-Z*])")
_BASIC_UDI = re.compile(r"([A-NP-Z1-9][A-Z0-9]{10}[A-Z][A-Z0-9]{4})([0-9]{2})")
_FLAG_CHECKS = tuple(str(60 + value) for value in range(37))  # type 3 flags carry the check: 60 + its value
_CATEGORIES = {"E": "blood", "S": "cellular therapy", "T": "tissue"}
_CENTURIES = {"0": 2000, "9": 1900}  # the usual convention; the standard only says "century"


def checksum(text: str) -> int:
    """Return ISO/IEC 7064 mod 37-2 of a text of 0-9, A-Z and *."""
    total = 0
    for character in text:
        total = (total + _CHARSET.index(character)) * 2 % 37
    return (1 - total) % 37


def check_character(din: str) -> str:
    """Return the character printed in the box behind a donation identification number."""
    return _CHARSET[checksum(din)]


def _din(content: str) -> Parts:
    found = _DIN.fullmatch(content[:13])
    flags = content[13:]
    if found is None or not re.fullmatch("[0-9A-Z]{2}", flags):
        lowered = content != content.upper()
        raise Wrong("bad_character", **({"hint": "caps lock or scanner case conversion"} if lowered else {}))
    din = found.group()
    parts: Parts = {"din": din, **found.groupdict(), "flags": flags, "check_char": check_character(din)}
    if flags not in _FLAG_CHECKS:
        return {**parts, "flag_type": "none" if flags == "00" else "other"}
    expected = _FLAG_CHECKS[checksum(din)]
    if flags != expected:
        raise Wrong("check_char_mismatch", expected=expected, flag_check_ok=False, flags=flags)
    return {**parts, "flag_type": "check", "flag_check_ok": True}


def _product(content: str) -> Parts:
    parts: Parts = {"pdc": content[:5]}
    if category := _CATEGORIES.get(content[0]):
        parts["category"] = category
    if content[0] == "T":
        parts["division"] = content[5:]
    else:
        parts |= {"collection_type": content[5], "division": content[6:]}
    return {**parts, "requires": "032"} if content.endswith("99") else parts


def _day(content: str) -> date:
    century = _CENTURIES.get(content[0])
    if century is None:
        raise Wrong("bad_date")
    return day_of_year(century + int(content[1:3]), int(content[3:6]))


def _expiry(content: str) -> Parts:
    return {"expiry": _day(content).isoformat()}


def _expiry_time(content: str) -> Parts:
    hour, minute = content[6:8], content[8:]
    if int(hour) > 23 or int(minute) > 59:
        raise Wrong("bad_time")
    return {"expiry": f"{_day(content).isoformat()}T{hour}:{minute}"}


def _produced(content: str) -> Parts:
    return {"produced": _day(content).isoformat()}


def _serial(content: str) -> Parts:
    return {"serial": content}


def _product_identifier(content: str) -> Parts:
    return {"fin_p": content[:5], "fpc": content[5:11], "pdc": content[11:], "udi_di": content}


def _lot(content: str) -> Parts:
    return {"lot_raw": content, "lot": content.lstrip("0") or "0"}


def _compound(content: str) -> Parts:
    return {"compound": {"declared": int(content[:2]), "message": content[2:]}}


def _blood_group(content: str) -> Parts:
    return {"blood_group": content}


_DIGITS, _CAPITALS = "[0-9]+", "[0-9A-Z]+"
# Identifier -> structure number, length of what follows, its characters, its meaning.
_KNOWN: dict[str, tuple[str, int, str, Callable[[str], Parts]]] = {
    "=%": ("002", 4, _CAPITALS, _blood_group),
    "=<": ("003", 8, _CAPITALS, _product),
    "=>": ("004", 6, _DIGITS, _expiry),
    "&>": ("005", 10, _DIGITS, _expiry_time),
    "=}": ("008", 6, _DIGITS, _produced),
    "=+": ("023", 5, _DIGITS, _compound),
    "=,": ("032", 6, _CAPITALS, _serial),
    "=/": ("034", 16, _CAPITALS, _product_identifier),
    "&,1": ("035", 18, _CAPITALS, _lot),
}


def _structure(segment: str) -> tuple[str, Parts]:
    """Return the structure's number and what it says; the identifier decides, before any value is used."""
    identifier = next((known for known in _KNOWN if segment.startswith(known)), "")
    if identifier:
        number, length, characters, meaning = _KNOWN[identifier]
    elif re.match("=[0-9A-Za-z]", segment):  # the second character is part of the number itself
        identifier, number, length, characters, meaning = "=", "001", 15, "[0-9A-Za-z]+", _din
    else:
        raise Wrong("unknown_structure", segment=segment[:3])
    content = segment[len(identifier) :]
    if len(content) != length:
        raise Wrong("bad_length", segment=number)
    if not re.fullmatch(characters, content):
        raise Wrong("bad_character", segment=number)
    try:
        return number, meaning(content)
    except Wrong as wrong:
        raise Wrong(wrong.error, **{"segment": number, **wrong.parts}) from wrong


def _message(text: str) -> tuple[list[str], Parts]:
    """Return the structures of a scan in their order, and all they say together."""
    numbers: list[str] = []
    told: Parts = {}
    for segment in _STRUCTURE.findall(text):
        number, parts = _structure(segment)
        if number in numbers:
            raise Wrong("repeated_structure", segment=number)
        numbers.append(number)
        told |= parts
    compound = told.get("compound")
    if isinstance(compound, dict) and compound["declared"] != len(numbers) - 1:
        raise Wrong("compound_count", declared=compound["declared"], found=len(numbers) - 1)
    return numbers, told


def scanned(text: str) -> Reading:
    """Return what a scan that begins with "=" or "&" says."""
    several = text.startswith(("=/", "=+")) and len(_STRUCTURE.findall(text)) > 1
    standard: Standard = "isbt128_udi" if several else "isbt128"
    try:
        numbers, told = _message(text)
    except Wrong as wrong:
        return Reading(standard, text, wrong.parts, wrong.error)
    which: Parts = {"ds": numbers[0]} if len(numbers) == 1 else {"segments": numbers}
    if told.get("requires") in numbers:
        del told["requires"]
    if "din" not in told:
        told["error_if_din_expected"] = "wrong_structure"
    return Reading(standard, text, {**which, **told})


def keyed(text: str) -> Reading | None:
    """Return an identifier typed by hand with its check, or None: then it is not known to be one.

    Without blanks in it only a right check tells a number from a private label of the same length.
    """
    if found := _KEYED.fullmatch(text.strip(" ")):
        fin, blank, year, sequence, typed = found.groups()
        din = fin + year + sequence
        expected = check_character(din)
        if typed == expected:
            return Reading("isbt128_keyed", text, {"din": din, "check_char": typed})
        if blank:
            return Reading("isbt128_keyed", text, {"din": din, "expected": expected}, "check_char_mismatch")
    if (basic := _BASIC_UDI.fullmatch(text)) and int(basic[2]) == checksum(basic[1]):
        parts: Parts = {"basic_udi_di": basic[1], "checksum": basic[2], "never_on_label": True}
        return Reading("isbt128_basic_udi", text, parts)
    return None
