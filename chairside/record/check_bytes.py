"""Stage 1 of the check: the clinic's seal judged from the file's bytes alone, with no PDF parser.

Only a file whose every byte is vouched for by a trusted clinic root goes on to a parser (stage 2), so
hostile files never reach one. Outside the hole of the seal every byte is under its digest; inside, the
envelope is written anew from its three free parts (certificate, document digest, signature) and must be
equal, the certificate is under the signature by its hash, and the signature must be low-S: nothing in
the file is left that could change unseen.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from msgspec import Struct

from chairside.record.check_trust import SEAL_ROLE, Trust, certificate_in, complaint, issued_by, role_of
from chairside.record.envelope import parts, signed_attributes, whole_value, written_anew

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
TAIL_BYTES = 64 * 1024  # the seal's revision, and every hole, is well under this
MOST_STORED = 64  # certificates and lists looked at in one file; ours has four
_RANGE = re.compile(rb"/ByteRange \[0 ([1-9]\d{0,9}) ([1-9]\d{0,9}) ([1-9]\d{0,9})\] *\n")
_HEX = re.compile(rb"(?:[0-9A-F]{2})+")
_TIME = re.compile(rb"/M \(D\\072(\d{14})Z\)\n")
_STORED = re.compile(rb"stream\r?\n(?=\x30[\x81\x82])")
_FILLED = re.compile(rb"/Contents <(3082[0-9A-F]{4,65536})>")
_LAYOUT = re.compile(rb"\((?:clinic(?:_|\\137)seal|archive(?:_|\\137)ts)\)")


class Examined(Struct, frozen=True):
    """What stage 1 found: nothing failed, or the first thing that did, as a code.

    `root` is the trusted root (DER) the file leans on, also where it fails; `foreign` an untrusted one.
    `layout` says whether the file is laid out as anybody's record; `at` the time the seal states.
    """

    failed: str = ""
    root: bytes = b""
    foreign: bytes = b""
    layout: bool = True
    at: datetime | None = None
    lists: tuple[bytes, ...] = ()


class _Broken(Exception):
    """The first thing that does not hold, as a code."""


class _Hole(Struct, frozen=True):
    """Where the seal's envelope lies in the file: from `<` to behind `>`."""

    start: int
    end: int


def examine(data: bytes, trust: Trust) -> Examined:
    """Return whether the last bytes of this file are a trusted clinic's seal over all of it."""
    try:
        return _examined(data, trust)
    except _Broken as broken:
        return _leaning_on(data, trust, str(broken))


def _examined(data: bytes, trust: Trust) -> Examined:
    hole = _hole_of_last_signature(data)
    envelope = _envelope(data, hole)
    digest = sha256(data[: hole.start] + data[hole.end :]).digest()
    if digest not in envelope:
        raise _Broken("bytes_changed")
    certificate, signature = _free_parts(envelope, digest)
    stored = _stored(data)
    root = _root_behind(certificate, _trusted(stored, trust))
    _demand_signature(certificate, digest, signature)
    at = _stated_time(data, hole)
    _demand_fit(certificate, root, stored, at)
    return Examined(root=root, at=at, lists=_lists(stored))


def _hole_of_last_signature(data: bytes) -> _Hole:
    """Find the signature whose two ranges are all of the file but its own hole."""
    found = list(_RANGE.finditer(data, max(0, len(data) - TAIL_BYTES)))
    for one in reversed(found):
        start, end, rest = (int(number) for number in one.groups())
        if start < end <= one.start() and end - start <= TAIL_BYTES and end + rest == len(data):
            return _Hole(start, end)
    raise _Broken("seal_not_last" if b"/ByteRange" in data else "seal_missing")


def _envelope(data: bytes, hole: _Hole) -> bytes:
    """Return the DER inside the hole: framed, canonical hex, then zeros only."""
    framed = data[hole.start] == ord("<") and data[hole.end - 1] == ord(">")
    inside = data[hole.start + 1 : hole.end - 1]
    if not framed or not data[: hole.start].endswith(b"\n/Contents ") or not _HEX.fullmatch(inside):
        raise _Broken("seal_padding")
    raw = bytes.fromhex(inside.decode("ascii"))
    try:
        envelope = whole_value(raw)
    except ValueError as trouble:
        raise _Broken("seal_envelope") from trouble
    if raw[len(envelope) :].strip(b"\0"):
        raise _Broken("seal_padding")
    return envelope


def _free_parts(envelope: bytes, digest: bytes) -> tuple[bytes, bytes]:
    try:
        certificate, signature = parts(envelope)
        anew = written_anew(certificate, digest, signature)
    except ValueError as trouble:
        raise _Broken("seal_envelope") from trouble
    if anew != envelope:
        raise _Broken("seal_envelope")
    return certificate, signature


def _stated_time(data: bytes, hole: _Hole) -> datetime:
    stated = _TIME.search(data, hole.end)
    try:
        digits = stated[1].decode("ascii") if stated else ""
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as trouble:
        raise _Broken("seal_time") from trouble


def _root_behind(certificate: bytes, roots: tuple[bytes, ...]) -> bytes:
    signer = certificate_in(certificate)
    for root in roots:
        if signer is not None and issued_by(signer, x509.load_der_x509_certificate(root)):
            return root
    raise _Broken("root_not_trusted")


def _demand_signature(certificate: bytes, digest: bytes, signature: bytes) -> None:
    key = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise _Broken("seal_signature")
    try:
        r, s = decode_dss_signature(signature)
        key.verify(signature, signed_attributes(certificate, digest), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError) as trouble:
        raise _Broken("seal_signature") from trouble
    if s > P256_ORDER // 2 or encode_dss_signature(r, s) != signature:
        raise _Broken("seal_signature")


def _demand_fit(certificate: bytes, root: bytes, stored: list[bytes], at: datetime) -> None:
    signer = x509.load_der_x509_certificate(certificate)
    if role_of(signer) != SEAL_ROLE:
        raise _Broken("seal_role")
    if certificate not in stored or root not in stored:
        raise _Broken("seal_certificate")
    unfit = complaint(signer, x509.load_der_x509_certificate(root), _lists(stored), at)
    if unfit:
        raise _Broken(f"seal_{unfit}")


def _stored(data: bytes) -> list[bytes]:
    """Return the DER values stored plainly as streams: certificates and revocation lists."""
    found = []
    for one in islice(_STORED.finditer(data), MOST_STORED):
        try:
            found.append(whole_value(data[one.end() : one.end() + TAIL_BYTES]))
        except ValueError:
            continue
    return found


def _trusted(stored: list[bytes], trust: Trust) -> tuple[bytes, ...]:
    return (*trust.known(), *(one for one in stored if trust.accepts(one)))


def _lists(stored: list[bytes]) -> tuple[bytes, ...]:
    return tuple(one for one in stored if certificate_in(one) is None)


def _leaning_on(data: bytes, trust: Trust, failed: str) -> Examined:
    """Say whose record a file that failed claims to be: ours by any trace of a trusted root."""
    stored = _stored(data)
    seen = [one for one in (*stored, *_signing(data)) if certificate_in(one) is not None]
    layout = _LAYOUT.search(data) is not None
    for root in _trusted(stored, trust):
        if root in seen or any(_issued(one, root) for one in seen):
            return Examined(failed=failed, root=root, layout=layout)
    foreign = [root for root in stored if any(_issued(one, root) for one in seen if one != root)]
    return Examined(failed=failed, foreign=foreign[0] if foreign else b"", layout=layout)


def _signing(data: bytes) -> list[bytes]:
    """Return the certificates inside the holes of all signatures, as far as they can be found."""
    found = []
    for one in islice(_FILLED.finditer(data), MOST_STORED):
        try:
            found.append(parts(whole_value(bytes.fromhex(one[1].decode("ascii"))))[0])
        except ValueError:
            continue
    return found


def _issued(certificate: bytes, root: bytes) -> bool:
    child, parent = certificate_in(certificate), certificate_in(root)
    return child is not None and parent is not None and issued_by(child, parent)
