"""PINs: what is accepted, how a PIN holds a signing key, and how long wrong ones must wait.

One derivation serves both ends: half of it is compared, so a wrong PIN is known as wrong, the other
half together with the store's data key unwraps the signing key. The lock alone, without the data
key, therefore opens nothing even with the right PIN.
"""

from __future__ import annotations

import hmac
import os

from msgspec import Struct
from msgspec.structs import replace

from chairside.errors import KeyRefused
from chairside.keys.cost import SALT_BYTES, Cost, header, refuse_cheap, stretch
from chairside.keys.signing import PrivateKey, unwrap_key, wrap_key
from chairside.keys.wrapping import derive

SHORTEST_PIN = 6
LONGEST_PIN = 12
FREE_TRIES = 5
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 24 * 3600
_RUNS = ("01234567890123456789", "98765432109876543210")


class PinLock(Struct, frozen=True, forbid_unknown_fields=True):
    """A person's signing key under a PIN, as the ledger keeps it inside the encrypted store."""

    person: str
    cost: Cost
    salt: bytes
    verifier: bytes
    wrapped: bytes


def pin_trouble(pin: str) -> str | None:
    """Return why a PIN is not accepted, or None: pin_not_digits, pin_short, pin_long, pin_too_easy."""
    if not (pin.isascii() and pin.isdigit()):
        return "pin_not_digits"
    if len(pin) < SHORTEST_PIN:
        return "pin_short"
    if len(pin) > LONGEST_PIN:
        return "pin_long"
    easy = len(set(pin)) == 1 or any(pin in run for run in _RUNS)
    return "pin_too_easy" if easy else None


def wait_seconds(in_a_row: int) -> int:
    """Return how long the next try must wait after so many wrong PINs in a row.

    Units: seconds; five tries are free, then 30 s, doubling, at most one day.
    """
    if in_a_row < FREE_TRIES:
        return 0
    doublings = min(in_a_row - FREE_TRIES, 12)
    return min(FIRST_WAIT_SECONDS << doublings, LONGEST_WAIT_SECONDS)


class PinOwner(Struct, frozen=True):
    """Whose PIN it is and what a guess costs; `demo` allows a cost below the floor."""

    person: str
    cost: Cost
    demo: bool = False


def lock_key(key: PrivateKey, pin: str, data_key: bytes, owner: PinOwner) -> PinLock:
    """Return the signing key locked by a PIN; a changed PIN is a new lock over the same key.

    Raises: KeyRefused with the code of `pin_trouble`, or "cost_too_low".
    """
    refuse_cheap(owner.cost, demo=owner.demo)
    if trouble := pin_trouble(pin):
        raise KeyRefused(trouble)
    empty = PinLock(owner.person, owner.cost, os.urandom(SALT_BYTES), b"", b"")
    stretched = stretch(pin, empty.salt, empty.cost)
    wrapped = wrap_key(key, _under(empty, stretched, data_key))
    return replace(empty, verifier=_verifier(empty, stretched), wrapped=wrapped)


def open_lock(lock: PinLock, pin: str, data_key: bytes, *, demo: bool = False) -> PrivateKey:
    """Return the signing key behind a PIN; whether a try is allowed at all is `wait_seconds`' answer.

    Raises: KeyRefused("pin_wrong" | "key_damaged" | "cost_too_low").
    """
    refuse_cheap(lock.cost, demo=demo)
    stretched = stretch(pin, lock.salt, lock.cost)
    if not hmac.compare_digest(_verifier(lock, stretched), lock.verifier):
        raise KeyRefused("pin_wrong", person=lock.person)
    return unwrap_key(lock.wrapped, _under(lock, stretched, data_key))


def _bound(lock: PinLock) -> bytes:
    return header(lock.person, lock.cost, lock.salt)


def _verifier(lock: PinLock, stretched: bytes) -> bytes:
    return derive(stretched, "chairside/pin-verifier/1", _bound(lock))


def _under(lock: PinLock, stretched: bytes, data_key: bytes) -> bytes:
    return derive(stretched + data_key, "chairside/pin-wrap/1", _bound(lock))
