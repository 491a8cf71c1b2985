"""Getting in again without the passphrase: the printed recovery key opens, and a new one is set."""

from __future__ import annotations

from pathlib import Path

from chairside import keys
from chairside.domain.book import Book
from chairside.errors import KeyRefused, NotAllowed
from chairside.ledger import load_key_file, store_key_file
from chairside.session.charter import passphrase_troubles
from chairside.session.clinic import Clinic, open_clinic
from chairside.session.clock import Clock


def recover(folder: Path, typed: str, new: tuple[str, str], forms: tuple[Book, Clock]) -> Clinic:
    """Open the store with the recovery key and give an opener (person, passphrase) a new passphrase.

    The key on paper stays valid. Raises: KeyRefused("recovery_key_mistyped" with the group |
    "recovery_key_wrong" | "opener_unknown"), NotAllowed("passphrase_short" | "passphrase_too_easy"),
    DiskRefused, and as `open_clinic`.
    """
    person, passphrase = new
    file = load_key_file(folder)
    data_key = keys.open_with_recovery(file, typed)
    own = next((each for each in file.openers if each.person == person), None)
    if own is None:
        raise KeyRefused("opener_unknown", person=person)
    for trouble in passphrase_troubles(passphrase):
        raise NotAllowed(trouble)
    demo = own.cost.profile == "demo"
    opening = keys.Opening(person, passphrase, keys.DEMO if demo else keys.CLINIC, demo)
    store_key_file(folder, keys.add_opener(file, data_key, opening))
    return open_clinic(folder, person, passphrase, *forms)
