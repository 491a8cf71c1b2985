"""From a list of answers back to one of them, and back to the list, at the row that was left.

Staff go to the question's own page, under the PIN of who asks it. The patient, who does not own what
staff asked, gives the tablet back, and staff find the question that is not right.
"""

from __future__ import annotations

from chairside.domain.facts import HandedOver
from chairside.domain.steps import owner_of
from chairside.session.staff import Proof
from chairside.session.view import View
from chairside.ui.doorway import Doorway
from chairside.ui.glass import Glass
from chairside.ui.route import Change
from chairside.ui.screens.answer_list import row_name


class Changing:
    """Knows at which row a list of answers was left, for each visit."""

    def __init__(self, window: Glass, doorway: Doorway) -> None:
        self._window, self._doorway = window, doorway
        self._left: dict[str, tuple[str, str]] = {}  # by visit: the list's step, and the row

    def place(self, view: View, step: str) -> str:
        """Return the row this list was left at, once, or nothing."""
        at, row = self._left.get(view.visit.id, ("", ""))
        if at == step:
            del self._left[view.visit.id]
            return row
        return ""

    def by_patient(self, form: str, item: str) -> None:
        """Let staff take the tablet back, and show them the question."""
        self._doorway.prove("staff", lambda proof: self._given_back(proof, form, item))

    def _given_back(self, proof: Proof, form: str, item: str) -> None:
        window = self._window
        if window.view is None:
            return
        step = window.view.visit.at_step
        window.take(HandedOver("staff", step), proof)
        if window.view is not None and window.view.mode == "staff":
            self._left[window.view.visit.id] = (step, row_name(form, item))
            self._open(form, item, "")

    def by_staff(self, form: str, item: str, back: str) -> None:
        """Go from the list on the step `back` to the question."""
        if self._window.view is not None:
            self._left[self._window.view.visit.id] = (back, row_name(form, item))
            self._open(form, item, back)

    def _open(self, form: str, item: str, back: str) -> None:
        """Show the question to who may ask it; where somebody else is here, after a PIN of theirs."""
        window, view = self._window, self._window.view
        assert view is not None
        step = next(each for each in view.book.plan.steps if each.form == form)
        asked = next(each for each in view.book.forms[form].items if each.id == item)
        roles = {owner_of(asked, step), "physician" if view.book.terms.physician_alone else ""}
        staff, change = window.parts.staff, Change(step.id, item, back)
        if staff.who is not None and staff.who.role in roles:
            window.choose(change)
            return

        def arrived(proof: Proof) -> None:
            staff.arrive(proof)
            window.choose(change)
            window.look_again()

        people = tuple(who for who in staff.tiles() if who.role in roles)
        self._doorway.prove_one_of(people, arrived, window.parts.words.say("door.changes_answer"))
