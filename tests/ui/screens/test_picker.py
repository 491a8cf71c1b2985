"""The medicines page."""

from __future__ import annotations

from datetime import UTC, date, datetime

from chairside.domain.facts import Answered, StepClosed
from chairside.domain.replies import AtMoment, Chosen, DrugsTaken, DrugTaken, Never, NotSure, OnDate, Reply
from chairside.ui.screens.picker import Picker
from chairside.ui.widgets.washout import WashoutPicture
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import Room
from tests.ui.screens.stories import opened
from tests.ui.screens.touch import chosen, leave, said, sees, tap, there, write

FORM, ITEM = "medicines", "nsaids"


def stored(room: Room) -> Reply | None:
    return room.visit.replies.get((FORM, ITEM))


def test_none_is_told_only_when_it_is_tapped(stage: Stage) -> None:
    """Proves: P2 (Medicines): an empty list is asked and none, absence is not asked."""
    room = opened()
    screen = stage(Picker, FORM, room)
    assert not chosen(screen, "nsaids.none")
    assert room.told == []
    tap(screen, "nsaids.none")
    tap(screen, "nsaids.none")
    assert room.told == [Answered(FORM, ITEM, DrugsTaken(()))]
    assert chosen(screen, "nsaids.none")


def test_a_drug_is_no_row_before_its_last_dose_is_said(stage: Stage) -> None:
    room = opened()
    screen = stage(Picker, FORM, room)
    tap(screen, "nsaids.ibuprofen")
    assert room.told == []
    tap(screen, "continue")
    assert room.told == [] and "When did you last take ibuprofen?" in said(screen)
    tap(screen, "dose.2")
    assert stored(room) == DrugsTaken((DrugTaken("ibuprofen", OnDate(date(2026, 3, 14))),))
    assert sees(screen, "washout")


def test_a_drug_of_another_name_is_written_down(stage: Stage) -> None:
    room = opened()
    screen = stage(Picker, FORM, room)
    write(screen, "nsaids.name", "Dolorex")
    tap(screen, "nsaids.add")
    tap(screen, "dose.unsure")
    assert stored(room) == DrugsTaken((DrugTaken("Dolorex", NotSure()),))


def test_leaving_the_name_field_asks_too(stage: Stage) -> None:
    room = opened()
    screen = stage(Picker, FORM, room)
    write(screen, "nsaids.name", "Dolorex")
    leave(screen, "nsaids.name")
    assert sees(screen, "dose.never")
    tap(screen, "dose.never")
    assert stored(room) == DrugsTaken((DrugTaken("Dolorex", Never()),))


def test_the_hour_of_a_dose_is_never_told_too_early(stage: Stage) -> None:
    """Before 10 am is kept as 10 am local, the last instant it can have been. Proves: C17."""
    room = opened()
    room.reply(FORM, ITEM, DrugsTaken((DrugTaken("ibuprofen", OnDate(date(2026, 3, 13))),)))
    screen = stage(Picker, FORM, room)
    tap(screen, "drug.ibuprofen.hour")
    tap(screen, "hour.10")
    at = datetime(2026, 3, 13, 17, 0, tzinfo=UTC)
    assert stored(room) == DrugsTaken((DrugTaken("ibuprofen", AtMoment(at)),))


def test_who_prescribed_it_is_asked_of_an_antithrombotic_only(stage: Stage) -> None:
    """Proves: Q22."""
    room = opened()
    day = OnDate(date(2026, 3, 15))
    room.reply(FORM, ITEM, DrugsTaken((DrugTaken("aspirin", day), DrugTaken("ibuprofen", day))))
    screen = stage(Picker, FORM, room)
    assert not sees(screen, "drug.ibuprofen.prescribed_yes")
    assert not chosen(screen, "drug.aspirin.prescribed_yes")
    assert not chosen(screen, "drug.aspirin.prescribed_no")
    tap(screen, "continue")
    assert room.told == []
    tap(screen, "drug.aspirin.prescribed_yes")
    assert stored(room) == DrugsTaken((DrugTaken("aspirin", day, True), DrugTaken("ibuprofen", day)))


def test_nothing_tells_anyone_to_leave_a_prescribed_antithrombotic_off(stage: Stage) -> None:
    """What stands about that drug says stop once: that it is not to be stopped. Proves: Q22, C15."""
    room = opened()
    room.reply(FORM, ITEM, DrugsTaken((DrugTaken("aspirin", OnDate(date(2026, 3, 15)), True),)))
    screen = stage(Picker, FORM, room)
    card = there(screen, "drug.aspirin")
    assert card is not None
    told = said(card)
    assert told.count("Do not stop this medicine: aspirin was prescribed.") == 1
    assert "stop" not in told.replace("Do not stop this medicine:", "").casefold()


def test_taking_the_last_row_away_says_what_it_means(stage: Stage) -> None:
    room = opened()
    room.reply(FORM, ITEM, DrugsTaken((DrugTaken("ibuprofen", NotSure()),)))
    screen = stage(Picker, FORM, room)
    assert "Remove: none was taken" in said(screen)
    tap(screen, "drug.ibuprofen.remove")
    assert stored(room) == DrugsTaken(())
    assert chosen(screen, "nsaids.none")


def test_fluids_are_asked_but_never_hold_the_step(stage: Stage) -> None:
    room = opened()
    room.reply(FORM, ITEM, DrugsTaken(()))
    screen = stage(Picker, FORM, room)
    tap(screen, "continue")
    assert room.told == [StepClosed(FORM)]
    assert room.refused == []


def test_fluids_are_one_tap(stage: Stage) -> None:
    room = opened()
    screen = stage(Picker, FORM, room)
    tap(screen, "fluids_and_breakfast.both")
    assert room.told == [Answered(FORM, "fluids_and_breakfast", Chosen("both"))]


def test_several_drugs_stand_in_one_window_with_one_day_to_go_on(stage: Stage) -> None:
    """Each NSAID its own mark, one resume day, nothing against a prescription. Proves: Q21, Q22, Q23."""
    room = opened()
    rows = (
        DrugTaken("ibuprofen", OnDate(date(2026, 3, 15))),
        DrugTaken("naproxen", OnDate(date(2026, 3, 10))),
        DrugTaken("aspirin", OnDate(date(2026, 3, 14)), True),
        DrugTaken("clopidogrel", OnDate(date(2026, 3, 16)), True),
    )
    room.reply("medicines", "nsaids", DrugsTaken(rows))
    screen = stage(Picker, "medicines", room)
    picture = there(screen, "washout")
    assert isinstance(picture, WashoutPicture)
    assert [(mark.label, mark.inside) for mark in picture.marks] == [
        ("ibuprofen", True),
        ("naproxen", False),
        ("aspirin", True),
    ]
    words = said(screen)
    assert "No NSAIDs through 6 April 2026" in words
    assert "This is not about what a doctor prescribed." in words
    assert words.count("The patient goes on taking it.") == 2
