"""PINs: what is accepted, what a wrong one does, and how long it must wait."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chairside import keys
from chairside.errors import KeyRefused
from chairside.keys import DEMO, PIN, Cost, PinOwner, wrapping

OWNER = PinOwner("p1", DEMO, demo=True)
DATA_KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("pin", "trouble"),
    [
        ("280419", None),
        ("000001", None),
        ("135790135790", None),
        ("12345", "pin_short"),
        ("", "pin_not_digits"),
        ("12a456", "pin_not_digits"),
        ("１２３４５６", "pin_not_digits"),
        (" 280419", "pin_not_digits"),
        ("-280419", "pin_not_digits"),
        ("1357901357901", "pin_long"),
        ("111111", "pin_too_easy"),
        ("123456", "pin_too_easy"),
        ("654321", "pin_too_easy"),
        ("890123", "pin_too_easy"),
    ],
)
def test_a_pin_is_six_to_twelve_digits_and_no_run(pin: str, trouble: str | None) -> None:
    """Proves: T4."""
    assert keys.pin_trouble(pin) == trouble


def test_five_wrong_pins_are_free_then_the_wait_doubles() -> None:
    """Proves: T1: 30 s after the fifth, doubling, never beyond a day."""
    waits = [keys.wait_seconds(in_a_row) for in_a_row in range(10)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480]
    assert keys.wait_seconds(10_000) == 24 * 3600
    assert all(keys.wait_seconds(n) <= keys.wait_seconds(n + 1) for n in range(40))


def test_the_right_pin_returns_the_same_key() -> None:
    """What it signs verifies as before."""
    key = keys.new_signing_key()
    lock = keys.lock_key(key, "280419", DATA_KEY, OWNER)
    again = keys.open_lock(lock, "280419", DATA_KEY, demo=True)
    assert again.private_numbers() == key.private_numbers()


def test_a_wrong_pin_opens_nothing() -> None:
    """Proves: T4."""
    lock = keys.lock_key(keys.new_signing_key(), "280419", DATA_KEY, OWNER)
    with pytest.raises(KeyRefused, match="pin_wrong"):
        keys.open_lock(lock, "280418", DATA_KEY, demo=True)


def test_the_right_pin_without_the_store_opens_nothing() -> None:
    """Proves: T4: the data key is part of the wrapping key."""
    lock = keys.lock_key(keys.new_signing_key(), "280419", DATA_KEY, OWNER)
    with pytest.raises(KeyRefused, match="key_damaged"):
        keys.open_lock(lock, "280419", bytes(32), demo=True)


@pytest.mark.parametrize(
    "change",
    [{"person": "p2"}, {"cost": Cost("demo", 2, 1, 1)}, {"salt": b"1" * 16}, {"verifier": b"0" * 32}],
    ids=str,
)
def test_no_edit_of_a_lock_s_header_opens_it(change: dict[str, object]) -> None:
    """Proves: T4, T7: a lock moved to another person is not theirs."""
    lock = keys.lock_key(keys.new_signing_key(), "280419", DATA_KEY, OWNER)
    with pytest.raises(KeyRefused, match="pin_wrong"):
        keys.open_lock(replace(lock, **change), "280419", DATA_KEY, demo=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrapped", [b"", b"0" * 40])
def test_a_damaged_key_is_told_apart_from_a_wrong_pin(wrapped: bytes) -> None:
    """The person is not blamed for the disk."""
    lock = keys.lock_key(keys.new_signing_key(), "280419", DATA_KEY, OWNER)
    with pytest.raises(KeyRefused, match="key_damaged"):
        keys.open_lock(replace(lock, wrapped=wrapped), "280419", DATA_KEY, demo=True)


def test_a_new_pin_leaves_the_old_one_worthless() -> None:
    """Proves: T5: the same key under a new lock."""
    key = keys.new_signing_key()
    lock = keys.lock_key(key, "905172", DATA_KEY, OWNER)
    with pytest.raises(KeyRefused, match="pin_wrong"):
        keys.open_lock(lock, "280419", DATA_KEY, demo=True)
    assert keys.open_lock(lock, "905172", DATA_KEY, demo=True).private_numbers() == key.private_numbers()


def test_production_refuses_a_demo_lock_and_a_bad_pin() -> None:
    """Proves: T4."""
    key = keys.new_signing_key()
    lock = keys.lock_key(key, "280419", DATA_KEY, OWNER)
    with pytest.raises(KeyRefused, match="cost_too_low"):
        keys.open_lock(lock, "280419", DATA_KEY)
    with pytest.raises(KeyRefused, match="cost_too_low"):
        keys.lock_key(key, "280419", DATA_KEY, PinOwner("p1", DEMO))
    with pytest.raises(KeyRefused, match="pin_short"):
        keys.lock_key(key, "2804", DATA_KEY, OWNER)


def test_the_real_cost_of_a_pin_works() -> None:
    """One lock at production cost, made and opened."""
    key = keys.new_signing_key()
    lock = keys.lock_key(key, "280419", DATA_KEY, PinOwner("p1", PIN))
    assert keys.open_lock(lock, "280419", DATA_KEY).private_numbers() == key.private_numbers()


def test_a_wrapped_key_that_is_no_key_is_damaged() -> None:
    """Zero is not a secret number of the curve."""
    under = bytes(32)
    with pytest.raises(KeyRefused, match="key_damaged"):
        keys.unwrap_key(wrapping.wrap(under, bytes(32)), under)
