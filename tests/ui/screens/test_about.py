"""The page about the tablet: versions, digests, a self-check that says how it ended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from chairside.errors import ChainBroken
from chairside.session.about import About as Told
from chairside.session.about import FormInForce, InOrder
from chairside.ui.screens.about import About, AboutDoors
from chairside.ui.theme import Theme
from chairside.words import Words
from tests.ui.screens.touch import said, sees, settle, tap

DIGEST = "0123456789abcdef" * 4
TOLD = Told("0.1.0", "Sample Clinic", "california", "t1", DIGEST, (FormInForce("Consent", "1.2.0", DIGEST),))


class Checks:
    """Holds the question until the test answers it."""

    def __init__(self) -> None:
        self.answer: Callable[[object], None] = lambda _: None

    def ask(self, told: Callable[[object], None]) -> None:
        self.answer = told


@pytest.fixture
def checks() -> Checks:
    return Checks()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, words: Words, checks: Checks) -> About:
    made = About(words, theme, TOLD, AboutDoors(checks.ask, lambda: None))
    qtbot.addWidget(made)
    made.resize(1366, 1024)
    made.show()
    settle()
    return made


def test_versions_and_digests_can_be_read_aloud(page: About) -> None:
    """Proves: screens.md 8: in groups of four."""
    assert "0.1.0" in said(page) and "Version 1.2.0, digest 0123 4567 89ab cdef" in said(page)


def test_a_check_that_takes_long_says_so_and_then_what_was_found(
    page: About, checks: Checks, qtbot: QtBot
) -> None:
    """Proves: screens.md 8: progress for anything over half a second."""
    tap(page, "about.start")
    assert not sees(page, "about.progress"), "not before half a second"
    qtbot.waitUntil(lambda: sees(page, "about.progress"), timeout=5000)
    assert "are being checked" in said(page)
    checks.answer(InOrder(41, 20, 2, 3))
    settle()
    assert not sees(page, "about.progress") and "41 facts, 20 signatures and 3 keys" in said(page)


def test_a_trouble_is_said_with_what_to_do(page: About, checks: Checks) -> None:
    tap(page, "about.start")
    checks.answer(ChainBroken("chain_broken"))
    settle()
    assert "Stop using this tablet" in said(page)


def test_staff_choose_the_strong_colours_here(page: About, theme: Theme) -> None:
    """Proves: screens.md 6."""
    tap(page, "about.contrast")
    assert theme.high_contrast
