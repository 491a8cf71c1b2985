"""A visit on a table: the real forms, the real judge and the real fold, without a store or a window.

A screen tells its facts here; what the rules allow is folded in and shown again, as session does it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import structs

from chairside import canon
from chairside.domain import acts, gate, procedure, steps
from chairside.domain.acts import Actor
from chairside.domain.book import Book, for_session
from chairside.domain.checklist import FLOOR
from chairside.domain.facts import (
    Answered,
    HandedOver,
    IdentityConfirmed,
    MarkTakenBack,
    PatientAdded,
    ProcedureMarked,
    Role,
    Stamp,
    Stamped,
    StrokeDrawn,
    VisitFact,
    VisitOpened,
)
from chairside.domain.finding import worst
from chairside.domain.folding import apply
from chairside.domain.ink import InkPoint, Stroke
from chairside.domain.panel import TESTS
from chairside.domain.replies import (
    Chosen,
    ChosenSeveral,
    Coded,
    CodesRead,
    DrugsTaken,
    PanelRead,
    Reply,
    TestLine,
)
from chairside.domain.standing import Status
from chairside.domain.steps import Scene
from chairside.domain.vial import SHIPMENT, Vial
from chairside.domain.visit import Key, Visit
from chairside.domain.when import When
from chairside.formbook import load
from chairside.session.clock import when
from chairside.session.view import Drawn, View, Who

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 3, 16, 17, 30, tzinfo=UTC)
INJECTION = datetime(2026, 3, 16, 19, 0, tzinfo=UTC)
ZONE = "America/Los_Angeles"
NURSE = Who("n1", "Robin Example", "nurse")
PHYSICIAN = Who("p1", "Sam Sample", "physician")
CODE = "W0000 26 000001"


@cache
def book() -> Book:
    """The shipped forms of the California profile, as a first session asks them."""
    whole = load(ROOT / "forms", "california")
    forms = {name: for_session(form, 1) for name, form in whole.forms.items()}
    return structs.replace(whole, forms=forms)


class Shows(Protocol):
    """A screen, as far as the table needs it."""

    def show_view(self, view: View) -> None: ...


class Room:
    """Takes what a screen tells; `told` keeps it, `refused` the codes of what the rules would not have."""

    def __init__(self, who: Who | None = NURSE, proved: bool = True) -> None:
        self.told: list[VisitFact | Drawn] = []
        self.refused: list[str] = []
        self.disk_full = False
        self.happened: datetime | None = None
        self.now = NOW
        self.language = "en"
        self.thaw_limit: int | None = None  # the supplier's, in minutes; None: none stated
        self.before: dict[Key, Reply] = {}  # what was answered in the session before
        self.pictures: list[bytes] = []
        self.who, self.proved, self.screen = who, proved, None
        self._strokes: dict[str, Stroke] = {}
        patient = PatientAdded("Jordan Avery", date(1984, 3, 14), "555-0100", "1 Sample Street", "post", "en")
        self.visit = structs.replace(Visit("v1"), patient=patient)
        forms = {form.id: form.digest for form in book().forms.values()}
        self.put(VisitOpened("pt1", 1, INJECTION, ("name", "born"), forms, book().plan.digest))
        self.screen: Shows | None = None

    # -- facts ----------------------------------------------------------------------------------
    def late(self, fact: ProcedureMarked, at: datetime) -> None:
        """Take the last mark back and fold it in anew with the time it happened, both or neither."""
        stood, refused = self.visit, len(self.refused)
        self.tell(MarkTakenBack(fact.mark))
        self.happened = at
        self.tell(fact)
        self.happened = None
        if len(self.refused) > refused:
            self.visit = stood
        self.show()

    def put(self, fact: VisitFact, person: str = "") -> None:
        """Fold a fact in without asking anyone."""
        number = len(self.visit.facts) + 1
        who = person or (self.who.person if self.who else "")
        stamp = Stamp(
            1, "c", "visit:v1", "t1", number, (), who, self.now, -420, ZONE, number, "boot", None, "en",
            self.happened,
        )  # fmt: skip
        self.visit = apply(self.visit, Stamped(stamp, fact, hashlib.sha256(str(number).encode()).hexdigest()))

    def answer(self, form: str, **options: str) -> None:
        """Fold answers to choices in."""
        for item, option in options.items():
            self.put(Answered(form, item, Chosen(option)))

    def reply(self, form: str, item: str, reply: Reply) -> None:
        """Fold one answer in."""
        self.put(Answered(form, item, reply))

    def hand_to_patient(self, step: str) -> None:
        """The patient has the tablet and said: that is me."""
        self.put(HandedOver("patient", step))
        self.put(IdentityConfirmed())

    def take_back(self) -> None:
        """Staff have the tablet again."""
        self.put(HandedOver("staff", self.visit.at_step))

    def healthy(self) -> None:
        """Every health question is answered no, no medicine was taken."""
        for item in FLOOR:
            self.put(Answered("health_check", item, Chosen("no")))
        self.put(Answered("medicines", "nsaids", DrugsTaken(())))

    def take_vials(self, *vials: Vial) -> None:
        """The codes were looked up: these vials were received."""
        self.visit = structs.replace(self.visit, vials=vials)

    def scan(self, *codes: str) -> None:
        """Fold the codes in as scanned at the chair."""
        self.reply("vial", "vial_code", CodesRead(tuple(Coded(code, "scanned") for code in codes)))

    # -- a screen's tell ------------------------------------------------------------------------
    def tell(self, fact: VisitFact | Drawn) -> None:
        """Judge it, fold it, show it; a refused fact changes nothing."""
        self.told.append(fact)
        if isinstance(fact, Drawn):
            digest = canon.sha256_hex(canon.canonical(fact.stroke))
            self._strokes[digest] = fact.stroke
            fact = StrokeDrawn(fact.pad, digest)
        role: Role = self.who.role if self.who else "nurse"
        actor = Actor(self.who.person if self.who else "n1", role, self.proved)
        code = acts.forbids(Scene(book(), self.visit, self.when(), self.thaw_limit), fact, actor)
        if code is not None or self.disk_full:
            self.refused.append(code or "disk_full")
            return
        self.put(fact)
        self.show()

    def show(self) -> None:
        """Show the visit as it stands."""
        if self.screen is not None:
            self.screen.show_view(self.view())

    def when(self) -> When:
        return when(self.now, max(self.now, INJECTION), ZoneInfo(ZONE))

    def view(self) -> View:
        """What session would hand down."""
        found = gate.findings(book(), self.visit, self.when())
        pads = {
            name: tuple(self._strokes[each] for each in pad.strokes) for name, pad in self.visit.pads.items()
        }
        return View(
            visit=self.visit, steps=steps.states(book(), self.visit, self.when()), findings=found,
            verdict=worst(found), when=self.when(), who=self.who,
            mode="patient" if self.visit.with_patient else "staff", language=self.language, zone=ZONE,
            book=book(),
            staff=(NURSE, PHYSICIAN), strokes=pads, record_id="ab12ab12ab12" if self.visit.sealed else "",
            status=Status("open", self.now), before=self.before,
            release=procedure.release_until(self.visit, book().terms),
            expected_marks=procedure.expected_marks(self.visit, self.when(), book().terms, self.thaw_limit),
            limit_at=procedure.limit_at(self.visit, self.thaw_limit),
        )  # fmt: skip


def signature(count: int = 60) -> Stroke:
    """Return ink that is enough for a signature."""
    points = tuple(InkPoint(10_000 + n * 900, 30_000 + (n % 7) * 1_500, n * 8, 500) for n in range(count))
    return Stroke("pen", points)


def good_vial(code: str = CODE, million: int = 5) -> Vial:
    """Return a vial the gate lets pass for the visit of the table."""
    panel = PanelRead(tuple(TestLine(test, "nonreactive") for test in TESTS))
    said = {item: Chosen("yes") for item in SHIPMENT}
    said |= {
        "donor_eligible": Chosen("eligible"),
        "sterility": Chosen("no_growth"),
        "vial_strength": Chosen(str(million)),
        "product_type": Chosen("cord_tissue"),
        "label_warning": ChosenSeveral(("none",)),
        "leukocyte_rich": Chosen("no"),
        "recovered_in": Chosen("us"),
    }
    return Vial(
        code=code,
        supplier="Example Supplier",
        product="Cord product, frozen",
        lot="LOT-0001",
        expires=(NOW + timedelta(days=90)).date(),
        replies={**said, "donor_tests": panel},
        entered_by="n1",
        checked_by="n2",
        accepted=True,
    )
