"""How far a visit has come before a screen of its is tried."""

from __future__ import annotations

from msgspec import structs

from chairside.domain.facts import (
    Answered,
    Concluded,
    Countersigned,
    Decided,
    PageRead,
    Sealed,
    Signed,
    StepClosed,
)
from chairside.domain.form import Choice, Initial, Statement
from chairside.domain.replies import AtMoment, Chosen, Coded, DoseGiven, Initialled, Written
from chairside.domain.vial import Vial
from chairside.session.view import Drawn, Who
from tests.ui.screens.room import CODE, NOW, NURSE, Room, book, good_vial, signature

SECOND = "W0000 26 000002"
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


def decided(
    who: Who = NURSE, premedication: tuple[str, ...] = ("loratadine",), million: int = 5, doses: str = ""
) -> Room:
    """The physician has decided to proceed with 5 million."""
    room = ready_to_decide(who)
    room.put(Decided("proceed", "in_person", million, premedication, (), doses=doses))
    return room


def signed(
    who: Who = NURSE, premedication: tuple[str, ...] = ("loratadine",), million: int = 5, doses: str = ""
) -> Room:
    """The patient has signed, and staff have the tablet."""
    room = decided(who, premedication, million, doses)
    room.hand_to_patient("sign")
    room.put(PageRead("sign", "check_answers", "x"))
    room.tell(Drawn(SIGNATURE, signature()))
    strokes = room.visit.pads[SIGNATURE].strokes
    room.put(Signed(SIGNATURE, "patient", "Jordan Avery", "m", strokes))
    room.take_back()
    assert room.refused == []
    room.told.clear()
    return room


def prepared(room: Room, *vials: Vial) -> Room:
    """Premedication was given, the vials were shown and signed for; both steps are closed."""
    room.answer("premedication", loratadine_allergy="no", antihistamine_today="no", prp_tubes_labelled="yes")
    room.reply("premedication", "loratadine", DoseGiven(NOW, "10 mg", "tablet"))
    room.reply("premedication", "prp_drawn_at", AtMoment(NOW))
    for item in ("prp_kit", "anticoagulant_lot"):
        room.reply("premedication", item, Coded("K-1", "scanned"))
    for item in ("prp_kit_expires", "anticoagulant_expires"):
        room.reply("premedication", item, Written("2027-05"))
    room.put(StepClosed("premedication"))
    room.scan(*(vial.code for vial in vials))
    room.take_vials(*vials)
    room.answer("vial", opened="inner_package", opened_by="nurse", paper_kept="yes")
    room.hand_to_patient("vial")
    room.put(PageRead("vial", "seen", "x"))
    room.put(Signed("vial.patient_saw", "patient", "Jordan Avery", "m", ("s",)))
    room.take_back()
    room.put(StepClosed("vial"))
    return room


def unsealed(who: Who = NURSE, *vials: Vial) -> Room:
    """The physician has countersigned: the treatment is released, the record not sealed."""
    brought = vials or (structs.replace(good_vial(), visit="v1"),)
    room = signed(who, million=sum(vial.strength_million or 0 for vial in brought))
    prepared(room, *brought)
    room.put(Countersigned("Sam Sample", "m", ()), "p1")
    room.put(Concluded("countersigned"))
    return room


def sealed(who: Who = NURSE, *vials: Vial) -> Room:
    """The physician has countersigned and the record is sealed."""
    room = unsealed(who, *vials)
    room.put(Sealed("ab12" * 16, 1))
    return room


def two_vials() -> tuple[Vial, Vial]:
    """Two of five million, set aside for the visit of the table."""
    first, second = (structs.replace(good_vial(code), visit="v1") for code in (CODE, SECOND))
    return first, second
