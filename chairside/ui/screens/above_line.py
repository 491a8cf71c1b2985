"""What stands above a signature line on the glass: the answers, the vials, the Medical Board notice."""

from __future__ import annotations

from chairside.domain.facts import Answered
from chairside.domain.form import Choice, Form, Ink, Item, Statement
from chairside.domain.replies import Chosen
from chairside.domain.steps import PREMEDICATION, VIAL_STEP
from chairside.domain.visit import ASSENT, CONSENTING
from chairside.session.view import View
from chairside.ui.screens.answer_list import AnswerList
from chairside.ui.screens.screen import Screen
from chairside.ui.screens.vial_sheet import VialSheet
from chairside.ui.screens.wrong import DECISION, WrongAnswer
from chairside.ui.widgets.answers import Options
from chairside.ui.widgets.frames import Card
from chairside.ui.widgets.text import Heading, Paragraphs, Text

BOARD_NOTICE = "medical_board"  # Source: Q8, 16 CCR 1355.4: directly above the patient's signature line
ANSWERED_FORMS = ("health_check", "medicines")
BEFORE_THE_PATIENT = ("vial_code", "opened", "opened_by")  # what was put down of what the patient watched
AFTER_THE_DECISION = (DECISION, PREMEDICATION, VIAL_STEP)


def to_check(screen: Screen, view: View, to_read: Statement | None, wrong: WrongAnswer) -> None:
    """Show what is signed over, each answer with its way to be changed.

    That is the vials on the vial's step, for the physician every answer, else the patient's own. A child is
    told in words of their own, and signs over nothing else.
    """
    if to_read is not None:
        prose, card = screen.form.words(to_read.id, view.language), Card(screen.theme, "signing.check")
        card.column.addWidget(Paragraphs(screen.theme, to_read.id, prose.title, prose.body))
        screen.body.addWidget(card)
    else:
        screen.body.addWidget(Heading(screen.theme, screen.say("button.check_answers")))
    if screen.step.id == VIAL_STEP:
        vials(screen, view)
        _written_down(screen, view, wrong)
    elif screen.form.id != ASSENT:
        kind = "staff" if view.mode == "staff" else "body"
        listed = AnswerList(screen.words, screen.theme, wrong.tell, kind)
        for name in ANSWERED_FORMS:
            if name in view.book.forms:
                screen.body.addWidget(listed.card(view, view.book.forms[name]))
        if view.mode == "staff":
            _since_then(screen, view, listed)


def _written_down(screen: Screen, view: View, wrong: WrongAnswer) -> None:
    """Show what staff put down of what the patient watched."""
    items = [item for item in _told(view, screen.form) if item.id in BEFORE_THE_PATIENT]
    if items:
        listed = AnswerList(screen.words, screen.theme, wrong.tell)
        screen.body.addWidget(listed.card(view, screen.form, items, screen.say("sign.written_down")))


def _since_then(screen: Screen, view: View, listed: AnswerList) -> None:
    """Show what the physician ordered, and what was put down after that."""
    for name in AFTER_THE_DECISION:
        form = view.book.forms.get(name)
        items = _told(view, form) if form is not None else []
        if form is not None and items:
            screen.body.addWidget(listed.card(view, form, items))


def _told(view: View, form: Form) -> list[Item]:
    """Return the questions of a form that were answered."""
    return [item for item in form.items if (form.id, item.id) in view.visit.replies]


def vials(screen: Screen, view: View) -> None:
    """Show every vial: the patient signs to have seen each of them."""
    sheet = VialSheet(screen.words, screen.theme)
    for number, vial in enumerate(view.visit.vials, 1):
        screen.body.addWidget(sheet.card(view, vial, number))


def is_consent(form: Form, ink: Ink) -> bool:
    """Tell whether this line is the consent's own: the notice of the Board stands above no other."""
    return ink.signer in CONSENTING and form.id != ASSENT


def board_notice(screen: Screen, view: View, card: Card) -> None:
    """Show the notice again, with nothing between it and the line."""
    for form in view.book.forms.values():
        if form.item(BOARD_NOTICE) is not None:
            prose = form.words(BOARD_NOTICE, view.language)
            for line in prose.help:
                card.column.addWidget(Text(screen.theme, line, "body"))
            card.column.addWidget(Paragraphs(screen.theme, BOARD_NOTICE, "", prose.body))


def childs_answer(screen: Screen, view: View, asked: Choice) -> bool:
    """Ask the child for a yes or a no of their own; tell whether there is a line to sign after it."""
    key, theme = (screen.form.id, asked.id), screen.theme
    prose, card = screen.form.words(asked.id, view.language), Card(theme, "signing.asked")
    card.column.addWidget(Heading(theme, prose.title, 2))
    labels = [(option, prose.options.get(option, option)) for option in asked.options]

    def choose(option: str) -> None:
        if screen.view.visit.option(*key) != option:
            screen.tell(Answered(*key, Chosen(option)))

    options = Options(theme, asked.id, labels, choose)
    options.entitle(prose.title)
    wanted = view.visit.option(*key)
    options.show_choice(wanted)
    card.column.addWidget(options)
    if wanted is not None and wanted != "yes":
        card.column.addWidget(Text(theme, screen.say("sign.child_said_no"), "strong"))
    screen.body.addWidget(card)
    return wanted == "yes"
