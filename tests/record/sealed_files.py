"""A clinic with real keys and a small sealed record of its own making, for the tests of seal and check.

The page is thin on purpose (300 times smaller than time allows a test to care): what is checked is
the file around it. The facts, signatures, certificates and the tree are real.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import msgspec
import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from chairside import canon, keys
from chairside.canon import tree
from chairside.domain.facts import (
    AddendumKind,
    Body,
    Concluded,
    Countersigned,
    Decided,
    Ending,
    Fact,
    HandedOver,
    HeadSigned,
    Stamp,
    StepClosed,
    Stopped,
    VisitOpened,
)
from chairside.domain.form import Step, VisitPlan
from chairside.keys.certificates import Subject
from chairside.record import content as record
from chairside.record.check_trust import Trust
from chairside.record.seal import Act, Authority, Signer, certify_and_seal

NOW = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
VISIT = "6f2c"
Spoil = Callable[[pikepdf.Pdf], None]


SINCE = NOW - timedelta(days=30)
STAFF = (Subject("p1", "Dr. Ada Example", "physician"), Subject("n1", "Ben Example", "nurse"))


class Clinic:
    """A root, staff, a tablet and a seal, under a new root or a given one."""

    def __init__(
        self,
        name: str = "Test clinic",
        staff: tuple[Subject, ...] = STAFF,
        tablet: str = "t1",
        root: keys.Root | None = None,
        since: datetime = SINCE,
    ) -> None:
        self.root = root or keys.found_root(name, since)
        self.tablet = tablet
        holders = (*(one.person for one in staff), tablet, "seal")
        self.keys = {one: keys.new_signing_key() for one in holders}
        public = {one: key.public_key() for one, key in self.keys.items()}
        self.certificates = {
            one.person: keys.staff_certificate(self.root, public[one.person], one, since) for one in staff
        }
        made = keys.tablet_certificate(self.root, public[tablet], tablet, "tablet", since)
        self.certificates[tablet] = made
        self.certificates["seal"] = keys.seal_certificate(self.root, public["seal"], name, since)
        self.lists = (keys.revocation_list(self.root, {}, 1, since),)

    @property
    def der(self) -> bytes:
        """The root as DER."""
        return x509.load_pem_x509_certificate(self.root.certificate.encode()).public_bytes(Encoding.DER)

    @property
    def trust(self) -> Trust:
        """Trust in this clinic alone."""
        return Trust(roots=(self.der,))

    def signer(self, person: str, role: str = "", reason: str = "I certify this record") -> Signer:
        """A signer with the key open."""
        holder = keys.holder(self.certificates[person])
        return Signer(self.keys[person], self.certificates[person], holder.name, reason, role or holder.role)

    def signed(
        self,
        unsigned: bytes,
        ending: Ending | AddendumKind = "countersigned",
        person: str = "p1",
        at: datetime = NOW,
    ) -> bytes:
        """Certify and seal a file as this clinic would."""
        return certify_and_seal(
            unsigned,
            self.signer(person),
            self.signer("seal", reason="Sealed by the clinic"),
            authority=Authority(self.root.certificate, self.lists),
            act=Act(ending, at),
        )


class Story:
    """The facts of one short visit, each stored, hashed and, where it must be, signed."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.bodies: list[str] = []
        self.signatures: dict[str, str] = {}
        self.after: tuple[str, ...] = ()

    def tell(self, person: str, fact: Fact, *, signed: bool = False) -> None:
        """Add a fact."""
        number = len(self.bodies) + 1
        stamp = Stamp(
            1,
            "c1",
            f"visit:{VISIT}",
            "t1",
            number,
            self.after,
            person,
            NOW - timedelta(minutes=60 - number),
            -480,
            "America/Los_Angeles",
            number * 1000,
            "b1",
            None,
            "en",
        )
        stored = canon.encode(Body(stamp, fact))
        own = canon.fact_hash(stored)
        if signed:
            signature = keys.sign(self.clinic.keys[person], stored)
            self.signatures[own] = base64.b64encode(signature).decode()
        self.bodies.append(stored.decode())
        self.after = (own,)


def story(clinic: Clinic, ending: Ending = "countersigned") -> Story:
    """The facts that lead to this ending."""
    told = Story(clinic)
    told.tell("n1", VisitOpened("pa1", 1, NOW, ("name", "born"), {}, "0" * 64))
    told.tell("n1", StepClosed("health_check"), signed=True)
    told.tell("n1", HandedOver("patient", "read"), signed=True)
    told.tell("n1", HandedOver("staff", "read"), signed=True)
    if ending in ("refused", "withdrawn"):
        told.tell("n1", Stopped("refused", "changed their mind"), signed=True)
    else:
        told.tell("p1", Decided("proceed", "in_person", 5, (), ()), signed=True)
        told.tell("p1", Countersigned("Dr. Ada Example", "I approve", ()), signed=True)
    told.tell("n1", Concluded(ending))
    return told


def content(clinic: Clinic, ending: Ending = "countersigned", told: Story | None = None) -> record.Content:
    """record.json as a value, with the head as the third of three leaves of the tablet's tree."""
    told = told or story(clinic, ending)
    head = told.after[0]
    person = "n1" if ending in ("refused", "withdrawn", "no_show") else "p1"
    holder = keys.holder(clinic.certificates[person])
    return record.Content(
        schema=1,
        generator=record.generator(),
        generator_digest=record.generator_digest(),
        record_id=record.record_id(head),
        visit=VISIT,
        ending=ending,
        clinic=_clinic(clinic),
        language="en",
        staff_language="en",
        people={
            "p1": record.Person("Dr. Ada Example", "physician"),
            "n1": record.Person("Ben Example", "nurse"),
        },
        bodies=tuple(told.bodies),
        signatures=told.signatures,
        certificates={one: clinic.certificates[one] for one in ("p1", "n1")},
        forms=(),
        plan=VisitPlan("0" * 64, (Step("health_check", "nurse", "questions", "h", (), "pin"),)),
        strokes={},
        findings=(),
        verdict="clear",
        proof=proof(clinic, head),
        words={},
        certifier=record.Certifier(person, holder.name, holder.role, "I certify this record"),
        demo=False,
        sample=True,
    )


def _clinic(clinic: Clinic) -> record.Clinic:
    root, zone = keys.fingerprint(clinic.root.certificate), "America/Los_Angeles"
    return record.Clinic("Test clinic", "1 Example Road", "555 0100", zone, "other", root, demo=False)


def proof(clinic: Clinic, head: str, at: datetime = NOW) -> record.Proof:
    """That this head is the third leaf of the tablet's tree, which the tablet has signed."""
    nodes: dict[tuple[int, int], bytes] = {}

    def node(level: int, at: int) -> bytes:
        return nodes[level, at]

    for index, leaf in enumerate((b"a" * 32, b"b" * 32, bytes.fromhex(head))):
        nodes |= {(level, place): own for level, place, own in tree.grown(index, leaf, node)}
    root, path = tree.root(3, node).hex(), tuple(step.hex() for step in tree.inclusion_proof(2, 3, node))
    said = canon.head_bytes(clinic.tablet, 99, "1" * 64, 3, root)
    signature = base64.b64encode(keys.sign(clinic.keys[clinic.tablet], said)).decode()
    stamp = Stamp(
        1,
        "c1",
        f"device:{clinic.tablet}",
        clinic.tablet,
        100,
        (),
        clinic.tablet,
        at,
        -480,
        "America/Los_Angeles",
        1,
        "b1",
        None,
        "en",
    )
    body = canon.encode(Body(stamp, HeadSigned(99, "1" * 64, 3, root, signature)))
    return record.Proof(head, 2, 3, root, path, clinic.certificates[clinic.tablet], body.decode())


def unsigned(data: bytes, spoil: Spoil | None = None, *, printed: str | None = None) -> bytes:
    """A two-page file with our three fields and record.json; `spoil` makes it worse before it is signed."""
    drawn = io.BytesIO()
    canvas = Canvas(drawn, invariant=1, pdfVersion=(1, 7))
    for number in (1, 2):
        canvas.drawString(72, 700, f"Page {number}. No known findings.")
        canvas.drawString(72, 680, printed if printed is not None else hashlib.sha256(data).hexdigest())
        canvas.showPage()
    canvas.save()
    pdf = pikepdf.open(drawn)
    _add_fields(pdf)
    spec = pikepdf.AttachedFileSpec(pdf, data, filename="record.json", mime_type="application/json")
    pdf.attachments["record.json"] = spec
    pdf.Root.AF = pdf.make_indirect(Array([pdf.Root.Names.EmbeddedFiles.Names[1]]))
    if spoil is not None:
        spoil(pdf)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _add_fields(pdf: pikepdf.Pdf) -> None:
    fields = []
    for name in ("certifier", "clinic_seal", "archive_ts"):
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(name),
            Rect=Array([0, 0, 0, 0]),
            F=132,
            P=pdf.pages[0].obj,
        )
        if name == "clinic_seal":
            field.Lock = Dictionary(
                Type=Name.SigFieldLock, Action=Name.Exclude, Fields=Array([String("archive_ts")]), P=1
            )
        fields.append(pdf.make_indirect(field))
    pdf.pages[0].Annots = Array(fields)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(fields), SigFlags=3))


@cache
def clinic() -> Clinic:
    """The clinic most tests trust; made once."""
    return Clinic()


@cache
def foreign_clinic() -> Clinic:
    """A clinic nobody here trusts."""
    return Clinic("Another clinic")


@cache
def genuine() -> bytes:
    """A genuine sealed record of `clinic`."""
    return clinic().signed(unsigned(record.to_json(content(clinic()))))


def resealed(change: Callable[[record.Content], record.Content]) -> bytes:
    """A record with changed contents, properly certified and sealed all the same."""
    changed = record.to_json(change(content(clinic())))
    return clinic().signed(unsigned(changed))


def replaced(**fields: object) -> Callable[[record.Content], record.Content]:
    """A change that replaces fields of record.json."""
    return lambda whole: msgspec.structs.replace(whole, **fields)
