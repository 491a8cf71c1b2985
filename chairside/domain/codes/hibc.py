"""HIBC: codes that begin with "+", the product first, lot and dates behind a "/", a check character last.

The check character can be a blank: nothing may be stripped before it is judged.
Source: ANSI/HIBC 2.6-2016 as read in facts/interop.md.
"""

from __future__ import annotations

import re
from datetime import date

from chairside.domain.codes.reading import Parts, Reading, Wrong, day, day_of_year, full_year, month_end

_CHARSET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
_PRIMARY = re.compile(r"(?P<lic>[A-Z][A-Z0-9]{3})(?P<pcn>[A-Z0-9]{1,18})(?P<unit_of_measure>[0-9])")
_FLAGGED = re.compile(r"(\$\$?)(\+?)(.*)")  # two: a date comes first; plus: a serial number, not a lot
_QUANTITY = {"8": 2, "9": 5}  # $$8 and $$9: digits of a quantity before the date
_DATE_LENGTH = {"2": 6, "3": 6, "4": 8, "5": 5, "6": 7}  # behind its own digit; 0 and 1 begin MMYY itself
_LONGEST_LOT = 18


def check_character(text: str) -> str:
    """Return the mod-43 character of a text of HIBC's characters, the leading "+" included."""
    return _CHARSET[sum(map(_CHARSET.index, text)) % 43]


def _digits(text: str, length: int) -> str:
    found = text[:length]
    if len(found) != length:
        raise Wrong("bad_length")
    if not found.isdecimal():
        raise Wrong("bad_character")
    return found


def _nth_day(digits: str) -> date:
    return day_of_year(full_year(digits[:2]), int(digits[2:5]))


def _date(form: str, digits: str) -> date:
    if form == "2":
        return day(full_year(digits[4:]), int(digits[:2]), int(digits[2:4]))
    if form in ("3", "4"):
        return day(full_year(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    return _nth_day(digits)


def _dated(text: str) -> tuple[Parts, str]:
    """Return the date in front of a lot, in one of its seven forms, and what follows."""
    form = text[:1]
    if form == "7":
        return {}, text[1:]
    if form in _DATE_LENGTH:
        digits = _digits(text[1:], _DATE_LENGTH[form])
        if form in ("4", "6") and int(digits[-2:]) > 23:
            raise Wrong("bad_time")
        return {"expiry": _date(form, digits).isoformat()}, text[1 + len(digits) :]
    month = _digits(text, 4)
    return {"expiry": month_end(full_year(month[2:]), int(month[:2])).isoformat()}, text[4:]


def _identity(name: str, text: str) -> Parts:
    if len(text) > _LONGEST_LOT:
        raise Wrong("bad_length")
    return {name: text} if text else {}


def _lot(text: str) -> Parts:
    """Return what a segment says that begins with "$", or with a date and nothing before it."""
    flagged = _FLAGGED.fullmatch(text)
    if flagged is None:  # the oldest form: YYJJJ and the lot
        digits = _digits(text, 5)
        return {"expiry": _nth_day(digits).isoformat(), **_identity("lot", text[5:])}
    dollars, plus, rest = flagged.groups()
    name = "serial" if plus else "lot"
    if dollars == "$":
        return _identity(name, rest)
    parts: Parts = {}
    if rest[:1] in _QUANTITY:
        parts["quantity"] = _digits(rest[1:], _QUANTITY[rest[0]])
        rest = rest[1 + _QUANTITY[rest[0]] :]
    dated, rest = _dated(rest)
    return {**parts, **dated, **_identity(name, rest)}


def _supplement(text: str) -> Parts:
    """Return what a later segment says: a serial, a quantity or a date behind its identifier."""
    if text.startswith(("14D", "16D")):
        digits = _digits(text[3:], 8)
        if len(text) != 11:
            raise Wrong("bad_length")
        found = day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return {"expiry" if text.startswith("14") else "produced": found.isoformat()}
    if text.startswith("S"):
        return _identity("serial", text[1:])
    if text.startswith("Q"):
        return {"quantity": _digits(text[1:], max(len(text) - 1, 1))}
    raise Wrong("unknown_segment", segment=text[:3])


def _segment(text: str) -> Parts:
    oldest = text[:1].isdecimal() and text[2:3] != "D"  # YYJJJ and a lot, not 14D or 16D
    return _lot(text) if text.startswith("$") or oldest else _supplement(text)


def _parts(data: str) -> Parts:
    """Return what stands between "+" and the check character. Raises: Wrong."""
    if data.startswith("$") or data[:1].isdecimal():
        return {"secondary": True, **_lot(data[:-1]), "link": data[-1:]}
    first, *rest = data.split("/")
    found = _PRIMARY.fullmatch(first)
    if found is None:
        raise Wrong("bad_length" if len(first) not in range(6, 24) else "bad_character")
    parts: Parts = {**found.groupdict()}
    for segment in rest:
        told = _segment(segment)
        # An expiry may stand in two places; a second value of one name would hide the first.
        if any(parts.get(name, value) != value for name, value in told.items()):
            raise Wrong("repeated_segment", segment=segment[:3])
        parts |= told
    return parts


def scanned(text: str) -> Reading:
    """Return what a code that begins with "+" says."""
    try:
        if set(text).difference(_CHARSET):
            foreign = set(text.upper()).difference(_CHARSET)
            hint: Parts = {} if foreign else {"hint": "caps lock or scanner case conversion"}
            raise Wrong("bad_character", **hint)
        if len(text) < 4:
            raise Wrong("bad_length")
        if text[-1] != (expected := check_character(text[:-1])):
            raise Wrong("check_char_mismatch", expected=expected)
        return Reading("hibc", text, {**_parts(text[1:-1]), "check": text[-1]})
    except Wrong as wrong:
        return Reading("hibc", text, wrong.parts, wrong.error)


def looks_like(text: str) -> bool:
    """Tell whether a scanner read "+A..." as extended Code 39, which makes "a..." of it."""
    if not re.match("[a-z][A-Z0-9]", text):
        return False
    plain = "+" + text[0].upper() + text[1:]
    return not set(plain).difference(_CHARSET) and plain[-1] == check_character(plain[:-1])
