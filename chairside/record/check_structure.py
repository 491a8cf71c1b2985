"""Stage 2, the file: exactly our fields, signatures and attachment, and nothing else that could act or hide.

Closed world: what is not known is refused, key by key where a reader would act on it. pyHanko judges
both signatures as a second voice beside our own bytes. What a later revision may touch is listed here,
because pyHanko's own difference check let attack files through.
"""

from __future__ import annotations

from datetime import datetime

from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate as ParsedCertificate
from cryptography import x509
from msgspec import Struct
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    read_certification_data,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from chairside.record.check_reader import Reader
from chairside.record.check_trust import complaint
from chairside.record.check_world import ATTACHMENT, Refused, at_key, demand_closed_world, items, looked_up

FIELDS = ("certifier", "clinic_seal", "archive_ts")
_WIDGET = {  # what our own fields hold, and nothing that acts
    "/Type",
    "/Subtype",
    "/FT",
    "/T",
    "/TU",
    "/F",
    "/Rect",
    "/P",
    "/AP",
    "/StructParent",
    "/Lock",
    "/V",
}
_ADDED_LATER = {"/V", "/Perms", "/Extensions", "/DSS", "/Version"}


class Found(Struct, frozen=True):
    """What the file holds for the next questions: record.json and the certifier's certificate (DER)."""

    record: bytes
    certifier: bytes


def examine_structure(data: bytes, root: bytes, lists: list[bytes], at: datetime) -> Found:
    """Return what the file holds. Raises: Refused, and whatever a parser raises on broken bytes."""
    reader = Reader(data)
    certifier, seal = _signatures(reader)
    _demand_valid(certifier, seal, (root, lists, at))
    demand_closed_world(reader)
    _demand_quiet_revisions(reader)
    certificate = certifier.signer_cert.dump()
    _demand_fit(certificate, root, (lists, at))
    return Found(_attachment(reader), certificate)


def _signatures(reader: PdfFileReader) -> tuple[EmbeddedPdfSignature, EmbeddedPdfSignature]:
    fields = [looked_up(entry) for entry in items(reader.root["/AcroForm"], "/Fields")]
    if tuple(str(at_key(field, "/T")) for field in fields) != FIELDS:
        raise Refused("foreign_field")
    if any(at_key(field, "/FT") != "/Sig" or set(field) - _WIDGET for field in fields):
        raise Refused("foreign_field")
    held = [field.raw_get("/V").reference if "/V" in field else None for field in fields]
    if held[0] is None or held[1] is None or held[0] == held[1] or held[2] is not None:
        raise Refused("signature_shared")
    found = reader.embedded_signatures
    if tuple(one.field_name for one in found) != FIELDS[:2]:
        raise Refused("foreign_signature")
    return found[0], found[1]


def _demand_valid(
    certifier: EmbeddedPdfSignature, seal: EmbeddedPdfSignature, pinned: tuple[bytes, list[bytes], datetime]
) -> None:
    root, lists, at = pinned
    for one in (certifier, seal):
        # its difference check is left out: `_demand_quiet_revisions` is narrower, and five times quicker
        status = validate_pdf_signature(one, _context(root, lists, at), skip_diff=True)
        if not status.bottom_line:
            raise Refused(f"{one.field_name}_invalid")
        if one.self_reported_timestamp != at:
            raise Refused("times_differ")
    if seal.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise Refused("seal_not_last")
    if certifier.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        raise Refused("certifier_invalid")
    certified = read_certification_data(certifier.reader)
    if certified is None or certified.author_sig != certifier.sig_object:
        raise Refused("not_certified")
    if certified.permission != MDPPerm.FILL_FORMS or seal.docmdp_level != MDPPerm.NO_CHANGES:
        raise Refused("not_certified")


def _context(root: bytes, lists: list[bytes], at: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=[ParsedCertificate.load(root)],
        crls=[CertificateList.load(one) for one in lists],
        allow_fetching=False,
        moment=at,
        revocation_mode="soft-fail",
    )


def _demand_fit(certificate: bytes, root: bytes, when: tuple[list[bytes], datetime]) -> None:
    lists, at = when
    unfit = complaint(
        x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(root), lists, at
    )
    if unfit:
        raise Refused(f"certifier_{unfit}")


def _demand_quiet_revisions(reader: PdfFileReader) -> None:
    """Refuse a later revision that changes an earlier object beyond filling in the signatures."""
    if reader.total_revisions != 3:
        raise Refused("revisions")
    for later in (1, 2):
        before = reader.get_historical_resolver(later - 1)
        after = reader.get_historical_resolver(later)
        if reader.xrefs.refs_freed_in_revision(later) or _rooted(before) != _rooted(after):
            raise Refused("revisions")
        for reference in reader.xrefs.explicit_refs_in_revision(later):
            introduced = reader.xrefs.get_introducing_revision(reference)
            if introduced < later and not _only_signed(before(reference), after(reference)):
                raise Refused("changed_object")


def _rooted(revision: HistoricalResolver) -> tuple[object, object]:
    trailer = revision.trailer_view
    return trailer.raw_get("/Root"), trailer.raw_get("/Info") if "/Info" in trailer else None


def _only_signed(old: generic.PdfObject, new: generic.PdfObject) -> bool:
    if not isinstance(old, generic.DictionaryObject) or not isinstance(new, generic.DictionaryObject):
        return False
    if isinstance(old, generic.StreamObject) or isinstance(new, generic.StreamObject):
        return False
    keys = (set(old) | set(new)) - _ADDED_LATER
    return all(key in old and key in new and old.raw_get(key) == new.raw_get(key) for key in keys)


def _attachment(reader: PdfFileReader) -> bytes:
    root = reader.root
    names = root["/Names"]["/EmbeddedFiles"]
    listed = names["/Names"]
    if set(names) - {"/Names", "/Limits"} or len(listed) != 2 or str(listed[0]) != ATTACHMENT:
        raise Refused("foreign_attachment")
    sources = items(root, "/AF")
    if len(sources) != 1 or sources[0].reference != listed.raw_get(1).reference:
        raise Refused("foreign_attachment")
    files = listed[1]["/EF"]
    if set(files) - {"/F", "/UF"} or files.raw_get("/F") != files.raw_get("/UF"):
        raise Refused("foreign_attachment")
    data: bytes = files["/F"].data
    return data
