"""P-256 signing keys: made, wrapped, used; signatures are DER ECDSA over SHA-256.

Signing is deterministic (RFC 6979): a weak random source on a cheap tablet cannot leak the key.
"""

from __future__ import annotations

from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificate

from chairside.errors import KeyRefused
from chairside.keys.wrapping import unwrap, wrap

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey
_SCALAR_BYTES = 32


def new_signing_key() -> PrivateKey:
    """Return a new P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def sign(key: PrivateKey, data: bytes) -> bytes:
    """Return the signature over the data."""
    return key.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))


def verify(certificate: str, data: bytes, signature: bytes) -> bool:
    """Tell whether the holder of a certificate (PEM) signed exactly this data; nothing about trust."""
    public = load_pem_x509_certificate(certificate.encode()).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(signature, data, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def wrap_key(key: PrivateKey, under: bytes) -> bytes:
    """Return a signing key wrapped under 32 bytes; only the secret number is kept, the rest follows."""
    return wrap(under, key.private_numbers().private_value.to_bytes(_SCALAR_BYTES, "big"))


def unwrap_key(wrapped: bytes, under: bytes) -> PrivateKey:
    """Return a wrapped signing key.

    Raises: KeyRefused("key_damaged").
    """
    secret = int.from_bytes(unwrap(under, wrapped, "key_damaged"), "big")
    try:
        return ec.derive_private_key(secret, ec.SECP256R1())
    except ValueError:
        raise KeyRefused("key_damaged") from None
