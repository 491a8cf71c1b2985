"""The clinic's own certificates: a root, and staff, tablet and seal certificates under it.

What a certificate says about its holder stands in the subject: CN the name as printed (the first 64
characters, X.509 allows no more), OU the role (`nurse`, `physician`, `administrator`, `tablet`,
`seal`), serialNumber the id used in facts, O the clinic. A reader that pins the root can therefore
hold a role against an act without asking anybody. There is no network: revocation is a list
(`revocation_list`) that travels inside the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec import Struct

from chairside.errors import KeyRefused
from chairside.keys.signing import PrivateKey, new_signing_key

LONGEST_NAME = 64
ROOT_DAYS = 40 * 365
STAFF_DAYS = 3 * 365
LIST_DAYS = 10 * 365
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


class Root:
    """The clinic's root: its key and its self-signed certificate (PEM)."""

    def __init__(self, key: PrivateKey, certificate: str) -> None:
        self.key = key
        self.certificate = certificate


class Holder(Struct, frozen=True):
    """What a certificate says: id, name, role, clinic, validity; `role` is "root" for the root itself."""

    person: str
    name: str
    role: str
    clinic: str
    serial: int
    since: datetime
    until: datetime


def found_root(
    name: str, now: datetime, key: PrivateKey | None = None, until: datetime | None = None
) -> Root:
    """Return a new root for a clinic; a given key is used, else one is made."""
    key = key or new_signing_key()
    subject = x509.Name([_attribute(NameOID.COMMON_NAME, name), _attribute(NameOID.ORGANIZATION_NAME, name)])
    builder = (
        _builder(subject, subject, key.public_key(), (now, until or now + timedelta(days=ROOT_DAYS)))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("root"), critical=True)
    )
    return Root(key, _pem(builder.sign(key, SHA256())))


def load_root(key_pem: bytes, certificate: str) -> Root:
    """Return a root from its unencrypted key and certificate, as the demo publishes them.

    Raises: KeyRefused("root_mismatch") where the two do not belong together.
    """
    key = load_pem_private_key(key_pem, password=None)
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != public:
        raise KeyRefused("root_mismatch")
    return Root(key, certificate)


class Subject(Struct, frozen=True):
    """For whom a certificate is: id in facts, printed name, role, and how long it lasts."""

    person: str
    name: str
    role: str
    days: int = STAFF_DAYS


def staff_certificate(root: Root, public: ec.EllipticCurvePublicKey, subject: Subject, now: datetime) -> str:
    """Return a staff member's certificate (PEM): their name and role, for signing documents."""
    return _issue(root, public, subject, now)


def tablet_certificate(
    root: Root, public: ec.EllipticCurvePublicKey, tablet: str, name: str, now: datetime
) -> str:
    """Return a tablet's certificate (PEM): it signs heads of its log, never documents."""
    return _issue(root, public, Subject(tablet, name, "tablet", ROOT_DAYS // 2), now)


def seal_certificate(root: Root, public: ec.EllipticCurvePublicKey, clinic: str, now: datetime) -> str:
    """Return the clinic seal's certificate (PEM): the last signature on every record."""
    return _issue(root, public, Subject("seal", f"{clinic} (seal)", "seal", ROOT_DAYS // 2), now)


def revocation_list(root: Root, revoked: Mapping[int, datetime], number: int, now: datetime) -> str:
    """Return a signed list (PEM) of revoked serial numbers, also when it is empty."""
    issuer = x509.load_pem_x509_certificate(root.certificate.encode())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(now)
        .next_update(now + timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_authority(issuer), critical=False)
    )
    for serial, when in sorted(revoked.items()):
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(root.key, SHA256()).public_bytes(Encoding.PEM).decode()


def fingerprint(certificate: str) -> str:
    """Return the SHA-256 of a certificate (PEM), in hex: what paper and records show of a root."""
    return x509.load_pem_x509_certificate(certificate.encode()).fingerprint(SHA256()).hex()


def holder(certificate: str) -> Holder:
    """Return what a certificate says about its holder; nothing about whether to believe it."""
    own = x509.load_pem_x509_certificate(certificate.encode())
    return Holder(
        person=_said(own, NameOID.SERIAL_NUMBER),
        name=_said(own, NameOID.COMMON_NAME),
        role=_said(own, NameOID.ORGANIZATIONAL_UNIT_NAME) or "root",
        clinic=_said(own, NameOID.ORGANIZATION_NAME),
        serial=own.serial_number,
        since=own.not_valid_before_utc,
        until=own.not_valid_after_utc,
    )


def issued_by(certificate: str, root: str, when: datetime) -> bool:
    """Tell whether this root issued the certificate and it was valid at an instant."""
    own = x509.load_pem_x509_certificate(certificate.encode())
    try:
        own.verify_directly_issued_by(x509.load_pem_x509_certificate(root.encode()))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return own.not_valid_before_utc <= when <= own.not_valid_after_utc


def _issue(root: Root, public: ec.EllipticCurvePublicKey, subject: Subject, now: datetime) -> str:
    issuer = x509.load_pem_x509_certificate(root.certificate.encode())
    name = x509.Name(
        [
            _attribute(NameOID.COMMON_NAME, subject.name),
            _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, subject.role),
            _attribute(NameOID.ORGANIZATION_NAME, _said(issuer, NameOID.ORGANIZATION_NAME)),
            _attribute(NameOID.SERIAL_NUMBER, subject.person),
        ]
    )
    until = min(now + timedelta(days=subject.days), issuer.not_valid_after_utc)
    builder = (
        _builder(name, issuer.subject, public, (now, until))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(subject.role), critical=True)
        .add_extension(_authority(issuer), critical=False)
    )
    if subject.role != "tablet":
        extended = x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(extended, critical=False)
    return _pem(builder.sign(root.key, SHA256()))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    valid: tuple[datetime, datetime],
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(role: str) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=role != "root",
        content_commitment=role not in ("root", "tablet"),
        key_cert_sign=role == "root",
        crl_sign=role == "root",
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _authority(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _attribute(oid: x509.ObjectIdentifier, text: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(oid, text[:LONGEST_NAME])


def _said(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
