"""The colours of the record and the small sRGB profile (ICC version 2) that gives them meaning.

The profile is computed here from the public figures of IEC 61966-2-1, so no licence rides along;
version 2 because older checkers refuse version 4. Every number is an integer once rounded.
"""

from __future__ import annotations

from functools import cache
from struct import pack
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]


def _hex(value: str) -> Colour:
    return (int(value[1:3], 16) / 255, int(value[3:5], 16) / 255, int(value[5:7], 16) / 255)


INK = _hex("#14242B")
SECOND = _hex("#475962")
TEAL = _hex("#0B5B68")
PALE = _hex("#E2F0F2")
LINE = _hex("#D6DFE3")
PEN = _hex("#0A1F5C")
OK = _hex("#155C34")
WARN = _hex("#6B4000")
DANGER = _hex("#951D16")
WATERMARK = _hex("#F1F4F5")

# Source: ICC.1:2001-04 with the sRGB primaries adapted to D50 (Bradford). Units: s15Fixed16.
_WHITE_D50 = (0xF6D6, 0x10000, 0xD32D)
_RED, _GREEN, _BLUE = (0x6FA2, 0x38F5, 0x0390), (0x6299, 0xB785, 0x18DA), (0x24A0, 0x0F84, 0xB6CF)
_CURVE_POINTS = 1024


def _curve() -> bytes:
    points = []
    for step in range(_CURVE_POINTS):
        value = step / (_CURVE_POINTS - 1)
        linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        points.append(round(linear * 65535))
    return b"curv" + pack(">II", 0, _CURVE_POINTS) + pack(f">{_CURVE_POINTS}H", *points)


def _xyz(values: tuple[int, int, int]) -> bytes:
    return b"XYZ " + pack(">I3i", 0, *values)


def _description(text: bytes) -> bytes:
    plain = text + b"\0"
    return b"desc" + pack(">II", 0, len(plain)) + plain + bytes(4 + 4 + 2 + 1 + 67)


@cache
def profile() -> bytes:
    """Return the sRGB output profile (ICC 2.1, display, RGB to XYZ)."""
    curve = _curve()
    parts = [
        (b"desc", _description(b"sRGB (IEC 61966-2-1)")),
        (b"cprt", b"text" + bytes(4) + b"Public domain\0"),
        (b"wtpt", _xyz(_WHITE_D50)),
        (b"rXYZ", _xyz(_RED)),
        (b"gXYZ", _xyz(_GREEN)),
        (b"bXYZ", _xyz(_BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    table, data, placed = b"", b"", {}
    start = 128 + 4 + 12 * len(parts)
    for tag, body in parts:
        if body not in placed:
            placed[body] = (start + len(data), len(body))
            data += body + bytes(-len(body) % 4)
        table += tag + pack(">II", *placed[body])
    header = pack(">I", start + len(data)) + bytes(4) + pack(">I", 0x02100000) + b"mntrRGB XYZ "
    header += pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4)
    header += pack(">3I", *_WHITE_D50) + bytes(4 + 44)
    return header + pack(">I", len(parts)) + table + data
