"""The people of a clinic after its set-up: an administrator adds, disables, and lets them open the store."""

from __future__ import annotations

from chairside import keys
from chairside.domain.facts import StaffDisabled
from chairside.domain.folding import fold
from chairside.errors import NotAllowed
from chairside.ledger import load_key_file, store_key_file
from chairside.session import ending
from chairside.session.charter import NewStaff, passphrase_troubles, staff_troubles
from chairside.session.clinic import CLINIC_STREAM, Clinic, drop_disabled, renew_revoked
from chairside.session.clock import zone_named
from chairside.session.founding import Register, enrol
from chairside.session.scribe import Act
from chairside.session.staff import Proof
from chairside.session.texts import refuse_strange
from chairside.session.view import Who


def add_staff(clinic: Clinic, proof: Proof, new: NewStaff) -> Who:
    """Make somebody a member of the staff, with a key and certificate of their own.

    Raises: NotAllowed("administrator_needed" | the first of `staff_troubles`), LedgerError.
    """
    _refuse_others(proof)
    for trouble in staff_troubles(new, frozenset(clinic.people)):
        raise NotAllowed(trouble)
    root = keys.Root(clinic.signing_key("root"), clinic.root_certificate())
    added = enrol(Register(clinic.scribe, clinic.data_key, root, clinic.demo), new)
    clinic.scribe.write(_act(proof), [added])
    clinic.reload()
    return clinic.people[new.person]


def disable_staff(clinic: Clinic, proof: Proof, person: str, reason: str) -> None:
    """Let a person act no more: their PIN and passphrase open nothing, their certificate is revoked.

    Nothing they did changes. Raises: NotAllowed("administrator_needed" | "reason_needed" | "person_unknown" |
    "person_disabled" | "last_administrator" | "seal_waits_for_person" | "text_long" |
    "text_not_printable"), KeyRefused("last_opener"), LedgerError.
    """
    _refuse_others(proof)
    if person in clinic.disabled and drop_disabled(clinic):  # the power went before it was finished
        renew_revoked(clinic)
        return
    _refuse_disabling(clinic, person, reason)
    file = load_key_file(clinic.folder)
    opener = any(each.person == person for each in file.openers)
    left = keys.remove_opener(file, person) if opener else file
    clinic.scribe.write(_act(proof), [StaffDisabled(person, reason.strip())])
    clinic.reload()
    if opener:
        store_key_file(clinic.folder, left)
    renew_revoked(clinic)


def add_opener(clinic: Clinic, proof: Proof, person: str, passphrase: str) -> None:
    """Let one more person of the staff open the store; an earlier passphrase of theirs is gone.

    Raises: NotAllowed("administrator_needed" | "person_unknown" | "passphrase_short" |
    "passphrase_too_easy"), DiskRefused.
    """
    _refuse_others(proof)
    if person not in {who.person for who in clinic.staff()}:
        raise NotAllowed("person_unknown", person=person)
    for trouble in passphrase_troubles(passphrase):
        raise NotAllowed(trouble)
    cost = keys.DEMO if clinic.demo else keys.CLINIC
    opening = keys.Opening(person, passphrase, cost, clinic.demo)
    file = keys.add_opener(load_key_file(clinic.folder), clinic.data_key, opening)
    store_key_file(clinic.folder, file)


def _refuse_others(proof: Proof) -> None:
    if proof.who.role != "administrator":
        raise NotAllowed("administrator_needed")


def _refuse_disabling(clinic: Clinic, person: str, reason: str) -> None:
    if not reason.strip():
        raise NotAllowed("reason_needed")
    if person not in clinic.people:
        raise NotAllowed("person_unknown", person=person)
    if person in clinic.disabled:
        raise NotAllowed("person_disabled", person=person)
    administrators = {who.person for who in clinic.staff() if who.role == "administrator"}
    if administrators == {person}:
        raise NotAllowed("last_administrator")
    refuse_strange(StaffDisabled(person, reason))
    _refuse_unsealed(clinic, person)


def _refuse_unsealed(clinic: Clinic, person: str) -> None:
    """Refuse to disable whose PIN a record or an addendum waits for: nobody else could ever seal it (P4)."""
    for row in clinic.ledger.open_visits():
        visit = fold(row.visit, clinic.ledger.stream(f"visit:{row.visit}"))
        if person in ending.awaited(visit):
            day = row.injection.astimezone(zone_named(clinic.founded.zone)).date()
            raise NotAllowed("seal_waits_for_person", visit=row.visit, name=row.name, day=day.isoformat())


def _act(proof: Proof) -> Act:
    return Act(proof.who.person, CLINIC_STREAM, key=proof.key)
