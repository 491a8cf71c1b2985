"""The key file: one data key, wrapped once per opener and once by the printed recovery key.

It lies beside the encrypted store, in the open. Argon2id slows a guess; AES key wrap tells right
from wrong. Person, salt and cost are bound into each wrapping key, so a lowered cost in the file
opens nothing, and a cost below the floor is refused before it is tried.
"""

from __future__ import annotations

import os
import unicodedata
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chairside.errors import KeyRefused
from chairside.keys.cost import SALT_BYTES, Cost, header, refuse_cheap, stretch
from chairside.keys.recovery import SECRET_BYTES, printed, read
from chairside.keys.wrapping import derive, new_data_key, unwrap, wrap

SHORTEST_PASSPHRASE = 12


class Opener(Struct, frozen=True, forbid_unknown_fields=True):
    """A person whose passphrase opens the store."""

    person: str
    cost: Cost
    salt: bytes
    wrapped: bytes


class KeyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything wrapped; none of it secret on its own."""

    schema: Literal[1]
    openers: tuple[Opener, ...]
    recovery: bytes


def new_key_file(
    person: str, passphrase: str, cost: Cost, *, demo: bool = False
) -> tuple[KeyFile, bytes, str]:
    """Return a key file with one opener, the new data key, and the recovery key to print.

    Raises: KeyRefused("passphrase_short" | "cost_too_low").
    """
    data_key = new_data_key()
    empty = KeyFile(schema=1, openers=(), recovery=b"")
    file, recovery_key = renew_recovery(empty, data_key)
    return add_opener(file, data_key, Opening(person, passphrase, cost, demo)), data_key, recovery_key


class Opening(Struct, frozen=True):
    """Who shall open the store, with what; `demo` allows a cost below the floor."""

    person: str
    passphrase: str
    cost: Cost
    demo: bool = False


def add_opener(file: KeyFile, data_key: bytes, opening: Opening) -> KeyFile:
    """Return the key file with this person as an opener; an earlier passphrase of theirs is gone.

    Raises: KeyRefused("passphrase_short" | "cost_too_low").
    """
    refuse_cheap(opening.cost, demo=opening.demo)
    if len(_typed(opening.passphrase)) < SHORTEST_PASSPHRASE:
        raise KeyRefused("passphrase_short", least=SHORTEST_PASSPHRASE)
    unwrapped = Opener(opening.person, opening.cost, os.urandom(SALT_BYTES), b"")
    own = replace(unwrapped, wrapped=wrap(_opener_key(unwrapped, opening.passphrase), data_key))
    others = tuple(each for each in file.openers if each.person != opening.person)
    return replace(file, openers=(*others, own))


def remove_opener(file: KeyFile, person: str) -> KeyFile:
    """Return the key file without this person.

    Raises: KeyRefused("last_opener") where nobody would be left.
    """
    others = tuple(each for each in file.openers if each.person != person)
    if not others:
        raise KeyRefused("last_opener", person=person)
    return replace(file, openers=others)


def renew_recovery(file: KeyFile, data_key: bytes) -> tuple[KeyFile, str]:
    """Return the key file under a new recovery key, and that key to print; the old sheet opens nothing."""
    secret = os.urandom(SECRET_BYTES)
    return replace(file, recovery=wrap(_recovery_key(secret), data_key)), printed(secret)


def open_with_passphrase(file: KeyFile, person: str, passphrase: str, *, demo: bool = False) -> bytes:
    """Return the data key.

    Raises: KeyRefused("passphrase_wrong" | "not_an_opener" | "cost_too_low").
    """
    for opener in file.openers:
        if opener.person == person:
            refuse_cheap(opener.cost, demo=demo)
            return unwrap(_opener_key(opener, passphrase), opener.wrapped, "passphrase_wrong")
    raise KeyRefused("not_an_opener", person=person)


def open_with_recovery(file: KeyFile, typed: str) -> bytes:
    """Return the data key.

    Raises: KeyRefused("recovery_key_mistyped" with the group | "recovery_key_wrong").
    """
    return unwrap(_recovery_key(read(typed)), file.recovery, "recovery_key_wrong")


def write_key_file(file: KeyFile) -> bytes:
    """Return the key file as the bytes that are stored."""
    return msgspec.json.format(msgspec.json.encode(file, order="sorted"), indent=1)


def read_key_file(data: bytes) -> KeyFile:
    """Return the key file in stored bytes.

    Raises: KeyRefused("key_file_unreadable").
    """
    try:
        return msgspec.json.decode(data, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise KeyRefused("key_file_unreadable") from None


def _opener_key(opener: Opener, passphrase: str) -> bytes:
    bound = header(opener.person, opener.cost, opener.salt)
    stretched = stretch(_typed(passphrase), opener.salt, opener.cost)
    return derive(stretched, "chairside/opener/1", bound)


def _recovery_key(secret: bytes) -> bytes:
    return derive(secret, "chairside/recovery/1")


def _typed(passphrase: str) -> str:
    """Keyboards differ in how they compose letters and spaces; NFKC makes them the same."""
    return unicodedata.normalize("NFKC", passphrase)
