"""The signature envelope (CMS) as Chairside makes it, written anew from its free parts.

Only one shape is ever made: one signer, P-256 with SHA-256, the signer's certificate alone, the three
attributes PAdES asks for, no unsigned attribute. So the check does not judge an envelope, it writes the
only one that could stand there and compares; that leaves a reader with nothing to be lenient about.
"""

from __future__ import annotations

from hashlib import sha256

_SEQUENCE, _SET, _OCTETS = 0x30, 0x31, 0x04
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_SIGNING_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910022f")
_ONE = bytes.fromhex("020101")


def parts(envelope: bytes) -> tuple[bytes, bytes]:
    """Return the certificate and the signature where our own envelope has them.

    Raises: ValueError when there is nothing there; whether the rest is right, `written_anew` tells.
    """
    content = _child(_child(envelope, 1), 0)
    certificate = _child(content, 3)
    signer = _child(_child(content, 4), 0)
    return _inside(certificate), _inside(_child(signer, 5))


def written_anew(certificate: bytes, digest: bytes, signature: bytes) -> bytes:
    """Return the one envelope that can carry this certificate, document digest and signature."""
    signer = _der(
        _SEQUENCE,
        _ONE,
        _der(_SEQUENCE, *_issuer_and_serial(certificate)),
        _SHA256,
        _der(0xA0, *_attributes(certificate, digest)),
        _ECDSA_SHA256,
        _der(_OCTETS, signature),
    )
    content = _der(
        _SEQUENCE,
        _ONE,
        _der(_SET, _SHA256),
        _der(_SEQUENCE, _DATA),
        _der(0xA0, certificate),
        _der(_SET, signer),
    )
    return _der(_SEQUENCE, _SIGNED_DATA, _der(0xA0, content))


def signed_attributes(certificate: bytes, digest: bytes) -> bytes:
    """Return the bytes the signature is over. Source: RFC 5652 section 5.4."""
    return _der(_SET, *_attributes(certificate, digest))


def whole_value(data: bytes, at: int = 0) -> bytes:
    """Return the DER value that begins here, header included. Raises: ValueError."""
    return data[at : _ends(data, at)[1]]


def _attributes(certificate: bytes, digest: bytes) -> list[bytes]:
    issuer, serial = _issuer_and_serial(certificate)
    issued = _der(_SEQUENCE, _der(_SEQUENCE, _der(0xA4, issuer)), serial)
    named = _der(_SEQUENCE, _der(_OCTETS, sha256(certificate).digest()), issued)
    return sorted(
        _der(_SEQUENCE, kind, _der(_SET, value))
        for kind, value in (
            (_CONTENT_TYPE, _DATA),
            (_MESSAGE_DIGEST, _der(_OCTETS, digest)),
            (_SIGNING_CERTIFICATE, _der(_SEQUENCE, _der(_SEQUENCE, named))),
        )
    )


def _issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    body = _child(certificate, 0)
    return _child(body, 3), _child(body, 1)


def _der(tag: int, *content: bytes) -> bytes:
    joined = b"".join(content)
    length = len(joined)
    if length < 0x80:
        return bytes((tag, length)) + joined
    wide = (length.bit_length() + 7) // 8
    return bytes((tag, 0x80 | wide)) + length.to_bytes(wide) + joined


def _child(value: bytes, index: int) -> bytes:
    """Return the nth value inside this one."""
    at, end = _ends(value, 0)
    for _ in range(index):
        at = _ends(value, at)[1]
    start, stop = at, _ends(value, at)[1]
    if stop > end:
        raise ValueError("a value reaches beyond its parent")
    return value[start:stop]


def _inside(value: bytes) -> bytes:
    start, end = _ends(value, 0)
    return value[start:end]


def _ends(data: bytes, at: int) -> tuple[int, int]:
    """Return where the content of the value at this place begins and ends."""
    if at + 2 > len(data):
        raise ValueError("a value is cut short")
    start, length = at + 2, data[at + 1]
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[at + 2 : start])
    if start + length > len(data):
        raise ValueError("a value is cut short")
    return start, start + length
