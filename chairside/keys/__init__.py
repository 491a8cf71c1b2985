"""Keys and certificates: pure cryptography; the ledger only stores what is made here.

Time is always an argument. Chance comes from the operating system, nothing else does.
"""

from __future__ import annotations

from chairside.keys.certificates import (
    Holder,
    Root,
    Subject,
    fingerprint,
    found_root,
    holder,
    issued_by,
    load_root,
    revocation_list,
    seal_certificate,
    staff_certificate,
    tablet_certificate,
)
from chairside.keys.cost import CLINIC, DEMO, PIN, Cost
from chairside.keys.keyfile import (
    KeyFile,
    Opening,
    add_opener,
    new_key_file,
    open_with_passphrase,
    open_with_recovery,
    read_key_file,
    remove_opener,
    renew_recovery,
    write_key_file,
)
from chairside.keys.pins import PinLock, PinOwner, lock_key, open_lock, pin_trouble, wait_seconds
from chairside.keys.signing import PrivateKey, new_signing_key, sign, unwrap_key, verify, wrap_key
from chairside.keys.wrapping import derive, new_data_key

__all__ = [
    "CLINIC",
    "DEMO",
    "PIN",
    "Cost",
    "Holder",
    "KeyFile",
    "Opening",
    "PinLock",
    "PinOwner",
    "PrivateKey",
    "Root",
    "Subject",
    "add_opener",
    "derive",
    "fingerprint",
    "found_root",
    "holder",
    "issued_by",
    "load_root",
    "lock_key",
    "new_data_key",
    "new_key_file",
    "new_signing_key",
    "open_lock",
    "open_with_passphrase",
    "open_with_recovery",
    "pin_trouble",
    "read_key_file",
    "remove_opener",
    "renew_recovery",
    "revocation_list",
    "seal_certificate",
    "sign",
    "staff_certificate",
    "tablet_certificate",
    "unwrap_key",
    "verify",
    "wait_seconds",
    "wrap_key",
    "write_key_file",
]
