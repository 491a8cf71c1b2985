"""A real, small clinic for tests: encrypted store, real keys, the shipped forms, a clock that steps.

Its verbs are what people do in a visit, from opening it to the addendum after the procedure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from chairside import formbook
from chairside.domain.book import Book
from chairside.domain.checklist import FLOOR
from chairside.domain.facts import (
    AddendumKind,
    AddendumSigned,
    Answered,
    Countersigned,
    Decided,
    Explained,
    Fact,
    HandedOver,
    IdentityConfirmed,
    Mark,
    PageRead,
    PatientAdded,
    ProcedureMarked,
    Ruling,
    SheetEntered,
    Signed,
    StepClosed,
    SupplierAdded,
    VialAccepted,
    VialReceived,
)
from chairside.domain.form import Choice, Initial, Ink, Statement, Words
from chairside.domain.ink import InkPoint, Stroke
from chairside.domain.panel import TESTS
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    ChosenSeveral,
    Coded,
    CodesRead,
    DoseGiven,
    DrugsTaken,
    Initialled,
    PanelRead,
    TestLine,
    Written,
)
from chairside.session import paper
from chairside.session.clinic import Charter, Clinic, NewStaff, found, open_clinic
from chairside.session.desk import Desk
from chairside.session.receiving import Receiving
from chairside.session.shown import shown_digest
from chairside.session.staff import Proof, Staff
from chairside.session.view import Drawn, NewVisit, View
from chairside.session.visit import VisitRoom, vial_stream
from tests.real_ink.made import signature

TOP = Path(__file__).parents[2]
PINS = {"nurse-1": "482915", "nurse-2": "730164", "physician-1": "915382"}
CODE = "CORD-5M-000117"
SECOND = "CORD-5M-000118"
SUPPLIER = "Invented Supplier"
LIMIT_MINUTES = 30
SHEET_SAYS = tuple(
    {
        "donor_eligible": Chosen("eligible"),
        "leukocyte_rich": Chosen("no"),
        "recovered_in": Chosen("us"),
        "laboratory_certified": Chosen("clia"),
        "cryoprotectant": Chosen("glycerol"),
    }.items()
)
LABEL_SAYS = (("product_type", Chosen("cord_tissue")), ("label_warning", ChosenSeveral(("none",))))
A_DAY = 24 * 60 * 60  # seconds
IN_ORDER = ("box_intact", "dry_ice_left", "frozen_solid", "seal_intact", "label_matches_paper", "in_date")


@dataclass
class SteppingClock:
    """A clock that moves one second at every look, on wall and monotonic alike; `wait` lets time go by."""

    at: datetime = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
    boot: str = "boot-1"
    ticks: int = 0

    def now(self) -> datetime:
        self.ticks += 1
        return self.at + timedelta(seconds=self.ticks)

    def monotonic_ms(self) -> int:
        return self.ticks * 1000

    def wait(self, time: timedelta) -> None:
        self.ticks += int(time.total_seconds())

    def until_tomorrow(self) -> None:
        """Let it become the hour at which the first day began: no visit goes on past midnight."""
        self.ticks += A_DAY - self.ticks % A_DAY


@cache
def book() -> Book:
    return formbook.load(TOP / "forms", "california", TOP / "resources" / "drugs")


def charter() -> Charter:
    demo = TOP / "resources" / "demo"
    return Charter(
        name="DEMO Clinic of Invented People",
        address="1 Nowhere Street",
        phone_24h="+1 555 0100",
        zone="America/Los_Angeles",
        profile="california",
        language="en",
        consent_valid_days=30,
        release_hours=4,
        opener="nurse-1",
        passphrase="an invented passphrase",
        staff=(
            NewStaff("nurse-1", "Demo Nurse Wren", "nurse", PINS["nurse-1"]),
            NewStaff("nurse-2", "Demo Nurse Ilo", "nurse", PINS["nurse-2"]),
            NewStaff("physician-1", "Demo Physician Oru", "physician", PINS["physician-1"]),
        ),
        root=((demo / "demo-root-key.pem").read_bytes(), (demo / "demo-root.pem").read_text()),
    )


def a_stroke(length: int = 60) -> Stroke:
    """Return a stroke that is no signature."""
    points = tuple(InkPoint(n * 900, 20_000 + (n % 7) * 400, n * 12, 300 + n) for n in range(length))
    return Stroke("pen", points)


@dataclass
class Visitors:
    """A clinic with somebody at the desk, and verbs for what people do in a visit."""

    clinic: Clinic
    staff: Staff
    desk: Desk
    clock: SteppingClock
    room: VisitRoom | None = None
    told: list[Fact] = field(default_factory=list)
    born: date = date(1984, 3, 14)
    again: str = ""  # a patient on file, for whom the next visit is

    @property
    def receiving(self) -> Receiving:
        return Receiving(self.clinic, self.staff)

    def proof(self, person: str) -> Proof:
        outcome, proof = self.staff.prove(person, PINS[person])
        assert proof is not None, outcome
        return proof

    def here(self) -> VisitRoom:
        assert self.room is not None
        return self.room

    def tell(self, fact: Fact | Drawn, by: str | None = None) -> View:
        return self.here().take(fact, self.proof(by) if by else None)  # type: ignore[arg-type]

    def choose(self, form: str, **options: str) -> None:
        for item, option in options.items():
            self.tell(Answered(form, item, Chosen(option)))

    # -- vials --------------------------------------------------------------------------------
    def enter_sheet(self) -> str:
        panel = PanelRead(tuple(TestLine(test, "nonreactive") for test in TESTS))
        said = (
            *SHEET_SAYS,
            ("donor_tests", panel),
            ("sterility", Chosen("no_growth")),
        )
        stream = self.receiving.enter_sheet(SheetEntered(SUPPLIER, "D-1", "L-9"), said)
        self.receiving.check_sheet(stream, self.proof("nurse-2"))
        return stream

    def receive(self, code: str = CODE, strength: str = "5") -> None:
        known = [card.stream for card in self.receiving.sheets()]
        sheet = known[0] if known else self.enter_sheet()
        label = (("vial_strength", Chosen(strength)), *LABEL_SAYS)
        said = (*((item, Chosen("yes")) for item in IN_ORDER), *label)
        came = VialReceived(code, SUPPLIER, "cord tissue", "L-9", date(2027, 6, 1), sheet)
        self.receiving.receive(came, said)
        self.receiving.check(code, self.proof("nurse-2"))
        self.receiving.accept(code)

    def happened_to(self, code: str = CODE) -> list[Fact]:
        """What the vial's own stream says, its receiving aside."""
        facts = [stamped.fact for stamped in self.clinic.ledger.stream(vial_stream(code))]
        return facts[facts.index(VialAccepted()) + 1 :]

    # -- the visit ----------------------------------------------------------------------------
    letters: str = "en"  # the language a new patient asks letters in

    def open(self, born: date = date(1984, 3, 14), at: datetime | None = None, again: str = "") -> VisitRoom:
        new_one = PatientAdded("Demo Patient Avery", born, "555 0111", "2 Nowhere", "post", self.letters)
        patient = again or new_one
        picked = [(i.id, Chosen(i.options[0])) for i in book().forms["open"].items if isinstance(i, Choice)]
        new = NewVisit(patient, ("name", "born"), at, tuple(picked), "physician-1")
        self.room = self.desk.open_visit(new)
        return self.room

    def health(self, **changed: str) -> None:
        form = self.here().book.forms["health_check"]
        for item in FLOOR:
            self.choose(form.id, **{item: changed.get(item, "no")})

    def medicines(self) -> None:
        self.tell(Answered("medicines", "nsaids", DrugsTaken(())))
        self.tell(StepClosed("medicines"))

    def hand_over(self, step: str) -> None:
        self.tell(HandedOver("patient", step))
        self.tell(IdentityConfirmed())

    def hand_back(self, by: str = "nurse-1") -> None:
        self.tell(HandedOver("staff", self.here().visit.at_step), by)

    def words(self, form: str, item: str) -> Words:
        """What the patient sees of an item, in the language of the visit."""
        return self.here().book.forms[form].words(item, self.here().visit.language)

    def read(self, form: str, wrong: int = 0) -> None:
        for item in self.here().book.forms[form].items:
            match item:
                case Statement(owner=owner) if owner != "nurse":
                    self.tell(PageRead(form, item.id, shown_digest(self.words(form, item.id))))
                case Initial():
                    self.tell(Answered(form, item.id, Initialled()))
                case Choice(right=right) if right:
                    other = next(option for option in item.options if option != right)
                    for _ in range(wrong):
                        self.choose(form, **{item.id: other})
                        self.tell(Explained(form, item.id))
                    self.choose(form, **{item.id: right if not wrong else other})
                case _:
                    continue

    def decide(self, ruling: Ruling = "proceed", million: int = 5) -> None:
        self.staff.arrive(self.proof("physician-1"))
        strength = million if ruling == "proceed" else None
        given = ("loratadine",) if ruling == "proceed" else ()
        reason = "" if ruling == "proceed" else "what was found stands in the way today"
        self.tell(Decided(ruling, "in_person", strength, given, (), reason), "physician-1")

    def ink(self, form: str) -> str:
        item = next(item for item in self.here().book.forms[form].items if isinstance(item, Ink))
        pad = f"{form}.{item.id}"
        number = self.clinic.ledger.last_number(self.clinic.scribe.desk.tablet)
        for stroke in signature(4 * number + 1):  # a short one; and nobody writes the same one twice
            self.tell(Drawn(pad, stroke))
        return pad

    def patient_signs(self, form: str) -> None:
        for item in self.here().book.forms[form].items:
            if isinstance(item, Statement) and item.owner in ("patient", "any"):
                self.tell(PageRead(form, item.id, shown_digest(self.words(form, item.id))))
        pad = self.ink(form)
        visit = self.here().visit
        assert visit.patient is not None
        self.tell(Signed(pad, "patient", visit.patient.name, "as shown", visit.pads[pad].strokes))

    def premedicate(self) -> None:
        now = self.clock.now()
        self.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
        self.choose("premedication", prp_tubes_labelled="yes")
        self.tell(Answered("premedication", "loratadine", DoseGiven(now, "10 mg", "tablet")))
        self.tell(Answered("premedication", "prp_drawn_at", AtMoment(now)))
        for item in ("prp_kit", "anticoagulant_lot"):
            self.tell(Answered("premedication", item, Coded("K-1", "scanned")))
        for item in ("prp_kit_expires", "anticoagulant_expires"):
            self.tell(Answered("premedication", item, Written("2027-03")))
        self.tell(StepClosed("premedication"))

    def scan(self, *codes: str) -> None:
        read = CodesRead(tuple(Coded(code, "scanned") for code in codes or (CODE,)))
        self.tell(Answered("vial", "vial_code", read))

    def show_vial(self, *codes: str, opened: str = "shipping_box") -> None:
        self.scan(*codes)
        self.choose("vial", opened=opened, opened_by="nurse", paper_kept="yes")
        self.hand_over("vial")
        self.patient_signs("vial")
        self.hand_back()
        self.tell(StepClosed("vial"), "nurse-1")

    def countersign(self) -> None:
        self.staff.arrive(self.proof("physician-1"))
        pad = self.ink("countersign")
        strokes = self.here().visit.pads[pad].strokes
        decided = self.here().visit.decision
        assert decided is not None
        words = self.here().book.forms["countersign"].words(f"meaning_{decided.ruling}", "en")
        meaning = " ".join(words.body)
        self.tell(Countersigned("Demo Physician Oru", meaning, strokes), "physician-1")

    def until_decision(self, **health: str) -> None:
        self.open(self.born, again=self.again)
        self.before_decision(**health)

    def asked(self, **health: str) -> None:
        """The nurse's two checklists, the first one closed with a PIN."""
        self.health(**health)
        self.tell(StepClosed("health_check"), "nurse-1")
        self.medicines()

    def before_decision(self, **health: str) -> None:
        """Everything that comes between the opening and the decision."""
        self.asked(**health)
        notices = f"notices_{self.clinic.founded.profile}"
        self.hand_over("notices")
        self.read(notices)
        self.read("consent")
        self.hand_back()
        self.choose(notices, paper_copy="handed")

    def sign_consent(self) -> None:
        self.hand_over("sign")
        self.patient_signs("sign")
        self.hand_back()

    def until_vial(self, million: int = 5) -> None:
        self.until_decision()
        self.decide(million=million)
        self.sign_consent()
        self.premedicate()

    def whole(self, *codes: str, million: int = 5) -> None:
        self.until_vial(million)
        self.show_vial(*codes)
        self.countersign()

    # -- afterwards ---------------------------------------------------------------------------
    def seal(self, person: str = "physician-1") -> paper.Made:
        """Make and keep the record, as the glass does."""
        job = paper.prepare(self.here(), self.proof(person))
        made = job.run(lambda _: None, lambda: False)
        assert paper.finish(self.here(), job, made).visit.sealed is not None
        return made

    def mark(self, *marks: Mark) -> View:
        codes = self.here().visit.codes
        for mark in marks:
            self.tell(ProcedureMarked(mark, codes))
        return self.here().view()

    def sign_procedure(self, person: str = "nurse-1") -> View:
        """The one signature at the end of the procedure: ink and PIN."""
        self.staff.arrive(self.proof(person))
        pad = self.ink("procedure")
        return self.add("procedure", "", self.here().visit.pads[pad].strokes, person)

    def add(self, about: AddendumKind, text: str, strokes: tuple[str, ...] = (), by: str = "nurse-1") -> View:
        number = len(self.here().visit.addenda) + 1
        name = self.clinic.people[by].name
        return self.tell(AddendumSigned(number, about, text, name, "this is what happened", strokes), by)

    def seal_addendum(self, number: int = 1, by: str = "nurse-1") -> paper.Made:
        job = paper.prepare_addendum(self.here(), number, self.proof(by))
        made = job.run(lambda _: None, lambda: False)
        paper.finish_addendum(self.here(), job, made)
        return made


def clinic_in(folder: Path, own: Charter | None = None, forms: Book | None = None) -> Visitors:
    """Found the clinic in a folder, with the first nurse signed in and one vial accepted."""
    clock = SteppingClock()
    clinic, _ = found(folder, own or charter(), forms or book(), clock)
    staff = Staff(clinic)
    visitors = Visitors(clinic, staff, Desk(clinic, staff), clock)
    assert staff.sign_in("nurse-1", PINS["nurse-1"]).right
    supplier = SupplierAdded(SUPPLIER, "3 Nowhere", "555 0112", LIMIT_MINUTES, may_move=True)
    visitors.receiving.add_supplier(supplier)
    visitors.receive()
    return visitors


def reopened(visitors: Visitors, with_book: Book | None = None) -> Visitors:
    """The same folder after a restart: another boot of the same clock, nobody signed in."""
    visitors.clinic.ledger.close()
    visitors.clock.boot = f"{visitors.clock.boot}-again"
    return opened(visitors.clinic.folder, visitors.clock, with_book)


def opened(folder: Path, clock: SteppingClock, with_book: Book | None = None) -> Visitors:
    """Open the clinic in a folder as a start does."""
    told = charter()
    clinic = open_clinic(folder, told.opener, told.passphrase, with_book or book(), clock)
    staff = Staff(clinic)
    return Visitors(clinic, staff, Desk(clinic, staff), clock)
