"""Which clinic roots count, and whether a certificate was fit to sign: trust never comes from the file."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import Struct

from chairside import keys
from chairside.domain.facts import AddendumKind, Ending
from chairside.errors import CheckFailed

# what the certificate library raises on hostile bytes (found by flipping every byte of a record)
HOSTILE = (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature, x509.InvalidVersion)
SEAL_ROLE = "seal"
_SHA256 = re.compile(r"[0-9a-f]{64}")
STAFF = frozenset({"nurse", "physician", "administrator"})
ADMINISTRATOR = frozenset({"administrator"})
PHYSICIAN = frozenset({"physician"})
CLINICAL = frozenset({"nurse", "physician"})
CERTIFIES: dict[Ending | AddendumKind, frozenset[str]] = {
    "countersigned": PHYSICIAN,
    "deferred": PHYSICIAN,
    "do_not_treat": PHYSICIAN,
    "refused": STAFF,
    "withdrawn": STAFF,
    "no_show": STAFF,
    "procedure": CLINICAL,
    "amendment": CLINICAL,
    "withdrawal": CLINICAL,
    "adverse_event": CLINICAL,
}


class Trust(Struct, frozen=True):
    """The roots (DER) or their SHA-256 (hex) that count here, and the published demo root (DER).

    `refuse_demo` is for a real clinic's store: its demo root never counts, however it came in.
    """

    roots: tuple[bytes, ...] = ()
    fingerprints: tuple[str, ...] = ()
    demo: bytes = b""
    refuse_demo: bool = False

    def accepts(self, root: bytes) -> bool:
        """Return whether this root counts."""
        if self.is_demo(root):
            return not self.refuse_demo
        return root in self.roots or fingerprint(root) in self.fingerprints

    def is_demo(self, root: bytes) -> bool:
        """Return whether this is the published demo root."""
        return bool(self.demo) and root == self.demo

    def known(self) -> tuple[bytes, ...]:
        """Return every root that is at hand as a certificate and counts."""
        return tuple(root for root in (*self.roots, self.demo) if root and self.accepts(root))


def trust_from(given: Iterable[str], store: str = "", demo: str = "", *, refuse_demo: bool = False) -> Trust:
    """Return the trust of `--trust` values (certificate file or SHA-256), else of this machine's root (PEM).

    `demo` is the published demo root (PEM). Raises: CheckFailed(trust_unusable).
    """
    roots: list[bytes] = []
    prints: list[str] = []
    for one in given:
        if _SHA256.fullmatch(squeezed := re.sub(r"[\s:]", "", one).lower()):
            prints.append(squeezed)
        else:
            roots.append(_from_file(one))
    if not roots and not prints and store:
        roots.append(_from_pem(store.encode()))
    return Trust(tuple(roots), tuple(prints), _from_pem(demo.encode()) if demo else b"", refuse_demo)


def _from_file(name: str) -> bytes:
    try:
        data = Path(name).read_bytes()
    except (OSError, ValueError) as trouble:
        raise CheckFailed("trust_unusable", given=name) from trouble
    return data if certificate_in(data) is not None else _from_pem(data, name)


def _from_pem(data: bytes, name: str = "") -> bytes:
    try:
        return x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER)
    except HOSTILE as trouble:
        raise CheckFailed("trust_unusable", given=name) from trouble


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a DER certificate in hex: what stands on the clinic's paper."""
    return sha256(certificate).hexdigest()


def certificate_in(der: bytes) -> x509.Certificate | None:
    """Return the certificate these bytes are, or None."""
    try:
        with warnings.catch_warnings():  # odd certificates make the library talk; here they are just None
            warnings.simplefilter("ignore")
            return x509.load_der_x509_certificate(der)
    except HOSTILE:
        return None


def role_of(certificate: x509.Certificate) -> str:
    """Return the role the clinic's root wrote into this certificate."""
    return keys.holder(certificate.public_bytes(Encoding.PEM).decode()).role


def complaint(
    certificate: x509.Certificate, root: x509.Certificate, crls: Iterable[bytes], at: datetime
) -> str:
    """Return why this certificate could not sign at that moment, as a code, or nothing."""
    if not issued_by(certificate, root):
        return "not_issued_by_root"
    if not _good_on(certificate, at) or not _good_on(root, at):
        return "out_of_date"
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return "not_p256"
    if _may_issue(certificate):
        return "is_an_issuer"
    return "revoked" if _revoked(certificate, root, crls, at) else ""


def issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """Return whether this root signed this certificate."""
    try:
        certificate.verify_directly_issued_by(root)
    except HOSTILE:
        return False
    return True


def revocation_known(root: x509.Certificate, crls: Iterable[bytes]) -> bool:
    """Return whether at least one of these lists is this root's."""
    return bool(_lists_of(root, crls))  # not any(): an empty list counts, and is false


def _good_on(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at.astimezone(UTC) <= certificate.not_valid_after_utc


def _may_issue(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _lists_of(root: x509.Certificate, crls: Iterable[bytes]) -> list[x509.CertificateRevocationList]:
    key = root.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return []
    lists = [one for crl in crls if (one := _list_in(crl)) is not None]
    return [one for one in lists if one.issuer == root.subject and one.is_signature_valid(key)]


def _list_in(der: bytes) -> x509.CertificateRevocationList | None:
    try:
        return x509.load_der_x509_crl(der)
    except HOSTILE:
        return None


def _revoked(
    certificate: x509.Certificate, root: x509.Certificate, crls: Iterable[bytes], at: datetime
) -> bool:
    for one in _lists_of(root, crls):
        entry = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None and entry.revocation_date_utc <= at.astimezone(UTC):
            return True
    return False
