"""How long a page may stand untouched, and what hides a patient's page while nobody looks at it.

Source: product.md, Patient mode: desk pages 60 s; a visit's staff pages 2-5 minutes, as the clinic set it;
never the procedure, where hands are gloved; never a patient's page, which only a staff PIN leaves.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from chairside.ui.glass import Glass, Parts
from chairside.ui.screens.screen import Screen
from chairside.ui.sealing import Sealing
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.page import Page
from chairside.ui.widgets.text import Text

DESK_MINUTES = 1


def idle_ms(window: Glass) -> int | None:
    """Return after how long without a touch the page on the glass locks; None where it never does."""
    parts = window.parts
    page = window.page
    if parts.staff.who is None or (isinstance(page, Screen) and page.step.manner == "procedure"):
        return None
    if window.view is None:
        return DESK_MINUTES * parts.minute_ms
    if window.view.mode == "patient":
        return None
    return parts.desk.clinic.founded.idle_minutes * parts.minute_ms


def settle(window: Glass, sealing: Sealing) -> None:
    """Have the store tidy up while no hand is on the glass, and in a visit what makes records get ready.

    Either would hold up an answer: what is imported on another thread takes turns with this one.
    """
    clinic = window.parts.desk.clinic
    window.work.start("slow", lambda _progress, _cancelled: clinic.settle(), lambda _: None)
    if window.room is not None:
        sealing.warm()


def fill_screen(window: QWidget, fill: bool | None) -> None:
    """Leave no edge, no title and no other window within the patient's reach (T1); None: leave it be."""
    if fill is not None and fill != window.isFullScreen():
        (window.showFullScreen if fill else window.showNormal)()


def veil(parts: Parts) -> QWidget:
    """Return the page that says nothing of anybody."""
    page = Page(parts.theme, parts.words, "glass.blank", "text")
    page.stand_in_the_middle()
    card = Card(parts.theme)
    card.column.addWidget(Text(parts.theme, parts.words.say("glass.blank"), "section"))
    page.body.addWidget(card)
    page.footer.hide()
    return page
