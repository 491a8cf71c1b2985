"""Typing a drug's name: what is offered, what is taken, and whom to call about a prescribed one."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chairside.domain import gate
from chairside.domain.facts import StepClosed
from chairside.domain.replies import DrugsTaken, DrugTaken, NotSure, OnDate, Prescriber, Reply
from chairside.ui.screens.picker import Picker
from chairside.ui.screens.screen import Screen
from chairside.ui.widgets.answers import AnswerRow
from tests.ui.screens.conftest import Stage
from tests.ui.screens.room import Room, book
from tests.ui.screens.stories import opened
from tests.ui.screens.touch import chosen, leave, said, sees, settle, tap, there, write

FORM, ITEM = "medicines", "nsaids"
FIELD, ADD = "nsaids.name", "nsaids.add"
LAST_SUNDAY = OnDate(date(2026, 3, 15))


def stored(room: Room) -> Reply | None:
    return room.visit.replies.get((FORM, ITEM))


def offered(screen: Screen) -> list[str]:
    rows = [row for row in screen.findChildren(AnswerRow) if row.objectName().startswith("nsaids.close.")]
    return [row.text() for row in rows if row.isVisibleTo(screen)]


def spell(screen: Screen, text: str) -> None:
    """Type on in the field and let what is close appear."""
    write(screen, FIELD, text)
    settle()


def put(stage: Stage) -> tuple[Room, Screen]:
    room = opened()
    return room, stage(Picker, FORM, room)


@pytest.mark.parametrize(
    ("typed", "wanted", "name"),
    [
        ("ibuprofin", "nsaids.close.ibuprofen", "ibuprofen"), ("plavx", "nsaids.close.plavix", "Plavix"),
        ("tradol", "nsaids.close.toradol", "Toradol"), ("tramadl", "nsaids.close.tramadol", "tramadol"),
        ("NEOMELUBRINA", "nsaids.close.neo-melubrina", "Neo-Melubrina"),
        ("kera", "nsaids.close.keral", "Keral"),
    ],
)  # fmt: skip
def test_a_typo_is_offered_and_the_listed_name_is_stored(
    stage: Stage, typed: str, wanted: str, name: str
) -> None:
    """Proves: Q20."""
    room, screen = put(stage)
    spell(screen, typed)
    assert "Did you mean one of these?" in said(screen)
    tap(screen, wanted)
    tap(screen, "dose.unsure")
    assert stored(room) == DrugsTaken((DrugTaken(name, NotSure()),))


def test_what_is_close_is_never_taken_without_a_tap(stage: Stage) -> None:
    """Leaving the field waits; adding it keeps it as written, and the physician sees it. Proves: Q20."""
    room, screen = put(stage)
    spell(screen, "tramadl")
    leave(screen, FIELD)
    assert not sees(screen, "dose.unsure") and room.told == []
    assert "Add it as written: tramadl" in said(screen)
    tap(screen, ADD)
    tap(screen, "dose.unsure")
    assert stored(room) == DrugsTaken((DrugTaken("tramadl", NotSure()),))
    assert room.visit.patient is not None
    found = gate.screening(book(), room.visit.replies, room.visit.patient.born, room.view().when)
    assert ("unknown_drug", "tramadl") in [(each.id, each.about) for each in found]


def test_a_name_that_was_not_added_holds_the_step(stage: Stage) -> None:
    """Otherwise a blood thinner with a typing error is gone, and "none" stands in the record. Proves: Q20."""
    room, screen = put(stage)
    tap(screen, "nsaids.none")
    spell(screen, "warfarn")
    tap(screen, "continue")
    assert not any(isinstance(fact, StepClosed) for fact in room.told)
    assert sees(screen, f"{FIELD}.error") and sees(screen, "nsaids.close.warfarin")
    there(screen, FIELD).clear()  # type: ignore[union-attr]  # the field of the names
    tap(screen, "continue")
    assert isinstance(room.told[-1], StepClosed)


@pytest.mark.parametrize("typed", ["advil", "ADVIL", "Ádvil"])
def test_the_lists_own_name_needs_no_tap(stage: Stage, typed: str) -> None:
    """Longer names stand below it; the name itself is no typo. Proves: Q20."""
    room, screen = put(stage)
    spell(screen, typed)
    leave(screen, FIELD)
    tap(screen, "dose.unsure")
    assert stored(room) == DrugsTaken((DrugTaken("Advil", NotSure()),))


def test_rows_come_and_go_as_one_types(stage: Stage) -> None:
    """From two letters on, the nearest first, each with what it holds. Proves: Q20."""
    _, screen = put(stage)
    spell(screen, "b")
    assert offered(screen) == []
    spell(screen, "c")
    assert offered(screen) == ["BC (aspirin + caffeine)", "BC Powder (aspirin + caffeine)"]
    spell(screen, "qqq")
    assert offered(screen) == [] and "Did you mean" not in said(screen)


def test_names_that_sound_alike_say_what_they_hold(stage: Stage) -> None:
    """Celebrex is an NSAID, Celexa is none; a screen reader hears which is which. Proves: Q20."""
    _, screen = put(stage)
    spell(screen, "cele")
    spoken = [
        row.accessibleName() for row in screen.findChildren(AnswerRow) if "Did you" in row.accessibleName()
    ]
    assert "Did you mean Celebrex? It holds celecoxib. NSAID." in spoken
    assert "Did you mean Celexa? It holds citalopram. Not an NSAID." in spoken


def test_the_keyboard_alone_takes_a_name_that_is_offered(stage: Stage) -> None:
    """Enter goes to the first name, arrows to the next, Enter takes it. Proves: Q20."""
    room, screen = put(stage)
    screen.activateWindow()
    spell(screen, "advl")
    leave(screen, FIELD)
    first = there(screen, "nsaids.close.advil")
    assert first is not None and QApplication.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Down)
    second = QApplication.focusWidget()
    assert second is not None and second is there(screen, "nsaids.close.advil_allergy_sinus")
    QTest.keyClick(second, Qt.Key.Key_Return)
    settle()
    tap(screen, "dose.unsure")
    assert stored(room) == DrugsTaken((DrugTaken("Advil Allergy Sinus", NotSure()),))


def test_a_tile_tapped_over_a_half_typed_name_asks_about_the_tile(stage: Stage) -> None:
    room, screen = put(stage)
    spell(screen, "Zorbulon")
    tap(screen, "nsaids.motrin")
    assert "When did you last take Motrin?" in said(screen)
    tap(screen, "dose.unsure")
    assert stored(room) == DrugsTaken((DrugTaken("Motrin", NotSure()),))


def test_an_empty_name_is_asked_for(stage: Stage) -> None:
    room, screen = put(stage)
    tap(screen, ADD)
    assert "Write the name of the drug." in said(screen) and room.told == []


@pytest.mark.parametrize("signed", [True, False])
def test_the_page_says_whether_the_lists_are_signed(
    stage: Stage, signed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: Q48 (the lists)."""
    room = opened()
    lists = structs.replace(book().drugs, status="signed" if signed else "sample")
    whole = structs.replace(book(), drugs=lists)
    monkeypatch.setattr("tests.ui.screens.room.book", lambda: whole)
    screen = stage(Picker, FORM, room)
    assert ("are not signed by a pharmacist" in said(screen)) is not signed


@pytest.mark.parametrize(
    ("name", "days"), [("Feldene", "10"), ("meloxicam", "3-4.5"), ("Aleve", "2.5-3.5"), ("Advil", "")]
)
def test_a_slow_drug_says_in_about_how_many_days_it_clears(stage: Stage, name: str, days: str) -> None:
    """Proves: Q25."""
    room = opened()
    room.reply(FORM, ITEM, DrugsTaken((DrugTaken(name, LAST_SUNDAY),)))
    screen = stage(Picker, FORM, room)
    assert (f"Clears in about {days} days" in said(screen)) is bool(days)


def test_who_prescribed_it_is_written_on_the_card(stage: Stage) -> None:
    """Name, phone and whether asked; none of them holds the step, and the card stays put. Proves: Q22."""
    room = opened()
    room.reply(FORM, ITEM, DrugsTaken((DrugTaken("Plavix", LAST_SUNDAY, True),)))
    screen = stage(Picker, FORM, room)
    card = there(screen, "drug.plavix")
    write(screen, "drug.plavix.prescriber", "Dr. Lake")
    leave(screen, "drug.plavix.prescriber")
    write(screen, "drug.plavix.prescriber_phone", "555 0114")
    leave(screen, "drug.plavix.prescriber_phone")
    assert not chosen(screen, "drug.plavix.prescriber_asked.yes")
    tap(screen, "drug.plavix.prescriber_asked.yes")
    doctor = Prescriber("Dr. Lake", "555 0114", asked=True)
    assert stored(room) == DrugsTaken((DrugTaken("Plavix", LAST_SUNDAY, True, doctor),))
    assert there(screen, "drug.plavix") is card
    tap(screen, "drug.plavix.prescribed_yes")
    assert stored(room) == DrugsTaken((DrugTaken("Plavix", LAST_SUNDAY, True, doctor),))
    tap(screen, "drug.plavix.prescribed_no")
    assert stored(room) == DrugsTaken((DrugTaken("Plavix", LAST_SUNDAY, False),))
    assert not sees(screen, "drug.plavix.prescriber")
