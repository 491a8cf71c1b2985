"""What a guess must cost: Argon2id parameters, and the floor below which nothing but a demo opens.

A PIN of six digits falls to any derivation in days, so its lock lives inside the encrypted store
only; the passphrase guards the store itself and costs more.
Source: RFC 9106; facts/security.md F20 (at least 64 MiB and 250 ms per guess).
"""

from __future__ import annotations

from typing import Literal

import msgspec
from argon2.low_level import Type, hash_secret_raw
from msgspec import Struct

from chairside.errors import KeyRefused

FLOOR_MIB = 64
FLOOR_PASSES = 3
SALT_BYTES = 16


class Cost(Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id parameters under a name; `demo` is the only name allowed below the floor."""

    profile: Literal["clinic", "pin", "demo"]
    memory_mib: int
    passes: int
    lanes: int


CLINIC = Cost("clinic", memory_mib=256, passes=3, lanes=2)
PIN = Cost("pin", memory_mib=128, passes=3, lanes=2)
DEMO = Cost("demo", memory_mib=1, passes=1, lanes=1)


def refuse_cheap(cost: Cost, *, demo: bool) -> None:
    """Refuse parameters below the floor, and the demo's own outside a demo.

    Raises: KeyRefused("cost_too_low").
    """
    cheap = cost.memory_mib < FLOOR_MIB or cost.passes < FLOOR_PASSES
    if not demo and (cheap or cost.profile == "demo"):
        raise KeyRefused("cost_too_low", memory_mib=cost.memory_mib, passes=cost.passes)


def header(person: str, cost: Cost, salt: bytes) -> bytes:
    """Return whose lock it is and what it costs, as bytes to bind into the key underneath."""
    return msgspec.json.encode({"cost": cost, "person": person, "salt": salt.hex()}, order="sorted")


def stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes that took the cost to make from a secret and a salt."""
    return hash_secret_raw(
        secret.encode(), salt, cost.passes, cost.memory_mib * 1024, cost.lanes, 32, Type.ID
    )
