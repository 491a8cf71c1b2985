"""The pages of who is here with the patient, and of whoever holds the tablet beside them; what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from msgspec import structs

from chairside.domain.facts import HandedOver, IdentityConfirmed, PageRead, Signed, WaitBegan
from chairside.domain.facts.people import InterpreterNamed, RepresentativeNamed, WayChosen, WitnessNamed
from chairside.domain.standing import Status, Wait
from chairside.ui.screens.about import About, AboutDoors
from chairside.ui.screens.beside import Beside
from chairside.ui.screens.between import Ways, WhoAreYou
from chairside.ui.screens.private import Private
from chairside.ui.screens.signing import Signing
from chairside.ui.screens.waiting import WaitDoors, Waiting
from chairside.ui.widgets.page import Page
from tests.looks.dress import Piece, Set, nothing
from tests.ui.screens.room import Room, book
from tests.ui.screens.stories import decided, opened
from tests.ui.screens.test_about import TOLD

INTERPRETER, WITNESS = "Ivo Example", "Wren Example"


def beside(part: str, room: Callable[[], Room]) -> Callable[[Set], Page]:
    """Return what makes the page of who is here with one of its parts open."""

    def make(made: Set) -> Page:
        at = room()
        page = Beside(made.words, made.theme, at.tell, (nothing, nothing, nothing))
        page.part = part
        view = made.view(at)
        page.show_view(view)
        made.visit(page, view)
        page.show_steps(())
        return page

    return make


def in_company() -> Room:
    room = opened()
    room.put(RepresentativeNamed("Kim Example", "health_care_agent", "Power of attorney", "Cannot follow."))
    room.put(InterpreterNamed(INTERPRETER, "", "Tagalog", "in_person", sight=True))
    room.put(WitnessNamed(WITNESS))
    return room


def child() -> Room:
    """A patient of twelve, whose parent is named."""
    room = decided()
    room.put(RepresentativeNamed("Kim Example", "parent", "Birth certificate", ""))
    assert room.visit.patient is not None
    born = date(2013, 9, 2)
    room.visit = structs.replace(room.visit, patient=structs.replace(room.visit.patient, born=born))
    return room


def childs_line(made: Set) -> Page:
    room = child()
    room.hand_to_patient("assent")
    room.put(PageRead("assent", "what_happens", "x"))
    room.answer("assent", wants="yes")
    page = Signing(book().plan.step("assent"), made.words, made.theme, room.tell, (nothing, nothing))
    room.screen = page
    view = made.view(room)
    page.show_view(view)
    return made.visit(page, view, "assent")


def signed_by_phone() -> Room:
    """The interpreter was on the telephone: staff attest what they said."""
    room = decided()
    room.put(InterpreterNamed(INTERPRETER, "4711", "Tagalog", "phone", sight=True))
    room.hand_to_patient("sign")
    room.put(PageRead("sign", "check_answers", "x"))
    room.put(Signed("sign.patient_signature", "patient", "Jordan Avery", "m", ("s",)))
    room.take_back()
    return room


def private(made: Set) -> Page:
    room = opened()
    room.put(HandedOver("patient", "health_check"))
    room.put(IdentityConfirmed())
    page = Private(book().plan.step("health_check"), made.words, made.theme, room.tell, (nothing, nothing))
    view = made.view(room)
    page.show_view(view)
    made.visit(page, view, "health_check")
    page.show_steps(())
    return page


def typed(made: Set) -> Page:
    """The line of who types the name instead of drawing it."""
    room = decided()
    room.put(WayChosen("patient", "typed", "Her hand shakes."))
    room.hand_to_patient("sign")
    room.put(PageRead("sign", "check_answers", "x"))
    page = Signing(book().plan.step("sign"), made.words, made.theme, room.tell, (nothing, nothing))
    view = made.view(room)
    page.show_view(view)
    return made.visit(page, view, "sign")


def interpreter(made: Set) -> Page:
    told = made.words.say("hand_over.you_interpret", patient=made.cast.patient)
    return WhoAreYou(made.theme, made.words, INTERPRETER, Ways(nothing, nothing), told)


def about(made: Set) -> Page:
    return made.desk(About(made.words, made.theme, TOLD, AboutDoors(nothing, nothing)))


def long_wait(made: Set) -> Page:
    """A vial that is not here: the courier has been waited for, for a while."""
    room = decided()
    room.put(WaitBegan("courier", "The box is in Reno."))
    page = Waiting(made.words, made.theme, "vial", WaitDoors(nothing, nothing, nothing))
    since = room.now - timedelta(minutes=45)
    status = Status("waiting", since, (Wait("courier", "vial", since, "The box is in Reno."),))
    view = replace(made.view(room), status=status)
    page.show_view(view)
    return made.visit(page, view, "vial")


PEOPLE: dict[str, Piece] = {
    "about": Piece("staff", about),
    "who is here": Piece("staff", beside("representative", opened)),
    "who is here, all": Piece("staff", beside("interpreter", in_company)),
    "who is here, witness": Piece("staff", beside("witness", opened), ("beside.witness.do_name",)),
    "who is here, by mark": Piece("staff", beside("way", in_company), ("beside.way.way.by_mark",)),
    "who is here, assent": Piece("staff", beside("assent", child), ("beside.assent.do_may_sign",)),
    "who is here, left": Piece("staff", beside("left", in_company)),
    "who is here, attest": Piece("staff", beside("attest", signed_by_phone)),
    "child's line": Piece("patient", childs_line),
    "private questions": Piece("patient", private),
    "name typed": Piece("patient", typed),
    "interpreter": Piece("patient", interpreter),
    "waiting long": Piece("staff", long_wait),
}
