"""How far a visit has come before a screen of its is tried."""

from __future__ import annotations

from chairside.domain.facts import Answered, Decided, PageRead, Signed, StepClosed
from chairside.domain.form import Choice, Initial, Statement
from chairside.domain.replies import Chosen, Initialled
from chairside.session.view import Drawn, Who
from tests.ui.screens.room import NURSE, Room, book, signature

SIGNATURE = "sign.patient_signature"


def opened(who: Who = NURSE) -> Room:
    """The Open step is done."""
    room = Room(who)
    room.answer("open", area="scalp", indication="areata", preferred_strength="10", others_present="nobody")
    room.put(StepClosed("open"))
    return room


def read_all(room: Room) -> None:
    """The patient has read, initialled and answered everything."""
    for form in ("notices_california", "consent"):
        for item in book().forms[form].items:
            if isinstance(item, Statement):
                room.put(PageRead(form, item.id, "x"))
            elif isinstance(item, Initial):
                room.put(Answered(form, item.id, Initialled()))
            elif isinstance(item, Choice):
                room.put(Answered(form, item.id, Chosen(item.right or "handed")))


def ready_to_decide(who: Who = NURSE, **health: str) -> Room:
    """All four steps before the decision are done; `health` are answers other than no."""
    room = opened(who)
    room.healthy()
    room.answer("health_check", **health)
    room.put(StepClosed("health_check"))
    room.put(StepClosed("medicines"))
    read_all(room)
    return room


def decided(who: Who = NURSE, premedication: tuple[str, ...] = ("loratadine",)) -> Room:
    """The physician has decided to proceed with 5 million."""
    room = ready_to_decide(who)
    room.put(Decided("proceed", "in_person", 5, premedication, ()))
    return room


def signed(who: Who = NURSE, premedication: tuple[str, ...] = ("loratadine",)) -> Room:
    """The patient has signed, and staff have the tablet."""
    room = decided(who, premedication)
    room.hand_to_patient("sign")
    room.put(PageRead("sign", "check_answers", "x"))
    room.tell(Drawn(SIGNATURE, signature()))
    strokes = room.visit.pads[SIGNATURE].strokes
    room.put(Signed(SIGNATURE, "patient", "Jordan Avery", "m", strokes))
    room.take_back()
    assert room.refused == []
    room.told.clear()
    return room
