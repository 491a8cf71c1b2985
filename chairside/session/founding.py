"""Making a clinic: its keys, its people, its first facts, aside from where it will live.

Nothing made here counts before it is moved in whole: a refused PIN or a power cut leaves no clinic,
never half of one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from chairside import keys
from chairside.domain.book import Book
from chairside.domain.facts import ClinicFounded, FormAdopted, StaffAdded, TabletEnrolled
from chairside.errors import LedgerError
from chairside.keys.certificates import Subject
from chairside.keys.pins import PinOwner
from chairside.ledger import Ledger, new_aside, store_key_file
from chairside.session.charter import Charter, NewStaff
from chairside.session.clock import Clock, zone_named
from chairside.session.scribe import Act, Desk, Scribe

CLINIC_STREAM = "clinic:own"


@dataclass(frozen=True)
class Founded:
    """A clinic that lies aside, closed, until it is moved in; `recovery` is the key to print."""

    aside: Path
    desk: Desk
    fact: ClinicFounded
    data_key: bytes
    recovery: str


def found_aside(folder: Path, charter: Charter, book: Book, clock: Clock) -> Founded:
    """Make a clinic in an empty place inside the folder.

    Raises: SettingsError("zone_unknown"), KeyRefused, LedgerError("store_exists"), DiskRefused.
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
        fact = _first_facts(Scribe(ledger, desk, clock), data_key, charter, book)
    finally:
        ledger.close()
    return Founded(aside, desk, fact, data_key, recovery)


@dataclass(frozen=True)
class Register:
    """Where people are enrolled: the pen of the store, its data key, and the root that vouches for them."""

    scribe: Scribe
    data_key: bytes
    root: keys.Root
    demo: bool


def enrol(register: Register, new: NewStaff) -> StaffAdded:
    """Keep a new signing key under the person's PIN and return the fact that makes them staff.

    Raises: KeyRefused with the code of `keys.pin_trouble`.
    """
    key = keys.new_signing_key()
    lock = keys.lock_key(key, new.pin, register.data_key, pin_owner(new.person, demo=register.demo))
    register.scribe.ledger.keep_secret(f"pin:{new.person}", msgspec.json.encode(lock))
    subject = Subject(new.person, new.name, new.role)
    moment = register.scribe.clock.now()
    certificate = keys.staff_certificate(register.root, key.public_key(), subject, moment)
    return StaffAdded(new.person, new.name, new.role, certificate)


def pin_owner(person: str, *, demo: bool) -> PinOwner:
    """Return whose PIN a lock is for and what a guess at it costs."""
    return PinOwner(person, keys.DEMO if demo else keys.PIN, demo)


def _first_facts(scribe: Scribe, data_key: bytes, charter: Charter, book: Book) -> ClinicFounded:
    desk = scribe.desk
    root = _make_root(charter, scribe.clock)
    certificate = _machine_keys(scribe, data_key, root, charter)
    register = Register(scribe, data_key, root, charter.demo)
    staff = [enrol(register, new) for new in charter.staff]
    fact = _founding(charter, root)
    adopted = [FormAdopted(form.id, form.version, form.digest) for form in book.forms.values()]
    scribe.write(Act(charter.opener, CLINIC_STREAM), [fact, *staff, *adopted])
    scribe.write(Act(charter.opener, f"device:{desk.tablet}"), [TabletEnrolled("tablet", certificate)])
    return fact


def _make_root(charter: Charter, clock: Clock) -> keys.Root:
    if charter.root is not None:
        return keys.load_root(*charter.root)
    return keys.found_root(charter.name, clock.now())


def _machine_keys(scribe: Scribe, data_key: bytes, root: keys.Root, charter: Charter) -> str:
    """Make the keys of root, seal and tablet; return the tablet's certificate."""
    ledger, tablet_id, moment = scribe.ledger, scribe.desk.tablet, scribe.clock.now()
    seal, tablet = keys.new_signing_key(), keys.new_signing_key()
    for name, key in (("root", root.key), ("seal", seal), ("tablet", tablet)):
        under = keys.derive(data_key, f"chairside/{name}/1")
        ledger.keep_secret(f"key:{name}", keys.wrap_key(key, under))
    certificate = keys.tablet_certificate(root, tablet.public_key(), tablet_id, "tablet", moment)
    ledger.keep_secret("certificate:root", root.certificate.encode())
    sealing = keys.seal_certificate(root, seal.public_key(), charter.name, moment)
    ledger.keep_secret("certificate:seal", sealing.encode())
    ledger.keep_secret("certificate:tablet", certificate.encode())
    ledger.keep_secret("revoked", keys.revocation_list(root, {}, 1, moment).encode())
    return certificate


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
        ages=charter.ages,
        idle_minutes=charter.idle_minutes,
        physician_alone=charter.physician_alone,
        counsel=charter.counsel,
        counsel_on=charter.counsel_on,
        counsel_memo=charter.counsel_memo,
        keep_years=charter.keep_years,
    )
