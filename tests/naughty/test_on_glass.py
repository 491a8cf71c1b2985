"""Every naughty string on the glass: shown as plain text, typed into fields, a name on the board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from chairside.domain.facts import PatientAdded
from chairside.errors import NotAllowed
from chairside.session.desk import LONGEST_NAME
from chairside.session.texts import LONGEST_LINE, LONGEST_TEXT, text_trouble
from chairside.session.view import NewVisit
from chairside.ui.theme import Theme
from chairside.ui.widgets.fields import FieldRow, plain
from chairside.ui.widgets.text import Text
from tests.naughty import STRINGS
from tests.naughty.records import composed, taken
from tests.session.clinics import Visitors, clinic_in
from tests.ui.look import sentences, tokens
from tests.ui.window.glass import over

WORDS = sentences()


@pytest.fixture
def page(qapp: QApplication) -> Iterator[tuple[Theme, QVBoxLayout]]:
    theme = Theme(tokens())
    theme.dress(qapp)
    own = QWidget()
    own.resize(600, 20_000)
    yield theme, QVBoxLayout(own)
    own.close()
    own.deleteLater()


def types(field: QWidget, told: str) -> None:
    """What a keyboard on the glass does: a whole text at once."""
    event = QInputMethodEvent()
    event.setCommitString(told)
    QApplication.sendEvent(field, event)


def test_every_string_is_shown_as_it_is(page: tuple[Theme, QVBoxLayout]) -> None:
    """As plain text and never as markup; all are painted, also those that no field takes. Proves: F24."""
    theme, column = page
    whole = set(taken(LONGEST_TEXT))
    shown = {told: Text(theme, told) for told in STRINGS}
    for label in shown.values():
        column.addWidget(label)
    own = column.parentWidget()
    assert own is not None
    own.show()
    assert not own.grab().isNull()
    assert [told for told, label in shown.items() if told in whole and label.text() != told] == []
    assert {label.textFormat() for label in shown.values()} == {Qt.TextFormat.PlainText}


def test_every_string_is_typed_as_it_is(page: tuple[Theme, QVBoxLayout]) -> None:
    """A field keeps what can be seen of it, on one line; every taken string is taken whole. Proves: F24."""
    theme, column = page
    field = FieldRow(theme, "field", "Field", lambda _: None)
    column.addWidget(field)
    whole = set(taken(LONGEST_LINE))
    for told in STRINGS:
        field.line.clear()
        types(field.line, told)
        assert field.text == plain(told)[:LONGEST_LINE].strip()
        assert told not in whole or field.text == told.strip()
        assert not field.text or text_trouble(field.text) != "long"


def opened(visitors: Visitors, name: str) -> str:
    """Open a visit for a new patient of this name; return the code of the refusal, if it was refused."""
    patient = PatientAdded(name, date(1984, 3, 14), name[:30], name, "post", "en")
    try:
        visitors.desk.open_visit(NewVisit(patient, ("name", "born"), None, ()))
    except NotAllowed as refused:
        assert WORDS.has(f"trouble.{refused.code}") and WORDS.has(f"next.{refused.code}"), refused.code
        return refused.code
    return ""


def test_a_patients_name_is_on_the_board_as_typed_or_refused_in_words(
    tmp_path: Path, qapp: QApplication
) -> None:
    """Every tenth string of the list as name, phone and address of a patient. Proves: F24."""
    visitors = clinic_in(tmp_path / "clinic")
    told = {name: opened(visitors, name) for name in [each for each in STRINGS if each.strip()][::10]}
    kept = [composed(name) for name, code in told.items() if not code]
    assert kept == [name for name in told if text_trouble(name, LONGEST_NAME) == ""]
    assert len(kept) > 30 and {*told.values()} == {"", "name_long", "name_not_printable"}
    visitors.staff.leave()
    glass = over(visitors, qapp)
    glass.sign_in()
    assert glass.page() == "board"
    said = glass.words()
    assert [name for name in kept if name not in said] == []
    labels = [each for each in QApplication.allWidgets() if isinstance(each, QLabel)]
    assert {each.textFormat() for each in labels} == {Qt.TextFormat.PlainText}
    glass.close()
