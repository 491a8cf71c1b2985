"""The printed recovery key: 160 random bits in eight groups, each with a check character.

Crockford's base 32 leaves out I, L, O and U, and reads them back as what they look like. The check
character is a weighted sum in GF(32), with the group's place in it: any one wrong character, any
two neighbours swapped and any two groups swapped name the group to look at again.
"""

from __future__ import annotations

from chairside.errors import KeyRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
DATA_IN_GROUP = 4
SECRET_BYTES = GROUPS * DATA_IN_GROUP * 5 // 8
_READ_AS = str.maketrans("OIL", "011", " -\t\n\r")


def printed(secret: bytes) -> str:
    """Return 20 secret bytes as they are printed: eight groups of five characters."""
    number = int.from_bytes(secret, "big")
    shifts = range((GROUPS * DATA_IN_GROUP - 1) * 5, -1, -5)
    values = [number >> shift & 31 for shift in shifts]
    rows = [values[at : at + DATA_IN_GROUP] for at in range(0, len(values), DATA_IN_GROUP)]
    return "-".join(_group(place, row) for place, row in enumerate(rows))


def read(text: str) -> bytes:
    """Return the 20 secret bytes behind a typed recovery key; case, spaces and dashes do not matter.

    Raises: KeyRefused("recovery_key_mistyped") with the first bad group, counted from 1.
    """
    letters = text.upper().translate(_READ_AS)
    if len(letters) != GROUPS * (DATA_IN_GROUP + 1):
        raise KeyRefused("recovery_key_mistyped", group=len(letters) // (DATA_IN_GROUP + 1) + 1)
    number = 0
    for place in range(GROUPS):
        for value in _values(place, letters[place * 5 : place * 5 + 5]):
            number = number << 5 | value
    return number.to_bytes(SECRET_BYTES, "big")


def _values(place: int, group: str) -> list[int]:
    values = [ALPHABET.find(letter) for letter in group]
    if -1 in values or _check(place, values[:-1]) != values[-1]:
        raise KeyRefused("recovery_key_mistyped", group=place + 1)
    return values[:-1]


def _group(place: int, values: list[int]) -> str:
    return "".join(ALPHABET[value] for value in (*values, _check(place, values)))


def _check(place: int, values: list[int]) -> int:
    total = place + 1
    for value in values:
        total = _double(total) ^ value
    return _double(total)


def _double(value: int) -> int:
    """Multiply by x in GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    return value << 1 ^ (0b100101 if value & 16 else 0)
