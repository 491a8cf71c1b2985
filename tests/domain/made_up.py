"""A made-up clinic's forms and a visit told fact by fact; no disk, no clock, no keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import structs

from chairside.domain.acts import Actor, Scene, forbids
from chairside.domain.book import Book
from chairside.domain.drugs import Drug, DrugList
from chairside.domain.facts import (
    Answered,
    Concluded,
    Countersigned,
    Decided,
    Ending,
    Fact,
    HandedOver,
    IdentityConfirmed,
    PageRead,
    PatientAdded,
    RuledOn,
    Ruling,
    Signed,
    Stamp,
    Stamped,
    StepClosed,
    StrokeDrawn,
    VialAccepted,
    VialChecked,
    VialReceived,
    VisitFact,
    VisitOpened,
)
from chairside.domain.folding import apply, with_vials
from chairside.domain.form import (
    Choice,
    Code,
    Dose,
    Drugs,
    Form,
    Initial,
    Ink,
    Item,
    Prose,
    Statement,
    Step,
    VisitPlan,
    Words,
)
from chairside.domain.panel import CORE_TESTS
from chairside.domain.replies import (
    Chosen,
    ChosenSeveral,
    Coded,
    DoseGiven,
    DrugsTaken,
    Initialled,
    OnDate,
    PanelRead,
    Reply,
    TestLine,
)
from chairside.domain.vial import SHIPMENT, Vial
from chairside.domain.vial import fold as fold_vial
from chairside.domain.visit import Visit
from chairside.domain.when import When, end_of_day

ZONE = ZoneInfo("America/Los_Angeles")
NOON = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)  # noon in the clinic's zone
BORN = date(1984, 3, 14)
NAME = "Avery Example"
NURSE = Actor("nurse-1", "nurse", proved=True, name="Wren Example")
SECOND_NURSE = Actor("nurse-2", "nurse", proved=True, name="Ilo Example")
PHYSICIAN = Actor("physician-1", "physician", proved=True, name="Oru Example")
ADMINISTRATOR = Actor("administrator-1", "administrator", proved=True)
HEALTH = (
    "transplant",
    "immunocompromised",
    "flu_like_symptoms",
    "pregnant_or_trying",
    "cancer_within_5_years",
    "food_or_drug_allergy",
    "glycerol_sensitivity",
)
SIGN_PAD, VIAL_PAD, PHYSICIAN_PAD = "sign.signature", "vial.patient_saw", "countersign.physician_signature"


def unproved(actor: Actor) -> Actor:
    return structs.replace(actor, proved=False)


def form(name: str, *items: Item) -> Form:
    words = {item.id: Words(item.id.capitalize(), (f"The words of {item.id}.",)) for item in items}
    return Form(name, "1.0.0", f"digest-of-{name}", items, {"en": Prose("en", name, "sample", "", "", words)})


def _forms() -> dict[str, Form]:
    meanings = [Statement(id=f"meaning_{ruling}") for ruling in ("proceed", "defer", "do_not_treat")]
    made = (
        form("open", Choice(id="area", options=("scalp",))),
        form("health_check", *(Choice(id=item, private=item == "pregnant_or_trying") for item in HEALTH)),
        form("medicines", Drugs(id="nsaids"), Choice(id="fluids", required=False)),
        form(
            "notices",
            Statement(id="notice"),
            Choice(id="paper_copy", owner="nurse", options=("handed", "owed")),
        ),
        form(
            "consent",
            Statement(id="risks"),
            Initial(id="initial_risks", covers="risks"),
            Choice(id="ask_risks", options=("none", "some"), right="some", explains="risks"),
        ),
        form("decision", Choice(id="discussed", owner="physician", options=("in_person", "video", "phone"))),
        form("sign", Statement(id="check_answers"), Ink(id="signature", owner="patient", signer="patient")),
        form(
            "premedication",
            *(Choice(id=item) for item in ("loratadine_allergy", "antihistamine_today")),
            Dose(id="loratadine", drug="loratadine", doses=("10 mg", "5 mg"), forms=("tablet", "syrup")),
            *(
                Dose(id=item, required=False, drug=item, doses=("as ordered",), forms=("injection",))
                for item in ("h1_given", "h2_given", "steroid_given")
            ),
        ),
        form(
            "vial",
            Code(id="vial_code"),
            Choice(id="opened", options=("shipping_box", "none")),
            Ink(id="patient_saw", owner="patient", signer="patient"),
        ),
        form("countersign", *meanings, Ink(id="physician_signature", owner="physician", signer="physician")),
        form("receiving", *(Choice(id=item, options=("yes", "no")) for item in SHIPMENT)),
    )
    return {each.id: each for each in made}


PLAN = VisitPlan(
    "digest-of-plan",
    (
        Step("open", "nurse", "sheet", "open", (), "tap"),
        Step("health_check", "nurse", "questions", "health_check", ("open",), "pin"),
        Step("medicines", "nurse", "picker", "medicines", ("open",), "tap"),
        Step("notices", "patient", "reading", "notices", ("open",), "read"),
        Step("read", "patient", "reading", "consent", ("open",), "read"),
        Step(
            "decision",
            "physician",
            "review",
            "decision",
            ("health_check", "medicines", "read", "notices"),
            "decision",
        ),
        Step("sign", "patient", "signing", "sign", ("decision",), "signature"),
        Step("premedication", "nurse", "sheet", "premedication", ("sign",), "tap"),
        Step("vial", "nurse", "sheet", "vial", ("sign",), "pin"),
        Step("countersign", "physician", "signing", "countersign", ("premedication", "vial"), "countersign"),
        Step("record", "any", "record", "", ("countersign",), "seal"),
    ),
)
DRUGS = DrugList.of(
    (
        Drug("Advil", "ibuprofen", "yes"),
        Drug("Aspirin", "aspirin", "yes"),
        Drug("Aspirin", "aspirin", "no", antithrombotic=True),
        Drug("Plavix", "clopidogrel", "no", antithrombotic=True),
        Drug("Tylenol", "acetaminophen", "no"),
        Drug("Fish oil", "fish oil", "related"),
        Drug("Aggrenox", "aspirin and dipyridamole", "related", antithrombotic=True),
    )
)
BOOK = Book(_forms(), PLAN, DRUGS)


def book_with(*changed: Form) -> Book:
    return structs.replace(BOOK, forms={**BOOK.forms, **{each.id: each for each in changed}})


def when(now: datetime = NOON, injection: datetime | None = None, zone: ZoneInfo = ZONE) -> When:
    planned = injection or now
    return When(
        now=now,
        today=now.astimezone(zone).date(),
        injection=planned,
        injection_day=planned.astimezone(zone).date(),
        end_of_day=lambda day: end_of_day(day, zone),
    )


def stamped(fact: Fact, number: int = 1, person: str = "nurse-1", utc: datetime = NOON) -> Stamped:
    offset = utc.astimezone(ZONE).utcoffset()
    stamp = Stamp(
        schema=1,
        clinic="clinic",
        stream="visit:one",
        tablet="tablet",
        number=number,
        after=(),
        person=person,
        utc=utc,
        offset_minutes=int(offset.total_seconds() // 60) if offset else 0,
        zone=ZONE.key,
        monotonic_ms=number,
        boot="boot",
        form=None,
        language="en",
    )
    return Stamped(stamp, fact, f"{number:064x}")


def vial_facts(
    code: str = "V-1",
    expires: date = date(2027, 6, 1),
    checker: str = "nurse-2",
    accepted: bool = True,
    **replies: Reply | None,
) -> tuple[Stamped, ...]:
    """Return the stream of a vial that is in order, but for the replies named; None leaves one out."""
    sheet: dict[str, Reply | None] = {
        **{item: Chosen("yes") for item in SHIPMENT},
        "vial_strength": Chosen("5"),
        "product_type": Chosen("cord_tissue"),
        "label_warning": ChosenSeveral(("none",)),
        "donor_eligible": Chosen("eligible"),
        "donor_tests": PanelRead(tuple(TestLine(test, "nonreactive") for test in CORE_TESTS)),
        "leukocyte_rich": Chosen("no"),
        "recovered_in": Chosen("us"),
        "recovered_on": OnDate(date(2026, 1, 20)),
        "sterility": Chosen("no_growth"),
        **replies,
    }
    answers = [Answered("receiving", item, reply) for item, reply in sheet.items() if reply is not None]
    facts = [stamped(fact) for fact in (VialReceived(code, "supplier", "product", "L-1", expires), *answers)]
    facts += [stamped(VialChecked(checker), person=checker)] if checker else []
    facts += [stamped(VialAccepted())] if accepted else []
    return tuple(facts)


def a_vial(visit: str = "one") -> Vial:
    return structs.replace(fold_vial(vial_facts()), visit=visit)


class Story:
    """A visit that is told fact by fact, each judged before it is folded in."""

    def __init__(self, book: Book = BOOK, now: datetime = NOON, born: date = BORN) -> None:
        self.book = book
        self.now = now
        self.injection: datetime | None = None
        patient = PatientAdded(NAME, born, "555 0100", "1 Nowhere", "post", "en")
        self.visit = Visit("one", patient=patient)

    @property
    def scene(self) -> Scene:
        return Scene(self.book, self.visit, when(self.now, self.injection))

    def refusal(self, fact: VisitFact, actor: Actor = NURSE) -> str | None:
        return forbids(self.scene, fact, actor)

    def take(self, fact: VisitFact, actor: Actor = NURSE) -> None:
        """Fold a fact in without asking whether it is allowed."""
        self.now += timedelta(seconds=1)
        number = len(self.visit.facts) + 1
        self.visit = apply(self.visit, stamped(fact, number, actor.person, self.now))

    def conclude(self, ending: Ending = "countersigned", actor: Actor = PHYSICIAN) -> Story:
        self.tell(Concluded(ending), actor)
        return self

    def tell(self, fact: VisitFact, actor: Actor = NURSE) -> None:
        assert self.refusal(fact, actor) is None, (fact, self.refusal(fact, actor))
        self.take(fact, actor)

    def choose(self, form_id: str, actor: Actor = NURSE, **options: str) -> None:
        for item, option in options.items():
            self.tell(Answered(form_id, item, Chosen(option)), actor)

    def open(self) -> Story:
        forms = {each.id: each.digest for each in self.book.forms.values()}
        self.tell(VisitOpened("patient", 1, NOON, ("name", "born"), forms, "digest-of-plan"))
        self.choose("open", area="scalp")
        self.tell(StepClosed("open"))
        return self

    def health(self, **answers: str) -> Story:
        for item in HEALTH:
            self.choose("health_check", **{item: answers.get(item, "no")})
        self.tell(StepClosed("health_check"))
        return self

    def medicines(self, *rows: object) -> Story:
        self.tell(Answered("medicines", "nsaids", DrugsTaken(rows)))  # type: ignore[arg-type]
        self.tell(StepClosed("medicines"))
        return self

    def hand_over(self, step: str = "read") -> Story:
        self.tell(HandedOver("patient", step))
        self.tell(IdentityConfirmed())
        return self

    def hand_back(self) -> Story:
        self.tell(HandedOver("staff", "read"))
        return self

    def notices(self) -> Story:
        self.hand_over("notices").tell(PageRead("notices", "notice", "shown"))
        self.hand_back().choose("notices", paper_copy="handed")
        return self

    def read(self) -> Story:
        self.hand_over().tell(PageRead("consent", "risks", "shown"))
        self.tell(Answered("consent", "initial_risks", Initialled()))
        self.choose("consent", ask_risks="some")
        return self.hand_back()

    def until_decision(self, **answers: str) -> Story:
        return self.open().health(**answers).medicines().notices().read()

    def decision(
        self,
        ruling: Ruling = "proceed",
        *rulings: RuledOn,
        given: tuple[str, ...] = ("loratadine",),
        strength: int = 5,
    ) -> Decided:
        if ruling == "proceed":
            return Decided(ruling, "in_person", strength, given, rulings)
        return Decided(ruling, "in_person", None, given, rulings, "not today")

    def decide(self, ruling: Ruling = "proceed", *rulings: RuledOn, **ordered: object) -> Story:
        self.tell(self.decision(ruling, *rulings, **ordered), PHYSICIAN)  # type: ignore[arg-type]
        return self

    def ink(self, pad: str, actor: Actor = NURSE) -> tuple[str, ...]:
        self.tell(StrokeDrawn(pad, f"{pad}-{len(self.visit.facts)}"), actor)
        return self.visit.pads[pad].strokes

    def sign(self) -> Story:
        self.hand_over("sign").tell(PageRead("sign", "check_answers", "shown"))
        self.tell(Signed(SIGN_PAD, "patient", NAME, "I agree", self.ink(SIGN_PAD)))
        return self.hand_back()

    def aged(self, born: date) -> Story:
        """Make the patient another age once a grown-up signed: nobody under 18 signs alone."""
        assert self.visit.patient is not None
        self.visit = structs.replace(self.visit, patient=structs.replace(self.visit.patient, born=born))
        return self

    def premedicate(self) -> Story:
        self.choose("premedication", loratadine_allergy="no", antihistamine_today="no")
        self.tell(Answered("premedication", "loratadine", DoseGiven(self.now, "10 mg", "tablet")))
        self.tell(StepClosed("premedication"))
        return self

    def show_vial(self, vial: Vial | None = None) -> Story:
        """Show the vial to the patient; it is set aside for the visit once the step is closed."""
        self.tell(Answered("vial", "vial_code", Coded("V-1", "scanned")))
        self.visit = with_vials(self.visit, (vial or a_vial(visit=""),))
        self.choose("vial", opened="shipping_box")
        self.hand_over("vial").tell(Signed(VIAL_PAD, "patient", NAME, "I saw it", self.ink(VIAL_PAD)))
        self.hand_back().tell(StepClosed("vial"))
        self.visit = with_vials(self.visit, (structs.replace(vial or a_vial(), visit="one"),))
        return self

    def until_countersign(self, **answers: str) -> Story:
        rulings = [RuledOn(item, "discussed") for item, option in answers.items() if option == "yes"]
        story = self.until_decision(**answers).decide("proceed", *rulings)
        return story.sign().premedicate().show_vial()

    def countersignature(self, meaning: str = "") -> Countersigned:
        """Return the physician's signature over fresh ink."""
        decided = self.visit.decision
        said = meaning or f"meaning_{decided.ruling if decided else 'proceed'}"
        return Countersigned("Oru Example", said, self.ink(PHYSICIAN_PAD, PHYSICIAN))

    def countersign(self) -> Story:
        self.tell(self.countersignature(), PHYSICIAN)
        return self


Change = Callable[[Story], object]
