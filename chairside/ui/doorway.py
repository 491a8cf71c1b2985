"""The door: who may come in, whose PIN an act wants, and the pages that ask for it.

An act that needs a PIN waits here; a wrong PIN is answered on the pad, a right one lets the act go on.
The physician's pages open with the physician's PIN, so every tap on them carries the right name; that
unlocking, straight onto a signature, counts as its PIN once (product.md, Patient mode) and is gone
with the signature, a lock or another page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, TypeAlias

from chairside.domain.facts import (
    AddendumSigned,
    Corrected,
    Countersigned,
    Decided,
    LimitPassed,
    OpenedInError,
    PaperAttested,
    PaperChosen,
    PeopleFact,
    ReleaseRenewed,
    SignedOnPaper,
    StepClosed,
    Stopped,
    VisitFact,
)
from chairside.domain.facts.people import AssentNotAsked, MinorMaySign, RepresentativeNamed
from chairside.domain.form import VisitPlan
from chairside.errors import ChairsideError
from chairside.session.staff import Leaving, Proof, Tried
from chairside.session.view import Drawn, Outcome, Who
from chairside.ui.glass import Glass
from chairside.ui.route import MORE
from chairside.ui.screens.door import Asked, PinPage, SignIn
from chairside.ui.spoken import announce
from chairside.ui.work import Work

Whose: TypeAlias = Literal["own", "another", "physician", "administrator", "staff"]
Then: TypeAlias = Callable[[Proof], None]


def needs_pin(told: VisitFact | Drawn, plan: VisitPlan) -> Whose | None:
    """Return whose PIN this fact waits for, or None."""
    if isinstance(told, PeopleFact):
        return _names_people(told)
    match told:
        case StepClosed(step):
            return "own" if plan.step(step).closes == "pin" else None
        case Decided() | Countersigned() | Corrected() | ReleaseRenewed() | LimitPassed():
            return "physician"
        case OpenedInError() | PaperChosen() | SignedOnPaper() | AddendumSigned():
            return "own"
        case PaperAttested():
            return "another"
        case Stopped():
            return "staff"
        case _:
            return None


def _names_people(told: PeopleFact) -> Whose:
    """Return whose word it is who is here: of a child's assent and an adult's mind the physician's."""
    if isinstance(told, AssentNotAsked | MinorMaySign):
        return "physician"
    return "physician" if isinstance(told, RepresentativeNamed) and told.incapacity else "own"


class Doorway:
    """Sign-in and PIN pages on the window."""

    def __init__(self, window: Glass, work: Work) -> None:
        self._window, self._work = window, work
        self._staff = window.parts.staff
        self._fresh: Proof | None = None

    def sign_in(self) -> None:
        """Show who may sign in; the demo lists its PINs there."""
        parts = self._window.parts
        parts.theme.read_by("")  # nobody yet: the size and colours of who was here went with them
        words = parts.words
        notes = [words.say("door.demo_pin", name=name, pin=pin) for name, _, pin in parts.start]
        notes = [words.say("app.demo"), *notes] if notes else []

        def choose(who: Who) -> None:
            self._pin(who, self._arrive, self.sign_in, Asked(who.name))

        self._window.put(SignIn(parts.theme, words, self._staff.tiles(), choose, notes))

    def lock(self, why: Leaving = "chosen") -> None:
        """Close the staff side; whoever signs in next goes on where this stood."""
        self._window.finish_typing()
        self._window.guard(lambda: self._staff.leave(why))
        self.sign_in()
        page = self._window.page
        assert page is not None  # the one that was just put up
        announce(page, self._window.parts.words.say("door.locked"), urgent=True)

    def unlock_physician(self, step: str) -> None:
        """Ask for a physician's PIN before a physician's page opens, and say what it will mean."""
        words, people = self._window.parts.words, self._candidates("physician")
        known = words.has(f"door.opens_{step}")
        meaning = words.say(f"door.opens_{step}" if known else "door.opens_step")
        then, cancel = self._enter_physician, self._window.home
        others = partial(self._ask, people, then, cancel, meaning)
        expected = self._expected(people)
        if expected is None:
            others()
            return
        here = self._staff.who is not None  # a nurse alone may say that the physician is awaited
        visit = (lambda: self._window.choose(MORE)) if here else None
        asked = Asked(expected.name, meaning, others if len(people) > 1 else None, visit)
        self._pin(expected, then, cancel, asked)

    def _expected(self, people: tuple[Who, ...]) -> Who | None:
        """Return the physician named when the visit was opened, or the only one there is."""
        room = self._window.room
        opened = room.visit.opened if room is not None else None
        named = opened.physician if opened is not None else ""
        only = people[0] if len(people) == 1 else None
        return next((who for who in people if who.person == named), only)

    def prove(self, whose: Whose, then: Then) -> None:
        """Ask for the PIN an act wants, then let it go on; a fresh unlocking stands for it once."""
        fresh, self._fresh = self._fresh, None
        likely = self._likely() if whose == "staff" else None
        if whose == "physician" and fresh is not None and fresh.who == self._staff.who:
            then(fresh)
        elif likely is not None:
            others = partial(self._ask, self._staff.tiles(), then, self._window.show_again)
            self._pin(likely, then, self._window.show_again, Asked(likely.name, others=others))
        else:
            self._ask(self._candidates(whose), then, self._window.show_again)

    def prove_person(self, person: str, then: Then) -> None:
        """Ask for the PIN of one certain person."""
        people = tuple(who for who in self._staff.tiles() if who.person == person)
        self._ask(people, then, self._window.show_again)

    def prove_one_of(self, people: tuple[Who, ...], then: Then, meaning: str) -> None:
        """Ask one of these people for the PIN, and say what it will mean."""
        self._ask(people, then, self._window.show_again, meaning)

    def take_the_chair(self, then: Callable[[], None]) -> None:
        """Ask who does the procedure where a physician is still signed in: its times carry a name."""
        here, nurse = self._staff.who, self._likely()
        if here is None or here.role != "physician" or nurse is None:
            then()
            return
        meaning = self._window.parts.words.say("door.at_the_chair")
        people = tuple(who for who in self._staff.tiles() if who.role in ("nurse", "physician"))

        def arrived(proof: Proof) -> None:
            self._staff.arrive(proof)
            then()

        others = partial(self._ask, people, arrived, self._window.show_again, meaning)
        self._pin(nurse, arrived, self._window.show_again, Asked(nurse.name, meaning, others))

    def _likely(self) -> Who | None:
        """Return the nurse who last worked on this visit: who most often takes the tablet back."""
        room = self._window.room
        people = {who.person: who for who in self._staff.tiles() if who.role == "nurse"}
        facts = reversed(room.visit.facts) if room is not None else ()
        return next((people[each.stamp.person] for each in facts if each.stamp.person in people), None)

    def _candidates(self, whose: Whose) -> tuple[Who, ...]:
        here, everybody = self._staff.who, self._staff.tiles()
        if whose == "own" and here is not None:
            return (here,)
        if whose == "another" and here is not None:
            return tuple(who for who in everybody if who.person != here.person)
        if whose in ("physician", "administrator"):
            return tuple(who for who in everybody if who.role == whose)
        return everybody

    def _arrive(self, proof: Proof) -> None:
        self._staff.arrive(proof)
        self._window.resume()

    def _enter_physician(self, proof: Proof) -> None:
        self._staff.arrive(proof)
        self._window.show_again()
        self._fresh = proof

    def forget(self) -> None:
        """Let a fresh unlocking count no longer: another page came, or the visit was left."""
        self._fresh = None

    def _ask(
        self, people: tuple[Who, ...], then: Then, cancel: Callable[[], None], meaning: str = ""
    ) -> None:
        if len(people) == 1:
            self._pin(people[0], then, cancel, Asked(people[0].name, meaning))
            return
        parts = self._window.parts

        def choose(who: Who) -> None:
            self._pin(who, then, cancel, Asked(who.name, meaning))

        page = SignIn(parts.theme, parts.words, people, choose)
        page.offer_cancel(cancel)
        self._window.put(page)

    def _pin(self, who: Who, then: Then, cancel: Callable[[], None], asked: Asked) -> None:
        parts = self._window.parts

        def check(pin: str) -> Outcome | None:
            return self._check(page, who.person, pin, then)

        page = PinPage(parts.theme, parts.words, asked, check, cancel)
        self._window.put(page)

    def _check(self, page: PinPage, person: str, pin: str, then: Then) -> Outcome | None:
        """Have a PIN tried off the glass; return the answer only where it is known already."""
        try:
            refused = self._staff.refused(person)
            if refused is not None:
                return refused
            trying = self._staff.trying(person, pin)
        except ChairsideError as trouble:
            return self._cannot(trouble)

        def answer(came: object) -> None:
            self._answer(page, person, came, then)

        self._work.start("door", lambda _told, _cancelled: trying(), answer)
        return None

    def _answer(self, page: PinPage, person: str, came: object, then: Then) -> None:
        """Answer on the page that asked; where it was left meanwhile the try is counted all the same."""
        proof = None
        try:
            if isinstance(came, ChairsideError):
                raise came
            assert isinstance(came, Tried)  # what was started in `_check`
            outcome, proof = self._staff.judged(person, came)
        except ChairsideError as trouble:
            outcome = self._cannot(trouble)
        if self._window.page is not page:
            return
        if proof is not None:
            given = proof
            self._window.guard(lambda: then(given))
        page.answer(outcome)

    def _cannot(self, trouble: ChairsideError) -> Outcome:
        self._window.say_trouble(trouble)
        return Outcome(trouble.code)
