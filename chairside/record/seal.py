"""Two signatures over a finished PDF: one person certifies it, the clinic's seal covers the entire file.

The seal is the last revision, so one byte after it breaks the record; it carries the store of
certificates and revocation lists (DSS) in the same revision. Decided against the trap of rewriting
XMP on every update (pyHanko does, and PDF/A then fails), against pyHanko's raising of the version to
2.0 for P-256 (the record claims PDF/A-3, which is PDF 1.7), and for low-S signatures, so that nobody
can write a second valid form of the same signature.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate as ParsedCertificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import Struct
from pyhanko.pdf_utils.crypt import SecurityHandler
from pyhanko.pdf_utils.generic import IndirectObject, PdfObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.pdf_utils.xref import ObjectStream
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSigner
from pyhanko.sign.signers import Signer as SigningParty
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import NoOpStampStyle

from chairside.domain.facts import AddendumKind, Ending
from chairside.errors import SealError
from chairside.record.check_bytes import P256_ORDER, examine
from chairside.record.check_trust import CERTIFIES, SEAL_ROLE, Trust, complaint, role_of

CERTIFIER, CLINIC_SEAL = "certifier", "clinic_seal"
RESERVED_HEX = 8192  # room for the CMS in hex digits: two certificates of 1 KiB would still fit


class Signer(Struct, frozen=True):
    """A key held open for this one act, its certificate (PEM), and what the signature says."""

    key: ec.EllipticCurvePrivateKey
    certificate: str
    name: str
    reason: str
    role: str


class Authority(Struct, frozen=True):
    """The clinic's root certificate and its revocation lists (PEM), as they stand at sealing."""

    root: str
    crls: tuple[str, ...] = ()

    def lists(self) -> tuple[bytes, ...]:
        """Return the revocation lists as DER."""
        return tuple(x509.load_pem_x509_crl(one.encode()).public_bytes(Encoding.DER) for one in self.crls)


class Act(Struct, frozen=True):
    """What is being sealed, and when (aware, the tablet's clock): a visit's ending or an addendum's kind."""

    ending: Ending | AddendumKind
    at: datetime


def certify_and_seal(
    unsigned: bytes, certifier: Signer, seal: Signer, *, authority: Authority, act: Act
) -> bytes:
    """Return the PDF certified by one person and sealed by the clinic, checked before it is returned.

    Raises: SealError(role_does_not_fit | certificate_unfit | not_signable | self_check_failed).
    """
    root = x509.load_pem_x509_certificate(authority.root.encode())
    _demand_fit(certifier, CERTIFIES[act.ending], root, (authority, act))
    _demand_fit(seal, frozenset({SEAL_ROLE}), root, (authority, act))
    try:
        certified = _certified(unsigned, certifier, act.at)
        sealed = _sealed(certified, seal, (certifier, authority), act.at)
    except (SigningError, PdfError, KeyError, ValueError) as trouble:
        raise SealError("not_signable", reason=str(trouble)) from trouble
    found = examine(sealed, Trust(roots=(root.public_bytes(Encoding.DER),)))
    if found.failed:
        raise SealError("self_check_failed", failed=found.failed)
    return sealed


def _demand_fit(
    signer: Signer, roles: frozenset[str], root: x509.Certificate, circumstance: tuple[Authority, Act]
) -> None:
    authority, act = circumstance
    certificate = x509.load_pem_x509_certificate(signer.certificate.encode())
    if signer.role not in roles or role_of(certificate) != signer.role:
        raise SealError(
            "role_does_not_fit", ending=act.ending, role=signer.role, certificate=role_of(certificate)
        )
    if certificate.public_key() != signer.key.public_key():
        raise SealError("certificate_unfit", reason="another_key")
    unfit = complaint(certificate, root, authority.lists(), act.at)
    if unfit:
        raise SealError("certificate_unfit", reason=unfit)


def _certified(unsigned: bytes, certifier: Signer, at: datetime) -> bytes:
    return _signed(
        _Update(BytesIO(unsigned)),
        certifier,
        at,
        PdfSignatureMetadata(
            field_name=CERTIFIER,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            name=certifier.name,
            reason=certifier.reason,
        ),
    )


def _sealed(certified: bytes, seal: Signer, store: tuple[Signer, Authority], at: datetime) -> bytes:
    certifier, authority = store
    update = _Update(BytesIO(certified))
    DocumentSecurityStore.supply_dss_in_writer(
        update,
        sig_contents=None,
        certs=[_parsed(pem) for pem in (authority.root, certifier.certificate, seal.certificate)],
        crls=[CertificateList.load(crl) for crl in authority.lists()],
    )
    return _signed(
        update,
        seal,
        at,
        PdfSignatureMetadata(
            field_name=CLINIC_SEAL,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            name=seal.name,
            reason=seal.reason,
        ),
    )


def _signed(update: _Update, signer: Signer, at: datetime, terms: PdfSignatureMetadata) -> bytes:
    """Write one signature; the steps of pyHanko's own `sign_pdf`, with the time given, not read."""
    party = _Party(terms, signer=_HeldKey(signer), stamp_style=NoOpStampStyle())
    session = party.init_signing_session(update, existing_fields_only=True)
    session.system_time = at.astimezone(UTC)
    document = session.prepare_tbs_document(None, bytes_reserved=RESERVED_HEX)
    prepared, output = document.digest_tbs_document()
    asyncio.run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    output.seek(0)
    return bytes(output.read())


def _parsed(pem: str) -> ParsedCertificate:
    return ParsedCertificate.load(x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER))


class _Update(IncrementalPdfFileWriter):
    """An update that leaves Info and XMP byte for byte as they were built."""

    def _update_meta(self) -> None:
        """Do nothing."""

    def _populate_trailer(self, trailer: StreamObject) -> None:
        """Leave a stream of places unpacked: packed, one in 256 ends in a carriage return (see `_Framed`)."""
        super()._populate_trailer(trailer)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        trailer.pop("/Filter", None)

    def add_object(
        self, obj: PdfObject, obj_stream: ObjectStream | None = None, idnum: int | None = None
    ) -> IndirectObject:
        """Add an object; certificates and lists that end in a carriage return are framed for every reader."""
        if type(obj) is StreamObject and obj.encoded_data.endswith(b"\r"):
            obj = _Framed(stream_data=obj.data)
        return super().add_object(obj, obj_stream, idnum)


class _Framed(StreamObject):
    """A stream whose data end in a carriage return: its line end is written with both characters.

    One certificate in 256 ends so, and a lone line feed after it reads as one line end, one byte short
    (page-validation does; see `streams.py`).
    """

    def write_to_stream(
        self, stream: BinaryIO, handler: SecurityHandler | None = None, container_ref: object = None
    ) -> None:
        """Write the stream object."""
        held = BytesIO()
        super().write_to_stream(held, handler, container_ref)
        stream.write(held.getvalue().removesuffix(b"\nendstream") + b"\r\nendstream")


class _Party(PdfSigner):
    """Registers the PAdES extension only, so that the file stays PDF 1.7."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Register ESIC, and nothing that would raise the version."""
        pdf_out.register_extension(ESIC_EXTENSION_1)


class _HeldKey(SigningParty):
    """A private key already in memory, signing without being loaded again each time."""

    def __init__(self, signer: Signer) -> None:
        super().__init__(signing_cert=_parsed(signer.certificate), embed_roots=False)
        self._key = signer.key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return a low-S ECDSA signature."""
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
        return encode_dss_signature(r, min(s, P256_ORDER - s))
