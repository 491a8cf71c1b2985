"""record.json: everything the record is made of, frozen; the same content is the same file for ever.

The page's bytes depend on this and on the generator alone: sentences, forms, facts and ink shapes
are all inside, and there is no clock. Ink carries shape only; its timing and pressure never leave
the ledger.
"""

from __future__ import annotations

import base64
import unicodedata
import zlib
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

import msgspec
from msgspec import Struct

from chairside import __version__
from chairside.canon.encoding import canonical, decode, digest, fact_hash
from chairside.domain.drugs import ListStatus
from chairside.domain.facts import AddendumKind, Ages, Ending, Stamped
from chairside.domain.form import Form, VisitPlan
from chairside.errors import RecordError

SCHEMA = 1
_PACKAGES = ("reportlab", "fontpkg-atkinson-hyperlegible", "fontpkg-noto-sans", "segno", "tzdata", "rl_accel")


class Clinic(Struct, frozen=True, forbid_unknown_fields=True):
    """The clinic as its founding says; `zone` is an IANA name, the last three are its own settings."""

    name: str
    address: str
    phone_24h: str
    zone: str
    profile: Literal["california", "other"]
    root_sha256: str
    demo: bool
    ages: Ages = "any"
    physician_alone: bool = False
    keep_years: int = 10


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """A person who acts in the facts."""

    name: str
    role: str


class Found(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding as the gate saw it: `weight` is a verdict's word, `about` a drug's name or a missing test.

    `days` are a drug's, as the list of half-lives tells them.
    """

    id: str
    weight: str
    items: tuple[str, ...]
    about: str = ""
    days: str = ""


class Proof(Struct, frozen=True, forbid_unknown_fields=True):
    """That the visit's head stands in this tablet's log: hex hashes, certificate in PEM, base64 signature."""

    head: str
    index: int
    size: int
    root: str
    path: tuple[str, ...]
    certificate: str
    signed_head: str  # the stored body of the tablet's HeadSigned fact, exact JSON text; empty if none yet


class Certifier(Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs the file first and what the signature means."""

    person: str
    name: str
    role: str
    meaning: str


class Addendum(Struct, frozen=True, forbid_unknown_fields=True):
    """What is added to a sealed record: the record's id and the SHA-256 of its whole file, kind and text.

    `meaning` is what its signature says; `number` counts the addenda of one record from 1.
    """

    number: int
    about: AddendumKind
    text: str
    follows_id: str
    follows_sha256: str
    meaning: str


class Content(Struct, frozen=True, forbid_unknown_fields=True):
    """One visit's record, or one addendum to it.

    Units: `strokes` hold samples (x, y, width) in 1/100 mm. Shape: stroke digest -> samples;
    `pictures` SHA-256 (hex) -> JPEG in base64, at most 2000 pixels a side, for every photo a fact names.
    `bodies` are the stored canonical fact bodies as text, patient's, sheets' and vials' streams first,
    then the visit's, each in its stored order; `words` is language -> key -> sentence.
    In an addendum the visit's bodies begin after the record's head (`ending` is still the record's),
    and `proof` is about the fact that concluded the addendum. `nsaids` are the medicines told that
    the drug list knew as NSAIDs: the list itself is not here, and only they have a washout.
    `drug_lists` says whether that list was signed; empty in a record sealed before this was told.
    `brands` says what the brands of premedications hold, as the order in words is read (Q27).
    """

    schema: int
    generator: dict[str, str]
    generator_digest: str
    record_id: str
    visit: str
    ending: Ending
    clinic: Clinic
    language: str
    staff_language: str
    people: dict[str, Person]
    bodies: tuple[str, ...]
    signatures: dict[str, str]
    certificates: dict[str, str]
    forms: tuple[Form, ...]
    plan: VisitPlan
    strokes: dict[str, tuple[tuple[int, int, int], ...]]
    findings: tuple[Found, ...]
    verdict: str
    proof: Proof
    words: dict[str, dict[str, str]]
    certifier: Certifier
    demo: bool
    sample: bool
    pictures: dict[str, str] = {}
    addendum: Addendum | None = None
    nsaids: tuple[str, ...] = ()
    drug_lists: ListStatus | Literal[""] = ""
    brands: dict[str, str] = {}

    def stamped(self) -> tuple[Stamped, ...]:
        """Return the facts, each with its hash and signature. Raises: RecordError."""
        return tuple(self._stamped(text.encode()) for text in self.bodies)

    def _stamped(self, stored: bytes) -> Stamped:
        try:
            body = decode(stored)
        except ValueError as trouble:
            raise RecordError("record_fact_unreadable", trouble=str(trouble)) from trouble
        named = fact_hash(stored)
        return Stamped(body.stamp, body.fact, named, self.signatures.get(named))

    def form(self, form_id: str) -> Form | None:
        """Return the form with this id, or None."""
        return next((form for form in self.forms if form.id == form_id), None)


_decoder = msgspec.json.Decoder(Content)


def generator() -> dict[str, str]:
    """Return what shapes the bytes of a record besides its content: names and versions."""
    parts = {
        "chairside": __version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "unicode": unicodedata.unidata_version,
    }
    for name in _PACKAGES:
        try:
            parts[name] = version(name)
        except PackageNotFoundError:
            parts[name] = "none"
    return parts


def generator_digest() -> str:
    """Return the digest (hex) of this generator."""
    return digest(generator())


def record_id(head: str) -> str:
    """Return the short code people compare: 4 x 4 letters of the head's first 80 bits in base32."""
    letters = base64.b32encode(bytes.fromhex(head)[:10]).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def to_json(content: Content) -> bytes:
    """Return record.json: the canonical bytes."""
    return canonical(content)


def is_canonical(data: bytes) -> bool:
    """Say whether record.json is the one canonical form of what it says.

    Held against itself, not against today's `Content`: a field added later, with a default, must not
    turn a record sealed before it into an altered one.
    """
    return canonical(msgspec.json.decode(data)) == data


def from_json(data: bytes) -> Content:
    """Return the content in record.json. Raises: RecordError."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as trouble:
        raise RecordError("record_json_unreadable", trouble=str(trouble)) from trouble
