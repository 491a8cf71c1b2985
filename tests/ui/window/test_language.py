"""The patient's language on the glass: chosen by a tap, read and signed in, never half another one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from itertools import product

import pytest
from msgspec import structs
from PySide6.QtWidgets import QLabel

from chairside.demo.acts import read_everything, to_patient
from chairside.settings import shipped
from chairside.ui.widgets.button import Button
from chairside.ui.widgets.page import Page
from chairside.words import Words
from tests.ui.window.glass import INK, Shown

FOLDER = shipped("resources") / "words"


@dataclass(frozen=True)
class Listening(Words):
    """Spanish that remembers which keys were said."""

    said: list[str] = field(default_factory=list)

    def say(self, key: str, /, **facts: object) -> str:
        self.said.append(f"{key}_one" if facts.get("count") == 1 and self.has(f"{key}_one") else key)
        return super().say(key, **facts)


@dataclass
class Heard:
    """A window in the patient's hands in Spanish, and what it has said."""

    glass: Shown
    words: Listening

    def in_english(self) -> set[str]:
        """The keys that were said in a Spanish visit and have no Spanish sentence."""
        told = tomllib.loads((FOLDER / "es.toml").read_text("utf-8"))
        own = {f"{table}.{key}" for table, sentences in told.items() for key in sentences}
        return set(self.words.said) - own


@pytest.fixture
def heard(glass: Shown) -> Heard:
    """A visit whose patient has asked letters in Spanish, ready to be handed over."""
    spanish = Words.load(FOLDER, "es")
    listening = Listening(spanish.language, spanish.sentences)
    glass.window.parts = replace(glass.window.parts, spoken=lambda _language: listening)
    glass.visitors.letters = "es"
    glass.sign_in()
    glass.visitors.open()
    glass.visitors.asked()
    glass.visitors.choose("notices_california", paper_copy="handed")
    return Heard(glass, listening)


def _handed(heard: Heard) -> None:
    heard.glass.enter()
    to_patient(heard.glass.hands)


def test_a_patient_meets_no_english_sentence_of_the_interface(heard: Heard) -> None:
    """Reading, a question, a pause, a stop that was none, a wrong answer, and handing back."""
    hands = heard.glass.hands
    _handed(heard)
    assert ("Leer" in heard.glass.words() and "Continuar" in heard.glass.words()) or hands.sees("more")
    for tap in ("question", "break", "stop", "stay"):
        hands.tap(tap)
    while not hands.sees("ask_approval.approved"):
        name = next((each for each in INITIALS if hands.sees(each)), "")
        if name and not _done(heard, name):
            hands.tap(name)
        hands.tap("more" if hands.sees("more") else "continue")
    hands.tap("ask_approval.approved")
    hands.tap("ask_approval.registered")
    hands.tap("ask_approval.not_approved")
    read_everything(hands)
    assert heard.glass.page() == "door.hand_back"
    assert heard.in_english() == set()


INITIALS = ("initial_not_fda_approved.initial", "initial_risks.initial")


def _done(heard: Heard, name: str) -> bool:
    view = heard.glass.window.view
    assert view is not None
    return ("consent", name.removesuffix(".initial")) in view.visit.told


def test_what_is_signed_in_spanish_is_said_in_spanish(heard: Heard) -> None:
    visitors, hands = heard.glass.visitors, heard.glass.hands
    visitors.hand_over("notices")
    visitors.read("notices_california")
    visitors.read("consent")
    visitors.hand_back()
    visitors.decide()
    _handed(heard)
    while hands.sees("continue") or hands.sees("more"):
        hands.tap("more" if hands.sees("more") else "continue")
    hands.sign("patient_signature.pad", INK)
    hands.tap("clear")
    hands.tap("sign")
    hands.sign("patient_signature.pad", INK)
    hands.tap("sign")
    view = heard.glass.window.view
    assert view is not None
    signed = view.visit.signed["sign.patient_signature"]
    assert signed.stamp.language == "es"
    assert not hands.sees("header.language.en")  # one visit, one language
    assert signed.fact.meaning.startswith("Leí estas páginas")  # type: ignore[union-attr]
    assert heard.in_english() == set()


def test_a_tap_changes_the_language_and_staff_read_english(heard: Heard) -> None:
    hands, glass = heard.glass.hands, heard.glass
    _handed(heard)
    hands.tap("header.language.en")
    assert "California notice about stem cell therapies" in glass.words()
    assert not hands.sees("header.language.en") and hands.sees("header.language.es")
    hands.tap("header.language.es")
    assert "Aviso de California" in glass.words() and "solo en inglés" in glass.words()
    glass.window.hand_back()
    hands.settle()
    glass.sign_in("nurse-1")
    assert glass.window.view is not None and glass.window.view.language == "en"


def test_a_draft_says_on_each_page_that_it_is_none_for_a_clinic(heard: Heard) -> None:
    _handed(heard)
    assert "BORRADOR, no para uso clínico" in heard.glass.words()


def test_a_clinic_offers_no_draft_on_the_glass(glass: Shown) -> None:
    """The same texts in a clinic that is no demo: English, and no button for anything else."""
    visitors = glass.visitors
    glass.sign_in()
    visitors.open()
    visitors.asked()
    visitors.choose("notices_california", paper_copy="handed")
    visitors.clinic.founded = structs.replace(visitors.clinic.founded, demo=False)
    glass.enter()
    to_patient(glass.hands)
    assert "California notice about stem cell therapies" in glass.words()
    assert not glass.hands.sees("header.language.es")


SIZES = [(1366, 1024), (1024, 1366), (1280, 800), (800, 1280), (1920, 1280)]


def _whole(heard: Heard, where: str) -> None:
    """Every word of a Spanish page has its room, at every size and text size (screens.md 6 and 7)."""
    window, theme = heard.glass.window, heard.glass.window.parts.theme
    for size, scale in product(SIZES, (1.0, 2.0)):
        theme.set_scale(scale)
        window.resize(*size)
        heard.glass.hands.settle()
        page, told = window.page, f"{where} at {size}, {scale}"
        assert isinstance(page, Page)
        assert page.content.horizontalScrollBar().maximum() == 0, told
        assert page.content.height() >= 0.55 * page.height(), told
        for button in page.findChildren(Button):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width(), f"{button.text()}, {told}"
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.height() >= label.heightForWidth(label.width()), f"{label.text()}, {told}"
    theme.set_scale(1.0)
    window.resize(*SIZES[0])
    heard.glass.hands.settle()


def test_spanish_pages_lose_no_word_at_any_size(heard: Heard) -> None:
    """Proves: screens.md 6 and 7 (in Spanish: the longest pages of a patient, and the line below them)."""
    hands = heard.glass.hands
    heard.glass.enter()
    hands.tap("hand_over.given")
    _whole(heard, "who are you")
    hands.tap("who_are_you.yes")
    _whole(heard, "the law's notice")
    while not hands.sees("initial_not_fda_approved.initial"):
        hands.tap("more" if hands.sees("more") else "continue")
    _whole(heard, "key information")
    hands.tap("stop")
    _whole(heard, "stop")
