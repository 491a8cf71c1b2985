"""Certificates: what they say, who issued them, and what must not pass as one of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chairside import keys
from chairside.errors import KeyRefused
from chairside.keys import Subject

NOW = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
DEMO = Path(__file__).parents[2] / "resources" / "demo"
NURSE = Subject("p1", "Nora Example", "nurse")


@pytest.fixture(scope="module")
def root() -> keys.Root:
    """A clinic's root."""
    return keys.found_root("Example Hair Clinic", NOW)


@pytest.fixture(scope="module")
def nurse_key() -> keys.PrivateKey:
    """A nurse's key."""
    return keys.new_signing_key()


@pytest.fixture(scope="module")
def nurse(root: keys.Root, nurse_key: keys.PrivateKey) -> str:
    """A nurse's certificate."""
    return keys.staff_certificate(root, nurse_key.public_key(), NURSE, NOW)


def test_a_certificate_carries_name_role_and_id(nurse: str) -> None:
    """Proves: T6: a reader can hold the role against the act."""
    said = keys.holder(nurse)
    assert (said.person, said.name, said.role) == ("p1", "Nora Example", "nurse")
    assert said.clinic == "Example Hair Clinic"
    assert (said.since, said.until) == (NOW, NOW + timedelta(days=3 * 365))


def test_only_its_root_issued_it_and_only_while_it_lasts(root: keys.Root, nurse: str) -> None:
    """A stranger's root of the same name does not pass, nor does yesterday."""
    stranger = keys.found_root("Example Hair Clinic", NOW)
    assert keys.issued_by(nurse, root.certificate, LATER)
    assert not keys.issued_by(nurse, stranger.certificate, LATER)
    assert not keys.issued_by(nurse, keys.found_root("Other", NOW).certificate, LATER)
    assert not keys.issued_by(nurse, root.certificate, NOW - timedelta(days=1))
    assert not keys.issued_by(nurse, root.certificate, NOW + timedelta(days=4 * 365))


def test_a_signature_holds_for_its_data_and_its_holder_only(
    root: keys.Root, nurse_key: keys.PrivateKey, nurse: str
) -> None:
    """Other data, another key, a damaged signature: no."""
    good = keys.sign(nurse_key, b"fact")
    other = keys.sign(keys.new_signing_key(), b"fact")
    assert keys.verify(nurse, b"fact", good)
    assert not keys.verify(nurse, b"fakt", good)
    assert not keys.verify(nurse, b"fact", other)
    assert not keys.verify(nurse, b"fact", b"")
    assert not keys.verify(nurse, b"fact", good[:-1] + bytes([good[-1] ^ 1]))
    assert not keys.verify(root.certificate, b"fact", good)


def test_signing_needs_no_chance(nurse_key: keys.PrivateKey) -> None:
    """The same data gives the same signature (RFC 6979)."""
    assert keys.sign(nurse_key, b"fact") == keys.sign(nurse_key, b"fact")


def test_a_certificate_of_another_kind_of_key_verifies_nothing() -> None:
    """Only P-256 is ours."""
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(LATER)
        .sign(key, None)
    )
    pem = certificate.public_bytes(Encoding.PEM).decode()
    assert not keys.verify(pem, b"fact", key.sign(b"fact"))


def test_only_the_root_may_issue(root: keys.Root, nurse_key: keys.PrivateKey, nurse: str) -> None:
    """A staff member's key cannot make staff."""
    forged = keys.staff_certificate(
        keys.Root(nurse_key, nurse), keys.new_signing_key().public_key(), Subject("p9", "X", "physician"), NOW
    )
    leaf = x509.load_pem_x509_certificate(nurse.encode())
    assert leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert not keys.issued_by(forged, root.certificate, LATER)


def test_staff_and_seal_sign_documents_and_the_tablet_does_not(root: keys.Root) -> None:
    """A tablet's key signs heads of its log; used on a record it must look wrong."""
    public = keys.new_signing_key().public_key()
    seal = keys.seal_certificate(root, public, "Example Hair Clinic", NOW)
    tablet = keys.tablet_certificate(root, public, "t1", "Tablet one", NOW)
    assert (keys.holder(seal).role, keys.holder(tablet).role) == ("seal", "tablet")
    assert keys.holder(tablet).person == "t1"
    usages = [
        x509.load_pem_x509_certificate(pem.encode()).extensions.get_extension_for_class(x509.KeyUsage).value
        for pem in (seal, tablet)
    ]
    assert [usage.content_commitment for usage in usages] == [True, False]
    assert all(usage.digital_signature and not usage.key_cert_sign for usage in usages)
    assert keys.issued_by(seal, root.certificate, LATER)
    assert keys.issued_by(tablet, root.certificate, LATER)


def test_a_long_name_is_cut_and_never_refused(root: keys.Root, nurse_key: keys.PrivateKey) -> None:
    """The full name stands in the facts; X.509 allows 64 characters."""
    long = Subject("p1", "Maria-Magdalena " * 6, "nurse")
    pem = keys.staff_certificate(root, nurse_key.public_key(), long, NOW)
    assert keys.holder(pem).name == long.name[:64]


def test_a_certificate_never_outlives_its_root(nurse_key: keys.PrivateKey) -> None:
    """A root about to end issues short ones."""
    short = keys.found_root("Example", NOW, until=LATER)
    pem = keys.staff_certificate(short, nurse_key.public_key(), NURSE, NOW)
    assert keys.holder(pem).until == LATER


def test_a_disabled_person_is_on_the_signed_list(root: keys.Root, nurse: str) -> None:
    """Proves: T5: with the instant; the list is the root's, and an empty one is a list too."""
    serial = keys.holder(nurse).serial
    pem = keys.revocation_list(root, {serial: LATER}, 2, LATER)
    crl = x509.load_pem_x509_crl(pem.encode())
    entry = crl.get_revoked_certificate_by_serial_number(serial)
    public = x509.load_pem_x509_certificate(root.certificate.encode()).public_key()
    assert entry is not None and entry.revocation_date_utc == LATER
    assert isinstance(public, ec.EllipticCurvePublicKey) and crl.is_signature_valid(public)
    assert len(x509.load_pem_x509_crl(keys.revocation_list(root, {}, 1, NOW).encode())) == 0


def test_a_fingerprint_is_the_sha_256_of_the_certificate(root: keys.Root) -> None:
    """What paper shows is what any other tool computes."""
    own = x509.load_pem_x509_certificate(root.certificate.encode())
    assert keys.fingerprint(root.certificate) == own.fingerprint(SHA256()).hex()
    assert keys.holder(root.certificate).role == "root"


def test_the_published_demo_root_loads_and_says_that_it_is_no_clinic() -> None:
    """Proves: Q43: one fixed key for every demo, valid for a century."""
    pem = (DEMO / "demo-root.pem").read_text()
    demo = keys.load_root((DEMO / "demo-root-key.pem").read_bytes(), pem)
    said = keys.holder(demo.certificate)
    assert said.name == "Chairside DEMO root - not a clinic"
    assert (said.since.year, said.until.year) == (2020, 2120)
    staff = keys.staff_certificate(demo, keys.new_signing_key().public_key(), NURSE, NOW)
    assert keys.issued_by(staff, pem, LATER)


def test_a_root_can_be_founded_on_a_given_key(root: keys.Root) -> None:
    """The demo's key makes the same root again, but for its serial number."""
    again = keys.found_root("Example Hair Clinic", NOW, root.key)
    assert again.key is root.key
    assert keys.fingerprint(again.certificate) != keys.fingerprint(root.certificate)


def test_a_key_and_a_certificate_that_do_not_fit_are_refused(root: keys.Root) -> None:
    """Somebody else's key, or a key of another kind, is no root."""
    for key in (keys.new_signing_key(), ed25519.Ed25519PrivateKey.generate()):
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with pytest.raises(KeyRefused, match="root_mismatch"):
            keys.load_root(pem, root.certificate)
