"""The clinic itself: founded once, opened at every start by an opener's passphrase.

Everything the clinic is (its name, its staff, the forms in force) is a fact in its stream; what
must stay secret (its root key, the seal's key, the PIN locks) lies wrapped inside the encrypted store.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from chairside import keys
from chairside.domain.book import Book
from chairside.domain.facts import ClinicFounded, FormAdopted, Role, StaffAdded, StaffDisabled, TabletEnrolled
from chairside.errors import KeyRefused, LedgerError
from chairside.keys.certificates import Subject
from chairside.keys.pins import PinOwner
from chairside.ledger import Ledger, load_key_file, move_in, new_aside, store_key_file
from chairside.session.clock import Clock, zone_named
from chairside.session.scribe import Act, Desk, Scribe
from chairside.session.view import Who

CLINIC_STREAM = "clinic:own"


@dataclass(frozen=True)
class NewStaff:
    """A staff member at set-up, with the first PIN."""

    person: str
    name: str
    role: Role
    pin: str


@dataclass(frozen=True)
class Charter:
    """What set-up asks; `root` is the published demo root (key PEM, certificate PEM) or None."""

    name: str
    address: str
    phone_24h: str
    zone: str
    profile: Literal["california", "other"]
    language: str
    consent_valid_days: int
    release_hours: int
    opener: str
    passphrase: str
    staff: tuple[NewStaff, ...]
    root: tuple[bytes, str] | None = None

    @property
    def demo(self) -> bool:
        """Tell whether this is the demo's clinic: the published root makes it one."""
        return self.root is not None


@dataclass
class Clinic:
    """An open clinic: its store, its pen, its book of forms, and who its people are."""

    folder: Path
    ledger: Ledger
    scribe: Scribe
    book: Book
    data_key: bytes
    founded: ClinicFounded
    people: dict[str, Who] = field(default_factory=dict)
    certificates: dict[str, str] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()

    @property
    def demo(self) -> bool:
        """Tell whether everything here is synthetic."""
        return self.founded.demo

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

    def reload(self) -> None:
        """Read the clinic's own facts anew."""
        for stamped in self.ledger.stream(CLINIC_STREAM):
            match stamped.fact:
                case StaffAdded(person, name, role, certificate):
                    self.people[person] = Who(person, name, role)
                    self.certificates[person] = certificate
                case StaffDisabled(person):
                    self.disabled |= {person}
                case _:
                    continue


def _keep_key(ledger: Ledger, data_key: bytes, name: str, key: keys.PrivateKey) -> None:
    under = keys.derive(data_key, f"chairside/{name}/1")
    ledger.keep_secret(f"key:{name}", keys.wrap_key(key, under))


def _make_root(charter: Charter, clock: Clock) -> keys.Root:
    if charter.root is not None:
        return keys.load_root(*charter.root)
    return keys.found_root(charter.name, clock.now())


def _machine_keys(
    clinic: Ledger, data_key: bytes, root: keys.Root, charter: Charter, desk: Desk, now: Clock
) -> str:
    """Make the keys of root, seal and tablet; return the tablet's certificate."""
    seal, tablet = keys.new_signing_key(), keys.new_signing_key()
    for name, key in (("root", root.key), ("seal", seal), ("tablet", tablet)):
        _keep_key(clinic, data_key, name, key)
    moment = now.now()
    certificate = keys.tablet_certificate(root, tablet.public_key(), desk.tablet, "tablet", moment)
    clinic.keep_secret("certificate:root", root.certificate.encode())
    sealing = keys.seal_certificate(root, seal.public_key(), charter.name, moment)
    clinic.keep_secret("certificate:seal", sealing.encode())
    clinic.keep_secret("certificate:tablet", certificate.encode())
    revoked = keys.revocation_list(root, {}, 1, moment)
    clinic.keep_secret("revoked", revoked.encode())
    return certificate


def _add_staff(
    ledger: Ledger, data_key: bytes, root: keys.Root, charter: Charter, clock: Clock
) -> list[StaffAdded]:
    added = []
    cost = keys.DEMO if charter.demo else keys.PIN
    for new in charter.staff:
        key = keys.new_signing_key()
        lock = keys.lock_key(key, new.pin, data_key, PinOwner(new.person, cost, charter.demo))
        ledger.keep_secret(f"pin:{new.person}", msgspec.json.encode(lock))
        subject = Subject(new.person, new.name, new.role)
        certificate = keys.staff_certificate(root, key.public_key(), subject, clock.now())
        added.append(StaffAdded(new.person, new.name, new.role, certificate))
    return added


def _founding(charter: Charter, root: keys.Root) -> ClinicFounded:
    return ClinicFounded(
        name=charter.name,
        address=charter.address,
        phone_24h=charter.phone_24h,
        zone=charter.zone,
        profile=charter.profile,
        language=charter.language,
        root_sha256=keys.fingerprint(root.certificate),
        demo=charter.demo,
        consent_valid_days=charter.consent_valid_days,
        release_hours=charter.release_hours,
    )


def found(folder: Path, charter: Charter, book: Book, clock: Clock) -> tuple[Clinic, str]:
    """Found a clinic in a folder that has none; return it open, and the recovery key to print.

    It is founded aside and moved in whole: a refused PIN or a power cut in between leaves no clinic,
    never half of one. Raises: KeyRefused, LedgerError("store_exists"), DiskRefused.
    """
    zone_named(charter.zone)
    if Ledger.exists(folder):
        raise LedgerError("store_exists", folder=str(folder))
    cost = keys.DEMO if charter.demo else keys.CLINIC
    file, data_key, recovery = keys.new_key_file(charter.opener, charter.passphrase, cost, demo=charter.demo)
    aside = new_aside(folder)
    ledger = Ledger.create(aside, data_key)
    try:
        store_key_file(aside, file)
        desk = Desk(secrets.token_hex(8), secrets.token_hex(8), charter.zone)
        founded = _write_founding(Scribe(ledger, desk, clock), data_key, charter, book)
    finally:
        ledger.close()
    move_in(aside, folder)
    ledger = Ledger.open(folder, data_key)
    clinic = Clinic(folder, ledger, Scribe(ledger, desk, clock), book, data_key, founded)
    clinic.reload()
    return clinic, recovery


def _write_founding(scribe: Scribe, data_key: bytes, charter: Charter, book: Book) -> ClinicFounded:
    ledger, desk, clock = scribe.ledger, scribe.desk, scribe.clock
    root = _make_root(charter, clock)
    certificate = _machine_keys(ledger, data_key, root, charter, desk, clock)
    staff = _add_staff(ledger, data_key, root, charter, clock)
    founded = _founding(charter, root)
    adopted = [FormAdopted(form.id, form.version, form.digest) for form in book.forms.values()]
    scribe.write(Act(charter.opener, CLINIC_STREAM), [founded, *staff, *adopted])
    scribe.write(Act(charter.opener, f"device:{desk.tablet}"), [TabletEnrolled("tablet", certificate)])
    return founded


def open_clinic(folder: Path, opener: str, passphrase: str, book: Book, clock: Clock) -> Clinic:
    """Open the store with an opener's passphrase.

    Raises: KeyRefused, LedgerError, ChainBroken.
    """
    file = load_key_file(folder)
    demo = any(each.cost.profile == "demo" for each in file.openers)
    data_key = keys.open_with_passphrase(file, opener, passphrase, demo=demo)
    ledger = Ledger.open(folder, data_key)
    first = next(iter(ledger.stream(CLINIC_STREAM)), None)
    if first is None or not isinstance(first.fact, ClinicFounded):  # the power went while it was founded
        ledger.close()
        raise LedgerError("store_unreadable", why="the first fact does not found a clinic")
    founded = first.fact
    if demo and not founded.demo:
        ledger.close()
        raise KeyRefused("cost_too_low")
    desk = Desk(first.stamp.clinic, first.stamp.tablet, founded.zone)
    clinic = Clinic(folder, ledger, Scribe(ledger, desk, clock), book, data_key, founded)
    clinic.reload()
    return clinic
