"""The list of vials, the page of one, and what stands between a tap and an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from chairside.domain.facts import (
    Stamped,
    VialAccepted,
    VialAssigned,
    VialChecked,
    VialDiscarded,
    VialFreed,
    VialQuarantined,
    VialReceived,
    VialUsed,
)
from chairside.session.board import Fate
from chairside.ui.screens import vial_words, vials
from chairside.ui.screens.desk_form import Dress
from chairside.ui.screens.vial_acts import REASONS, SetAside, Why
from chairside.ui.screens.vial_card import ACTS
from chairside.words import Words
from tests.ui.screens.room import NOW
from tests.ui.screens.stock import CARDS, NAMED, ROWS, list_page, nothing, stamp, vial_page
from tests.ui.screens.touch import said, second_press, sees, settle, show, tap, there, write

OVER: tuple[Fate, ...] = ("used", "partly_used", "discarded", "returned")


def test_every_fate_has_its_place_and_its_word(words: Words) -> None:
    """A fate without a group would be a vial nobody sees."""
    placed = [fate for fates in vials.GROUPS.values() for fate in fates]
    assert len(placed) == len(set(placed)) == 13
    for fate in placed:
        assert words.say(f"vials.fate_{fate}")
    assert set(ACTS) == set(placed) - set(OVER) | {"discarded"}  # a slip is taken back the same day


def test_every_act_has_its_words(words: Words) -> None:
    acts = {act for some in ACTS.values() for act in some}
    for act in acts:
        assert words.say(f"vials.act_{act}")
    for act, reasons in REASONS.items():
        assert words.say(f"vials.means_{act}")
        assert all(words.say(f"vials.why_{reason}") for reason in reasons)


def test_the_list_says_how_each_vial_stands(qtbot: QtBot, dress: Dress) -> None:
    """What runs stands first, lateness and lacks are in words. Proves: P10."""
    page = list_page(dress)
    show(qtbot, page)
    told = said(page)
    for words in ("Thawed 12 min ago", "18 min left", "Late: 45 min", "For Jordan Avery", "Lot LOT-0001"):
        assert words in told
    assert "No second person has checked" in told and "and 2 more" in told
    assert "No donor sheet covers it." in told, "one sentence where no sheet came, not one for each line"
    assert told.index("In use now") < told.index("On the way") < told.index("Here, not accepted yet")


def test_what_is_over_is_put_away(qtbot: QtBot, dress: Dress) -> None:
    page = list_page(dress)
    show(qtbot, page)
    assert "W-6" not in said(page)
    tap(page, "vials.over")
    assert "W-6" in said(page) and "W-7" in said(page)
    tap(page, "vials.over")
    assert "W-6" not in said(page)


def test_an_empty_list_says_what_to_do(qtbot: QtBot, dress: Dress) -> None:
    page = list_page(dress)
    page.show_stock(dress, vials.Stock(()))
    show(qtbot, page)
    assert "Receive a vial" in said(page) and "No vial is here" in said(page)
    assert "In use now" not in said(page)


def test_a_later_minute_is_shown_and_the_same_one_changes_nothing(qtbot: QtBot, dress: Dress) -> None:
    """The page somebody scrolls does not jump every 20 seconds."""
    page = list_page(dress)
    show(qtbot, page)
    tiles = page.findChildren(vials.VialTile)
    page.show_stock(replace(dress, now=NOW + timedelta(seconds=20)), page._stock)
    assert page.findChildren(vials.VialTile) == tiles
    page.show_stock(replace(dress, now=NOW + timedelta(minutes=5)), page._stock)
    settle()
    assert "Late: 50 min" in said(page)


def test_a_tap_looks_at_one(qtbot: QtBot, dress: Dress) -> None:
    looked: list[str] = []
    page = list_page(dress, looked.append)
    show(qtbot, page)
    tap(page, "look.a1")
    assert looked == ["a1"]


@pytest.mark.parametrize(
    ("place", "main"),
    [(0, "arrived"), (2, "check"), (3, "set_aside"), (4, ""), (5, "")],
    ids=["late", "received", "ready", "set aside", "thawed"],
)
def test_only_the_likely_act_is_the_main_one(qtbot: QtBot, dress: Dress, place: int, main: str) -> None:
    """Throwing away or freeing a vial never is."""
    done: list[str] = []
    page = vial_page(dress, CARDS[place], do=done.append)
    show(qtbot, page)
    acts = ACTS[CARDS[place].fate]
    for act in acts:
        assert sees(page, f"vial.{act}")
    offered = page.footer.findChildren(QPushButton)
    names = {each.objectName() for each in offered if each.objectName().startswith("vial.")}
    assert names == ({f"vial.{main}"} if main else set())
    tap(page, f"vial.{acts[-1]}")
    assert done == [acts[-1]]


def test_what_may_not_be_done_is_not_offered(qtbot: QtBot, dress: Dress) -> None:
    page = vial_page(dress, CARDS[2], ("check", "quarantine"))
    show(qtbot, page)
    assert not sees(page, "vial.accept") and not sees(page, "vial.reject")
    over = vial_page(dress, CARDS[7])
    show(qtbot, over)
    assert not sees(over, "vial.acts"), "nothing comes back from used"


def test_a_life_is_told_with_who_and_why(words: Words) -> None:
    """Oldest first; single answers make no line; a correction is told as one. Proves: P10."""
    told = VialReceived("W-1", "s", "p", "l", NOW.date())
    facts = [
        told, VialChecked("n2"), told, VialAccepted(), VialQuarantined("too warm"), VialAssigned("v1"),
        VialFreed("v1", "put off"), VialUsed("v9", False), VialDiscarded("broken"),
    ]  # fmt: skip
    life = vial_words.life(words, tuple(Stamped(stamp(9), fact, "x") for fact in facts), NAMED)
    assert [event.said for event in life] == [
        "Received, entries copied from the label",
        "Compared with label and paper",
        "Entries put right",
        "Accepted",
        "Kept apart: too warm",
        "Set aside for Jordan Avery",
        "No longer set aside for Jordan Avery: put off",
        "Used in part",
        "Thrown away: broken",
    ]
    assert {event.who for event in life} == {"Robin Example"}


def test_a_blank_line_is_not_told_as_a_bad_result(words: Words) -> None:
    """Proves: V22, Q31."""
    reactive = vial_words.blank_told(CARDS[2], {"hcv_nat": "reactive"})
    assert reactive == CARDS[2]
    assert "The donor's test is not nonreactive: Hepatitis C, NAT." in vial_words.lacks(words, reactive)
    blank = vial_words.blank_told(CARDS[2], {})
    assert "Not on the donor sheet: Hepatitis C, NAT" in vial_words.lacks(words, blank)


def test_a_vial_that_is_not_in_order_has_one_likely_way(qtbot: QtBot, dress: Dress) -> None:
    """Apart; nothing else is the main action."""
    page = vial_page(dress, replace(CARDS[2], fate="checked"), ("quarantine", "reject", "correct"))
    show(qtbot, page)
    offered = [each.objectName() for each in page.footer.findChildren(QPushButton)]
    assert "vial.quarantine" in offered and "vial.reject" not in offered


def test_the_second_press_of_a_double_tap_does_nothing(qtbot: QtBot, dress: Dress) -> None:
    """It would land on the next page's button, which stands in the same corner."""
    done: list[str] = []
    page = vial_page(dress, CARDS[2], do=done.append)
    show(qtbot, page)
    second_press(there(page, "vial.check"))
    assert done == []
    tap(page, "vial.check")
    assert done == ["check"]


def test_a_reason_nobody_has_words_for_is_still_a_sentence(words: Words) -> None:
    assert vial_words.lack(words, "moon_in_the_way:x") == words.say("vials.lacks_other")


@pytest.mark.parametrize("act", REASONS)
def test_an_act_wants_a_reason(qtbot: QtBot, dress: Dress, act: str) -> None:
    """Chosen or written; what is written last counts. Proves: P10."""
    done: list[str] = []
    page = Why(dress, act, "W-1", (done.append, nothing))
    show(qtbot, page)
    tap(page, "why.do")
    assert done == [] and sees(page, "why.lacking")
    tap(page, f"why.likely.{REASONS[act][0]}")
    tap(page, "why.do")
    write(page, "why.own", "the box was wet")
    assert not sees(page, "footer.lacking"), "said with every letter, not only once the field is left"
    tap(page, "why.do")
    assert done == [dress.say(f"vials.why_{REASONS[act][0]}"), "the box was wet"]


def test_a_vial_is_set_aside_for_a_visit_somebody_chose(qtbot: QtBot, dress: Dress) -> None:
    """Name, birth date and hour stand on each row: two people may have one name."""
    done: list[str] = []
    page = SetAside(dress, "W-1", ROWS, (done.append, nothing))
    show(qtbot, page)
    assert "Jordan Avery · born 14 March 1984 · 16 March 2026, 12:30 pm" in said(page)
    tap(page, "aside.do")
    assert done == []
    tap(page, "aside.visit.v2")
    tap(page, "aside.do")
    assert done == ["v2"]


def test_without_a_visit_it_says_what_to_do_first(qtbot: QtBot, dress: Dress) -> None:
    page = SetAside(dress, "W-1", (), (nothing, nothing))
    show(qtbot, page)
    assert "Open the visit first." in said(page)
