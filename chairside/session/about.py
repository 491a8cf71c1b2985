"""What this tablet runs, and whether its store and its keys are in order, for the page that says so."""

from __future__ import annotations

from dataclasses import dataclass

import chairside
from chairside import keys
from chairside.errors import KeyRefused
from chairside.session.clinic import Clinic

MACHINE_KEYS = ("root", "seal", "tablet")
_PROBE = b"chairside/self-check/1"  # signed and thrown away; it is no fact and leaves no trace


@dataclass(frozen=True)
class FormInForce:
    """One form as a visit opened today would keep it."""

    title: str
    version: str
    digest: str


@dataclass(frozen=True)
class About:
    """The product and what it works with."""

    version: str
    clinic: str
    profile: str
    tablet: str
    plan: str
    forms: tuple[FormInForce, ...]


@dataclass(frozen=True)
class InOrder:
    """What a self-check went through and found in order."""

    facts: int
    signatures: int
    pictures: int
    keys: int


def about(clinic: Clinic) -> About:
    """Return the versions and digests in force."""
    book = clinic.book
    forms = tuple(
        FormInForce(form.told_in("en").title, form.version, form.digest)
        for form in sorted(book.forms.values(), key=lambda form: form.id)
    )
    tablet = clinic.scribe.desk.tablet
    return About(
        chairside.__version__, clinic.founded.name, clinic.founded.profile, tablet, book.plan.digest, forms
    )


def self_check(clinic: Clinic) -> InOrder:
    """Go through every fact, signature, leaf and file of the store, and use each of the machine's keys.

    Made to run beside the glass: it only reads. Raises: ChainBroken, LedgerError, KeyRefused.
    """
    report = clinic.ledger.check()
    for name in MACHINE_KEYS:
        certificate = clinic.secret(f"certificate:{name}").decode()
        if not keys.verify(certificate, _PROBE, keys.sign(clinic.signing_key(name), _PROBE)):
            raise KeyRefused("key_mismatch", name=name)
    return InOrder(report.facts, report.signatures, report.blobs, len(MACHINE_KEYS))
