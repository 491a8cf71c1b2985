"""Real contents for the record's tests: facts with stamps and hashes, the shipped forms, drawn ink."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from chairside import formbook
from chairside.canon.encoding import encode, fact_hash
from chairside.domain.book import Book, for_session
from chairside.domain.checklist import FLOOR
from chairside.domain.facts import (
    Answered,
    Body,
    Concluded,
    Countersigned,
    Decided,
    Ending,
    Explained,
    Fact,
    HandedOver,
    IdentityConfirmed,
    PageRead,
    PatientAdded,
    QuestionRaised,
    QuestionSettled,
    RuledOn,
    Ruling,
    SheetChecked,
    SheetEntered,
    Signed,
    Stamp,
    StepClosed,
    Stopped,
    StrokeDrawn,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialReceived,
    VisitOpened,
)
from chairside.domain.form import Choice, Initial, Item, Statement
from chairside.domain.replies import (
    AtMoment,
    Chosen,
    ChosenSeveral,
    Coded,
    CodesRead,
    DoseGiven,
    DrugsTaken,
    DrugTaken,
    Initialled,
    OnDate,
    PanelRead,
    Reply,
    TestLine,
    Written,
)
from chairside.record.content import (
    SCHEMA,
    Certifier,
    Clinic,
    Content,
    Found,
    Person,
    Proof,
    generator,
    generator_digest,
    record_id,
)
from chairside.record.sentences import sentences

TOP = Path(__file__).parents[2]
VISIT = "visit-0001"
CODE = "CORD-5M-000117"
NAME = "Demo Patient Avery Nguyễn Thị Ánh"
INJECTION = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
SHIPMENT = ("box_intact", "dry_ice_left", "frozen_solid", "seal_intact", "label_matches_paper", "in_date")
TESTS = ("hiv", "hbv", "hcv", "syphilis", "htlv", "cmv")


@cache
def book() -> Book:
    """Return the shipped forms."""
    return formbook.load(TOP / "forms", "california", TOP / "resources" / "drugs")


def ink(seed: int, points: int = 60) -> tuple[tuple[int, int, int], ...]:
    """Return one invented stroke. Units: 1/100 mm."""
    return tuple(
        (
            round(n * 70 + 900 * math.sin(n / (4 + seed % 3))),
            round(1500 + 900 * math.cos(n / 3 + seed)),
            round(45 + 25 * math.sin(n / 5)),
        )
        for n in range(points)
    )


@dataclass
class Story:
    """Facts as they happen, one every few seconds, each after the last."""

    at: datetime = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
    bodies: list[str] = field(default_factory=list)
    signatures: dict[str, str] = field(default_factory=dict)
    strokes: dict[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)
    head: str = ""
    person: str = "nurse-1"
    stream: str = f"visit:{VISIT}"
    session: int = 1

    def tell(self, fact: Fact, by: str = "", proved: bool = False) -> None:
        """Store one fact."""
        self.at += timedelta(seconds=7)
        stamp = Stamp(
            schema=1,
            clinic="clinic-1",
            stream=self.stream,
            tablet="tablet-1",
            number=len(self.bodies) + 101,
            after=(self.head,) if self.head else (),
            person=by or self.person,
            utc=self.at,
            offset_minutes=-480,
            zone="America/Los_Angeles",
            monotonic_ms=len(self.bodies) * 7000,
            boot="boot-1",
            form=None,
            language="en",
        )
        data = encode(Body(stamp, fact))
        self.bodies.append(data.decode())
        self.head = fact_hash(data)
        if proved:
            self.signatures[self.head] = "MEUCIQDinvented"

    def choose(self, form: str, **options: str) -> None:
        """Answer choices."""
        for item, option in options.items():
            self.tell(Answered(form, item, Chosen(option)))

    def sign(self, pad: str, seed: int, by: str = "") -> tuple[str, ...]:
        """Draw two strokes and return their digests."""
        digests = []
        for stroke in (ink(seed), ink(seed + 1, 34)):
            digest = f"{len(self.strokes):064x}"
            self.strokes[digest] = stroke
            digests.append(digest)
            self.tell(StrokeDrawn(pad, digest), by)
        return tuple(digests)

    def read(self, form: str, wrong: str = "") -> None:
        """Read every page; answer every teach-back question, one of them wrong first."""
        for item in for_session(book().forms[form], self.session).items:
            for fact in _reading(form, item, wrong):
                self.tell(fact)


def _reading(form: str, item: Item, wrong: str) -> Iterator[Fact]:
    match item:
        case Statement():
            yield PageRead(form, item.id, "0" * 64)
        case Initial():
            yield Answered(form, item.id, Initialled())
        case Choice(right=right) if right:
            if item.id == wrong:
                other = next(option for option in item.options if option != right)
                yield Answered(form, item.id, Chosen(other))
                yield Explained(form, item.id)
            yield Answered(form, item.id, Chosen(right))


def arrive(story: Story, name: str) -> None:
    """Put the patient on file, and a vial with its sheet in the building."""
    story.stream, story.head = "patient:patient-1", ""
    story.tell(PatientAdded(name, date(1984, 3, 14), "+1 555 0111", "2 Nowhere Street", "post", "en"))
    sheet(story)
    vial(story, CODE, "5")


def sheet(story: Story, **more: Reply) -> None:
    """Copy a donor's test sheet, with HTLV and CMV left blank, and check it."""
    story.stream, story.head = "sheet:d-31", ""
    story.tell(SheetEntered("Invented Supplier", "D-31", ""))
    told: dict[str, Reply] = {"donor_eligible": Chosen("eligible"), "sterility": Chosen("no_growth")}
    told["donor_tests"] = PanelRead(tuple(TestLine(test, "nonreactive") for test in TESTS[:5]))
    for item, reply in (told | more).items():
        story.tell(Answered("donor_sheet", item, reply))
    story.tell(SheetChecked("nurse-2"), "nurse-2", proved=True)


def vial(story: Story, code: str, strength: str) -> None:
    """Receive, check and accept a vial, and set it aside for the visit."""
    story.stream, story.head = f"vial:{code}", ""
    tissue = "Umbilical cord tissue"
    story.tell(VialReceived(code, "Invented Supplier", tissue, "L-9", date(2027, 6, 1), "sheet:d-31"))
    label = {"vial_strength": strength, "product_type": "cord_tissue"}
    story.choose("receiving", **dict.fromkeys(SHIPMENT, "yes"), **label)
    story.tell(Answered("receiving", "label_warning", ChosenSeveral(("none",))))
    story.tell(VialChecked("nurse-2"), "nurse-2", proved=True)
    story.tell(VialAccepted())
    story.tell(VialAssigned(VISIT))


def ask(story: Story, session: int = 1, **changed: str) -> None:
    """Open the visit and ask the health check."""
    story.stream, story.head = f"visit:{VISIT}", ""
    forms = {form.id: form.digest for form in book().forms.values()}
    story.session = session
    story.tell(VisitOpened("patient-1", session, INJECTION, ("name", "born"), forms, book().plan.digest))
    story.choose(
        "open", area="scalp", indication="androgenetic", preferred_strength="5", others_present="nobody"
    )
    story.tell(StepClosed("open"))
    health = list(FLOOR)
    story.choose("health_check", **{item: changed.get(item, "no") for item in health})
    if "glycerol_sensitivity" in changed:
        story.choose("health_check", glycerol_sensitivity="no")
    story.tell(StepClosed("health_check"), proved=True)


def medicate(story: Story) -> None:
    """Ask for medicines."""
    rows = (
        DrugTaken("Advil", OnDate(date(2026, 11, 26)), False),
        DrugTaken("Aleve", AtMoment(datetime(2026, 11, 29, 16, 0, tzinfo=UTC)), False),
    )
    story.tell(Answered("medicines", "nsaids", DrugsTaken(rows)))
    story.choose("medicines", fluids_and_breakfast="both")
    story.tell(StepClosed("medicines"))


def inform(story: Story) -> None:
    """Let the patient read everything, with one question."""
    story.tell(HandedOver("patient", "notices"))
    story.tell(IdentityConfirmed())
    story.read("notices_california")
    story.read("consent", wrong="ask_call")
    story.tell(QuestionRaised("consent", "risks"))
    story.tell(HandedOver("staff", "read"), proved=True)
    story.choose("notices_california", paper_copy="handed")
    story.tell(QuestionSettled("consent", "risks"), "physician-1")


def decide(story: Story, ruling: Ruling, rulings: tuple[RuledOn, ...], million: int = 5) -> None:
    """Let the physician decide."""
    proceed = ruling == "proceed"
    given = ("loratadine",) if proceed else ()
    story.tell(
        Decided(ruling, "in_person", million if proceed else None, given, rulings), "physician-1", proved=True
    )


def prepare(story: Story, name: str, codes: tuple[str, ...] = (CODE,)) -> None:
    """Sign, premedicate, show the vial."""
    story.tell(HandedOver("patient", "sign"))
    story.tell(PageRead("sign", "check_answers", "0" * 64))
    meaning = book().forms["sign"].words("patient_signature", "en").body[0]
    story.tell(
        Signed("sign.patient_signature", "patient", name, meaning, story.sign("sign.patient_signature", 1))
    )
    story.tell(HandedOver("staff", "sign"), proved=True)
    story.choose("premedication", loratadine_allergy="no", antihistamine_today="no", prp_tubes_labelled="yes")
    story.tell(Answered("premedication", "loratadine", DoseGiven(story.at, "10 mg", "tablet")))
    story.tell(Answered("premedication", "prp_drawn_at", AtMoment(story.at)))
    for item in ("prp_kit", "anticoagulant_lot"):
        story.tell(Answered("premedication", item, Coded("K-2291", "scanned")))
        story.tell(Answered("premedication", item.replace("_lot", "") + "_expires", Written("2027-03")))
    story.tell(StepClosed("premedication"))
    story.tell(Answered("vial", "vial_code", CodesRead(tuple(Coded(code, "scanned") for code in codes))))
    story.choose("vial", opened="shipping_box", opened_by="nurse", paper_kept="yes")
    story.tell(PageRead("vial", "seen", "0" * 64))
    saw = book().forms["vial"].words("patient_saw", "en").body[0]
    story.tell(Signed("vial.patient_saw", "patient", name, saw, story.sign("vial.patient_saw", 2)))
    story.tell(StepClosed("vial"), proved=True)


def countersign(story: Story, item: str, ending: Ending) -> None:
    """Countersign and conclude."""
    meaning = book().forms["countersign"].words(item, "en").body[0]
    strokes = story.sign("countersign.physician_signature", 3, "physician-1")
    story.tell(Countersigned("Demo Physician Oru", meaning, strokes), "physician-1", proved=True)
    story.tell(Concluded(ending), "physician-1")


NAMES = {"nurse-1": "Demo Nurse Wren", "nurse-2": "Demo Nurse Ilo", "physician-1": "Demo Physician Oru"}


def content(
    story: Story, ending: Ending, verdict: str, findings: tuple[Found, ...], certifier: Certifier
) -> Content:
    """Return the frozen content of a story."""
    words = {"en": sentences("en")}
    staff = {"nurse-1": "nurse", "nurse-2": "nurse", "physician-1": "physician"}
    return Content(
        schema=SCHEMA,
        generator=generator(),
        generator_digest=generator_digest(),
        record_id=record_id(story.head),
        visit=VISIT,
        ending=ending,
        clinic=Clinic(
            "DEMO Clinic of Invented People",
            "1 Nowhere Street",
            "+1 555 0100",
            "America/Los_Angeles",
            "california",
            "ab" * 32,
            True,
        ),
        language="en",
        staff_language="en",
        people={p: Person(NAMES[p], role) for p, role in staff.items()},
        bodies=tuple(story.bodies),
        signatures=story.signatures,
        certificates={p: "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" for p in staff},
        forms=tuple(book().forms[name] for name in sorted(book().forms)),
        plan=book().plan,
        strokes=story.strokes,
        findings=findings,
        verdict=verdict,
        proof=Proof(story.head, 0, 1, "cd" * 32, (), "-----BEGIN CERTIFICATE-----\n", ""),
        words=words,
        certifier=certifier,
        demo=True,
        sample=True,
        nsaids=("Advil", "Aleve"),
    )


def ordinary(name: str = NAME, reason: str = "") -> Content:
    """Return an ordinary visit, countersigned, with a changed answer, a wrong teach-back and a finding."""
    return ordinary_story(name, reason)[0]


def ordinary_story(name: str, reason: str, story: Story | None = None) -> tuple[Content, Story]:
    """Return the ordinary visit with the story it was made from; one may be given that tells it its way."""
    story = story or Story()
    arrive(story, name)
    ask(story, glycerol_sensitivity="unsure")
    medicate(story)
    inform(story)
    ruled = RuledOn("washout_not_met:Aleve", reason or "One tablet, two days before. Discussed.")
    decide(story, "proceed", (ruled,))
    prepare(story, name)
    countersign(story, "meaning_proceed", "countersigned")
    found = (Found("washout_not_met", "physician", ("nsaids",), "Aleve"),)
    who = Certifier("physician-1", "Demo Physician Oru", "physician", "I approve this treatment.")
    return content(story, "countersigned", "physician", found, who), story


def stopped() -> Content:
    """Return a visit that ended at the health check: a transplant."""
    story = Story()
    arrive(story, NAME)
    story.bodies, story.strokes = story.bodies[:1], {}
    ask(story, transplant="yes")
    decide(story, "do_not_treat", ())
    countersign(story, "meaning_do_not_treat", "do_not_treat")
    found = (Found("transplant", "do_not_treat", ("transplant",)),)
    who = Certifier("physician-1", "Demo Physician Oru", "physician", "I do not approve this treatment.")
    return content(story, "do_not_treat", "do_not_treat", found, who)


def refused() -> Content:
    """Return a visit the patient refused before signing; attested by the nurse, no ink."""
    story = Story()
    arrive(story, NAME)
    story.bodies = story.bodies[:1]
    ask(story)
    inform(story)
    story.tell(Stopped("refused", "I would rather wait."), proved=True)
    story.tell(Concluded("refused"))
    who = Certifier("nurse-1", "Demo Nurse Wren", "nurse", "I would rather wait.")
    return content(story, "refused", "incomplete", (), who)
