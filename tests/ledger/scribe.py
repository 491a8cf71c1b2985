"""A scribe drafts facts for one invented tablet, in order, with real keys where a fact is signed."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from chairside import keys
from chairside.canon import encode, head_bytes, sha256_hex
from chairside.domain import facts, replies
from chairside.ledger import Draft, Ledger

KEY = bytes(range(32))
NOON = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
STROKE = b"stroke points, invented"


class Scribe:
    """Writes into one ledger as one tablet."""

    def __init__(self, ledger: Ledger, tablet: str = "t1") -> None:
        self.ledger = ledger
        self.tablet = tablet
        self.root = keys.found_root("Example Hair Clinic", NOON)
        self.nurse = keys.new_signing_key()
        self.device = keys.new_signing_key()

    def body(self, stream: str, fact: facts.Fact, ahead: int = 0, by: str = "p1") -> facts.Body:
        """Return the tablet's next fact, or one further ahead."""
        number = self.ledger.last_number(self.tablet) + 1 + ahead
        stamp = facts.Stamp(
            schema=facts.SCHEMA,
            clinic="c1",
            stream=stream,
            tablet=self.tablet,
            number=number,
            after=self.ledger.heads(stream),
            person=by,
            utc=NOON + timedelta(seconds=number),
            offset_minutes=-480,
            zone="America/Los_Angeles",
            monotonic_ms=number,
            boot="boot-1",
            form=None,
            language="en",
        )
        return facts.Body(stamp, fact)

    def draft(self, stream: str, fact: facts.Fact, *blobs: bytes, signed: bool = False) -> Draft:
        """Return a draft, signed by the nurse where asked."""
        body = self.body(stream, fact)
        if not signed:
            return Draft(body, None, blobs)
        return Draft(body, base64.b64encode(keys.sign(self.nurse, encode(body))).decode(), blobs)

    def check(self, stream: str, person: str = "p2") -> facts.Stamped:
        """Store that a second person compared a label's or a sheet's entries with the paper."""
        known = facts.SheetChecked if stream.startswith("sheet:") else facts.VialChecked
        return self.ledger.append((Draft(self.body(stream, known(person), by=person)),))[0]

    def write(self, stream: str, fact: facts.Fact, *blobs: bytes, signed: bool = False) -> facts.Stamped:
        """Store one fact."""
        return self.ledger.append((self.draft(stream, fact, *blobs, signed=signed),))[0]

    def sign_head(self) -> facts.Stamped:
        """Store what the tablet signs about its own log."""
        head = self.ledger.head(self.tablet)
        data = head_bytes(self.tablet, head.number, head.chain, head.size, head.root)
        signature = base64.b64encode(keys.sign(self.device, data)).decode()
        fact = facts.HeadSigned(head.number, head.chain, head.size, head.root, signature)
        return self.write(f"device:{self.tablet}", fact)

    def found(self) -> None:
        """Enrol the tablet and the nurse."""
        tablet = keys.tablet_certificate(self.root, self.device.public_key(), self.tablet, "Tablet one", NOON)
        nurse = keys.Subject("p1", "Nora Example", "nurse")
        pem = keys.staff_certificate(self.root, self.nurse.public_key(), nurse, NOON)
        self.write(f"device:{self.tablet}", facts.TabletEnrolled("Tablet one", tablet))
        self.write("clinic:c1", facts.StaffAdded("p1", "Nora Example", "nurse", pem))

    def visit(self, name: str, ending: facts.Ending = "countersigned") -> facts.Stamped:
        """Store a short visit to its end and return the concluding fact."""
        stream = f"visit:{name}"
        self.write(stream, facts.VisitOpened(f"pt-{name}", 1, NOON, ("name", "born"), {"consent": "a"}, "b"))
        self.write(stream, facts.Answered("health", "transplant", replies.Chosen("no")))
        self.write(stream, facts.StepClosed("health_check"), signed=True)
        self.write(stream, facts.StrokeDrawn("sign", sha256_hex(STROKE)), STROKE)
        return self.ledger.conclude(self.draft(stream, facts.Concluded(ending)))[0]

    def story(self, visits: int = 3) -> None:
        """A clinic, a patient, a vial and some visits, with signed heads."""
        self.found()
        self.patient("pt-v0", "Zoë Ågren-Núñez")
        self.write("vial:x1", facts.VialReceived("X1", "Example Tissue", "5 M", "L-1", date(2027, 1, 31)))
        self.ledger.keep_secret("pin:p1", b"a lock")
        for number in range(visits):
            self.visit(f"v{number}")
            self.sign_head()

    def patient(self, patient: str, name: str, born: date = date(1980, 2, 29)) -> facts.Stamped:
        """Put a patient on file."""
        fact = facts.PatientAdded(name, born, "+1 555 0101", "2 Example Street", "post", "en")
        return self.write(f"patient:{patient}", fact)


def new_story(folder: Path, visits: int = 3) -> Scribe:
    """Return a scribe with a story told into a new ledger."""
    scribe = Scribe(Ledger.create(folder, KEY))
    scribe.story(visits)
    return scribe
