"""The pages of a visit: each step's screen in its states, as staff or as the patient sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from msgspec import structs

from chairside.domain.facts import (
    Answered,
    HandedOver,
    IdentityConfirmed,
    Mark,
    PageRead,
    PaperChosen,
    ProcedureMarked,
    QuestionRaised,
    WaitBegan,
)
from chairside.domain.form import Initial, Statement
from chairside.domain.replies import Chosen, DrugsTaken, DrugTaken, Initialled, NotSure
from chairside.ui.screens.addendum import Addendum, Draft
from chairside.ui.screens.asked import Asked
from chairside.ui.screens.more import More, MoreDoors
from chairside.ui.screens.on_paper import OnPaper, PaperDoors
from chairside.ui.screens.picker import Picker
from chairside.ui.screens.procedure import Chairside, Procedure
from chairside.ui.screens.questions import Questions
from chairside.ui.screens.reading import Reading
from chairside.ui.screens.record import Record
from chairside.ui.screens.review import Review
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.sheet import Sheet
from chairside.ui.screens.signing import Signing
from chairside.ui.screens.stopping import Choices, Stopping
from chairside.ui.screens.waiting import WaitDoors, Waiting
from chairside.ui.widgets.page import Page
from tests.looks.dress import Piece, Set, nothing, silent
from tests.ui.screens.room import CODE, PHYSICIAN, Room, book, good_vial
from tests.ui.screens.stories import (
    SECOND,
    decided,
    opened,
    prepared,
    ready_to_decide,
    sealed,
    signed,
    two_vials,
)
from tests.ui.screens.test_on_paper import PAD
from tests.ui.screens.test_record import Paper, added


def asked() -> Room:
    room = opened()
    room.answer("health_check", pregnant_or_trying="no", cancer_within_5_years="yes")
    return room


def medicines() -> Room:
    room = opened()
    rows = (DrugTaken("aspirin", NotSure(), True), DrugTaken("ibuprofen", NotSure(), False))
    room.reply("medicines", "nsaids", DrugsTaken(rows))
    return room


def to_rule() -> Room:
    room = ready_to_decide(PHYSICIAN, food_or_drug_allergy="yes", cancer_within_5_years="unsure")
    room.put(QuestionRaised("consent", "risks"))
    return room


def reading(step: str = "read") -> Room:
    room = opened()
    room.hand_to_patient(step)
    return room


def all_read() -> Room:
    room = reading()
    for item in book().forms["consent"].items:
        if isinstance(item, Statement):
            room.put(PageRead("consent", item.id, "x"))
        elif isinstance(item, Initial):
            room.put(Answered("consent", item.id, Initialled()))
    return room


def before_the_line() -> Room:
    room = decided()
    room.hand_to_patient("sign")
    return room


def at_the_line() -> Room:
    room = before_the_line()
    room.put(PageRead("sign", "check_answers", "x"))
    return room


def asked_at_the_line() -> Room:
    room = at_the_line()
    room.put(QuestionRaised("sign", "patient_signature"))
    room.take_back()
    return room


def with_vial() -> Room:
    room = signed()
    room.scan(CODE)
    room.take_vials(good_vial())
    return room


def seen_vial() -> Room:
    room = with_vial()
    for item, option in (("opened", "none"), ("opened_by", "nurse"), ("paper_kept", "yes")):
        room.put(Answered("vial", item, Chosen(option)))
    room.put(HandedOver("patient", "vial"))
    room.put(IdentityConfirmed())
    return room


def to_countersign() -> Room:
    room = prepared(signed(PHYSICIAN), good_vial())
    room.answer("decision", discussed="in_person", strength="5", premedication="loratadine")
    return room


def several_vials() -> Room:
    room = signed()
    first, second = two_vials()
    room.scan(CODE, SECOND, "NOBODY-KNOWS-THIS-ONE")
    room.take_vials(first, structs.replace(second, accepted=False))
    room.put(WaitBegan("supplier", CODE))
    return room


def slipped() -> Room:
    room = opened()
    room.put(PaperChosen("prefers"))
    return room


def given(*marks: Mark, minutes: int = 12, limit: int | None = 60) -> Callable[[], Room]:
    def room() -> Room:
        made = sealed(PHYSICIAN)
        made.thaw_limit = limit
        for mark in marks:
            made.put(ProcedureMarked(mark, (CODE,)))
            made.now += timedelta(minutes=minutes)
        return made

    return room


def lapsed() -> Room:
    room = sealed()
    room.now += timedelta(hours=6)
    return room


def waited() -> Room:
    room = opened()
    room.put(WaitBegan("courier", "The box is in Reno, and the road is closed until the afternoon."))
    return room


# -- how each is made --------------------------------------------------------------------------------
def screen(kind: type[Screen], step: str, room: Callable[[], Room]) -> Callable[[Set], Page]:
    """Return what makes a step's screen on this room."""

    def make(made: Set) -> Page:
        at, words, theme = room(), made.words, made.theme
        view, of = made.view(at), book().plan.step(step)
        if kind is Procedure:
            page: Screen = Procedure(
                of, words, theme, at.tell, Chairside("+1 555 0199", lambda: at.now, at.late)
            )
        elif kind is Reading:
            page = Reading(of, words, theme, at.tell, nothing)
        elif kind is Signing and view.mode == "patient":
            page = Signing(of, words, theme, at.tell, (nothing, nothing))
        elif kind is Asked:
            page = Asked(of, words, theme, at.tell, nothing)
        else:
            page = kind(of, words, theme, at.tell)
        at.screen = page
        page.show_view(view)
        return made.visit(page, view, step)

    return make


def more(part: str, room: Callable[[], Room] = waited) -> Callable[[Set], Page]:
    def make(made: Set) -> Page:
        page = More(
            made.words,
            made.theme,
            MoreDoors(nothing, nothing, silent, nothing, nothing, nothing, nothing),
            part,
        )
        view = made.view(room())
        page.show_view(view)
        made.visit(page, view)
        page.show_steps(())
        return page

    return make


def waiting(made: Set) -> Page:
    page = Waiting(made.words, made.theme, "vial", WaitDoors(nothing, nothing, nothing))
    view = made.view(decided())
    page.show_view(view)
    return made.visit(page, view, "vial")


def on_paper(step: str, room: Callable[[], Room]) -> Callable[[Set], Page]:
    def make(made: Set) -> Page:
        at = room()
        at.put(PaperChosen("prefers"))
        doors = PaperDoors(silent, nothing, {PAD: 2}.get, nothing, nothing, nothing)  # type: ignore[arg-type]  # no visit behind it
        page = OnPaper(book().plan.step(step), made.words, made.theme, at.tell, doors)
        view = made.view(at)
        page.show_view(view)
        return made.visit(page, view, step)

    return make


def record(made: Set) -> Page:
    page = Record(made.words, made.theme, Paper().doors())
    view = made.view(added(added(sealed(), "procedure"), "adverse_event", False))
    page.show_view(view)
    return made.visit(page, view, "record")


def addition(made: Set) -> Page:
    room = sealed()
    page = Addendum(made.words, made.theme, Draft("adverse_event", "A rash."), (room.tell, nothing))
    view = made.view(room)
    page.show_view(view)
    return made.visit(page, view)


def stopping(made: Set) -> Page:
    page = Stopping(made.theme, made.words, Choices("refused", nothing, nothing))
    return made.visit(page, made.view(opened()))


FOUR: tuple[Mark, ...] = ("thawed", "mixed", "first_injection", "last_injection")
VISIT: dict[str, Piece] = {
    "health check": Piece("staff", screen(Questions, "health_check", opened)),
    "health check, lacking": Piece("staff", screen(Questions, "health_check", asked), ("continue", "close")),
    "medicines": Piece("staff", screen(Picker, "medicines", opened)),
    "medicines, taken": Piece("staff", screen(Picker, "medicines", medicines)),
    "decision": Piece("staff", screen(Review, "decision", to_rule)),
    "decision, stopped": Piece(
        "staff", screen(Review, "decision", lambda: ready_to_decide(PHYSICIAN, transplant="unsure"))
    ),
    "premedication": Piece("staff", screen(Sheet, "premedication", signed)),
    "vial, empty": Piece("staff", screen(Sheet, "vial", signed)),
    "vial": Piece("staff", screen(Sheet, "vial", with_vial)),
    "vials of a visit": Piece("staff", screen(Sheet, "vial", several_vials)),
    "countersign": Piece("staff", screen(Signing, "countersign", lambda: decided(PHYSICIAN))),
    "every answer": Piece("staff", screen(Signing, "countersign", to_countersign), ("check",)),
    "released": Piece("staff", screen(Procedure, "procedure", given())),
    "thawed": Piece("staff", screen(Procedure, "procedure", given("thawed", "mixed"))),
    "emergency": Piece("staff", screen(Procedure, "procedure", given("thawed", "emergency", limit=None))),
    "limit passed": Piece("staff", screen(Procedure, "procedure", given("thawed", "mixed", minutes=40))),
    "release lapsed": Piece("staff", screen(Procedure, "procedure", lapsed)),
    "all given": Piece("staff", screen(Procedure, "procedure", given(*FOUR)), ("procedure.change_mixed",)),
    "record": Piece("staff", record),
    "addition": Piece("staff", addition),
    "stopping": Piece("staff", stopping),
    "read on paper": Piece("staff", on_paper("read", opened)),
    "signed on paper": Piece("staff", on_paper("sign", decided)),
    "waiting": Piece("staff", waiting),
    "question to answer": Piece("staff", screen(Asked, "sign", asked_at_the_line)),
    "visit, waits": Piece("staff", more("wait")),
    "visit, planned anew": Piece("staff", more("replan")),
    "visit, paper": Piece("staff", more("paper")),
    "visit, back to glass": Piece("staff", more("paper", slipped)),
    "visit, take home": Piece("staff", more("take_home")),
    "visit, end": Piece("staff", more("end")),
    "notices": Piece("patient", screen(Reading, "notices", lambda: reading("notices"))),
    "reading": Piece("patient", screen(Reading, "read", reading)),
    "reading, question asked": Piece("patient", screen(Reading, "read", reading), ("question",)),
    "teach-back": Piece("patient", screen(Reading, "read", all_read)),
    "signature, question asked": Piece("patient", screen(Signing, "sign", at_the_line), ("question",)),
    "check answers": Piece("patient", screen(Signing, "sign", before_the_line)),
    "signature": Piece("patient", screen(Signing, "sign", at_the_line)),
    "vial seen": Piece("patient", screen(Signing, "vial", seen_vial)),
}
