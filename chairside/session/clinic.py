"""The clinic itself: founded once, opened at every start by an opener's passphrase.

Everything the clinic is (its name, its staff, the forms in force) is a fact in its stream; what
must stay secret (its root key, the seal's key, the PIN locks) lies wrapped inside the encrypted store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from chairside import keys
from chairside.domain.book import Book
from chairside.domain.facts import (
    ClinicFounded,
    NoticeRestored,
    NoticeWaived,
    StaffAdded,
    StaffDisabled,
    Stamped,
)
from chairside.errors import KeyRefused, LedgerError
from chairside.ledger import Ledger, load_key_file, move_in, store_key_file
from chairside.session.charter import Charter, NewStaff
from chairside.session.clock import Clock
from chairside.session.founding import CLINIC_STREAM, Founded, found_aside
from chairside.session.scribe import Desk, Scribe
from chairside.session.view import Who

__all__ = [
    "CLINIC_STREAM",
    "Charter",
    "Clinic",
    "NewStaff",
    "found",
    "move_clinic_in",
    "open_clinic",
    "openers",
    "renew_revoked",
]

REVOKED_FOR = "revoked:for"  # whom the kept list of revoked certificates knows of


@dataclass
class Clinic:
    """An open clinic: its store, its pen, its book of forms, and who its people are."""

    folder: Path
    ledger: Ledger
    scribe: Scribe
    book: Book
    data_key: bytes = field(repr=False)
    founded: ClinicFounded
    people: dict[str, Who] = field(default_factory=dict)
    certificates: dict[str, str] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()
    waived: dict[str, Stamped] = field(default_factory=dict)  # notice -> the NoticeWaived in force

    @property
    def demo(self) -> bool:
        """Tell whether everything here is synthetic."""
        return self.founded.demo

    @property
    def tablet_stream(self) -> str:
        """The stream of what happens at this tablet."""
        return f"device:{self.scribe.desk.tablet}"

    def staff(self) -> tuple[Who, ...]:
        """Return everybody who may act, in the order they were added."""
        return tuple(who for who in self.people.values() if who.person not in self.disabled)

    def secret(self, name: str) -> bytes:
        """Return a stored secret. Raises: LedgerError("secret_missing")."""
        kept = self.ledger.secret(name)
        if kept is None:
            raise LedgerError("secret_missing", name=name)
        return kept

    def signing_key(self, name: str) -> keys.PrivateKey:
        """Return one of the machine's own keys (root, seal, tablet)."""
        return keys.unwrap_key(self.secret(f"key:{name}"), keys.derive(self.data_key, f"chairside/{name}/1"))

    def root_certificate(self) -> str:
        """Return the clinic root's certificate (PEM)."""
        return self.secret("certificate:root").decode()

    def settle(self) -> None:
        """Tidy the store up: it may take as long as a slow disk does, and no answer waits for it."""
        self.ledger.settle()

    def reload(self) -> None:
        """Read the clinic's own facts anew."""
        for stamped in self.ledger.stream(CLINIC_STREAM):
            match stamped.fact:
                case StaffAdded(person, name, role, certificate):
                    self.people[person] = Who(person, name, role)
                    self.certificates[person] = certificate
                case StaffDisabled(person):
                    self.disabled |= {person}
                case NoticeWaived(notice):
                    self.waived[notice] = stamped
                case NoticeRestored(notice):
                    self.waived.pop(notice, None)
                case _:
                    continue


def found(folder: Path, charter: Charter, book: Book, clock: Clock) -> tuple[Clinic, str]:
    """Found a clinic in a folder that has none; return it open, and the recovery key to print.

    Raises: KeyRefused, SettingsError("zone_unknown"), LedgerError("store_exists"), DiskRefused.
    """
    made = found_aside(folder, charter, book, clock)
    return move_clinic_in(folder, made, book, clock), made.recovery


def move_clinic_in(folder: Path, made: Founded, book: Book, clock: Clock) -> Clinic:
    """Move a clinic that lies aside to where it stays, and open it. Raises: DiskRefused, LedgerError."""
    move_in(made.aside, folder)
    return _opened(folder, Ledger.open(folder, made.data_key), made, book, clock)


def openers(folder: Path) -> tuple[str, ...]:
    """Return the persons whose passphrase opens the store. Raises: KeyRefused("key_file_unreadable")."""
    return tuple(each.person for each in load_key_file(folder).openers)


def open_clinic(folder: Path, opener: str, passphrase: str, book: Book, clock: Clock) -> Clinic:
    """Open the store with an opener's passphrase.

    Raises: KeyRefused, LedgerError, ChainBroken.
    """
    file = load_key_file(folder)
    demo = any(each.cost.profile == "demo" for each in file.openers)
    data_key = keys.open_with_passphrase(file, opener, passphrase, demo=demo)
    ledger = Ledger.open(folder, data_key)
    try:
        fact, desk = _founding_fact(ledger)
        _refuse_mixed(ledger, fact, demo=demo)
    except BaseException:
        ledger.close()
        raise
    clinic = _opened(folder, ledger, Founded(folder, desk, fact, data_key, ""), book, clock)
    renew_revoked(clinic)
    drop_disabled(clinic)
    if opener in clinic.disabled:
        ledger.close()
        raise KeyRefused("person_disabled", person=opener)
    return clinic


def drop_disabled(clinic: Clinic) -> bool:
    """Take the passphrase of whoever was disabled out of the key file; tell whether one was still in it."""
    file = load_key_file(clinic.folder)
    left = [each.person for each in file.openers if each.person in clinic.disabled]
    if not left or len(left) == len(file.openers):
        return False
    for person in left:
        file = keys.remove_opener(file, person)
    store_key_file(clinic.folder, file)
    return True


def renew_revoked(clinic: Clinic) -> bool:
    """Sign the list of revoked certificates anew where somebody was disabled since; tell whether it was.

    Asked after each disabling and at each start, so that a power cut in between leaves no list behind.
    """
    facts = clinic.ledger.stream(CLINIC_STREAM)
    gone = {each.fact.person: each.stamp.utc for each in facts if isinstance(each.fact, StaffDisabled)}
    told = ",".join(gone).encode()
    if told == (clinic.ledger.secret(REVOKED_FOR) or b""):
        return False
    serials = {
        keys.holder(each.fact.certificate).serial: gone[each.fact.person]
        for each in facts
        if isinstance(each.fact, StaffAdded) and each.fact.person in gone
    }
    root = keys.Root(clinic.signing_key("root"), clinic.root_certificate())
    revoked = keys.revocation_list(root, serials, len(gone) + 1, clinic.scribe.clock.now())
    clinic.ledger.keep_secret("revoked", revoked.encode())
    clinic.ledger.keep_secret(REVOKED_FOR, told)
    return True


def _opened(folder: Path, ledger: Ledger, made: Founded, book: Book, clock: Clock) -> Clinic:
    clinic = Clinic(folder, ledger, Scribe(ledger, made.desk, clock), book, made.data_key, made.fact)
    clinic.reload()
    return clinic


def _founding_fact(ledger: Ledger) -> tuple[ClinicFounded, Desk]:
    first = next(iter(ledger.stream(CLINIC_STREAM)), None)
    if first is None or not isinstance(first.fact, ClinicFounded):  # the power went while it was founded
        raise LedgerError("store_unreadable", why="the first fact does not found a clinic")
    return first.fact, Desk(first.stamp.clinic, first.stamp.tablet, first.fact.zone)


def _refuse_mixed(ledger: Ledger, fact: ClinicFounded, *, demo: bool) -> None:
    """Refuse a clinic under the demo's cheap keys or root, and a demo dressed as a clinic (Q43)."""
    if demo and not fact.demo:
        raise KeyRefused("cost_too_low")
    if fact.demo and not demo:
        raise KeyRefused("demo_in_a_clinic")
    root = ledger.secret("certificate:root")
    if root is None or keys.fingerprint(root.decode()) != fact.root_sha256:
        raise KeyRefused("root_mismatch")
