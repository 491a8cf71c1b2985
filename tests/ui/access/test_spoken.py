"""What a screen reader is told of every page: a role, a name and a state for all there is, each name once."""

from __future__ import annotations

import gc
import inspect
import pkgutil
from collections import Counter
from datetime import timedelta
from importlib import import_module
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chairside import ui
from chairside.domain.replies import Coded, DoseGiven
from chairside.ui.screens.sheet import Sheet
from chairside.ui.spoken import ROLES
from chairside.ui.theme import Theme
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.banner import Banner
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Heading
from chairside.ui.widgets.washout import DoseMark, WashoutPicture, WindowWords
from chairside.words import Words
from tests.ui.access.pages import PAGES, Dress, on_glass
from tests.ui.access.tree import Node, walk
from tests.ui.screens.conftest import made
from tests.ui.screens.stories import signed
from tests.ui.screens.touch import settle, tap

pytestmark = pytest.mark.a11y
Role = QAccessible.Role
NO_KIND = {Role.NoRole, Role.Client, Role.Border}
WITH_AN_EXTRA = {"chairside.ui.voice"}  # it has no widget, and its library may not be there
MUST_BE_NAMED = {
    Role.Heading,
    Role.Graphic,
    Role.Canvas,
    Role.AlertMessage,
    Role.List,
    Role.ListItem,
    Role.Pane,
}


def page_nodes(qtbot: QtBot, theme: Theme, words: Words, name: str) -> list[Node]:
    return list(walk(on_glass(Dress(qtbot, theme, words), name)))


def role(nodes: list[Node], kind: str) -> Node:
    return next(each for each in nodes if each.kind == kind)


@pytest.mark.parametrize("name", PAGES)
def test_everything_on_a_page_has_a_role_and_a_name_of_its_own(
    qtbot: QtBot, theme: Theme, words: Words, name: str
) -> None:
    """Proves: F30 (100 % of focusable nodes named); screens.md 6."""
    page, *nodes = page_nodes(qtbot, theme, words, name)
    assert page.role == Role.Pane and page.name, page.told
    usable = [each for each in nodes if each.focusable]
    assert [each.told for each in usable if not each.name.strip() or each.role in NO_KIND] == []
    assert [each.told for each in nodes if each.role in MUST_BE_NAMED and not each.name.strip()] == []
    twice = {name for name, count in Counter(each.name for each in usable).items() if count > 1}
    assert [each.told for each in usable if each.name in twice] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_called_by_the_heading_it_shows(
    qtbot: QtBot, theme: Theme, words: Words, name: str
) -> None:
    page = on_glass(Dress(qtbot, theme, words), name)
    shown = [each for each in page.content.findChildren(Heading) if each.isVisibleTo(page) and each.text()]
    told = QAccessible.queryAccessibleInterface(page).text(QAccessible.Text.Name)
    levels = {each.text(): each.level for each in reversed(shown)}
    assert not shown or levels[told] == min(levels.values())


@pytest.mark.parametrize(
    ("name", "kind", "what"),
    [
        ("signature", "InkPad", Role.Canvas),
        ("thawed", "VialClock", Role.Graphic),
        ("board", "Banner", Role.AlertMessage),
        ("board", "TimeBar", Role.Graphic),
        ("health check", "Rail", Role.List),
        ("health check", "_Stop", Role.ListItem),
        ("health check", "_Way", Role.Button),
        ("pin", "PinPad", Role.Grouping),
        ("pin", "_Dots", Role.StatusBar),
        ("record", "_Sheet", Role.Graphic),
        ("vials: cut", "Photo", Role.Graphic),
    ],
)
def test_what_is_painted_is_told_as_what_it_is(
    qtbot: QtBot, theme: Theme, words: Words, name: str, kind: str, what: QAccessible.Role
) -> None:
    found = role(page_nodes(qtbot, theme, words, name), kind)
    assert found.role == what and found.name


def test_the_header_is_told_first_as_it_is_read(qtbot: QtBot, theme: Theme, words: Words) -> None:
    nodes = page_nodes(qtbot, theme, words, "board")
    assert nodes[1].control == "header"


def test_the_washout_is_told_in_one_sentence(qtbot: QtBot, theme: Theme) -> None:
    picture = WashoutPicture(theme, "washout")
    qtbot.addWidget(picture)
    said = "Aspirin was taken 10 hours before the injection. That is too late."
    picture.show_window(
        72, [DoseMark("Aspirin", 10, inside=True)], WindowWords("3 days before", "Injection", said)
    )
    picture.show()
    (told,) = walk(picture)
    assert told.role == Role.Graphic and told.name == said


def test_a_step_is_told_with_its_state(qtbot: QtBot, theme: Theme, words: Words) -> None:
    told = {each.control: each.name for each in page_nodes(qtbot, theme, words, "decision")}
    assert told["step.health_check"] == "Health check, Done" and told["step.sign"] == "Sign, Later"


def test_the_pad_says_how_it_is_signed(qtbot: QtBot, theme: Theme, words: Words) -> None:
    page = on_glass(Dress(qtbot, theme, words), "signature")
    pad = next(each for each in page.findChildren(QWidget) if type(each).__name__ == "InkPad")
    spoken = QAccessible.queryAccessibleInterface(pad)
    assert spoken.text(QAccessible.Text.Description) and spoken.text(QAccessible.Text.Name)


@pytest.mark.parametrize("chips", [True, False])
def test_an_answer_is_told_with_its_question_and_whether_it_is_given(
    qtbot: QtBot, theme: Theme, chips: bool
) -> None:
    """A chip has its question in its name; rows lie in a group that has it."""
    options = Options(theme, "smoker", [("yes", "Yes"), ("no", "No")], lambda _: None, chips)
    options.entitle("Do you smoke?")
    qtbot.addWidget(options)
    options.show()
    options.show_choice("no")
    group, *rows = walk(options)
    assert group.role == Role.Grouping and group.name == "Do you smoke?"
    assert [each.name for each in rows] == (
        ["Do you smoke? Yes", "Do you smoke? No"] if chips else ["Yes", "No"]
    )
    assert [each.checked for each in rows] == [False, True]


def test_a_page_follows_its_heading(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Somebody who says "not me" is told what to do now, and no name of anybody else."""
    page = on_glass(Dress(qtbot, theme, words), "who are you")
    before = next(walk(page)).name
    tap(page, "who_are_you.no")
    after = next(walk(page)).name
    assert "Jordan" in before and after and "Jordan" not in after


def test_a_page_that_was_told_is_let_go_of(qapp: QApplication, theme: Theme, words: Words) -> None:
    """Else a tablet with a screen reader keeps every page there was, with what stood on it."""
    page = Page(theme, words, "gone", "text")
    page.body.addWidget(Heading(theme, "Jordan Avery", 1))
    QAccessible.setActive(True)
    told = QAccessible.queryAccessibleInterface(page)
    assert told is not None and told.text(QAccessible.Text.Name) == "Jordan Avery"
    gone = ref(page)
    page.deleteLater()
    del page, told
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


def test_a_silent_banner_is_not_there(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    banner = Banner(theme, "told")
    QVBoxLayout(holder).addWidget(banner)
    qtbot.addWidget(holder)
    holder.show()
    assert [each.control for each in walk(holder)] == [""]
    banner.tell("warn", "The battery is low.")
    assert role(list(walk(holder)), "Banner").name == "The battery is low."


def test_the_table_names_only_widgets_there_are() -> None:
    """A renamed class would be told as nothing without anybody noticing."""
    names = {each.name for each in pkgutil.walk_packages(ui.__path__, "chairside.ui.")} - WITH_AN_EXTRA
    modules = [import_module(each) for each in names]
    classes = [
        thing
        for module in modules
        for thing in vars(module).values()
        if inspect.isclass(thing) and issubclass(thing, QWidget) and thing.__module__ == module.__name__
    ]
    count = Counter(each.__name__ for each in classes)
    assert {name: count[name] for name in ROLES} == dict.fromkeys(ROLES, 1)


def test_what_two_rows_both_offer_is_told_with_its_row(qtbot: QtBot, theme: Theme, words: Words) -> None:
    """Two stored codes have a "Change" each, two ordered doses a "Not given"."""
    room = signed(premedication=("h1_h2_steroid",))
    page = made(Sheet, words, theme, room, "premedication")
    qtbot.addWidget(page)
    room.screen = page  # type: ignore[assignment]  # the room says None before its first screen
    room.show()
    page.show()
    for item in ("prp_kit", "anticoagulant_lot"):
        room.reply("premedication", item, Coded("LOT-1", "scanned"))
    room.now += timedelta(hours=1)  # since the signature, or no dose was given earlier
    for item in ("h1_given", "h2_given"):
        room.reply("premedication", item, DoseGiven(room.now, "10 mg", "tablet"))
    room.show()
    settle()
    usable = [each for each in walk(page) if each.focusable and each.control != "premedication"]
    names = Counter(each.name for each in usable)
    told = {each.control for each in usable}
    assert {"prp_kit.change", "anticoagulant_lot.change", "h1_given.not_given", "h2_given.late"} <= told
    assert [name for name, count in names.items() if count > 1] == []
