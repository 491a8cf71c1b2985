"""GS1 element strings: only from a symbol that proves FNC1, or written out with brackets.

A parser of its own: the ground floor takes no library, and the known one lets a wrong check digit
pass in silence and takes a courier's digits for a GS1 message (facts/interop.md, section 2).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chairside.domain.codes.reading import Parts, Reading, Wrong, day, full_year, month_end

SYMBOLOGIES = {"]C1": "GS1-128", "]d2": "GS1 DataMatrix", "]Q3": "GS1 QR Code", "]e0": "GS1 DataBar"}
GROUP_SEPARATOR = "\x1d"
_BRACKETED = re.compile(r"\((\d{2,4})\)", re.ASCII)
_LONG_DIGITS = re.compile("[0-9]{16}")
_CHARACTERS = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")


class _Kind(NamedTuple):
    """What an application identifier's value looks like; `fixed` needs no separator behind it."""

    name: str
    most: int
    fixed: bool = False
    digits: bool = False


_DATES = {
    "11": "produced",
    "12": "due",
    "13": "packed",
    "15": "best_before",
    "16": "sell_by",
    "17": "expiry",
}
# Source: GS1 General Specifications, those that a medical label may carry; the others are refused by name.
_KNOWN: dict[str, _Kind] = {
    "00": _Kind("sscc", 18, fixed=True, digits=True),
    "01": _Kind("gtin", 14, fixed=True, digits=True),
    "02": _Kind("contained_gtin", 14, fixed=True, digits=True),
    **{ai: _Kind(name, 6, fixed=True, digits=True) for ai, name in _DATES.items()},
    "20": _Kind("variant", 2, fixed=True, digits=True),
    "10": _Kind("lot", 20),
    "21": _Kind("serial", 20),
    "22": _Kind("consumer_variant", 20),
    "30": _Kind("count", 8, digits=True),
    "37": _Kind("contained_count", 8, digits=True),
    "240": _Kind("additional_id", 30),
    "241": _Kind("customer_part", 30),
    "250": _Kind("second_serial", 30),
    "251": _Kind("source_reference", 30),
    **{f"71{n}": _Kind(f"national_number_{n}", 20) for n in range(7)},
    **{f"{n}": _Kind(f"internal_{n}", 90 if n > 90 else 30) for n in range(90, 100)},
}
_CHECKED = {"00": "sscc_check_digit", "01": "gtin_check_digit", "02": "gtin_check_digit"}


def check_digit(digits: str) -> str:
    """Return the mod-10 check digit of the digits before it."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def _known(ai: str) -> _Kind:
    if ai not in _KNOWN:
        raise Wrong("unknown_ai", ai=ai)
    return _KNOWN[ai]


def _date(value: str) -> str:
    year, month, day_of_month = full_year(value[:2]), int(value[2:4]), int(value[4:])
    found = day(year, month, day_of_month) if day_of_month else month_end(year, month)
    return found.isoformat()


def _value(ai: str, kind: _Kind, value: str) -> str:
    """Return one value as it is shown. Raises: Wrong."""
    if not value or len(value) > kind.most or (kind.fixed and len(value) != kind.most):
        raise Wrong("bad_length", ai=ai)
    if not _CHARACTERS.fullmatch(value) or (kind.digits and not value.isdecimal()):
        raise Wrong("bad_character", ai=ai)
    if ai in _CHECKED and value[-1] != (expected := check_digit(value[:-1])):
        raise Wrong(_CHECKED[ai], expected=expected, ai=ai)
    try:
        return _date(value) if ai in _DATES else value
    except Wrong as wrong:
        raise Wrong(wrong.error, ai=ai) from wrong


def _next(rest: str) -> tuple[str, str, str]:
    """Return the identifier, its value and what follows."""
    ai = rest[:3] if rest[:3] in _KNOWN else rest[:2]
    kind, after = _known(ai), rest[len(ai) :]
    if kind.fixed:
        return ai, after[: kind.most], after[kind.most :].removeprefix(GROUP_SEPARATOR)
    value, _, rest = after.partition(GROUP_SEPARATOR)
    return ai, value, rest


def _elements(text: str) -> list[tuple[str, str]]:
    found = []
    rest = text.removeprefix(GROUP_SEPARATOR)
    while rest:
        ai, value, rest = _next(rest)
        found.append((ai, value))
    return found


def _read(elements: list[tuple[str, str]]) -> Parts:
    parts: Parts = {}
    for ai, value in elements:
        kind = _known(ai)
        if kind.name in parts:
            raise Wrong("repeated_ai", ai=ai)
        parts[kind.name] = _value(ai, kind, value)
    return parts


def scanned(text: str, identifier: str) -> Reading:
    """Return what a symbol with FNC1 says; `identifier` is the AIM prefix that proves it."""
    symbology: Parts = {"symbology": SYMBOLOGIES[identifier]}
    try:
        return Reading("gs1", text, {**symbology, **_read(_elements(text))})
    except Wrong as wrong:
        return Reading("gs1", text, {**symbology, **wrong.parts}, wrong.error)


def is_bracketed(text: str) -> bool:
    """Tell whether the text is written as under a symbol: (01)...(17)..."""
    return _BRACKETED.match(text) is not None


def bracketed(text: str) -> Reading:
    """Return what the readable form says."""
    pieces = _BRACKETED.split(text)[1:]
    try:
        return Reading("gs1", text, _read(list(zip(pieces[::2], pieces[1::2], strict=True))))
    except Wrong as wrong:
        return Reading("gs1", text, wrong.parts, wrong.error)


def looks_like(text: str) -> bool:
    """Tell whether unproven digits would pass for a GS1 message: a courier's label does."""
    if not _LONG_DIGITS.match(text):
        return False
    try:
        _read(_elements(text))
    except Wrong as wrong:
        return "check_digit" in wrong.error
    return True


def unproven(text: str) -> Parts:
    """Return what a text without FNC1 would say were it GS1, or nothing: good to compare, never to show."""
    try:
        return _read(_elements(text))
    except Wrong:
        return {}
