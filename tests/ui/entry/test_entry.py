"""The first start and every other: a real clinic is made through the pages, with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from chairside import formbook
from chairside.demo.robot import Robot
from chairside.domain.book import Book
from chairside.domain.facts import Profile
from chairside.errors import KeyRefused
from chairside.ledger import Ledger
from chairside.session import papers
from chairside.session.clinic import Clinic, open_clinic
from chairside.session.clock import TabletClock
from chairside.session.prints import clear_recovery
from chairside.session.recovering import recover
from chairside.session.setup import Setup
from chairside.ui.entry import Entry, EntryParts
from chairside.ui.first_start import person_id
from chairside.ui.theme import Theme
from chairside.ui.widgets.banner import Banner
from tests.ui.look import sentences, tokens

TOP = Path(__file__).parents[3]
PASSPHRASE = "seven paper kites"
STAFF = (("Ann Admin", "administrator", "482915"), ("Pia Doctor", "physician", "915382"),
         ("Nils Nurse", "nurse", "730164"))  # fmt: skip
SEALED_STORE = {"ledger.db", "keys.json"}


@cache
def book(profile: Profile) -> Book:
    return formbook.load(TOP / "forms", profile, TOP / "resources" / "drugs", date(2026, 12, 1))


class Start:
    """A start of the program in one folder, with hands on it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder, self.opened = folder, list[Clinic]()
        self._qtbot = qtbot
        self.again()

    def again(self) -> None:
        theme = Theme(tokens())
        theme.dress(QApplication.instance())  # type: ignore[arg-type]  # pytest-qt has made one
        there = Ledger.exists(self.folder)
        clock, prints = TabletClock(), self.folder / "print"
        setup = Setup(self.folder, book, clock)
        self.entry = Entry(
            EntryParts(
                sentences(),
                theme,
                lambda: setup,
                lambda key: str(papers.write_recovery(prints, setup.founding, key, clock.now())),
                self.opened.append,
                lambda: clear_recovery(prints),
                (lambda who, said: open_clinic(self.folder, who, said, book("california"), clock))
                if there
                else None,
                (("ann-admin", "Ann Admin"),) if there else (),
                (lambda key, who, said: recover(self.folder, key, (who, said), (book("california"), clock)))
                if there
                else None,
            )
        )
        self._qtbot.addWidget(self.entry)
        self.entry.resize(1366, 1024)
        self.entry.show()
        self.hands = Robot(self.entry, lambda page, place: None)
        self.hands.settle()

    def until_staff(self) -> None:
        hands = self.hands
        hands.tap("setup.continue")
        for key, said in (
            ("name", "Cedar Skin Clinic"),
            ("address", "1 Main Street"),
            ("phone_24h", "213 555 0100"),
        ):
            hands.type(f"setup.{key}", said)
        hands.tap("zone.america_los_angeles")
        hands.tap("setup.continue")
        hands.tap("profile.california")
        hands.tap("setup.continue")
        hands.tap("ages.adults")
        rules = {"consent_valid_days": "30", "release_hours": "4", "idle_minutes": "3", "keep_years": "10"}
        for key, said in rules.items():
            hands.type(f"setup.{key}", said)
        hands.tap("physician_alone.no")
        hands.tap("setup.continue")

    def add(self, name: str, role: str, pin: str, again: str = "") -> None:
        hands = self.hands
        hands.tap("setup.add_person")
        hands.type("setup.staff_name", name)
        hands.tap(f"staff_role.{role}")
        hands.type("setup.staff_pin", pin)
        hands.type("setup.staff_pin_again", again or pin)
        hands.tap("setup.continue")

    def until_key(self) -> str:
        self.until_staff()
        for person in STAFF:
            self.add(*person)
        self.hands.tap("setup.continue")
        self.hands.type("setup.passphrase", PASSPHRASE)
        self.hands.type("setup.passphrase_again", PASSPHRASE)
        self.hands.tap("setup.continue")
        self.hands.find("setup.print")
        return self.entry.first.key

    def finish(self, key: str) -> None:
        self.hands.tap("setup.continue")
        self.hands.type("setup.recovery_key", key)
        self.hands.tap("setup.confirm")


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Start]:
    made = Start(tmp_path, qtbot)
    yield made
    for clinic in made.opened:
        clinic.ledger.close()
    made.entry.close()


def test_a_clinic_is_there_only_after_its_key_was_typed_from_paper(start: Start) -> None:
    """Proves: T13, product.md Set-up: nothing preset, nothing on disk before."""
    key = start.until_key()
    assert not SEALED_STORE & {each.name for each in start.folder.iterdir()}
    start.finish(key[:-1] + ("A" if key[-1] != "A" else "B"))
    assert not start.opened
    field = start.hands.find("setup.recovery_key")
    field.clear()  # type: ignore[attr-defined]  # the line of the field
    start.hands.type("setup.recovery_key", key.lower().replace("-", " "))
    start.hands.tap("setup.confirm")
    [clinic] = start.opened
    assert {each.name for each in start.folder.iterdir()} >= SEALED_STORE
    assert [who.role for who in clinic.staff()] == ["administrator", "physician", "nurse"]
    assert (clinic.founded.profile, clinic.founded.ages, clinic.founded.idle_minutes) == (
        "california",
        "adults",
        3,
    )


def test_the_next_start_asks_for_the_passphrase_and_no_other_opens_it(start: Start) -> None:
    start.finish(start.until_key())
    start.opened.pop().ledger.close()
    start.again()
    start.hands.type("setup.passphrase", "another phrase altogether")
    start.hands.tap("setup.continue")
    start.hands.find("setup.passphrase")
    assert not start.opened
    start.hands.type("setup.passphrase", PASSPHRASE)
    start.hands.tap("setup.continue")
    while not start.opened:
        start.hands.settle()
    assert start.opened[0].founded.name == "Cedar Skin Clinic"


def test_the_key_on_paper_opens_what_a_lost_passphrase_no_longer_does(start: Start) -> None:
    """The recovery sheet promises it."""
    key = start.until_key()
    start.finish(key)
    start.opened.pop().ledger.close()
    start.again()
    hands = start.hands
    for typed, again in (
        (key[:-2], "nine paper stars"),
        (key, "nine paper moons"),
        (key, "nine paper stars"),
    ):
        if hands.sees("unlock.recovery"):
            hands.tap("unlock.recovery")
        hands.type("setup.recovery_key", typed)
        hands.type("setup.passphrase", "nine paper stars")
        hands.type("setup.passphrase_again", again)
        assert not start.opened
        hands.tap("setup.continue")
        hands.settle()
    while not start.opened:
        hands.settle()
    clinic = start.opened.pop()
    clinic.ledger.close()
    with pytest.raises(KeyRefused):
        open_clinic(start.folder, "ann-admin", PASSPHRASE, book("california"), TabletClock())
    again_open = open_clinic(start.folder, "ann-admin", "nine paper stars", book("california"), TabletClock())
    again_open.ledger.close()


def test_nothing_is_preset_and_every_gap_is_named(start: Start) -> None:
    hands = start.hands
    hands.tap("setup.continue")
    hands.tap("setup.continue")
    said = start.entry.page.banner.accessibleName()  # type: ignore[union-attr]  # the page of questions
    for missing in ("Name of the clinic", "Address", "day and night", "Time zone"):
        assert missing in said
    hands.tap("setup.clinic.banner.1")  # each line leads to where it is mended: qt.md 10.7
    focus = start.entry.focusWidget()
    assert focus is not None and focus.objectName() == "setup.address"


@pytest.mark.parametrize(
    ("pin", "again"), [("111111", ""), ("123456", ""), ("4829", ""), ("482915", "482916")]
)
def test_a_weak_or_mistyped_pin_adds_nobody(start: Start, pin: str, again: str) -> None:
    start.until_staff()
    start.add("Ann Admin", "administrator", pin, again)
    assert start.entry.first.staff == []
    start.hands.find("setup.staff_pin")


def test_set_up_does_not_go_on_without_every_role(start: Start) -> None:
    """No Continue stands there while somebody is missing: what is missing does."""
    start.until_staff()
    start.add(*STAFF[0])
    assert not start.hands.sees("setup.continue") and start.hands.sees("setup.add_person")
    start.add(*STAFF[1])
    start.add(*STAFF[2])
    start.hands.find("setup.continue")


def test_a_phone_that_reaches_nobody_is_no_phone_for_the_night(start: Start) -> None:
    hands = start.hands
    hands.tap("setup.continue")
    for key, said in (("name", "Cedar Skin Clinic"), ("address", "1 Main Street"), ("phone_24h", "12")):
        hands.type(f"setup.{key}", said)
    hands.tap("zone.america_los_angeles")
    hands.tap("setup.continue")
    assert "whole phone number" in hands.find("setup.phone_24h").accessibleDescription()


def test_enter_leads_from_a_field_to_the_next_question_and_from_the_last_one_on(start: Start) -> None:
    hands = start.hands
    hands.tap("setup.continue")
    for key, said, after in (
        ("name", "Cedar Skin Clinic", "setup.address"),
        ("address", "1 Main Street", "setup.phone_24h"),
        ("phone_24h", "213 555 0100", "zone.america_los_angeles"),
    ):
        hands.type(f"setup.{key}", said)
        hands.find(f"setup.{key}").setFocus()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert QApplication.focusWidget().objectName() == after
    start.again()
    start.until_staff()
    hands = start.hands
    hands.tap("setup.add_person")
    hands.type("setup.staff_name", "Ann Admin")
    hands.tap("staff_role.administrator")
    hands.type("setup.staff_pin", "482915")
    start.entry.resize(1366, 700)
    start.entry.page.content.verticalScrollBar().setValue(0)  # type: ignore[union-attr]  # a page is there
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    hands.settle()
    assert not hands.find("setup.staff_pin_again").visibleRegion().isEmpty()  # nobody types out of sight
    hands.type("setup.staff_pin_again", "482915")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [each.name for each in start.entry.first.staff] == ["Ann Admin"]


def test_a_passphrase_that_is_refused_leaves_nothing_in_either_field(start: Start) -> None:
    """What is wrong stands above the two, and the next thing that is wrong takes its place."""
    start.until_staff()
    for person in STAFF:
        start.add(*person)
    hands = start.hands
    hands.tap("setup.continue")
    for first, again, wrong in (("short", "short", "too short"), (PASSPHRASE, "another", "not the same")):
        hands.type("setup.passphrase", first)
        hands.type("setup.passphrase_again", again)
        hands.find("setup.passphrase_again").setFocus()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        field = hands.find("setup.passphrase_again")  # waits until the keys were refused
        warned = [each for each in start.entry.findChildren(Banner) if each.isVisible()]
        assert len(warned) == 1 and wrong in warned[0].said
        if wrong == "too short":
            assert field.text() == ""  # type: ignore[attr-defined]  # a field


def test_what_is_mended_is_no_longer_called_unanswered(start: Start) -> None:
    hands = start.hands
    hands.tap("setup.continue")
    hands.tap("setup.continue")
    hands.type("setup.name", "Cedar")
    assert hands.find("setup.name").accessibleDescription() == ""
    zone = start.entry.findChild(QWidget, "setup.zone.card")
    said = [each for each in zone.findChildren(QLabel) if each.text() == "Must be answered"]
    assert said[0].isVisible()
    hands.tap("zone.america_los_angeles")
    assert not said[0].isVisible()


def test_a_window_closed_before_the_key_was_typed_leaves_no_clinic(start: Start) -> None:
    start.until_key()
    start.entry.close()
    assert not SEALED_STORE & {each.name for each in start.folder.rglob("*")}


def test_ids_made_of_names_are_never_taken_twice() -> None:
    assert person_id("Änn  O'Admin", frozenset()) == "ann-o-admin"
    assert person_id("Ann", frozenset({"ann"})) == "ann-2"
    assert person_id("阿", frozenset()) == "person"


def _papers_with(folder: Path, key: str) -> list[Path]:
    """Return every PDF below a folder that a reader could take the key from."""
    groups = key.split("-")[:3]
    found = []
    for path in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            text = " ".join(page.get_textpage().get_text_range() for page in document)
        if all(group in text for group in groups):
            found.append(path)
    return found


@pytest.mark.parametrize("end", ["confirmed", "given up", "closed"])
def test_the_recovery_sheet_is_off_the_disk_when_set_up_ends(start: Start, end: str) -> None:
    """Beside the store, the key would open it for whoever takes the tablet."""
    key = start.until_key()
    start.hands.tap("setup.print")
    [sheet] = _papers_with(start.folder, key)
    assert sheet.stat().st_mode & 0o777 == 0o600 and sheet.parent.stat().st_mode & 0o777 == 0o700
    if end == "confirmed":
        start.finish(key)
        assert start.opened
    elif end == "given up":
        start.hands.tap("setup.cancel")
    else:
        start.entry.close()
    assert not _papers_with(start.folder, key) and not sheet.exists()
